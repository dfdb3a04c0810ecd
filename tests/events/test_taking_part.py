"""Does a profile tell where its member took part, to those who may know of each meeting and session?"""

from datetime import UTC, date, datetime, timedelta

import pytest

from congress.core.labels import Tlp
from congress.core.roles import Role
from events.models import Appearance, Registration, RegistrationState, Speaker
from events.queries import meetings_attended, sessions_spoken_at
from members.models import Member, Profile
from tests import factories
from tests.onlookers import TODAY, seated, sitting
from tests.outside import sweep

THEN = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)


@pytest.fixture
def anna(db) -> Member:
    person = factories.member("anna")
    Profile.objects.filter(member=person).update(meetings_audience="network")
    return person


def met(slug: str, **fields):
    return factories.meeting(slug, **{"starts_on": date(2026, 5, 4), "ends_on": date(2026, 5, 6), **fields})


def spoken(person: Member, title: str, *, at: datetime = THEN, **fields):
    meeting = met(f"meeting-of-{title.lower()}", starts_on=at.date(), ends_on=at.date())
    made = factories.session(meeting, title, starts_at=at, **fields)
    speaker = Speaker.objects.create(meeting=meeting, member=person, latin_name="Anna")
    Appearance.objects.create(session=made, speaker=speaker, part="keynote")
    return made


@pytest.mark.parametrize("state", RegistrationState)
def test_meetings_attended_are_those_where_the_member_was(member, anna, at, state):
    seated(anna, met("workshop"), state)
    assert bool(list(meetings_attended(member, anna, at))) == (state == RegistrationState.ATTENDED)


def test_meetings_attended_are_those_the_viewer_knows_of(member, organiser, anna, at):
    seated(anna, met("secret", is_announced=False))
    seated(anna, met("older", starts_on=date(2025, 5, 4)))
    assert [line.url for line in meetings_attended(member, anna, at)] == ["/meetings/older/"]
    assert [line.url for line in meetings_attended(organiser, anna, at)] == ["/meetings/secret/", "/meetings/older/"]


def test_sessions_spoken_at_follow_the_programme(member, organiser, anna, at):
    spoken(anna, "Open")
    spoken(anna, "Red", tlp=Tlp.RED)
    spoken(anna, "Chatham", is_chatham_house=True)
    spoken(anna, "Tomorrow", at=at + timedelta(days=1))
    spoken(factories.member(), "Another")
    assert [line.title for line in sessions_spoken_at(member, anna, at)] == ["Open"]
    assert {line.title for line in sessions_spoken_at(organiser, anna, at)} == {"Open", "Red"}
    (line,) = sessions_spoken_at(member, anna, at)
    assert (line.note, line.on) == ("Keynote speaker", date(2026, 5, 4))


def test_sessions_of_a_programme_that_is_a_draft_are_nobodys(member, organiser, anna, at):
    made = spoken(anna, "Draft")
    made.meeting.releases.update(released_at=None)
    assert [*sessions_spoken_at(member, anna, at), *sessions_spoken_at(organiser, anna, at)] == []


@pytest.mark.parametrize(
    ("name", "words"),
    [("seats", "Advisers"), ("meetings", "Plenary workshop"), ("sessions", "Open")],
)
def test_a_list_is_shown_to_its_audience_and_to_officers(signed_in, member, anna, name, words):
    sitting(anna, factories.group("Advisers"), ends_on=TODAY + timedelta(days=1))
    seated(anna, met("workshop"))
    spoken(anna, "Open")
    path = f"/members/{anna.public_id}/"
    assert words in signed_in(member).get(path).content.decode()
    Profile.objects.filter(member=anna).update(**{f"{name}_audience": "officers"})
    lead = factories.member("lead", roles=[Role.VETTING_LEAD])
    told = [words in signed_in(viewer).get(path).content.decode() for viewer in (member, lead, anna)]
    assert told == [False, True, True]


def test_a_list_that_is_hidden_answers_like_an_empty_one(signed_in, member, anna):
    path = f"/members/{anna.public_id}/"
    seated(anna, met("workshop"))
    Profile.objects.filter(member=anna).update(meetings_audience="officers")
    hidden = sweep(signed_in(member), [path])
    Registration.objects.all().delete()
    assert sweep(signed_in(member), [path]) == hidden
