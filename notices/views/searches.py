"""How does a member save a search of the list, rename it and delete it over HTTP?"""

from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from congress.core.access import MemberRequest
from members.views.answering import typed
from notices import actions, forms, policies, queries
from notices.views.answering import attempt


@require_http_methods(["GET", "HEAD", "POST"])
def search_new(request: MemberRequest) -> HttpResponse:
    filters, _hints = forms.read_filters(request.GET)
    form = forms.SearchNameForm(typed(request))
    saved, status = attempt(
        form, lambda: actions.save_search(filters, name=form.cleaned_data["name"], by=request.user, at=request.at)
    )
    if saved:
        return _back_to_list(request, queries.query_of(filters), _("The search is saved: it stands beside the list."))
    context = {"form": form, "words": queries.in_words(filters), "query": queries.query_of(filters)}
    return render(request, "notices/search_new.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def search_edit(request: MemberRequest) -> HttpResponse:
    old = _known(request, request.GET)
    form = forms.SearchNameForm(typed(request), initial={"name": old})
    renamed, status = attempt(
        form, lambda: actions.rename_search(old, name=form.cleaned_data["name"], by=request.user, at=request.at)
    )
    if renamed:
        return _back_to_list(request, "", _("The saved search has its new name."))
    return render(request, "notices/search_edit.html", {"form": form, "search": old}, status=status)


@require_POST
def search_delete(request: MemberRequest) -> HttpResponse:
    actions.delete_search(_known(request, request.POST), by=request.user, at=request.at)
    return _back_to_list(request, "", _("The saved search is deleted."))


def _known(request: MemberRequest, params: QueryDict) -> str:
    """Return the name of one of the member's own searches, or answer 404."""
    name = params.get("search", "")
    if name not in policies.own_searches(request.user).values_list("name", flat=True):
        raise Http404
    return name


def _back_to_list(request: MemberRequest, query: str, message: str | Promise) -> HttpResponse:
    messages.success(request, str(message))
    answer = redirect(f"{reverse('notices:notices')}?{query}" if query else reverse("notices:notices"))
    answer.status_code = HTTPStatus.SEE_OTHER
    return answer
