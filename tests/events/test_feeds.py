"""Does a calendar get its member's meetings, no word too many, and nothing once the member is shut out?"""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from icalendar import Calendar

from congress.core.errors import NotPermittedError
from congress.core.labels import Tlp
from congress.core.personal import HOLDINGS
from congress.core.roles import Role, Standing
from events.actions import feeds as actions
from events.exports import calendar_file
from events.models import Appearance, CalendarFeed, Part, Speaker
from events.queries import feeds as queries
from events.queries.programme import programme
from members.models import Member
from tests import factories
from tests.conftest import NOW
from tests.events.factories import registration

PAGE = "/meetings/my-calendar/"


def feed_of(member: Member, name: str = "Telephone") -> str:
    _row, token = actions.make_feed(member, by=member, at=NOW, name=name)
    return f"{PAGE}{token}.ics"


def program() -> Client:
    return Client(headers={"host": "localhost"})


def asked(path: str) -> list[str]:
    answer = program().get(path)
    assert answer.status_code == 200
    return [str(event["summary"]) for event in Calendar.from_ical(answer.content).events]


def test_calendar_feeds_shows_the_address_once(signed_in, member):
    client = signed_in(member)
    made = client.post(PAGE, {"name": "Telephone"})
    [feed] = CalendarFeed.objects.all()
    token = made.content.decode().split(PAGE)[1].split(".ics")[0]
    assert (made.status_code, len(token) >= 43, feed.digest == token) == (201, True, False)
    page = client.get(PAGE).content.decode()
    assert ("Telephone" in page, token in page) == (True, False)
    assert program().get(f"{PAGE}{token}.ics").status_code == 200


def test_calendar_feed_holds_ones_own_meetings_in_days_and_sessions(member, stranger):
    meeting, other = factories.meeting(title="Plenary"), factories.meeting("other", title="Elsewhere")
    factories.session(meeting, "Opening", tlp=Tlp.GREEN)
    factories.session(other, "Not mine", tlp=Tlp.CLEAR)
    registration(meeting, member, state="confirmed")
    registration(other, stranger, state="confirmed")
    path = feed_of(member)
    assert asked(path) == ["Plenary", "[TLP:GREEN] Opening"]
    answer = program().get(path)
    assert ("no-store" in answer["Cache-Control"], answer["Content-Type"]) == (True, "text/calendar; charset=utf-8")
    [days, opening] = Calendar.from_ical(answer.content).events
    assert (days.start, days.end, days["status"]) == (
        meeting.starts_on,
        meeting.ends_on + timedelta(days=1),
        "CONFIRMED",
    )
    [same] = Calendar.from_ical(calendar_file(meeting, programme(member, meeting))).events
    assert (opening["uid"], opening["sequence"], opening.start) == (same["uid"], same["sequence"], same.start)


@pytest.mark.parametrize(
    ("state", "shown"),
    [
        ("applied", ["Plenary"]), ("waiting", ["Plenary"]), ("offered", ["Plenary", "[TLP:CLEAR] Opening"]),
        ("attended", ["Plenary", "[TLP:CLEAR] Opening"]), ("withdrawn", []), ("refused", []), ("declined", []),
    ],
)  # fmt: skip
def test_the_programme_is_for_those_with_a_seat(member, state, shown):
    meeting = factories.meeting(title="Plenary")
    factories.session(meeting, "Opening", tlp=Tlp.CLEAR)
    registration(meeting, member, state=state)
    assert asked(feed_of(member)) == shown


@pytest.mark.parametrize("tlp", [Tlp.AMBER, Tlp.AMBER_STRICT, Tlp.RED])
@pytest.mark.parametrize("speaks", [True, False])
def test_no_word_above_green_leaves_the_house(member, tlp, speaks):
    meeting = factories.meeting(title="Plenary")
    hidden = factories.session(meeting, "Zqtitlexk", tlp=tlp)
    named = Speaker.objects.create(meeting=meeting, latin_name="Zqnamexk", member=member if speaks else None)
    Appearance.objects.create(session=hidden, speaker=named, part=Part.PRESENTER)
    registration(meeting, member, state="confirmed")
    path = feed_of(member)
    assert b"Zq" not in program().get(path).content
    assert len(asked(path)) == (1 if tlp == Tlp.RED and not speaks else 2)


