"""Are the plenaries coherent: the fourth as it is publicly known, the next one open, nobody in two rooms?"""

from collections import Counter
from datetime import date, timedelta
from itertools import combinations

import pytest

from congress.core.labels import Tlp
from congress.core.roles import Standing
from congress.core.topics import Expertise
from congress.demo.meetings import PAST, UPCOMING
from congress.demo.reading import read
from events.models import REGISTRATION_STATES, Format, Part

PLENARIES = range(5)


@pytest.fixture(params=PLENARIES)
def meeting(request, network):
    return network.meetings[request.param]


@pytest.fixture(params=["sessions", "draft"])
def programme(request, meeting):
    return getattr(meeting, request.param)


def test_meetings_are_the_plenaries(network):
    years = ["2018", "2019", "2022", "2023", "2027"]
    assert [meeting.slug for meeting in network.meetings] == [f"plenary-{year}" for year in years]


def test_fourth_plenary_is_as_publicly_known(network, by_email):
    fourth = network.meetings[3]
    delegates = [by_email[each.person] for each in fourth.registrations]
    assert (fourth.city, fourth.theme) == ("Bangkok", "Chemical Security in Action")
    assert len(delegates) > 300
    assert len({person.country for person in delegates}) == 84
    assert sum(person.gender == "f" for person in delegates) > len(delegates) / 4
    assert fourth.ends_on - fourth.starts_on == timedelta(days=2)


def test_next_plenary_takes_registrations(network):
    following = network.meetings[4]
    today = date(2026, 11, 23)
    assert following.registration_opens_at.date() < today < following.registration_closes_at.date()
    assert {each.state for each in following.registrations} >= {"applied", "confirmed", "withdrawn"}


def test_next_plenary_is_not_yet_registered_for_by_most_accounts(network):
    registered = {each.person.split("@")[0] for each in network.meetings[4].registrations}
    assert registered.isdisjoint({"member.police", "member.industry", "organiser", "analyst.one"})


def test_sessions_know_their_format_track_label_and_room(meeting):
    for session in meeting.all_sessions:
        assert session.format in Format.values
        assert session.tlp in Tlp.values
        assert session.track in {"", *(track.slug for track in meeting.tracks)}
        assert session.room in {"", *(room.name for room in meeting.rooms)}
        assert session.title
        assert session.abstract or session.format == Format.BREAK


def test_sessions_share_no_room_at_the_same_time(programme):
    placed = [session for session in programme if session.room]
    clashes = [(a, b) for a, b in combinations(placed, 2) if a.room == b.room and _overlap(a, b)]
    assert clashes == []


def test_speakers_are_never_in_two_rooms(programme):
    clashes = [
        (a.title, b.title)
        for a, b in combinations(programme, 2)
        if _overlap(a, b) and {x.person for x in a.appearances} & {x.person for x in b.appearances}
    ]
    assert clashes == []


def test_speakers_are_delegates_with_a_part(meeting):
    coming = {each.person for each in meeting.registrations if REGISTRATION_STATES.allows(each.state, "holds_seat")}
    for session in meeting.all_sessions:
        assert {each.person for each in session.appearances} <= coming
        assert {each.part for each in session.appearances} <= set(Part.values)
        assert session.appearances or session.format == Format.BREAK


def test_delegates_were_members_by_then(meeting, by_email):
    for each in meeting.registrations:
        person = by_email[each.person]
        assert person.joined_on < meeting.starts_on
        assert person.standing in {Standing.MEMBER, Standing.LAPSED, Standing.FORMER}


def test_delegates_register_once_and_fit_in(meeting):
    assert max(Counter(each.person for each in meeting.registrations).values()) == 1
    seated = [each for each in meeting.registrations if REGISTRATION_STATES.allows(each.state, "holds_seat")]
    assert len(seated) <= meeting.capacity


@pytest.mark.parametrize("name", [*PAST, UPCOMING])
def test_session_data_asks_for_known_expertise(name):
    for block in read(name)["block"]:
        assert len(block["session"]) <= len(read(name)["rooms"])
        for session in block["session"]:
            assert set(session.get("fields", ())) <= set(Expertise.values)


def _overlap(a, b):
    return a.starts_at < b.ends_at and b.starts_at < a.ends_at
