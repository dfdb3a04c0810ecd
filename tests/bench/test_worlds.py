"""Does the benchmark's bulk still fit the tables of today? A handful of each is grown, as their owner and for good."""

import pytest

from congress.core.roles import Role, Standing
from events.models import Appearance, Slot
from members.models import Application, Decision, Member, Note, Passage, Profile
from members.policies import decidable_by
from notices.models import Edition, Notice, Reading, Section
from notices.policies import addressed_to
from tests import factories
from tests.bench import archive, cases, nights, world

pytestmark = pytest.mark.usefixtures("committed")


def test_cases_wait_on_the_desk_with_their_past():
    officers = [factories.member(roles=[Role.VETTING_REVIEWER]) for _each in range(2)]
    cases.grow(6)
    counts = [rows.objects.count() for rows in (Application, Passage, Decision, Note)]
    assert counts == [6, 6, 2, 30]
    assert {decision.reason for decision in Decision.objects.all()} == {"Known."}
    assert decidable_by(officers[1]).count() == 6


def test_notices_have_three_editions_readings_and_a_publisher_who_waits():
    reader, *_others = [factories.member() for _each in range(5)]
    factories.notice("A template")
    archive.grow(0, 4)
    archive.grow(4, 6)
    grown = Notice.objects.filter(number__startswith="PN-1")
    assert grown.count() == 6
    assert Edition.objects.filter(notice__in=grown).count() == 18
    assert Section.objects.filter(edition__notice__in=grown).count() == 18
    assert Reading.objects.filter(edition__notice__in=grown).exists()
    assert addressed_to(reader).filter(pk__in=grown).exists()
    assert len(archive.wait_for_publication(1)) == 1


def test_members_join_with_a_profile_and_are_found():
    factories.member()
    world.grow(50)
    world.grow(100)
    assert Member.objects.listed().count() >= 100
    assert Profile.objects.count() == Member.objects.count()
    assert not Member.objects.filter(search_text="").exists()


def test_programme_is_large():
    for _each in range(3):
        factories.member()
    world.large_programme()
    assert Slot.objects.count() == world.SESSIONS
    assert Appearance.objects.values("speaker").distinct().count() == 3


def test_nights_end_with_everybody_lapsed():
    factories.member()
    told = nights.seconds_of_nights()
    assert "stopped after" not in told
    assert Member.objects.get().standing == Standing.LAPSED
