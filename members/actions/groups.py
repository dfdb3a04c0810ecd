"""How does a group come about, how do seats in it, and how is it said what it is for?"""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from congress.core import journal
from congress.core.errors import DomainError, permit
from members.models import Group, Member, Seat, Term
from members.policies import can_look_after_groups

_SHOWN = "the page of the group shows it to every member"
FOUNDED = journal.event("members.group.founded", _("An administrator founded a group."), silent=_SHOWN)
CHANGED = journal.event("members.group.changed", _("An administrator changed what a group is for."), silent=_SHOWN)
SEATS_ADDED = journal.event("members.group.seats_added", _("An administrator added seats to a group."), silent=_SHOWN)
SEAT_CLOSED = journal.event("members.group.seat_closed", _("An administrator closed a seat."), silent=_SHOWN)


class NameTakenError(DomainError):
    """Two groups of one name could not be told apart in an audience."""

    code = "name_taken"
    message = _("There is a group of this name already.")
    field = "name"


class GroupDissolvedError(DomainError):
    """The group is history."""

    code = "group_dissolved"
    message = _("This group is dissolved. Nothing was changed.")


class SeatHeldError(DomainError):
    """Somebody sits there, or will."""

    code = "seat_held"
    message = _("Somebody sits on this seat, or it is given already. End that term first.")


class SeatClosedError(DomainError):
    """The seat counts no more."""

    code = "seat_closed"
    message = _("This seat is closed already. Nothing was changed.")


@dataclass(frozen=True)
class Charter:
    """What a group is."""

    name: str
    kind: str
    mandate: str
    begun_on: date


@transaction.atomic
def found_group(charter: Charter, *, by: Member, at: datetime) -> Group:
    """Found a group without seats. Raises: NotPermittedError, NameTakenError."""
    permit(can_look_after_groups(by))
    _require_free(charter.name, Group())
    made = Group.objects.create(**asdict(charter))
    journal.record(FOUNDED, target=made, by=by, at=at)
    return made


@transaction.atomic
def change_group(group: Group, charter: Charter, *, by: Member, at: datetime) -> Group:
    """Say anew what a group is for. Raises: NotPermittedError, GroupDissolvedError, NameTakenError."""
    permit(can_look_after_groups(by))
    locked = open_group(group)
    _require_free(charter.name, locked)
    changed = [name for name, value in asdict(charter).items() if getattr(locked, name) != value]
    for name in changed:
        setattr(locked, name, getattr(charter, name))
    locked.save(update_fields=changed)
    journal.record(CHANGED, target=locked, by=by, at=at, changed=changed)
    return locked


@transaction.atomic
def add_seats(group: Group, *, by: Member, at: datetime, sector: str, region: str, count: int) -> list[Seat]:
    """Add some seats of one kind. Raises: NotPermittedError, GroupDissolvedError."""
    permit(can_look_after_groups(by))
    locked = open_group(group)
    made = Seat.objects.bulk_create(Seat(group=locked, sector=sector, region=region) for _number in range(count))
    journal.record(SEATS_ADDED, target=locked, by=by, at=at, sector=sector, region=region, count=count)
    return made


@transaction.atomic
def close_seat(seat: Seat, *, by: Member, at: datetime) -> Seat:
    """Let a seat count no more; who sat there stays in the history.

    Raises: NotPermittedError, SeatClosedError, SeatHeldError.
    """
    permit(can_look_after_groups(by))
    group = locked_group(seat.group)
    locked = Seat.objects.select_for_update().get(pk=seat.pk)
    if locked.closed_on is not None:
        raise SeatClosedError
    if Term.objects.not_over().filter(seat=locked).exists():
        raise SeatHeldError
    locked.closed_on = at.date()
    locked.save(update_fields=["closed_on"])
    journal.record(SEAT_CLOSED, target=group, by=by, at=at, seat=locked.pk)
    return locked


def locked_group(group: Group) -> Group:
    """Return the group for this transaction alone: whatever is said of its seats queues here."""
    return Group.objects.select_for_update().get(pk=group.pk)


def open_group(group: Group) -> Group:
    """Return the group for this transaction alone, as long as it is one. Raises: GroupDissolvedError."""
    locked = locked_group(group)
    if locked.dissolved_on is not None:
        raise GroupDissolvedError
    return locked


def _require_free(name: str, group: Group) -> None:
    if Group.objects.filter(name__iexact=name).exclude(pk=group.pk).exists():
        raise NameTakenError
