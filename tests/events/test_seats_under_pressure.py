"""Is a seat ever given twice?"""

from collections.abc import Callable
from datetime import datetime
from functools import partial

import pytest

from congress.core.roles import Role
from events.actions import approve, register, release_programme, withdraw
from events.models import Meeting, Registration, Release
from tests import factories
from tests.events.factories import draft, registration, released, slot
from tests.races import all_at_once

pytestmark = pytest.mark.usefixtures("committed")


def test_approvals_never_exceed_the_seats(at: datetime):
    plenary = factories.meeting(capacity=3)
    organiser = factories.member("organiser", roles=[Role.ORGANISER])
    rows = [registration(plenary, factories.member(f"delegate{number}")) for number in range(20)]
    calls = [partial(approve, plenary, [row.public_id], by=organiser, at=at) for row in rows]
    assert all_at_once(calls) == {"done": 3, "meeting_full": 17}
    assert Registration.objects.filter(state="confirmed").count() == 3
    assert Meeting.objects.get().seats_taken == 3


def test_one_person_registers_once(at: datetime):
    plenary, person = factories.meeting(), factories.member("eager")
    calls = [partial(register, plenary, needs="", by=person, at=at)] * 8
    assert all_at_once(calls) == {"done": 1, "already_registered": 7}


def test_withdrawing_and_approving_together_keep_the_count(at: datetime):
    plenary = factories.meeting(capacity=5)
    organiser = factories.member("organiser", roles=[Role.ORGANISER])
    leaving = [registration(plenary, factories.member(f"leaving{number}"), "confirmed") for number in range(5)]
    coming = [registration(plenary, factories.member(f"coming{number}"), "waiting") for number in range(5)]
    calls: list[Callable[[], object]] = [partial(withdraw, row, by=row.member, at=at) for row in leaving]
    calls += [partial(approve, plenary, [row.public_id], by=organiser, at=at) for row in coming]
    ended = all_at_once(calls)
    taken = Registration.objects.filter(state="confirmed").count()
    assert ended["done"] == 5 + taken
    assert Meeting.objects.get().seats_taken == taken


def test_releasing_together_releases_once(at: datetime):
    plenary = factories.meeting()
    organiser = factories.member("organiser", roles=[Role.ORGANISER])
    session = factories.session(plenary)
    released(plenary)
    slot(draft(plenary), session)
    calls = [partial(release_programme, plenary, by=organiser, at=at)] * 4
    assert all_at_once(calls) == {"done": 1, "nothing_to_release": 3}
    assert [(row.number, row.released_at) for row in Release.objects.filter(number__gt=1).order_by("number")] == [
        (2, at),
        (3, None),
    ]
