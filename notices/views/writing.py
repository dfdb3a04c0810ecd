"""How are notices written and sent to be checked over HTTP?"""

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from congress.core.access import MemberRequest
from congress.core.errors import permit
from notices import actions, forms, policies, queries
from notices.views.answering import attempt, go_on, typed
from notices.views.document import document, readable

if TYPE_CHECKING:
    from notices.models import Notice


@require_http_methods(["GET", "HEAD", "POST"])
def notice_new(request: MemberRequest) -> HttpResponse:
    permit(policies.can_draft(request.user))
    form = forms.ContentForm(typed(request), viewer=request.user)
    made, status = attempt(form, lambda: actions.draft(form.content(), by=request.user, at=request.at))
    if made:
        return go_on(request, made, _("The draft is saved."))
    return render(request, "notices/notice_new.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def notice_edit(request: MemberRequest, number: str) -> HttpResponse:
    found = readable(request, number)
    actions.check_step("edit", found, request.user)
    form = forms.ContentForm(typed(request), viewer=request.user, initial=forms.typed(found, request.user))
    try:
        saved, status = attempt(form, lambda: _save(request, found, form))
    except actions.EditConflictError as error:
        saved, status = None, error.status
        form.compare_with(readable(request, number))
    if saved:
        return go_on(request, saved, _("The draft is saved."))
    context = {"form": form, "notice": found, "remark": queries.latest_remark(found)}
    return render(request, "notices/notice_edit.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def notice_submit(request: MemberRequest, number: str) -> HttpResponse:
    found = readable(request, number)
    actions.check_step("submit", found, request.user)
    form = forms.ConfirmForm(typed(request))
    sent, status = attempt(form, lambda: actions.submit(found, by=request.user, at=request.at))
    if sent:
        return go_on(request, sent, _("The notice is with the compliance officers."))
    context = {**document(request, found), "preview": queries.preview(request.user, found, request.at), "form": form}
    return render(request, "notices/notice_submit.html", context, status=status)


def _save(request: MemberRequest, notice: "Notice", form: forms.ContentForm) -> "Notice":
    version = form.cleaned_data["version"] or 0
    return actions.edit(notice, form.content(), version=version, by=request.user, at=request.at)
