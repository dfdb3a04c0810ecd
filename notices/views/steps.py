"""How are notices checked, published and taken back over HTTP?"""

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from congress.core.access import MemberRequest
from congress.core.step_up import steps_up
from members.views.answering import typed
from notices import actions, forms, queries
from notices.views.answering import attempt, go_on
from notices.views.document import document, is_readable, readable

if TYPE_CHECKING:
    from notices.models import Notice


@require_http_methods(["GET", "HEAD", "POST"])
def notice_review(request: MemberRequest, number: str) -> HttpResponse:
    found = readable(request, number)
    actions.check_step("clear", found, request.user)
    form = forms.ReviewForm(typed(request), sections=queries.sections_of(request.user, found))
    gate = forms.GateForm(typed(request), suspicions=queries.suspicions_of(found))
    decided, status = attempt(form, lambda: _review(request, found, form, gate))
    if decided:
        return go_on(request, decided, _("Returned to the author.") if form.returns else _("The notice is cleared."))
    context = {
        **document(request, found),
        "preview": queries.preview(request.user, found, request.at),
        "unread_files": queries.attachments_without_words(request.user, found),
        "form": form,
        "gate": gate,
    }
    return render(request, "notices/notice_review.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@steps_up
def notice_publish(request: MemberRequest, number: str) -> HttpResponse:
    found = readable(request, number)
    actions.check_step("publish", found, request.user)
    form = forms.PublicationForm(typed(request), sections=queries.sections_of(request.user, found))
    decided, status = attempt(form, lambda: _publish(request, found, form))
    if decided:
        return go_on(request, decided, _outcome(decided))
    context = {**document(request, found), "preview": queries.preview(request.user, found, request.at), "form": form}
    return render(request, "notices/notice_publish.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def notice_unschedule(request: MemberRequest, number: str) -> HttpResponse:
    found = readable(request, number)
    actions.check_step("unschedule", found, request.user)
    form = forms.ConfirmForm(typed(request))
    stopped, status = attempt(form, lambda: actions.unschedule(found, by=request.user, at=request.at))
    if stopped:
        return go_on(request, stopped, _("The notice is off the schedule. It is cleared as before."))
    return render(request, "notices/notice_unschedule.html", {"form": form, "notice": found}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def notice_withdraw(request: MemberRequest, number: str) -> HttpResponse:
    return _take_back(request, number, "withdraw", _("The notice is withdrawn."))


@require_http_methods(["GET", "HEAD", "POST"])
def notice_suspend(request: MemberRequest, number: str) -> HttpResponse:
    return _take_back(request, number, "suspend", _("The notice is suspended."))


@require_http_methods(["GET", "HEAD", "POST"])
def notice_confirm(request: MemberRequest, number: str) -> HttpResponse:
    found = readable(request, number)
    actions.check_step("confirm", found, request.user)
    form = forms.ConfirmationForm(typed(request))
    confirmed, status = attempt(form, lambda: _confirm(request, found, form))
    if confirmed:
        return go_on(request, confirmed, _("It is noted that the notice still holds."))
    return render(request, "notices/notice_confirm.html", {"form": form, "notice": found}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def notice_reinstate(request: MemberRequest, number: str) -> HttpResponse:
    found = get_object_or_404(queries.notices_to_withdraw(request.user), number=number.upper())
    actions.check_step("reinstate", found, request.user)
    form = forms.ConfirmForm(typed(request))
    reinstated, status = attempt(form, lambda: actions.reinstate(found, by=request.user, at=request.at))
    if reinstated:
        return go_on(request, reinstated, _("The notice is in force again."))
    return render(request, "notices/notice_reinstate.html", {"form": form, "notice": found}, status=status)


def _review(request: MemberRequest, notice: "Notice", form: forms.ReviewForm, gate: forms.GateForm) -> "Notice":
    if form.returns:
        return _send_back(request, notice, form, "clear")
    return actions.clear(notice, answers=form.answers, reasons=gate.reasons, by=request.user, at=request.at)


def _publish(request: MemberRequest, notice: "Notice", form: forms.PublicationForm) -> "Notice":
    if form.returns:
        return _send_back(request, notice, form, "publish")
    if form.schedules:
        return actions.schedule(notice, publish_at=form.publish_at, by=request.user, at=request.at)
    return actions.publish(notice, by=request.user, at=request.at)


def _outcome(notice: "Notice") -> str | Promise:
    outcomes = {
        "returned": _("Returned to the author."),
        "cleared": _("Approved. A second publisher has to publish it."),
        "scheduled": _("The notice is scheduled."),
        "published": _("The notice is published."),
    }
    return outcomes[notice.state]


def _send_back(request: MemberRequest, notice: "Notice", form: forms.DecisionForm, step: str) -> "Notice":
    said = {"remark": form.cleaned_data["remark"], "passages": form.remarks}
    return actions.send_back(notice, instead_of=step, **said, by=request.user, at=request.at)


def _take_back(request: MemberRequest, number: str, step: str, message: str | Promise) -> HttpResponse:
    found = get_object_or_404(queries.notices_to_withdraw(request.user), number=number.upper())
    actions.check_step(step, found, request.user)
    act = {"withdraw": actions.withdraw, "suspend": actions.suspend}[step]
    form = forms.TakingBackForm(typed(request))
    taken, status = attempt(
        form, lambda: act(found, reason=form.cleaned_data["reason"], by=request.user, at=request.at)
    )
    if taken:
        return go_on(request, taken, message)
    context = {"form": form, "notice": found, "is_readable": is_readable(request, found)}
    return render(request, f"notices/notice_{step}.html", context, status=status)


def _confirm(request: MemberRequest, notice: "Notice", form: forms.ConfirmationForm) -> "Notice":
    return actions.confirm(notice, review_on=form.cleaned_data["review_on"], by=request.user, at=request.at)
