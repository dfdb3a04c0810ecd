"""Does an exception work at once, for exactly those it is about, and end by itself?"""

from datetime import UTC, datetime, timedelta

import pytest

from congress.core.errors import NotPermittedError
from congress.core.labels import Audience, Tlp
from congress.core.models import Entry
from congress.core.roles import Role
from congress.core.states import IllegalTransitionError
from notices import actions, policies, queries
from notices.models import AccessException, Notice
from tests import factories


@pytest.fixture
def at() -> datetime:
    """The present: what is in force is for the database's clock to say."""
    return datetime.now(UTC)


@pytest.fixture
def published(member) -> Notice:
    made = factories.notice("Zyxtitle", audience=Audience(people=[member.pk]))
    return Notice.objects.get(pk=made.pk)  # with its label, which the database has written


def terms(at, effect="grant", *, days=30, **whom) -> actions.Terms:
    return actions.Terms(effect=effect, reason="Leads the enquiry.", until=at + timedelta(days=days), **whom)


def sees(person, notice) -> bool:
    return policies.visible_to(person).filter(pk=notice.pk).exists()


def of(person) -> dict[str, dict[str, object]]:
    """Return the three ways to mean a person."""
    return {
        "member": {"member": person},
        "organisation": {"organisation": person.organisation},
        "country": {"country": person.country},
    }


@pytest.mark.parametrize("whom", ["member", "organisation", "country"])
def test_grant_opens_a_notice_at_once_and_for_nobody_else(published, publisher, stranger, at, whom):
    other = factories.member("other", country="CL")
    made = actions.make_exception(published, terms(at, **of(stranger)[whom]), by=publisher, at=at)
    assert [sees(person, published) for person in (stranger, other)] == [True, False]
    AccessException.objects.filter(pk=made.pk).update(made_at=at - timedelta(days=2), until=at - timedelta(days=1))
    assert not sees(stranger, published)


@pytest.mark.parametrize("whom", ["member", "organisation", "country"])
def test_denial_closes_it_at_once_until_it_is_ended(published, publisher, member, at, whom):
    made = actions.make_exception(published, terms(at, "deny", **of(member)[whom]), by=publisher, at=at)
    assert not sees(member, published)
    actions.end_exception(made, by=publisher, at=at)
    assert sees(member, published)


def test_the_journal_says_who_whom_and_until_and_not_why(published, publisher, stranger, at):
    made = actions.make_exception(published, terms(at, member=stranger), by=publisher, at=at)
    actions.end_exception(made, by=publisher, at=at)
    facts = {"exception": made.pk, "effect": "grant", "until": made.until.isoformat(), "member": stranger.pk}
    entries = Entry.objects.filter(target_id=published.pk).order_by("pk").values_list("event", "by", "data")
    assert list(entries) == [
        ("notices.exception.made", publisher.pk, facts),
        ("notices.exception.ended", publisher.pk, facts),
    ]


@pytest.mark.parametrize("days", [-1, 0, 367])
def test_an_exception_ends_within_a_year(published, publisher, stranger, at, days):
    with pytest.raises(actions.ExceptionEndError):
        actions.make_exception(published, terms(at, days=days, member=stranger), by=publisher, at=at)


@pytest.mark.parametrize("whom", ["organisation", "country"])
def test_red_is_granted_to_people_only(member, publisher, stranger, at, whom):
    red = factories.notice(tlp=Tlp.RED, audience=Audience(people=[member.pk]))
    with pytest.raises(actions.RedForPeopleError):
        actions.make_exception(red, terms(at, **of(stranger)[whom]), by=publisher, at=at)
    actions.make_exception(red, terms(at, "deny", **of(member)[whom]), by=publisher, at=at)
    actions.make_exception(red, terms(at, member=stranger), by=publisher, at=at)
    assert [sees(person, red) for person in (member, stranger)] == [False, True]


@pytest.mark.parametrize("whom", ["member", "organisation", "country"])
def test_publishers_open_nothing_to_themselves(published, publisher, at, whom):
    with pytest.raises(actions.OwnGainError) as refusal:
        actions.make_exception(published, terms(at, **of(publisher)[whom]), by=publisher, at=at)
    assert refusal.value.status == 403


def test_publishers_end_no_denial_of_their_own(publisher, at):
    notice = factories.notice(audience=Audience(people=[publisher.pk]))
    other = factories.member("other_publisher", roles=[Role.PUBLISHER])
    made = actions.make_exception(notice, terms(at, "deny", member=publisher), by=other, at=at)
    with pytest.raises(actions.OwnGainError):
        actions.end_exception(made, by=publisher, at=at)


def test_a_grant_that_nobody_gains_by_is_refused_and_a_denial_is_not(published, publisher, member, stranger, at):
    with pytest.raises(actions.NoDifferenceError):
        actions.make_exception(published, terms(at, member=member), by=publisher, at=at)
    with pytest.raises(actions.NoDifferenceError):
        actions.make_exception(published, terms(at, member=published.author), by=publisher, at=at)
    actions.make_exception(published, terms(at, "deny", member=stranger), by=publisher, at=at)
    with pytest.raises(actions.NoDifferenceError):
        actions.make_exception(published, terms(at, country=stranger.country), by=publisher, at=at)


@pytest.mark.parametrize("who", ["author", "officer", "member", "administrator"])
def test_exceptions_are_made_by_publishers(published, stranger, at, who, request):
    with pytest.raises(NotPermittedError):
        actions.make_exception(published, terms(at, member=stranger), by=request.getfixturevalue(who), at=at)


@pytest.mark.parametrize("state", ["draft", "in_review", "cleared", "withdrawn", "expired"])
def test_exceptions_need_a_notice_with_readers(publisher, stranger, at, state):
    with pytest.raises(IllegalTransitionError):
        actions.make_exception(factories.notice(state=state), terms(at, member=stranger), by=publisher, at=at)


def test_an_exception_ends_once(published, publisher, stranger, at):
    made = actions.make_exception(published, terms(at, member=stranger), by=publisher, at=at)
    actions.end_exception(made, by=publisher, at=at)
    with pytest.raises(IllegalTransitionError):
        actions.end_exception(made, by=publisher, at=at)


def test_shift_by_says_who_gains_and_who_loses(published, publisher, member, stranger, at):
    grant = terms(at, country=stranger.country).on(published)
    shift = queries.shift_by(publisher, grant)
    assert (shift.gained.shown, shift.lost.shown) == ([stranger], [])
    denial = terms(at, "deny", organisation=member.organisation).on(published)
    shift = queries.shift_by(publisher, denial)
    assert (shift.gained.shown, shift.lost.shown) == ([], [member])
    made = actions.make_exception(published, terms(at, member=stranger), by=publisher, at=at)
    assert queries.shift_by(publisher, made, ending=True).lost.shown == [stranger]


def test_own_exception_is_the_one_that_alone_lets_a_member_read(published, publisher, member, stranger, at):
    actions.make_exception(published, terms(at, member=stranger), by=publisher, at=at)
    other = factories.notice(audience=Audience(people=[member.pk]))
    longer = actions.make_exception(other, terms(at, member=stranger, days=90), by=publisher, at=at)
    assert queries.own_exception(stranger, longer.notice) == longer
    assert queries.own_exception(member, published) is None
