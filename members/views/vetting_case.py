"""How do officers look at one case, look after it and decide on it?"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from congress.core.access import MemberRequest
from congress.core.step_up import steps_up
from members import policies, queries
from members.actions import casework, questions, rounds, vetting, vetting_desk
from members.forms.vetting import (
    AssignForm,
    CallForm,
    ChecklistForm,
    DecisionForm,
    NoteForm,
    QuestionForm,
    SettlementForm,
)
from members.queries import vetting_case as rows
from members.queries.vetting import CLOCKED
from members.views.answering import attempt

if TYPE_CHECKING:
    from datetime import datetime

    from members.models import Application, Member

ACTIONS = {DecisionForm.APPROVE: vetting.approve, DecisionForm.REFUSE: vetting.refuse}


@require_safe
def vetting_case(request: MemberRequest, public_id: str) -> HttpResponse:
    return _shown(request, _case(request, public_id))


@require_POST
@steps_up
def vetting_decide(request: MemberRequest, public_id: str) -> HttpResponse:
    application, form = _case(request, public_id), DecisionForm(request.POST)
    name = form["decision"].value() if form["decision"].value() in ACTIONS else DecisionForm.REFUSE
    return _step(request, application, {name: form}, lambda: _decide(request, application, form))


@require_POST
def vetting_assign(request: MemberRequest, public_id: str) -> HttpResponse:
    application = _case(request, public_id)
    form = AssignForm(request.POST, officers=queries.officers_for(application, request.at))
    return _step(request, application, {"assign": form}, lambda: _assign(request, application, form))


@require_POST
def vetting_check(request: MemberRequest, public_id: str) -> HttpResponse:
    application = _case(request, public_id)
    form = ChecklistForm(request.POST, lines=rows.checklist(application))
    return _step(request, application, {"checklist": form}, lambda: _check(request, application, form))


@require_POST
def vetting_call(request: MemberRequest, public_id: str) -> HttpResponse:
    application, form = _case(request, public_id), CallForm(request.POST, now=request.at)
    return _step(request, application, {"call": form}, lambda: _call(request, application, form))


@require_POST
def vetting_note(request: MemberRequest, public_id: str) -> HttpResponse:
    application, form = _case(request, public_id), NoteForm(request.POST)
    return _step(request, application, {"note": form}, lambda: _note(request, application, form))


@require_POST
def vetting_ask(request: MemberRequest, public_id: str) -> HttpResponse:
    application, form = _case(request, public_id), QuestionForm(request.POST)
    return _step(request, application, {"question": form}, lambda: _ask(request, application, form))


@require_POST
def vetting_go_on(request: MemberRequest, public_id: str) -> HttpResponse:
    questions.go_on(_case(request, public_id), by=request.user, at=request.at)
    messages.success(request, _("The case goes on without an answer."))
    return redirect("members:vetting_case", public_id)


@require_POST
def vetting_settle(request: MemberRequest, public_id: str) -> HttpResponse:
    application = _case(request, public_id)
    form = SettlementForm(request.POST, objections=application.objections.all())
    return _step(request, application, {"settlement": form}, lambda: _settle(request, form))


def _case(request: MemberRequest, public_id: str) -> "Application":
    return get_object_or_404(queries.vetting_cases(request.user), public_id=public_id)


def _step(
    request: MemberRequest, application: "Application", forms: dict[str, BaseForm], act: Callable[[], str]
) -> HttpResponse:
    """Do one step and say so; a refused one shows the case as it is now, with what was typed."""
    (form,) = forms.values()
    said, status = attempt(form, act)
    if said is None:
        return _shown(request, _case(request, application.public_id), status=status, forms=forms)
    messages.success(request, said)
    return redirect("members:vetting_case", application.public_id)


def _shown(
    request: MemberRequest, application: "Application", *, status: int = 200, forms: dict[str, BaseForm] | None = None
) -> HttpResponse:
    lines = rows.checklist(application)
    context = {
        "application": application,
        "hints": queries.hints(request.user, application),
        "decisions": application.decisions.all(),
        "groundwork": rows.groundwork(application, lines),
        "history": rows.history(application),
        "sponsors": queries.sponsors_of(request.user, application),
        "objections": rows.open_objections(application),
        "forms": {**_forms(request, application, lines), **(forms or {})},
        "refused": next(iter((forms or {}).values()), None),
        **_permitted(request.user, application, request.at),
        "clocked": CLOCKED,
        "today": request.at.date(),
        "at": request.at,
    }
    return render(request, "members/vetting_case.html", context, status=status)


def _permitted(viewer: "Member", application: "Application", at: "datetime") -> dict[str, bool]:
    """Return the policies' answers for each step of the page; none costs a query where the state forbids it."""
    decides, works = application.allows("decide") or application.allows("object"), application.allows("work")
    may_decide = decides and policies.can_decide(viewer, application)
    # Whoever decides on a case may look after it, and answers its checklist: that is not asked again.
    may_work = works and (may_decide or policies.can_work(viewer, application))
    return {
        "is_to_decide": application.allows("decide"),
        "is_in_window": application.allows("object"),
        "may_decide": may_decide and application.allows("decide"),
        "may_refuse": may_decide and application.allows("decide") and policies.can_put_out(viewer, application, at),
        "may_settle": may_decide and application.allows("object"),
        "may_object": application.allows("object") and policies.can_object(viewer, application),
        "may_work": may_work,
        "may_check": may_work and (may_decide or policies.can_check(viewer, application)),
        "may_ask": may_work and application.allows("ask"),
        "may_go_on": may_work and application.allows("answer"),
        "may_hand_over": works and policies.can_hand_over(viewer, application),
    }


