"""What is on the programme in force, for this viewer?"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from events.models import Appearance, Format, Meeting, Part, Release, Slot, Speaker, Track
from events.policies import slots_visible_to, speakers_visible_to
from members.models import Member
from members.policies import visible_to as members_visible_to

_FIELDS = (
    "session_id",
    "session__public_id",
    "session__title",
    "session__format",
    "session__tlp",
    "session__is_chatham_house",
    "session__track__slug",
    "session__track__name",
    "room_id",
    "room__name",
    "room__position",
    "starts_at",
    "ends_at",
)


@dataclass(frozen=True, slots=True)
class Item:
    """One session as it stands on the programme; speakers are pairs of a name and a part."""

    speakers: tuple[tuple[str, str], ...]
    session: int
    public_id: str
    title: str
    format: str
    tlp: str
    is_chatham_house: bool
    track: str | None
    track_name: str | None
    room: int | None
    room_name: str | None
    room_position: int | None
    starts_at: datetime
    ends_at: datetime

    @property
    def is_break(self) -> bool:
        """Tell whether nothing is said here."""
        return self.format == Format.BREAK


@dataclass(frozen=True)
class Programme:
    """The programme in force, as much of it as exists for its reader, in order of time and room."""

    release: Release | None
    items: list[Item]

    def days(self, zone: ZoneInfo) -> list[date]:
        """Return the days on which something begins, in the clock of a zone."""
        return sorted({item.starts_at.astimezone(zone).date() for item in self.items})

    def only(self, *, zone: ZoneInfo, day: date | None, track: str) -> "Programme":
        """Return the part of one day and one track; breaks belong to every track."""
        items = [
            item
            for item in self.items
            if (day is None or item.starts_at.astimezone(zone).date() == day)
            and (not track or item.is_break or item.track == track)
        ]
        return replace(self, items=items)


def programme(viewer: Member | None, meeting: Meeting) -> Programme:
    """Return the programme in force with its speakers. Three queries, whatever its size."""
    release = meeting.releases.latest_released().first()
    slots = slots_visible_to(viewer).filter(release=release).order_by("starts_at", "room__position", "pk")
    speakers = _speakers_by_session(slots)
    # Tuples, not models: three hundred sessions are read in a few milliseconds.
    return Programme(release, [Item(tuple(speakers[row[0]]), *row) for row in slots.values_list(*_FIELDS)])


def _speakers_by_session(slots: QuerySet[Slot]) -> dict[int, list[tuple[str, str]]]:
    named: dict[int, list[tuple[str, str]]] = defaultdict(list)
    rows = Appearance.objects.filter(session__in=slots.order_by().values("session")).order_by("position", "pk")
    for session, name, part in rows.values_list("session_id", "speaker__latin_name", "part"):
        named[session].append((name, part))
    return named


def tracks(meeting: Meeting, items: Collection[Item]) -> list[Track]:
    """Return the tracks of which a viewer sees at least one session."""
    seen = {item.track for item in items}
    return [track for track in meeting.tracks.all() if track.slug in seen]


def placed_sessions(viewer: Member | None, meeting: Meeting) -> QuerySet[Slot]:
    """Return the sessions of a meeting that exist for a viewer, placed; session, track and room loaded."""
    slots = slots_visible_to(viewer).filter(release__meeting=meeting)
    return slots.select_related("session__track", "room")


def appearances(slot: Slot) -> QuerySet[Appearance]:
    """Return who speaks in a session, in the order in which they are announced."""
    return slot.session.appearances.select_related("speaker")


def speakers(viewer: Member | None, meeting: Meeting) -> QuerySet[Speaker]:
    """Return the speakers of a meeting who exist for a viewer."""
    return speakers_visible_to(viewer).filter(meeting=meeting)


def parts_of(viewer: Member | None, speaker: Speaker) -> list[tuple[Slot, Part]]:
    """Return the sessions of a speaker that exist for a viewer, in order of time, with the part played. Two queries."""
    parts = dict(speaker.appearances.values_list("session_id", "part"))
    slots = slots_visible_to(viewer).filter(session__in=parts)
    return [
        (slot, Part(parts[slot.session_id])) for slot in slots.select_related("session", "room").order_by("starts_at")
    ]


def profile_of(viewer: Member | None, speaker: Speaker) -> Member | None:
    """Return the member behind a speaker if their profile exists for the viewer."""
    if viewer is None or speaker.member_id is None:
        return None
    return members_visible_to(viewer).filter(pk=speaker.member_id).first()


@dataclass(frozen=True)
class Changes:
    """What a draft would change in the programme in force; the slots are those of the draft, of the release if gone."""

    new: list[Slot]
    moved: list[tuple[Slot, Slot]]
    gone: list[Slot]

    @property
    def is_empty(self) -> bool:
        """Tell whether the draft places everything as the programme in force does."""
        return not (self.new or self.moved or self.gone)


def draft_of(meeting: Meeting) -> Release | None:
    """Return the release that is still being written, or None."""
    return meeting.releases.draft().first()


def in_force(meeting: Meeting) -> Release | None:
    """Return the release that everybody sees, or None."""
    return meeting.releases.latest_released().first()


def changes(draft: Release | None, current: Release | None) -> Changes:
    """Compare two placements session by session, in order of time. Two queries."""
    after, before = _by_session(draft), _by_session(current)
    return Changes(
        new=[slot for key, slot in after.items() if key not in before],
        moved=[(before[key], slot) for key, slot in after.items() if key in before and _differ(before[key], slot)],
        gone=[slot for key, slot in before.items() if key not in after],
    )


def _by_session(release: Release | None) -> dict[int, Slot]:
    slots = Slot.objects.filter(release=release).select_related("session", "room").order_by("starts_at", "pk")
    return {slot.session_id: slot for slot in slots}


def _differ(before: Slot, after: Slot) -> bool:
    return (before.room_id, before.starts_at, before.ends_at) != (after.room_id, after.starts_at, after.ends_at)
