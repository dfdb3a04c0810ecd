"""How do tests of meetings make registrations, speakers and drafts? As plainly as `tests.factories`."""

from datetime import UTC, datetime, timedelta
from typing import Any

from events.models import (
    REGISTRATION_STATES,
    Appearance,
    Meeting,
    Part,
    Registration,
    RegistrationState,
    Release,
    Session,
    Slot,
    Speaker,
)
from members.models import Member
from tests.factories import LONG_AGO

MORNING = datetime(2027, 4, 12, 6, 0, tzinfo=UTC)  # 09:00 in Nairobi


def registration(
    meeting: Meeting, member: Member, state: str = RegistrationState.APPLIED, **fields: Any
) -> Registration:
    """Make a registration in a state, with the seat that it holds."""
    made = Registration.objects.create(
        **{"meeting": meeting, "member": member, "state": state, "applied_at": LONG_AGO, **fields}
    )
    if REGISTRATION_STATES.allows(state, "holds_seat"):
        meeting.seats_taken += 1
        meeting.save(update_fields=["seats_taken"])
    return made


def speaker(session: Session, name: str, *, part: str = Part.PANELLIST, **fields: Any) -> Speaker:
    """Make a person who appears in a session."""
    made = Speaker.objects.create(meeting=session.meeting, latin_name=name, **fields)
    Appearance.objects.create(session=session, speaker=made, part=part)
    return made


def released(meeting: Meeting, number: int = 1) -> Release:
    """Return a release in force, made if it is not there."""
    return Release.objects.get_or_create(meeting=meeting, number=number, defaults={"released_at": LONG_AGO})[0]


def draft(meeting: Meeting, number: int = 2) -> Release:
    """Make an empty draft."""
    return Release.objects.create(meeting=meeting, number=number)


def slot(release: Release, session: Session, starts_at: datetime = MORNING, minutes: int = 60, **fields: Any) -> Slot:
    """Place a session in a release, without a room unless one is named."""
    ends_at = starts_at + timedelta(minutes=minutes)
    return Slot.objects.create(release=release, session=session, starts_at=starts_at, ends_at=ends_at, **fields)