def _forms(request: MemberRequest, application: "Application", lines: list[rows.Line]) -> dict[str, BaseForm]:
    seen = len(application.decisions.all())
    return {
        "assign": AssignForm(officers=queries.officers_for(application, request.at)),
        "checklist": ChecklistForm(lines=lines),
        "call": CallForm(now=request.at),
        "note": NoteForm(),
        "question": QuestionForm(),
        "settlement": SettlementForm(objections=application.objections.all()),
        "approve": DecisionForm(decision=DecisionForm.APPROVE, seen=seen),
        "refuse": DecisionForm(decision=DecisionForm.REFUSE, seen=seen),
    }


def _decide(request: MemberRequest, application: "Application", form: DecisionForm) -> str:
    clean = form.cleaned_data
    word = vetting.Word(clean["grounds"], clean["reason"], clean["seen"])
    return _outcome(ACTIONS[clean["decision"]](application, by=request.user, at=request.at, word=word))


def _outcome(application: "Application") -> str:
    outcomes = {
        "window": _("%(name)s is a provisional member now. A letter with the next step is on its way."),
        "approved": _("%(name)s stays a member."),
        "refused": _("The application of %(name)s is refused and closed. The applicant is told the outcome."),
    }
    recorded = _("Your approval of %(name)s is recorded. A second officer decides.")
    return outcomes.get(application.state, recorded) % {"name": application}


def _assign(request: MemberRequest, application: "Application", form: AssignForm) -> str:
    by, at = request.user, request.at
    if form.cleaned_data["step"] == AssignForm.TAKE:
        vetting_desk.take(application, by=by, at=at)
        return _("The case is yours now.")
    if form.cleaned_data["step"] == AssignForm.GIVE_BACK:
        vetting_desk.give_back(application, by=by, at=at)
        return _("The case is nobody’s now.")
    vetting_desk.hand_over(application, by=by, at=at, to=form.cleaned_data["officer"])
    return _("The case is looked after by %(name)s now.") % {"name": form.cleaned_data["officer"]}


def _check(request: MemberRequest, application: "Application", form: ChecklistForm) -> str:
    casework.check(application, by=request.user, at=request.at, answers=form.cleaned_data)
    return _("The checklist is kept.")


def _call(request: MemberRequest, application: "Application", form: CallForm) -> str:
    casework.call_back(application, by=request.user, at=request.at, call=casework.Call(**form.cleaned_data))
    return _("The call is kept.")


def _note(request: MemberRequest, application: "Application", form: NoteForm) -> str:
    casework.note(application, by=request.user, at=request.at, text=form.cleaned_data["text"])
    return _("The note is kept.")


def _ask(request: MemberRequest, application: "Application", form: QuestionForm) -> str:
    questions.ask(application, by=request.user, at=request.at, text=form.cleaned_data["question"])
    return _("The question is on its way. Nobody decides until it is answered.")


def _settle(request: MemberRequest, form: SettlementForm) -> str:
    clean = form.cleaned_data
    act = rounds.uphold if clean["step"] == SettlementForm.UPHOLD else rounds.dismiss
    act(clean["objection"], by=request.user, at=request.at, reason=clean["settlement"])
    return _("The case is opened again.") if act is rounds.uphold else _("The objection is dismissed.")
