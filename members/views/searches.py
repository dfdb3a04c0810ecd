"""How does a member save a search of the directory, see who is new in it, rename it and delete it?"""

from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from congress.core.access import MemberRequest
from members import policies, queries
from members.actions.searches import delete_search, rename_search, save_search
from members.forms import SearchNameForm, read_filters, read_query
from members.queries.filters import Filters
from members.views.answering import attempt, typed
from members.views.filter_words import in_words, words_for


@require_safe
def searches(request: MemberRequest) -> HttpResponse:
    kept = queries.news(request.user, read_query)
    return render(request, "members/searches.html", {"kept": kept})


@require_http_methods(["GET", "HEAD", "POST"])
def search_new(request: MemberRequest) -> HttpResponse:
    filters = read_filters(request.GET).filters
    form = SearchNameForm(typed(request))
    saved, status = attempt(
        form, lambda: save_search(filters, name=form.cleaned_data["name"], by=request.user, at=request.at)
    )
    if saved:
        return _back(request, queries.query_of(filters), _("The search is saved: it stands beside the directory."))
    context = {"form": form, "words": _said(request, filters), "query": queries.query_of(filters)}
    return render(request, "members/search_new.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def search_edit(request: MemberRequest) -> HttpResponse:
    old = _known(request, request.GET)
    form = SearchNameForm(typed(request), initial={"name": old})
    renamed, status = attempt(
        form, lambda: rename_search(old, name=form.cleaned_data["name"], by=request.user, at=request.at)
    )
    if renamed:
        return _back(request, "", _("The saved search has its new name."))
    return render(request, "members/search_edit.html", {"form": form, "search": old}, status=status)


@require_POST
def search_delete(request: MemberRequest) -> HttpResponse:
    delete_search(_known(request, request.POST), by=request.user, at=request.at)
    return _back(request, "", _("The saved search is deleted."))


def _known(request: MemberRequest, params: QueryDict) -> str:
    """Return the name of one of the member's own searches, or answer 404."""
    name = params.get("search", "")
    if name not in policies.own_searches(request.user).values_list("name", flat=True):
        raise Http404
    return name


def _said(request: MemberRequest, filters: Filters) -> str:
    organisations = queries.organisation_names(filters.organisation)
    return in_words(filters, words_for(organisation=organisations, **queries.listed_names(request.user)))


def _back(request: MemberRequest, query: str, message: str | Promise) -> HttpResponse:
    messages.success(request, str(message))
    answer = redirect(f"{reverse('members:directory')}?{query}" if query else reverse("members:searches"))
    answer.status_code = HTTPStatus.SEE_OTHER
    return answer
