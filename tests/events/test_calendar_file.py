"""Does a calendar read back what the programme says?"""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from congress.core.labels import Tlp
from events.exports import calendar_file
from events.models import Format, Meeting
from events.queries.programme import programme
from members.models import Member
from tests import factories
from tests.events.factories import MORNING, released, slot, speaker


def read(meeting: Meeting, viewer: Member | None = None) -> Calendar:
    return Calendar.from_ical(calendar_file(meeting, programme(viewer, meeting)))


def test_calendar_file_gives_the_instant_in_the_meetings_zone(plenary):
    factories.session(plenary, "Opening", tlp=Tlp.CLEAR, starts_at=MORNING)
    [event] = read(plenary).events
    assert event["dtstart"].params["TZID"] == "Africa/Nairobi"
    assert (event.start, event.end) == (MORNING, MORNING + timedelta(hours=1))


def test_calendar_file_brings_the_zones_rules(plenary):
    factories.session(plenary, tlp=Tlp.CLEAR)
    [zone] = read(plenary).timezones
    assert zone.tz_name == "Africa/Nairobi"
    assert b"TZOFFSETTO:+0300" in zone.to_ical()


@pytest.mark.parametrize(("day", "hour"), [(24, 8), (25, 9)])
def test_calendar_file_is_right_on_both_sides_of_a_clock_change(db, day, hour):
    days = {"starts_on": date(2026, 10, 24), "ends_on": date(2026, 10, 25)}
    paris = factories.meeting("paris", time_zone="Europe/Paris", **days)
    local = datetime(2026, 10, day, 10, 0, tzinfo=ZoneInfo("Europe/Paris"))
    factories.session(paris, tlp=Tlp.CLEAR, starts_at=local.astimezone(UTC))
    calendar = read(paris)
    [event] = calendar.events
    assert event.start == datetime(2026, 10, day, hour, 0, tzinfo=UTC)
    # A reader that knows no zone names has only the rules in the file.
    rules = calendar.timezones[0].to_tz()
    assert rules.utcoffset(local.replace(tzinfo=None)) == local.utcoffset()


def test_calendar_file_keeps_the_uid_and_raises_the_sequence(plenary):
    made = factories.session(plenary, tlp=Tlp.CLEAR)
    [before] = read(plenary).events
    slot(released(plenary, number=2), made, MORNING + timedelta(hours=3))
    [after] = read(plenary).events
    assert before["uid"] == after["uid"] == f"{made.public_id}@localhost"
    assert (before["sequence"], after["sequence"]) == (1, 2)
    assert after.start - before.start == timedelta(hours=3)


def test_calendar_file_says_the_label_first(plenary, member):
    made = factories.session(plenary, "Found at the border", tlp=Tlp.AMBER, is_chatham_house=True, abstract="Secret")
    speaker(made, "Ana Kovač")
    [event] = read(plenary, member).events
    assert event["summary"] == "[TLP:AMBER] Found at the border"
    assert str(event["description"]).split("\n") == [
        "TLP:AMBER",
        "Held under the Chatham House Rule.",
        "Ana Kovač",
        f"http://localhost:8000/meetings/plenary-2027/sessions/{made.public_id}/",
    ]


def test_calendar_file_leaves_breaks_without_label_and_address(plenary):
    factories.session(plenary, "Coffee", tlp=Tlp.CLEAR, format=Format.BREAK)
    [event] = read(plenary).events
    assert event["summary"] == "Coffee"
    assert "url" not in event


def test_calendar_file_escapes_what_people_type(plenary):
    factories.session(plenary, "One; two, three\\four\r\nBEGIN:VEVENT", tlp=Tlp.CLEAR)
    [event] = read(plenary).events
    assert str(event["summary"]).startswith("[TLP:CLEAR] One; two, three\\four")


def test_calendar_file_of_a_meeting_without_programme_is_empty(plenary):
    assert read(plenary).events == []