def test_the_feed_of_an_organiser_reads_as_any_member(organiser):
    meeting = factories.meeting(title="Plenary")
    factories.session(meeting, tlp=Tlp.RED)
    registration(meeting, organiser, state="confirmed")
    registration(factories.meeting("secret", title="Secret", is_announced=False), organiser, state="confirmed")
    assert asked(feed_of(organiser)) == ["Plenary"]


def test_meetings_long_past_are_left_out(member):
    old = factories.meeting(
        "old", title="Old", starts_on=NOW.date() - timedelta(200), ends_on=NOW.date() - timedelta(198)
    )
    registration(old, member, state="attended")
    assert asked(feed_of(member)) == []


def test_calendar_feed_dead_and_unknown_are_the_same(member):
    dead = feed_of(member)
    Member.objects.filter(pk=member.pk).update(authz_epoch=5)
    one, other = program().get(dead), program().get(f"{PAGE}nothing.ics")
    assert (one.status_code, one.content, other.status_code) == (404, other.content, 404)


@pytest.mark.parametrize("change", [{"standing": s} for s in (Standing.LAPSED, Standing.PROVISIONAL, Standing.FORMER)])
def test_calendar_feed_is_for_members(member, change):
    path = feed_of(member)
    Member.objects.filter(pk=member.pk).update(**change)
    assert program().get(path).status_code == 404


def test_calendar_feed_needs_the_second_factor(member):
    path = feed_of(member)
    member.authenticator_set.all().delete()
    assert program().get(path).status_code == 404


def test_calendar_feeds_renews_by_name_and_says_which_is_dead(signed_in, member):
    old, new = feed_of(member), feed_of(member)
    assert (program().get(old).status_code, program().get(new).status_code) == (404, 200)
    client = signed_in(member)
    assert "Dead: make it anew" not in client.get(PAGE).content.decode()
    CalendarFeed.objects.update(proof="x")
    assert "Dead: make it anew" in client.get(PAGE).content.decode()


def test_calendar_feed_end_is_for_its_member(signed_in, member, stranger):
    path, feed = feed_of(member), CalendarFeed.objects.get()
    end = f"{PAGE}{feed.public_id}/end/"
    assert (signed_in(stranger).post(end).status_code, program().get(path).status_code) == (404, 200)
    with pytest.raises(NotPermittedError):
        actions.end_feed(feed, by=stranger, at=NOW)
    assert (signed_in(member).post(end).status_code, program().get(path).status_code) == (303, 404)


def test_five_feeds_and_not_six(signed_in, member):
    for number in range(5):
        feed_of(member, f"Device {number}")
    client = signed_in(member)
    refused = client.post(PAGE, {"name": "Sixth"})
    assert (refused.status_code, "Sixth" in refused.content.decode(), CalendarFeed.objects.count()) == (409, True, 5)
    assert client.post(PAGE, {"name": "Device 0"}).status_code == 201
    assert client.post(PAGE, {"name": "x" * 61}).status_code == 422
    with pytest.raises(IntegrityError), transaction.atomic():
        CalendarFeed.objects.create(member=member, name="Device 0", digest="x", proof="x", made_at=NOW)


def test_a_runaway_calendar_is_braked(member, monkeypatch):
    monkeypatch.setattr("events.views.feeds.ASKED_AN_HOUR", 2)
    path = feed_of(member)
    assert [program().get(path).status_code for _ in range(3)] == [200, 200, 429]


def test_a_feed_counts_as_one_file_a_day_and_notes_its_use(signed_in, member):
    path = feed_of(member)
    for _ in range(3):
        program().get(path)
    page = signed_in(member).get("/members/me/reading/").content.decode()
    assert "1 of 40" in page
    assert CalendarFeed.objects.get().last_used_at is not None


def test_feeds_are_given_without_their_secret(member):
    feed_of(member)
    assert [sorted(row) for row in HOLDINGS["events.CalendarFeed"].about(member.pk)] == [
        ["last_used_at", "made_at", "name"]
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_own_meetings_cost_three_queries_for_each_seat(member, django_assert_num_queries, count):
    for number in range(count):
        meeting = factories.meeting(f"meeting{number}")
        factories.session(meeting)
        registration(meeting, member, state="confirmed")
    person = factories.reloaded(member)
    with django_assert_num_queries(1 + 3 * count):
        queries.own_meetings(person, NOW)


def test_an_officers_role_opens_no_feed_by_itself(administrator):
    assert Role.ADMINISTRATOR in administrator.granted_roles
    found = queries.feed_behind(feed_of(administrator).removeprefix(PAGE).removesuffix(".ics"), NOW)
    assert found is not None
    assert found[1].granted_roles == []
