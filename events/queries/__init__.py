"""What does one page need? One module for meetings, programme, timetable and registrations each."""

from events.queries.meetings import MeetingCard, meetings_ahead, next_meeting, next_meeting_for_each
from events.queries.registrations import WaitingMeeting, registrations_waiting_for
from events.queries.taking_part import meetings_attended, sessions_spoken_at

__all__ = [
    "MeetingCard",
    "WaitingMeeting",
    "meetings_ahead",
    "meetings_attended",
    "next_meeting",
    "next_meeting_for_each",
    "registrations_waiting_for",
    "sessions_spoken_at",
]
