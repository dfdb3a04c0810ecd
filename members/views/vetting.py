"""How do officers work through applications?"""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from congress.core.access import MemberRequest
from congress.core.errors import DomainError, permit
from members import policies, queries
from members.actions import vetting
from members.forms import DecisionForm

if TYPE_CHECKING:
    from members.models import Application

ACTIONS = {DecisionForm.APPROVE: vetting.approve, DecisionForm.REFUSE: vetting.refuse}


@require_safe
def vetting_queue(request: MemberRequest) -> HttpResponse:
    permit(policies.can_see_vetting_desk(request.user))
    is_open = request.GET.get("state") != "closed"
    counts = queries.vetting_counts(request.user)
    context = {
        "page": queries.vetting_queue(request.user, is_open=is_open, after=request.GET.get("after", "")),
        "tabs": [
            {"label": _("Open"), "url": "?state=open", "current": is_open, "count": counts.open},
            {"label": _("Closed"), "url": "?state=closed", "current": not is_open, "count": counts.closed},
        ],
        "is_open": is_open,
        "counts": counts,
        "at": request.at,
    }
    return render(request, "members/vetting_queue.html", context)


@require_safe
def vetting_case(request: MemberRequest, public_id: str) -> HttpResponse:
    return _case(request, public_id)


@require_POST
def vetting_decide(request: MemberRequest, public_id: str) -> HttpResponse:
    application = get_object_or_404(queries.vetting_cases(request.user), public_id=public_id)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _case(request, public_id, form=form, status=422)
    act = ACTIONS[form.cleaned_data.pop("decision")]
    try:
        decided = act(application, by=request.user, at=request.at, **form.cleaned_data)
    except DomainError as error:
        form.add_error(error.field, str(error))
        return _case(request, public_id, form=form, status=error.status)
    messages.success(request, _outcome(decided))
    return redirect("members:vetting_case", public_id)


def _case(
    request: MemberRequest, public_id: str, *, form: DecisionForm | None = None, status: int = 200
) -> HttpResponse:
    """Show the case as it is now, also when a decision came too late: what was typed stays, what was seen is new."""
    application = get_object_or_404(queries.vetting_cases(request.user), public_id=public_id)
    may_decide = application.allows("decide") and policies.can_decide(request.user, application)
    context = {
        "application": application,
        "hints": queries.hints(application),
        "sponsors": queries.sponsors_of(request.user, application),
        "decisions": application.decisions.all(),
        "form": form or DecisionForm(),
        "may_decide": may_decide,
    }
    return render(request, "members/vetting_case.html", context, status=status)


def _outcome(application: "Application") -> str:
    outcomes = {
        "approved": _("%(name)s is a member now. A letter with the next step is on its way."),
        "refused": _("The application of %(name)s is refused and closed. The applicant is told the outcome."),
    }
    recorded = _("Your approval of %(name)s is recorded. A second officer decides.")
    return outcomes.get(application.state, recorded) % {"name": application}
