"""How do officers look at one case, look after it and decide on it?"""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from congress.core.access import MemberRequest
from members import policies, queries
from members.actions import vetting, vetting_desk
from members.forms import DecisionForm
from members.forms.vetting import AssignForm
from members.views.answering import attempt

if TYPE_CHECKING:
    from members.models import Application

ACTIONS = {DecisionForm.APPROVE: vetting.approve, DecisionForm.REFUSE: vetting.refuse}


@require_safe
def vetting_case(request: MemberRequest, public_id: str) -> HttpResponse:
    return _shown(request, _case(request, public_id))


@require_POST
def vetting_decide(request: MemberRequest, public_id: str) -> HttpResponse:
    application = _case(request, public_id)
    form = DecisionForm(request.POST)
    decided, status = attempt(form, lambda: _decide(request, application, form))
    if decided is None:
        return _shown(request, _case(request, public_id), status=status, decision=form)
    messages.success(request, _outcome(decided))
    return redirect("members:vetting_case", public_id)


@require_POST
def vetting_assign(request: MemberRequest, public_id: str) -> HttpResponse:
    application = _case(request, public_id)
    form = AssignForm(request.POST, officers=queries.officers_for(application, request.at))
    assigned, status = attempt(form, lambda: _assign(request, application, form))
    if assigned is None:
        return _shown(request, _case(request, public_id), status=status, assign=form)
    messages.success(request, _owner(assigned))
    return redirect("members:vetting_case", public_id)


def _case(request: MemberRequest, public_id: str) -> "Application":
    return get_object_or_404(queries.vetting_cases(request.user), public_id=public_id)


def _shown(request: MemberRequest, application: "Application", *, status: int = 200, **forms: BaseForm) -> HttpResponse:
    """Show the case as it is now, also when a step came too late: what was typed stays, what was seen is new."""
    is_under_way = application.allows("work")
    context = {
        "application": application,
        "hints": queries.hints(application),
        "decisions": application.decisions.all(),
        "sponsors": queries.sponsors_of(request.user, application),
        "forms": {
            "decision": DecisionForm(),
            "assign": AssignForm(officers=queries.officers_for(application, request.at)),
            **forms,
        },
        "refused": next(iter(forms.values()), None),
        "may_decide": application.allows("decide") and policies.can_decide(request.user, application),
        "may_work": is_under_way and policies.can_work(request.user, application),
        "may_hand_over": is_under_way and policies.can_hand_over(request.user, application),
        "today": request.at.date(),
        "at": request.at,
    }
    return render(request, "members/vetting_case.html", context, status=status)


def _decide(request: MemberRequest, application: "Application", form: DecisionForm) -> "Application":
    act = ACTIONS[form.cleaned_data["decision"]]
    reason, seen = form.cleaned_data["reason"], form.cleaned_data["seen"]
    return act(application, by=request.user, at=request.at, reason=reason, seen=seen)


def _outcome(application: "Application") -> str:
    outcomes = {
        "approved": _("%(name)s is a member now. A letter with the next step is on its way."),
        "refused": _("The application of %(name)s is refused and closed. The applicant is told the outcome."),
    }
    recorded = _("Your approval of %(name)s is recorded. A second officer decides.")
    return outcomes.get(application.state, recorded) % {"name": application}


def _assign(request: MemberRequest, application: "Application", form: AssignForm) -> "Application":
    by, at = request.user, request.at
    if form.cleaned_data["step"] == AssignForm.TAKE:
        return vetting_desk.take(application, by=by, at=at)
    if form.cleaned_data["step"] == AssignForm.GIVE_BACK:
        return vetting_desk.give_back(application, by=by, at=at)
    return vetting_desk.hand_over(application, by=by, at=at, to=form.cleaned_data["officer"])


def _owner(application: "Application") -> str:
    if application.assigned_to is None:
        return _("The case is nobody’s now.")
    return _("The case is looked after by %(name)s now.") % {"name": application.assigned_to}
