"""Is what a member reads counted once, everywhere together, and stopped where the budget ends?"""

from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from django.core.cache import cache
from django.core.cache.backends.redis import RedisCacheClient

from congress.core.budgets import BUDGETS, STOPPED, Budget, TooMuchReadError, has_room, spend, takes, used
from congress.core.models import Entry, ReadingLift
from congress.costs import COSTS
from members.actions import refresh_search
from members.models import Member
from tests import factories
from tests.conftest import NOW

A_MINUTE = timedelta(minutes=1)
PER_HOUR = BUDGETS[Budget.PROFILES][0].limit
PER_DAY = BUDGETS[Budget.PROFILES][1].limit


@pytest.fixture(autouse=True)
def _as_in_production(settings):
    settings.READING_FACTOR = 1


def read(member: Member, things: object, at=NOW) -> None:
    spend(member, Budget.PROFILES, things, at=at)


def test_spend_counts_different_things_only(member):
    for _ in range(3):
        read(member, range(PER_HOUR))
    with pytest.raises(TooMuchReadError) as refused:
        read(member, ["one more"])
    assert refused.value.retry_after == 3600


def test_spend_counts_each_member_and_each_budget_for_itself(member, stranger):
    read(member, range(PER_HOUR))
    read(stranger, range(100, 100 + PER_HOUR))
    spend(member, Budget.NAMES, range(200), at=NOW)


def test_spend_begins_anew_with_the_hour_and_ends_with_the_day(member):
    things, got_out = count(), 0
    for hour in range(24):
        try:
            for _ in range(1000):
                read(member, [next(things)], NOW.replace(hour=0) + timedelta(hours=hour))
                got_out += 1
        except TooMuchReadError:
            continue
    assert got_out == PER_DAY


def without_shared_cache(settings) -> None:
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": "unix:///nowhere.sock?db=0"}}


@pytest.fixture(params=["shared", "own"])
def either_cache(request, settings):
    """The counts of all processes, and those of a process that is left to itself."""
    if request.param == "own":
        without_shared_cache(settings)
    yield
    cache.clear()


def test_spend_lets_open_again_what_was_opened(either_cache, member):
    read(member, range(PER_HOUR))
    with pytest.raises(TooMuchReadError):
        read(member, ["one more"])
    read(member, range(PER_HOUR))


def test_spend_counts_nothing_of_what_is_refused(either_cache, member):
    read(member, range(PER_HOUR - 2))
    with pytest.raises(TooMuchReadError):
        read(member, ["three", "new", "ones"])
    read(member, ["two", "new"])


def test_spend_leaves_the_hour_alone_where_the_day_is_full(either_cache, member):
    for hour in range(3):
        read(member, range(hour * PER_HOUR, (hour + 1) * PER_HOUR), NOW.replace(hour=hour))
    with pytest.raises(TooMuchReadError) as refused:
        read(member, range(1000, 1000 + PER_HOUR), NOW.replace(hour=4))
    assert refused.value.retry_after > 3600
    assert next(used(member, at=NOW.replace(hour=4))).count == 0


def test_takes_leaves_out_what_does_not_fit_and_stops_nobody(member, organiser):
    assert takes(member, Budget.PROFILES, range(PER_HOUR), at=NOW)
    assert not takes(member, Budget.PROFILES, ["one more"], at=NOW)
    assert not Entry.objects.filter(event=STOPPED).exists()
    ReadingLift.objects.create(member=member, by=organiser, reason="Report", at=NOW, ends_at=NOW + A_MINUTE)
    assert takes(member, Budget.PROFILES, ["one more"], at=NOW)


def test_has_room_tells_what_fits(member, organiser):
    read(member, range(7))
    assert [has_room(member, Budget.PROFILES, PER_HOUR - less, at=NOW) for less in (7, 6)] == [True, False]
    ReadingLift.objects.create(member=member, by=organiser, reason="Report", at=NOW, ends_at=NOW + A_MINUTE)
    assert has_room(member, Budget.PROFILES, 10_000, at=NOW)


def test_spend_refuses_a_list_that_is_too_long_at_once(member):
    with pytest.raises(TooMuchReadError):
        spend(member, Budget.NAMES, range(10_000), at=NOW)


def test_spend_tells_the_journal_once_in_a_window(member):
    for _ in range(3):
        with pytest.raises(TooMuchReadError):
            read(member, range(PER_HOUR + 1))
    entry = Entry.objects.get(event=STOPPED)
    assert (entry.target_id, entry.data) == (member.pk, {"budget": "profiles", "seconds": 3600})


def test_spend_lets_whoever_was_let_read_on_and_stops_them_afterwards(member, organiser):
    lift = ReadingLift.objects.create(member=member, by=organiser, reason="Report", at=NOW, ends_at=NOW + A_MINUTE)
    for thing in range(PER_HOUR + 9):
        read(member, [thing])
    assert not Entry.objects.filter(event=STOPPED).exists()
    with pytest.raises(TooMuchReadError):
        read(member, ["one more"], lift.ends_at)


def test_used_says_how_much_is_left(member):
    read(member, range(7))
    found = {(use.budget, use.window.seconds): (use.count, use.limit) for use in used(member, at=NOW)}
    assert found[Budget.PROFILES, 3600] == (7, PER_HOUR)
    assert found[Budget.NOTICES, 3600] == (0, 120)


def test_spend_keeps_no_id_in_clear(member, settings):
    read(member, ["abcdefabcdef"])
    server = RedisCacheClient([settings.REDIS_URL]).get_client()
    assert not any(b"abcdefabcdef" in mark for key in server.keys("*read*") for mark in server.smembers(key))


def test_lists_of_people_count_whom_they_show(signed_in, settings, member):
    other = factories.member("another_member", organisation=member.organisation, country=member.country)
    refresh_search(Member.objects.all())
    lists = {
        "members:directory": ("/members/", 2),
        "members:directory_csv": ("/members/list.csv", 2),
        "members:suggest": ("/members/suggest/?q=mem", 2),
        "members:organisation_record": (f"/organisations/{member.organisation.public_id}/", 2),
        # Costs a name only where there is a photograph, of whom the row or the profile counted before.
        "members:photograph": (f"/members/{other.public_id}/photograph/small/", 0),
        "members:profile": (f"/members/{other.public_id}/", 1),
        "members:visibility": ("/members/me/visibility/?person=another", 1),
        # Names people only once somebody typed a name that may mean several.
        "members:introduction_ask": (f"/members/{other.public_id}/introduction/", 0),
        "members:country": (f"/network/countries/{member.country}/", 2),
        "members:api_members": ("/api/v1/members/", 2),
    }
    assert {name for name, costs in COSTS.items() if Budget.NAMES in costs} == set(lists)
    for path, people_count in lists.values():
        cache.clear()
        signed_in(member).get(path)
        spent = [use for use in used(member, at=datetime.now(UTC)) if use.budget is Budget.NAMES]
        assert spent[0].count == people_count
