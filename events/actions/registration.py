"""Who gets a seat? Registering, withdrawing, approving and refusing."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from congress.core import journal
from congress.core.errors import DomainError, permit
from congress.core.states import IllegalTransitionError
from events.models import REGISTRATION_STATES, Meeting, Registration, RegistrationState
from events.policies import can_decide, can_organise, can_register, can_withdraw
from members.models import Member

APPLIED = journal.event("events.registration.applied", _("A member registered for a meeting."))
WAITLISTED = journal.event("events.registration.waitlisted", _("A member registered when all seats were taken."))
CONFIRMED = journal.event("events.registration.confirmed", _("An organiser gave a member a seat."))
REFUSED = journal.event("events.registration.refused", _("An organiser refused a member a seat."))
WITHDRAWN = journal.event(
    "events.registration.withdrawn",
    _("A member withdrew a registration."),
    silent="done by the person concerned, on a page that says so",
)


class RegistrationClosedError(DomainError):
    """The meeting does not take registrations at this instant."""

    code = "registration_closed"
    message = _("This meeting does not take registrations at the moment.")


class AlreadyRegisteredError(DomainError):
    """The member has an open registration for this meeting."""

    code = "already_registered"
    message = _("You are already registered for this meeting.")


class MeetingFullError(DomainError):
    """There is no seat left to give."""

    code = "meeting_full"
    message = _("All seats are taken. Nothing was changed.")


class MeetingOverError(DomainError):
    """What was decided about a seat is history."""

    code = "meeting_over"
    message = _("This meeting is over; its registrations are not changed any more.")


class NobodyChosenError(DomainError):
    """A decision about nobody."""

    code = "nobody_chosen"
    message = _("Choose at least one delegate.")
    status = HTTPStatus.UNPROCESSABLE_ENTITY


@transaction.atomic
def register(meeting: Meeting, *, needs: str, by: Member, at: datetime) -> Registration:
    """Ask for a seat; when none is free, for a place on the waiting list.

    Raises: NotPermittedError, RegistrationClosedError, AlreadyRegisteredError.
    """
    permit(can_register(by, meeting))
    meeting = Meeting.objects.locked().get(pk=meeting.pk)
    permit(can_register(by, meeting))
    if not meeting.takes_registrations(at):
        raise RegistrationClosedError
    if meeting.registrations.filter(member=by, state__in=REGISTRATION_STATES.having("is_open")).exists():
        raise AlreadyRegisteredError
    state, happened = (
        (RegistrationState.APPLIED, APPLIED) if meeting.seats_free > 0 else (RegistrationState.WAITING, WAITLISTED)
    )
    registration = Registration.objects.create(meeting=meeting, member=by, state=state, needs=needs, applied_at=at)
    journal.record(happened, target=registration, by=by, at=at, meeting=meeting.pk)
    return registration


@transaction.atomic
def withdraw(registration: Registration, *, by: Member, at: datetime) -> Registration:
    """Take a registration back; a seat that it held is free again.

    Raises: NotPermittedError, MeetingOverError, IllegalTransitionError.
    """
    permit(can_withdraw(by, registration))
    meeting = Meeting.objects.locked().get(pk=registration.meeting_id)
    if meeting.is_over(at):
        raise MeetingOverError
    registration = Registration.objects.select_for_update().get(pk=registration.pk)
    step = Step("withdraw", RegistrationState.WITHDRAWN, WITHDRAWN, by, at)
    return step.take(registration)


@dataclass(frozen=True)
class Decisions:
    """What became of the registrations that were decided together."""

    done: list[Registration]
    refusals: list[DomainError]

    @property
    def without_seat_count(self) -> int:
        """Return how many stayed as they are because no seat was free."""
        return sum(isinstance(refusal, MeetingFullError) for refusal in self.refusals)

    @property
    def other_count(self) -> int:
        """Return how many stayed as they are for another reason."""
        return len(self.refusals) - self.without_seat_count


@transaction.atomic
def approve(meeting: Meeting, chosen: Collection[str], *, by: Member, at: datetime) -> Decisions:
    """Give seats to the registrations with these public ids, in the order of application, as far as seats last.

    The rest stays as it is and is reported. If none could be approved, the first reason is raised instead.
    Raises: NotPermittedError, NobodyChosenError, MeetingFullError, IllegalTransitionError.
    """
    permit(can_organise(by, meeting))
    return _decide(meeting, chosen, Step("approve", RegistrationState.CONFIRMED, CONFIRMED, by, at))


@transaction.atomic
def refuse(meeting: Meeting, chosen: Collection[str], *, reason: str, by: Member, at: datetime) -> Decisions:
    """Refuse the registrations with these public ids, giving each the same reason; seats they held are free again.

    Raises: NotPermittedError, NobodyChosenError, IllegalTransitionError.
    """
    permit(can_organise(by, meeting))
    return _decide(meeting, chosen, Step("refuse", RegistrationState.REFUSED, REFUSED, by, at, reason))


@dataclass(frozen=True)
class Step:
    """One step that a registration takes: what must be allowed, where it leads, what the journal says."""

    capability: str
    state: RegistrationState
    happened: str
    by: Member
    at: datetime
    reason: str = ""

    def take(self, registration: Registration) -> Registration:
        """Change one locked registration and its meeting's seats. Nothing is written before the last refusal."""
        before = registration.state
        if not registration.allows(self.capability):
            raise IllegalTransitionError
        REGISTRATION_STATES.require(before, self.state)
        _settle_seat(registration.meeting_id, before, self.state)
        registration.state, registration.reason, registration.decided_at = self.state, self.reason, self.at
        registration.save(update_fields=["state", "reason", "decided_at"])
        facts = {"meeting": registration.meeting_id, "before": before}
        journal.record(self.happened, target=registration, by=self.by, at=self.at, **facts)
        return registration

    def decide(self, registration: Registration) -> Registration:
        """Take the step as an organiser, who decides on everybody but themselves."""
        permit(can_decide(self.by, registration), _("Another organiser decides on your own registration."))
        return self.take(registration)


def _decide(meeting: Meeting, chosen: Collection[str], step: Step) -> Decisions:
    Meeting.objects.locked().get(pk=meeting.pk)
    rows = Registration.objects.filter(meeting=meeting, public_id__in=chosen).order_by("applied_at", "pk")
    decisions = _each(rows.select_for_update(), step.decide)
    if not decisions.done:
        raise decisions.refusals[0] if decisions.refusals else NobodyChosenError()
    return decisions


def _each(rows: Iterable[Registration], take: Callable[[Registration], Registration]) -> Decisions:
    decisions = Decisions([], [])
    for registration in rows:
        try:
            decisions.done.append(take(registration))
        except DomainError as refusal:
            decisions.refusals.append(refusal)
    return decisions


def _settle_seat(meeting_id: int, before: str, after: str) -> None:
    """Move the count of seats along; the condition in the update and the table's constraint are the last wall."""
    held, holds = (REGISTRATION_STATES.allows(state, "holds_seat") for state in (before, after))
    row = Meeting.objects.filter(pk=meeting_id)
    if holds and not held and not row.filter(seats_taken__lt=F("capacity")).update(seats_taken=F("seats_taken") + 1):
        raise MeetingFullError
    if held and not holds:
        row.update(seats_taken=F("seats_taken") - 1)
