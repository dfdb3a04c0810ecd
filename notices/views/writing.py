"""How are notices written, checked, published and withdrawn over HTTP?"""

from collections.abc import Callable
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from congress.core.access import MemberRequest
from congress.core.errors import DomainError, permit
from notices import actions, forms, policies, queries
from notices.views.document import document, is_readable, readable

if TYPE_CHECKING:
    from notices.models import Notice


@require_http_methods(["GET", "POST"])
def notice_new(request: MemberRequest) -> HttpResponse:
    permit(policies.can_draft(request.user))
    form = forms.ContentForm(_typed(request), viewer=request.user)
    made, status = _attempt(form, lambda: actions.draft(form.content(), by=request.user, at=request.at))
    if made:
        return _go_on(request, made, _("The draft is saved."))
    return render(request, "notices/notice_new.html", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
def notice_edit(request: MemberRequest, number: str) -> HttpResponse:
    found = readable(request, number)
    actions.check_step("edit", found, request.user)
    form = forms.ContentForm(_typed(request), viewer=request.user, initial=forms.typed(found))
    try:
        saved, status = _attempt(form, lambda: _save(request, found, form))
    except actions.EditConflictError as error:
        saved, status = None, error.status
        form.compare_with(readable(request, number))
    if saved:
        return _go_on(request, saved, _("The draft is saved."))
    context = {"form": form, "notice": found, "remark": queries.latest_remark(found)}
    return render(request, "notices/notice_edit.html", context, status=status)


@require_http_methods(["GET", "POST"])
def notice_submit(request: MemberRequest, number: str) -> HttpResponse:
    found = readable(request, number)
    actions.check_step("submit", found, request.user)
    form = forms.ConfirmForm(_typed(request))
    sent, status = _attempt(form, lambda: actions.submit(found, by=request.user, at=request.at))
    if sent:
        return _go_on(request, sent, _("The notice is with the compliance officers."))
    context = {**document(request, found), "form": form}
    return render(request, "notices/notice_submit.html", context, status=status)


@require_http_methods(["GET", "POST"])
def notice_review(request: MemberRequest, number: str) -> HttpResponse:
    found = readable(request, number)
    actions.check_step("clear", found, request.user)
    form = forms.DecisionForm(_typed(request))
    decided, status = _attempt(form, lambda: _decide(request, found, form, "clear"))
    if decided:
        return _go_on(request, decided, _("Returned to the author.") if form.returns else _("The notice is cleared."))
    context = {**document(request, found), "form": form}
    return render(request, "notices/notice_review.html", context, status=status)


@require_http_methods(["GET", "POST"])
def notice_publish(request: MemberRequest, number: str) -> HttpResponse:
    found = readable(request, number)
    actions.check_step("publish", found, request.user)
    form = forms.DecisionForm(_typed(request))
    decided, status = _attempt(form, lambda: _decide(request, found, form, "publish"))
    if decided:
        return _go_on(request, decided, _("Returned to the author.") if form.returns else _("The notice is published."))
    context = {**document(request, found), "form": form}
    return render(request, "notices/notice_publish.html", context, status=status)


@require_http_methods(["GET", "POST"])
def notice_withdraw(request: MemberRequest, number: str) -> HttpResponse:
    found = get_object_or_404(queries.notices_to_withdraw(request.user), number=number.upper())
    actions.check_step("withdraw", found, request.user)
    form = forms.WithdrawalForm(_typed(request))
    withdrawn, status = _attempt(form, lambda: _withdraw(request, found, form))
    if withdrawn:
        return _go_on(request, withdrawn, _("The notice is withdrawn."))
    context = {"form": form, "notice": found, "is_readable": is_readable(request, found)}
    return render(request, "notices/notice_withdraw.html", context, status=status)


def _typed(request: MemberRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _attempt(form: BaseForm, act: "Callable[[], Notice]") -> "tuple[Notice | None, int]":
    """Do what a valid form asks for; a refusal that concerns what was typed becomes an error of the form."""
    if not form.is_bound:
        return None, HTTPStatus.OK
    if not form.is_valid():
        return None, HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        return act(), HTTPStatus.SEE_OTHER
    except DomainError as error:
        if error.field is None:
            raise
        form.add_error(error.field if error.field in form.fields else None, str(error))
        return None, error.status


def _save(request: MemberRequest, notice: "Notice", form: forms.ContentForm) -> "Notice":
    version = form.cleaned_data["version"] or 0
    return actions.edit(notice, form.content(), version=version, by=request.user, at=request.at)


def _decide(request: MemberRequest, notice: "Notice", form: forms.DecisionForm, step: str) -> "Notice":
    if form.returns:
        remark = form.cleaned_data["remark"]
        return actions.send_back(notice, instead_of=step, remark=remark, by=request.user, at=request.at)
    go_on = {"clear": actions.clear, "publish": actions.publish}[step]
    return go_on(notice, by=request.user, at=request.at)


def _withdraw(request: MemberRequest, notice: "Notice", form: forms.WithdrawalForm) -> "Notice":
    return actions.withdraw(notice, reason=form.cleaned_data["reason"], by=request.user, at=request.at)


def _go_on(request: MemberRequest, notice: "Notice", message: str | Promise) -> HttpResponse:
    messages.success(request, str(message))
    known = is_readable(request, notice)
    answer = redirect("notices:notice", notice.number) if known else redirect("notices:notices")
    answer.status_code = HTTPStatus.SEE_OTHER
    return answer
