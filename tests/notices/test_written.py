"""Does a profile name the notices that its member wrote to those who read them, and otherwise not a sign of them?"""

import pytest

from congress.core.labels import Audience, Tlp
from congress.core.roles import Role
from congress.core.sectors import Sector
from members.models import Member, Profile
from notices.models import Notice, NoticeState
from notices.queries import notices_written
from notices.queries.written import SHOWN
from tests import factories
from tests.outside import sweep

POLICE = Audience(sectors=[Sector.LAW_ENFORCEMENT])


@pytest.fixture
def anna(db) -> Member:
    person = factories.member("anna", roles=[Role.ANALYST], sector=Sector.GOVERNMENT)
    Profile.objects.filter(member=person).update(notices_audience="network")
    return person


def titles(viewer, member, at) -> list[str]:
    return [line.title for line in notices_written(viewer, member, at)]


def test_notices_written_are_those_the_viewer_reads(member, stranger, anna, at):
    made = factories.notice("Hollow books", author=anna, audience=POLICE)
    factories.notice("Another's", audience=POLICE)
    (line,) = notices_written(member, anna, at)
    assert (line.title, line.note, line.url) == ("Hollow books", "TLP:GREEN", f"/notices/{made.number}/")
    assert titles(stranger, anna, at) == []


def test_notices_written_with_others_are_each_writers(member, anna, at):
    other = factories.member("ben", roles=[Role.ANALYST])
    factories.notice("Hollow books", author=other, coauthors=[anna.pk], audience=POLICE)
    assert titles(member, anna, at) == titles(member, other, at) == ["Hollow books"]


@pytest.mark.parametrize("tlp", Tlp)
def test_notices_written_above_green_are_on_no_profile(member, anna, at, tlp):
    people = Audience(people=[member.pk])
    factories.notice("Hollow books", author=anna, tlp=tlp, audience=people)
    shown = ["Hollow books"] if tlp in {Tlp.CLEAR, Tlp.GREEN} else []
    assert [titles(member, anna, at), titles(anna, anna, at)] == [shown, shown]


@pytest.mark.parametrize("state", NoticeState)
def test_notices_written_have_a_text_in_force_or_had_one(member, publisher, anna, at, state):
    factories.notice("Hollow books", author=anna, state=state, audience=POLICE)
    shown = ["Hollow books"] if state in {NoticeState.PUBLISHED, NoticeState.EXPIRED} else []
    assert [titles(viewer, anna, at) for viewer in (member, publisher, anna)] == [shown] * 3


def test_notices_written_are_the_latest(member, anna, at, django_assert_num_queries):
    for number in range(SHOWN + 1):
        factories.notice(f"Notice of {number}", author=anna, audience=POLICE)
    with django_assert_num_queries(1):
        assert titles(member, anna, at) == [f"Notice of {number}" for number in range(SHOWN, 0, -1)]


def test_profile_names_them_only_where_the_member_says_so(member, anna, signed_in):
    factories.notice("Hollow books", author=anna, audience=POLICE)
    path = f"/members/{anna.public_id}/"
    assert "Hollow books" in signed_in(member).get(path).content.decode()
    Profile.objects.filter(member=anna).update(notices_audience="")
    lead = factories.member("lead", roles=[Role.VETTING_LEAD], sector=Sector.LAW_ENFORCEMENT)
    told = ["Hollow books" in signed_in(viewer).get(path).content.decode() for viewer in (member, lead, anna)]
    assert told == [False, True, True]


def test_profile_says_nothing_of_notices_of_others(stranger, anna, signed_in):
    path = f"/members/{anna.public_id}/"
    factories.notice("Hollow books", author=anna, audience=POLICE)
    factories.notice("Seals", author=anna, tlp=Tlp.AMBER, audience=Audience(people=[stranger.pk]))
    written = sweep(signed_in(stranger), [path])
    Notice.objects.update(author=factories.member("ben"))
    assert sweep(signed_in(stranger), [path]) == written
