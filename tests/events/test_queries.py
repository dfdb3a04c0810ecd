"""What do the start page and the digest get from the meetings?"""

from datetime import date, timedelta

from events.queries import meetings_ahead, next_meeting, next_meeting_for_each, registrations_waiting_for
from tests import factories
from tests.events.factories import registration
from tests.factories import LONG_AGO


def test_next_meeting_is_the_nearest_announced_one(plenary, member, at):
    factories.meeting("past", starts_on=date(2023, 10, 3), ends_on=date(2023, 10, 5))
    factories.meeting("hidden", starts_on=date(2026, 12, 1), ends_on=date(2026, 12, 2), is_announced=False)
    card = next_meeting(member, at)
    assert card is not None
    assert (card.slug, card.city, card.takes_registrations, card.registration_words) == (
        "plenary-2027", "Nairobi", True, ""
    )  # fmt: skip


def test_next_meeting_is_none_when_nothing_is_ahead(member, at):
    assert next_meeting(member, at) is None


def test_next_meeting_for_each_is_next_meeting_for_many(plenary, member, stranger, organiser, at):
    factories.meeting("hidden", starts_on=date(2026, 12, 1), ends_on=date(2026, 12, 2), is_announced=False)
    registration(plenary, member, "withdrawn")
    registration(plenary, member, "waiting")
    registration(plenary, stranger, "confirmed")
    everybody = [member, stranger, organiser]
    assert next_meeting_for_each(everybody, at) == {person.pk: next_meeting(person, at) for person in everybody}


def test_next_meeting_for_each_is_empty_when_nothing_is_ahead(member, at):
    assert next_meeting_for_each([member], at) == {}


def test_meetings_ahead_tells_the_newest_registration(plenary, member, stranger, at):
    registration(plenary, member, "withdrawn")
    registration(plenary, member, "waiting")
    registration(plenary, stranger, "confirmed")
    assert [card.registration_state for card in meetings_ahead(member, at)] == ["waiting"]
    assert [card.registration_state for card in meetings_ahead(None, at)] == [""]


def test_meetings_ahead_keeps_a_meeting_until_its_last_day(plenary, member, at):
    last_day = at + timedelta(days=(plenary.ends_on - at.date()).days)
    assert len(meetings_ahead(member, last_day)) == 1
    assert meetings_ahead(member, last_day + timedelta(days=1)) == []


def test_registrations_waiting_for_an_organiser(plenary, organiser, member, stranger, at):
    registration(plenary, member, applied_at=LONG_AGO)
    registration(plenary, stranger, "confirmed")
    registration(plenary, organiser)
    [waiting] = registrations_waiting_for(organiser, at)
    assert (waiting.slug, waiting.count, waiting.since) == ("plenary-2027", 1, LONG_AGO)
    assert registrations_waiting_for(member, at) == []
