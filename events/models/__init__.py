"""What is a meeting made of? The meeting itself, its programme, and the registrations for it."""

import events.models.personal  # noqa: F401 -- declares what these tables keep about people
from events.models.feeds import FEEDS_AT_MOST, CalendarFeed
from events.models.meetings import Meeting, MeetingQuerySet
from events.models.programme import Appearance, Format, Part, Release, Room, Session, Slot, Speaker, Track
from events.models.registrations import REGISTRATION_STATES, Registration, RegistrationState, tone_of

__all__ = [
    "FEEDS_AT_MOST",
    "REGISTRATION_STATES",
    "Appearance",
    "CalendarFeed",
    "Format",
    "Meeting",
    "MeetingQuerySet",
    "Part",
    "Registration",
    "RegistrationState",
    "Release",
    "Room",
    "Session",
    "Slot",
    "Speaker",
    "Track",
    "tone_of",
]
