"""How is a list of people brought in, after a look at what it does?"""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from congress.core.access import MemberRequest
from congress.core.errors import permit
from congress.core.step_up import steps_up
from members import policies
from members.actions.rosters import AlreadyMembersError, Newcomer, import_list
from members.forms.importing import ImportForm, Preview, preview
from members.views.answering import typed


@require_http_methods(["GET", "HEAD", "POST"])
@steps_up
def members_import(request: MemberRequest) -> HttpResponse:
    permit(policies.can_import_members(request.user))
    form = ImportForm(typed(request), request.FILES or None)
    if not form.is_bound or not form.is_valid():
        return _page(request, form, None, HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK)
    found = preview(form.cleaned_data["file"], today=request.at.date())
    if found.problems:
        return _page(request, ImportForm(), found, HTTPStatus.UNPROCESSABLE_ENTITY)
    if not form.cleaned_data["seen"]:
        return _page(request, ImportForm(initial={"seen": form.digest}), found, HTTPStatus.OK)
    return _done(request, form, found.newcomers)


def _done(request: MemberRequest, form: ImportForm, newcomers: Sequence[Newcomer]) -> HttpResponse:
    try:
        import_list(newcomers, by=request.user, at=request.at)
    except AlreadyMembersError as error:
        form.add_error("file", str(error))
        return _page(request, form, None, error.status)
    count = len(newcomers)
    said = ngettext(
        "%(n)d person is a member now, and gets a letter.", "%(n)d people are members now, and get letters.", count
    )
    messages.success(request, said % {"n": count})
    return redirect("members:directory")


def _page(request: MemberRequest, form: ImportForm, found: Preview | None, status: int) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "preview": found}
    return render(request, "members/members_import.html", context, status=status)
