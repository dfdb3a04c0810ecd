"""How does somebody leave, and how is a member shut out and let in again?"""

from typing import TYPE_CHECKING

from django.contrib import auth, messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from congress.core.access import SIGNED_IN, MemberRequest, open_to
from congress.core.errors import NotPermittedError, permit
from congress.core.step_up import steps_up
from members import policies, queries
from members.actions.departures import Words, end_affiliation
from members.actions.suspensions import reinstate as let_in_again
from members.actions.suspensions import suspend as shut_out
from members.forms.membership import DepartureForm, SuspensionForm
from members.views.answering import attempt, typed

if TYPE_CHECKING:
    from members.models import Member, Suspension


@require_safe
def suspensions(request: MemberRequest) -> HttpResponse:
    permit(policies.can_see_suspensions(request.user))
    return render(request, "members/suspensions.html", {"suspensions": queries.suspensions(request.user)})


@require_safe
@open_to(*SIGNED_IN, why="everybody sees where the network says that they work")
def standing(request: MemberRequest, public_id: str) -> HttpResponse:
    member = _known(request, public_id)
    permit(policies.can_see_standing(request.user, member))
    context = {
        "member": member,
        "history": queries.standing_of(member),
        "departure": policies.departure_by(request.user, member, request.at),
        "can_suspend": policies.can_suspend(request.user, member, request.at),
        "can_propose_role": policies.can_propose_role(request.user, member),
        "shows_positions": member.shows("position"),
        "shows_notes": policies.can_read_notes(request.user),
        "shows_suspensions": policies.can_see_suspensions(request.user),
        "belongs": member.standing in policies.BELONGING,
    }
    return render(request, "members/standing.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(*SIGNED_IN, why="whoever is in may always leave")
def departure(request: MemberRequest, public_id: str) -> HttpResponse:
    member = _known(request, public_id)
    how = policies.departure_by(request.user, member, request.at)
    if how is None:
        raise NotPermittedError
    form = DepartureForm(typed(request), how=how)
    left, status = attempt(form, lambda: _end(request, member, form))
    if left:
        return _after_departure(request, left)
    return render(request, "members/departure.html", {"form": form, "member": member, "how": how}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@steps_up
def suspend(request: MemberRequest, public_id: str) -> HttpResponse:
    member = _known(request, public_id)
    permit(policies.can_suspend(request.user, member, request.at))
    form = SuspensionForm(typed(request), today=request.at.date())
    made, status = attempt(form, lambda: _suspend(request, member, form))
    if made:
        messages.success(request, _("%(name)s is suspended and signed out everywhere.") % {"name": member})
        return redirect("members:standing", member.public_id)
    return render(request, "members/suspend.html", {"form": form, "member": member}, status=status)


@require_POST
@steps_up
def reinstate(request: MemberRequest, public_id: str) -> HttpResponse:
    member = _known(request, public_id)
    let_in_again(member, by=request.user, at=request.at)
    messages.success(request, _("%(name)s is let in again.") % {"name": member})
    return redirect("members:standing", member.public_id)


def _known(request: MemberRequest, public_id: str) -> "Member":
    return get_object_or_404(queries.people_known_to(request.user), public_id=public_id)


def _end(request: MemberRequest, member: "Member", form: DepartureForm) -> "Member":
    words = Words(form.cleaned_data["note"], form.cleaned_data.get("moved_to", ""))
    return end_affiliation(member, by=request.user, at=request.at, words=words)


def _suspend(request: MemberRequest, member: "Member", form: SuspensionForm) -> "Suspension":
    return shut_out(member, by=request.user, at=request.at, reason=form.cleaned_data["reason"], ends_at=form.ends_at)


def _after_departure(request: MemberRequest, member: "Member") -> HttpResponse:
    if member.pk == request.user.pk:
        auth.logout(request)
        return redirect("account_inactive")
    messages.success(request, _("%(name)s is a former member now, and signed out everywhere.") % {"name": member})
    if policies.can_see_standing(request.user, member):
        return redirect("members:standing", member.public_id)
    return redirect("members:organisation" if policies.can_see_roster(request.user) else "members:directory")
