"""Is somebody who reads by a new exception told like a new reader, and somebody who reads no more told nothing?"""

from datetime import UTC, datetime, timedelta

import pytest

from congress.core import journal
from congress.core.labels import Audience
from congress.core.models import Delivery, Entry
from notices import actions, queries, tasks
from notices.models import Notice
from tests import factories


@pytest.fixture
def at() -> datetime:
    """The present: what is in force is for the database's clock to say."""
    return datetime.now(UTC)


def old_notice(reader, at, **fields) -> Notice:
    made = factories.notice("Hollow books", audience=Audience(people=[reader.pk]), at=at - timedelta(days=60), **fields)
    return Notice.objects.get(pk=made.pk)


def told_of(notice, by, at, effect="grant", **whom) -> list[tuple[int | None, str]]:
    """Make an exception, run what listens to it, and return who gets which letter."""
    actions.make_exception(notice, actions.Terms(effect, "Needs it.", at + timedelta(days=9), **whom), by=by, at=at)
    journal.dispatch(Entry.objects.latest("pk"), at)
    return list(Delivery.objects.values_list("member", "kind"))


def digest(person, at) -> queries.Digest | None:
    week = {"since": at - timedelta(days=7), "until": at + timedelta(seconds=1)}
    return queries.digests_for([person], **week).get(person.pk)


def test_who_gains_an_urgent_notice_gets_an_alert(member, stranger, publisher, at):
    notice = old_notice(member, at, urgency="urgent")
    assert told_of(notice, publisher, at, country=stranger.country) == [(stranger.pk, tasks.ALERT)]


@pytest.mark.parametrize("urgency", ["urgent", "routine"])
def test_who_loses_a_notice_is_told_nothing(member, publisher, at, urgency):
    notice = old_notice(member, at, urgency=urgency)
    assert told_of(notice, publisher, at, "deny", member=member) == []
    assert digest(member, at) is None


def test_who_gains_a_routine_notice_finds_it_in_the_next_digest(member, stranger, publisher, at):
    notice = old_notice(member, at)
    assert told_of(notice, publisher, at, country=stranger.country) == []
    assert [item.title for item in digest(stranger, at).items] == ["Hollow books"]
    assert digest(member, at) is None


def test_who_reads_it_anyway_finds_it_in_no_digest_again(member, publisher, at):
    neighbour = factories.member("neighbour", country=member.country)
    told_of(old_notice(member, at), publisher, at, country=member.country)
    assert digest(member, at) is None
    assert digest(neighbour, at) is not None


def test_an_exception_is_told_by_one_digest_only(member, stranger, publisher, at):
    told_of(old_notice(member, at), publisher, at, country=stranger.country)
    for days in (-7, 7):
        other_week = {"since": at + timedelta(days=days, seconds=1), "until": at + timedelta(days=days + 7, seconds=-1)}
        assert queries.digests_for([stranger], **other_week).get(stranger.pk) is None
