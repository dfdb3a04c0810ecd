"""How does a draft become the programme that everybody sees?"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from congress.core import journal
from congress.core.errors import DomainError, permit
from events.models import Meeting, Release, Slot
from events.policies import can_organise
from members.models import Member

RELEASED = journal.event(
    "events.programme.released",
    _("An organiser released a programme."),
    silent="the programme page and its calendar file show it from that moment on",
)


class NothingToReleaseError(DomainError):
    """There is no draft, it is empty, or it places everything as the programme in force does."""

    code = "nothing_to_release"
    message = _("The draft does not differ from the programme in force. Nothing was released.")


@transaction.atomic
def release_programme(meeting: Meeting, *, by: Member, at: datetime) -> Release:
    """Put the draft into force for good, and open the next draft as a copy of it.

    Raises: NotPermittedError, NothingToReleaseError.
    """
    permit(can_organise(by, meeting))
    meeting = Meeting.objects.locked().get(pk=meeting.pk)
    draft = meeting.releases.draft().first()
    if draft is None or _placements(draft) in (set(), _placements(_in_force(meeting))):
        raise NothingToReleaseError
    draft.released_at = at
    draft.save(update_fields=["released_at"])
    _copy(draft, Release.objects.create(meeting=meeting, number=draft.number + 1))
    journal.record(RELEASED, target=draft, by=by, at=at, meeting=meeting.pk, number=draft.number)
    return draft


def _in_force(meeting: Meeting) -> Release | None:
    return meeting.releases.latest_released().first()


def _placements(release: Release | None) -> set[tuple[object, ...]]:
    if release is None:
        return set()
    return set(release.slots.values_list("session_id", "room_id", "starts_at", "ends_at"))


def _copy(source: Release, draft: Release) -> None:
    slots = [
        Slot(
            release=draft,
            session_id=slot.session_id,
            room_id=slot.room_id,
            starts_at=slot.starts_at,
            ends_at=slot.ends_at,
        )
        for slot in source.slots.all()
    ]
    Slot.objects.bulk_create(slots)
