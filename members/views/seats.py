"""How is somebody proposed for a seat, confirmed, and how do they leave it?"""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from congress.core.access import MemberRequest
from congress.core.errors import permit
from members import policies, queries
from members.actions.seats import confirm_seat, decline_seat, end_term, propose_for_seat
from members.forms.groups import SeatForm
from members.views.answering import attempt, typed
from members.views.groups import group_of

if TYPE_CHECKING:
    from members.models import Seat, SeatProposal


@require_http_methods(["GET", "HEAD", "POST"])
def seat_propose(request: MemberRequest, public_id: str, seat: str) -> HttpResponse:
    found = get_object_or_404(queries.seats_of(request.user), group__public_id=public_id, public_id=seat)
    permit(policies.can_fill_seats(request.user, found.group))
    today = request.at.date()
    form = SeatForm(typed(request), viewer=request.user, today=today, free_from=queries.free_from(found, today))
    made, status = attempt(form, lambda: _propose(request, found, form))
    if made:
        messages.success(request, _("Proposed. An administrator has to confirm it."))
        return redirect("members:group", public_id)
    return render(request, "members/seat_propose.html", {"form": form, "seat": found}, status=status)


@require_POST
def seat_confirm(request: MemberRequest, public_id: str, proposal: str) -> HttpResponse:
    confirm_seat(_proposal(request, public_id, proposal), by=request.user, at=request.at)
    messages.success(request, _("Confirmed. The member hears of it."))
    return redirect("members:group", public_id)


@require_POST
def seat_decline(request: MemberRequest, public_id: str, proposal: str) -> HttpResponse:
    decline_seat(_proposal(request, public_id, proposal), by=request.user, at=request.at)
    messages.success(request, _("The proposal is put aside."))
    return redirect("members:group", public_id)


@require_POST
def term_end(request: MemberRequest, public_id: str, term: str) -> HttpResponse:
    found = get_object_or_404(queries.terms_to_end(request.user), group__public_id=public_id, public_id=term)
    end_term(found, by=request.user, at=request.at)
    messages.success(request, _("The seat is free, and its rights have ended."))
    return redirect("members:group", public_id)


def _proposal(request: MemberRequest, public_id: str, proposal: str) -> "SeatProposal":
    waiting = queries.open_proposals_for(request.user, group_of(request, public_id))
    return get_object_or_404(waiting, public_id=proposal)


def _propose(request: MemberRequest, seat: "Seat", form: SeatForm) -> "SeatProposal":
    member = form.cleaned_data["member"]
    return propose_for_seat(seat, member, form.time(), by=request.user, at=request.at)
