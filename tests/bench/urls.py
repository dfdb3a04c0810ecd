"""Against what are the pages measured? An empty view, and an empty page in the whole frame."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from congress import urls
from congress.core.access import MemberRequest, open_to
from congress.core.roles import Standing


@require_safe
@open_to(Standing.ANYONE, why="the cost of an answer that says nothing")
def empty_view(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


@require_safe
def empty_page(request: MemberRequest) -> HttpResponse:
    return render(request, "base.html")


urlpatterns = [
    path("bench/view/", empty_view, name="empty_view"),
    path("bench/page/", empty_page, name="empty_page"),
    *urls.urlpatterns,
]
handler400, handler403, handler404, handler500 = urls.handler400, urls.handler403, urls.handler404, urls.handler500
