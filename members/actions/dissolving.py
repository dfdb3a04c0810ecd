"""How does a group end? Its mandate, its seats and who sits there end in one step; the history stays."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from congress.core import journal
from congress.core.errors import permit
from members.actions.groups import open_group
from members.actions.seats import decline_seat, end_term
from members.models import Group, Member, Seat, SeatProposal, Term
from members.policies import can_look_after_groups

DISSOLVED = journal.event(
    "members.group.dissolved",
    _("An administrator dissolved a group."),
    silent="whoever sat there hears that the seat ended; the page shows it to every member",
)


@transaction.atomic
def dissolve_group(group: Group, *, by: Member, at: datetime) -> Group:
    """Let a group be history: audiences that name it reach nobody through it from the commit on.

    Raises: NotPermittedError, GroupDissolvedError.
    """
    permit(can_look_after_groups(by))
    locked = open_group(group)
    for proposal in SeatProposal.objects.filter(seat__group=locked, decided_at=None).order_by("pk"):
        decline_seat(proposal, by=by, at=at)
    for term in Term.objects.not_over().filter(group=locked).order_by("pk"):
        end_term(term, by=by, at=at)
    Seat.objects.open().filter(group=locked).update(closed_on=at.date())
    locked.dissolved_on = max(at.date(), locked.begun_on)
    locked.save(update_fields=["dissolved_on"])
    journal.record(DISSOLVED, target=locked, by=by, at=at)
    return locked
