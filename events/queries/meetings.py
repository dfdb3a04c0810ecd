"""Which meetings does a page, the start page or the digest show, and with what beside them?"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Count, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.functional import Promise

from events.models import (
    REGISTRATION_STATES,
    Format,
    Meeting,
    MeetingQuerySet,
    Registration,
    RegistrationState,
    Slot,
    tone_of,
)
from events.policies import slots_visible_to, visible_to
from members.models import Member

HIGHLIGHTS = 6


@dataclass(frozen=True)
class MeetingCard:
    """One meeting as lists, the start page and the digest show it."""

    slug: str
    title: str
    theme: str
    city: str
    country: str
    starts_on: date
    ends_on: date
    takes_registrations: bool
    registration_state: str

    @property
    def registration_words(self) -> str | Promise:
        """Return what the member is told about their own registration; nothing if there is none."""
        known = REGISTRATION_STATES.states.get(self.registration_state)
        return known.public_label if known else ""

    @property
    def tone(self) -> str:
        """Return how good that is for the member."""
        return tone_of(self.registration_state)


def meetings_ahead(viewer: Member | None, at: datetime) -> list[MeetingCard]:
    """Return the announced meetings not yet over, the nearest first, each with the viewer's registration. One query."""
    return _cards(visible_to(viewer).announced().ahead(at), viewer, at)


def meetings_past(viewer: Member | None, at: datetime) -> list[MeetingCard]:
    """Return the announced meetings that are over, the latest first. One query."""
    return _cards(visible_to(viewer).announced().past(at), viewer, at)


def meetings_in_preparation(viewer: Member | None, at: datetime) -> list[MeetingCard]:
    """Return the meetings that are not announced yet: an organiser's only. One query."""
    return _cards(visible_to(viewer).filter(is_announced=False).order_by("starts_on", "pk"), viewer, at)


def next_meeting(viewer: Member | None, at: datetime) -> MeetingCard | None:
    """Return the nearest announced meeting, or None. One query."""
    return next(iter(_cards(visible_to(viewer).announced().ahead(at)[:1], viewer, at)), None)


def next_meeting_for_each(viewers: Sequence[Member], at: datetime) -> dict[int, MeetingCard]:
    """Return the nearest announced meeting as `next_meeting` shows it to each member; empty if none. Two queries."""
    card = next_meeting(None, at)
    if card is None:
        return {}
    newest = Registration.objects.filter(meeting__slug=card.slug, member__in=viewers).order_by("pk")
    states = dict(newest.values_list("member", "state"))
    return {viewer.pk: replace(card, registration_state=states.get(viewer.pk, "")) for viewer in viewers}


def _cards(meetings: MeetingQuerySet, viewer: Member | None, at: datetime) -> list[MeetingCard]:
    # A person may have withdrawn and come back: the newest registration is the one that counts.
    newest = Registration.objects.filter(meeting=OuterRef("pk"), member=viewer).order_by("-pk").values("state")[:1]
    return [
        MeetingCard(
            slug=meeting.slug,
            title=meeting.title,
            theme=meeting.theme,
            city=meeting.city,
            country=meeting.country,
            starts_on=meeting.starts_on,
            ends_on=meeting.ends_on,
            takes_registrations=meeting.takes_registrations(at),
            registration_state=meeting.own_state,  # type: ignore[attr-defined]
        )
        for meeting in meetings.annotate(own_state=Coalesce(Subquery(newest), Value("")))
    ]


@dataclass(frozen=True)
class MeetingFigures:
    """What a meeting's page says in numbers; only of what its reader may know."""

    session_count: int
    speaker_count: int
    delegate_count: int
    country_count: int


def meeting_figures(viewer: Member | None, meeting: Meeting) -> MeetingFigures:
    """Count the sessions and speakers that exist for a viewer, and who was there. Two queries."""
    slots = slots_visible_to(viewer).filter(release__meeting=meeting).exclude(session__format=Format.BREAK)
    programme = slots.aggregate(
        sessions=Count("session", distinct=True), speakers=Count("session__appearances__speaker", distinct=True)
    )
    there = meeting.registrations.filter(state=RegistrationState.ATTENDED)
    delegates = there.aggregate(people=Count("pk"), countries=Count("member__country", distinct=True))
    return MeetingFigures(programme["sessions"], programme["speakers"], delegates["people"], delegates["countries"])


def highlights(viewer: Member | None, meeting: Meeting) -> QuerySet[Slot]:
    """Return the first keynotes and panels that exist for a viewer, in order of time, session and room loaded."""
    slots = slots_visible_to(viewer).filter(release__meeting=meeting)
    shown = slots.filter(session__format__in=[Format.KEYNOTE, Format.PANEL])
    return shown.select_related("session", "room").order_by("starts_at", "pk")[:HIGHLIGHTS]
