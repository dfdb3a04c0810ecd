"""How does somebody come to sit in a group, and how does that end? Whoever proposes never confirms."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Greatest
from django.utils.translation import gettext_lazy as _

from congress.core import journal
from congress.core.errors import DomainError, permit
from congress.core.roles import Standing
from members.actions.groups import SeatClosedError, locked_group
from members.models import ROTATION_REMINDERS, Member, Seat, SeatProposal, Term
from members.policies import can_confirm_seat, can_decline_seat, can_end_term, can_propose_for_seat

LONGEST = timedelta(days=4 * 366)

_SHOWN = "the page of the group shows it to the chair and to administrators"
PROPOSED = journal.event("members.seat.proposed", _("A member was proposed for a seat."), silent=_SHOWN)
CONFIRMED = journal.event("members.seat.confirmed", _("An administrator confirmed who sits on a seat."))
DECLINED = journal.event("members.seat.declined", _("A proposal for a seat was put aside."), silent=_SHOWN)
ENDED = journal.event("members.seat.ended", _("A term was ended before its day."))
ENDING = journal.event("members.seat.ending", _("A term comes to its end."))

NEVER_ONESELF = _("Nobody proposes themselves for a seat.")
SECOND_PERSON = _("An administrator confirms who did not propose it, and who is not to sit there.")


class NotSeatableError(DomainError):
    """Seats are for members in good standing."""

    code = "not_seatable"
    message = _("Only a member in good standing can be given a seat.")
    field = "member"


class MisfitError(DomainError):
    """The seat is meant for another sector or region: that is what keeps the group in balance."""

    code = "seat_misfit"
    message = _("This seat is meant for somebody else: %(seat)s.")
    status = 422
    field = "member"


class TermTakenError(DomainError):
    """Within this time somebody sits there, or this person sits in the group, or another one chairs it."""

    code = "term_taken"
    message = _("Within this time somebody sits there already, this person has a seat in the group, or it has a chair.")


class SeatDecidedError(DomainError):
    """A colleague was faster, or the time is over."""

    code = "seat_decided"
    message = _("This proposal is decided on already, or its time is over. Nothing was changed.")


class TermOverError(DomainError):
    """There is nothing to end."""

    code = "term_over"
    message = _("This term is over already. Nothing was changed.")


@dataclass(frozen=True)
class Time:
    """From which day on somebody sits there, on which day not any more, and whether in the chair."""

    begins_on: date
    ends_on: date
    is_chair: bool = False


@transaction.atomic
def propose_for_seat(seat: Seat, member: Member, time: Time, *, by: Member, at: datetime) -> SeatProposal:
    """Propose a member for a seat, for a time; an administrator confirms.

    Raises: NotPermittedError, SeatClosedError, NotSeatableError, MisfitError, TermTakenError.
    """
    group = locked_group(seat.group)
    permit(can_propose_for_seat(by, group, member), NEVER_ONESELF)
    seat = Seat.objects.get(pk=seat.pk)
    _require_fit(seat, member)
    proposal = SeatProposal(
        seat=seat, member=member, begins_on=time.begins_on, ends_on=time.ends_on, is_chair=time.is_chair,
        proposed_by=by, proposed_at=at,
    )  # fmt: skip
    _require_free(proposal)
    if SeatProposal.objects.filter(seat=seat, member=member, decided_at=None).exists():
        raise TermTakenError(_("This person is proposed for this seat already."))
    proposal.save()
    journal.record(PROPOSED, target=member, by=by, at=at, group=group.pk, seat=seat.pk, proposal=proposal.pk)
    return proposal


@transaction.atomic
def confirm_seat(proposal: SeatProposal, *, by: Member, at: datetime) -> Term:
    """Make a term of somebody else's proposal.

    Raises: NotPermittedError, SeatDecidedError, SeatClosedError, NotSeatableError, MisfitError, TermTakenError.
    """
    locked = _locked(proposal)
    permit(can_confirm_seat(by, locked), SECOND_PERSON)
    if locked.ends_on <= at.date():
        raise SeatDecidedError
    _require_fit(locked.seat, locked.member)
    locked.begins_on = max(locked.begins_on, at.date())
    _require_free(locked)
    term = Term.objects.create(
        group_id=locked.seat.group_id, seat=locked.seat, member=locked.member, is_chair=locked.is_chair,
        begins_on=locked.begins_on, ends_on=locked.ends_on,
    )  # fmt: skip
    _decide(locked, by, at, term)
    journal.record(CONFIRMED, target=locked.member, by=by, at=at, group=term.group_id, term=term.pk)
    return term


@transaction.atomic
def decline_seat(proposal: SeatProposal, *, by: Member, at: datetime) -> SeatProposal:
    """Put a proposal aside. Raises: NotPermittedError, SeatDecidedError."""
    locked = _locked(proposal)
    permit(can_decline_seat(by, locked))
    _decide(locked, by, at, None)
    journal.record(DECLINED, target=locked.member, by=by, at=at, group=locked.seat.group_id, proposal=locked.pk)
    return locked


@transaction.atomic
def end_term(term: Term, *, by: Member, at: datetime) -> Term:
    """End a term today, or one that is to come. Raises: NotPermittedError, TermOverError."""
    locked_group(term.group)
    locked = Term.objects.select_for_update().get(pk=term.pk)
    permit(can_end_term(by, locked))
    if not Term.objects.not_over().filter(pk=locked.pk).exists():
        raise TermOverError
    locked.ends_on = max(at.date(), locked.begins_on)
    locked.save(update_fields=["ends_on"])
    journal.record(ENDED, target=locked.member, by=by, at=at, group=locked.group_id, term=locked.pk)
    return locked


def vacate(member: Member, *, at: datetime) -> int:
    """End every term of somebody who leaves: whoever is admitted again starts without. Returns how many there were."""
    theirs = Term.objects.filter(member=member, ends_on__gt=at.date())
    return theirs.update(ends_on=Greatest(at.date(), F("begins_on")))


def remind_of_rotation(*, at: datetime) -> int:
    """Say of each term that comes to its end that it does, at each distance once; returns how many. No person does.

    The nearest distance first: a portal that was down catches up with one reminder, not with two.
    """
    return sum(1 for days in sorted(ROTATION_REMINDERS) for term in _ending(days, at.date()) if _remind(term, days, at))


def _ending(days: int, today: date) -> Iterator[Term]:
    near = Term.objects.ending(after=today, by=today + timedelta(days=days)).filter(_unreminded(days))
    yield from near.order_by("pk").iterator(chunk_size=500)


def _unreminded(days: int) -> Q:
    return Q(reminded_days__isnull=True) | Q(reminded_days__gt=days)


@transaction.atomic
def _remind(term: Term, days: int, at: datetime) -> bool:
    claimed = Term.objects.filter(_unreminded(days), pk=term.pk).update(reminded_days=days)
    if claimed:
        journal.record(ENDING, target=term, by=None, at=at, days=days)
    return bool(claimed)


def _require_fit(seat: Seat, member: Member) -> None:
    if seat.closed_on is not None:
        raise SeatClosedError
    if member.standing != Standing.MEMBER:
        raise NotSeatableError
    if not seat.fits(member.sector, member.region or ""):
        raise MisfitError(str(MisfitError.message) % {"seat": seat.meant_for})


def _require_free(proposal: SeatProposal) -> None:
    """Look before the database refuses; the group is locked, so nobody comes in between."""
    group = Q(group=proposal.seat.group_id)
    against = Q(seat=proposal.seat) | group & Q(member=proposal.member)
    if proposal.is_chair:
        against |= group & Q(is_chair=True)
    if Term.objects.overlapping(proposal.begins_on, proposal.ends_on).filter(against).exists():
        raise TermTakenError


def _locked(proposal: SeatProposal) -> SeatProposal:
    locked_group(proposal.seat.group)
    rows = SeatProposal.objects.select_related("seat__group", "member").select_for_update(of=("self", "member"))
    locked = rows.get(pk=proposal.pk)
    if locked.decided_at is not None:
        raise SeatDecidedError
    return locked


def _decide(proposal: SeatProposal, by: Member, at: datetime, term: Term | None) -> None:
    proposal.decided_by, proposal.decided_at, proposal.term = by, at, term
    proposal.save(update_fields=["begins_on", "decided_by", "decided_at", "term"])
