"""Which notices exist for whom in each state, and who may take which step?"""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from congress.core.labels import Audience, Tlp
from congress.core.roles import Role, Standing
from notices import policies
from notices.models import NOTICE_STATES, Notice, NoticeState, SavedSearch
from tests import factories

STATES = [*NoticeState.values]
UNPUBLISHED = {"draft", "in_review", "returned", "cleared", "scheduled"}

# Rows: who. Columns: the states in which the notice exists for them.
SEES = {
    "author": set(STATES),
    "clearer": {"cleared", "scheduled", "published", "suspended", "withdrawn", "expired"} | {"in_review"},
    "publisher": {"published", "suspended", "withdrawn", "expired"} | {"cleared", "scheduled"},
    "other_analyst": set(),
    "other_officer": {"in_review"},
    "other_publisher": {"cleared", "scheduled"},
    "coauthor": set(STATES),
    "colleague": set(),
    "focal_point": {"in_review", "cleared"},
    "other_focal_point": set(),
    "addressed": {"published", "suspended", "withdrawn", "expired"},
    "addressed_provisional": set(),
    "addressed_lapsed": set(),
    "addressed_suspended": set(),
    "excluded": set(),
    "stranger": set(),
    "administrator": set(),
    "auditor": set(),
}

# Rows: who. Columns: the steps, each in the state where it is the next one.
STEP_STATES = {
    "edit": "draft",
    "submit": "returned",
    "share": "draft",
    "discard": "returned",
    "clear": "in_review",
    "cosponsor": "cleared",
    "publish": "cleared",
    "unschedule": "scheduled",
    "confirm": "published",
    "update": "published",
    "suspend": "published",
    "reinstate": "suspended",
    "except": "suspended",
    "withdraw": "published",
}
MAY = {
    "author": {"edit", "submit", "share", "discard", "confirm", "update"},
    "clearer": {"clear"},
    "publisher": {"publish", "unschedule", "confirm", "suspend", "reinstate", "except", "withdraw"},
    "other_analyst": set(),
    "other_officer": {"clear"},
    "other_publisher": {"publish", "unschedule", "suspend", "reinstate", "except", "withdraw"},
    "coauthor": {"edit", "submit", "confirm", "update"},
    "colleague": {"update"},
    "focal_point": {"cosponsor"},
    "other_focal_point": set(),
    "addressed": set(),
    "addressed_provisional": set(),
    "addressed_lapsed": set(),
    "addressed_suspended": set(),
    "excluded": set(),
    "stranger": set(),
    "administrator": set(),
    "auditor": set(),
}


@pytest.fixture
def cast(db):
    def person(name, *roles, **fields):
        return factories.member(name, roles=roles, **{"sector": "academia", "country": "CH", **fields})

    aimed = {"sector": "industry", "country": "PE"}
    author = person("author", Role.ANALYST)
    return {
        "author": author,
        "coauthor": person("coauthor", Role.ANALYST),
        "colleague": person("colleague", Role.ANALYST, organisation=author.organisation),
        "focal_point": person("focal_point", Role.FOCAL_POINT),
        "other_focal_point": person("other_focal_point", Role.FOCAL_POINT),
        "clearer": person("clearer", Role.COMPLIANCE_OFFICER),
        "publisher": person("publisher", Role.PUBLISHER),
        "other_analyst": person("other_analyst", Role.ANALYST),
        "other_officer": person("other_officer", Role.COMPLIANCE_OFFICER),
        "other_publisher": person("other_publisher", Role.PUBLISHER),
        "addressed": person("addressed", **aimed),
        "addressed_provisional": person("addressed_provisional", **aimed, standing=Standing.PROVISIONAL),
        "addressed_lapsed": person("addressed_lapsed", **aimed, standing=Standing.LAPSED),
        "addressed_suspended": person("addressed_suspended", **aimed, standing=Standing.SUSPENDED),
        "excluded": person("excluded", **aimed),
        "stranger": person("stranger", sector="industry", country="CL"),
        "administrator": person("administrator", Role.ADMINISTRATOR),
        "auditor": person("auditor", Role.AUDITOR),
    }


def notice_in(state: str, cast) -> Notice:
    audience = Audience(sectors=["industry"], countries=["PE"], excluded_people=[cast["excluded"].pk])
    notice = factories.notice(state=state, author=cast["author"], audience=audience)
    record = {"cleared_by": cast["clearer"] if notice.cleared_by else None}
    record["published_by"] = cast["publisher"] if notice.published_by else None
    record |= {"coauthors": [cast["coauthor"].pk], "cosponsors": [cast["focal_point"].organisation_id]}
    Notice.objects.filter(pk=notice.pk).update(**record)
    return Notice.objects.get(pk=notice.pk)


@pytest.mark.parametrize("state", STATES)
def test_visible_to(cast, state):
    notice_in(state, cast)
    seeing = {name for name, person in cast.items() if policies.visible_to(person).exists()}
    assert seeing == {name for name, states in SEES.items() if state in states}


@pytest.mark.parametrize("state", STATES)
def test_addressed_to_is_what_is_in_force_for_its_readers(cast, state):
    notice_in(state, cast)
    reading = {name for name, person in cast.items() if policies.addressed_to(person).exists()}
    assert reading == ({"addressed"} if state == "published" else set())


@pytest.mark.parametrize("state", STATES)
def test_addressed_to_each_is_addressed_to_for_many(cast, state):
    notice = notice_in(state, cast)
    notice_in("published", {**cast, "excluded": cast["stranger"]})
    editions = policies.addressed_to_each(cast.values(), Notice.objects.order_by("pk"))
    one_by_one = {
        person.pk: list(policies.addressed_to(person).order_by("pk").values_list("edition", flat=True))
        for person in cast.values()
    }
    assert editions == {person: theirs for person, theirs in one_by_one.items() if theirs}
    assert (notice.edition_id in editions[cast["addressed"].pk]) == (state == "published")


def test_addressed_to_each_costs_one_query(cast, django_assert_num_queries):
    with django_assert_num_queries(1):
        policies.addressed_to_each(cast.values(), Notice.objects.all())


@pytest.mark.parametrize(("step", "state"), STEP_STATES.items())
def test_steps_open_to(cast, step, state):
    notice = notice_in(state, cast)
    able = {name for name, person in cast.items() if step in policies.steps_open_to(person, notice)}
    assert able == {name for name, steps in MAY.items() if step in steps}


@pytest.mark.parametrize("state", STATES)
def test_steps_need_their_state(cast, state):
    notice = notice_in(state, cast)
    open_steps = {step for person in cast.values() for step in policies.steps_open_to(person, notice)}
    assert open_steps == {step for step in policies.STEPS if NOTICE_STATES.allows(state, step)}


@pytest.mark.parametrize("state", STATES)
def test_waiting_for_names_those_who_may_take_the_next_step(cast, state):
    notice = notice_in(state, cast)
    next_steps = {
        "draft": "edit",
        "returned": "edit",
        "in_review": "clear",
        "cleared": "publish",
    }
    step = next_steps.get(state, "")
    waiting = {name for name, person in cast.items() if policies.waiting_for(person).exists()}
    assert waiting == {name for name, person in cast.items() if step in policies.steps_open_to(person, notice)}


@pytest.mark.parametrize("state", STATES)
def test_withdrawable_by_publishers_in_every_state_that_readers_saw(cast, state):
    notice_in(state, cast)
    able = {name for name, person in cast.items() if policies.withdrawable_by(person).exists()}
    assert able == ({"publisher", "other_publisher"} if state in {"published", "suspended", "expired"} else set())


@pytest.mark.parametrize("state", STATES)
def test_can_follow_is_for_those_of_record_and_next(cast, state):
    notice = notice_in(state, cast)
    following = {name for name, person in cast.items() if policies.can_follow(person, notice)}
    readers_only = {"addressed", "focal_point"}
    assert following == {name for name, states in SEES.items() if state in states} - readers_only


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("tlp", Tlp)
def test_can_read_at_once_is_for_open_labels_and_for_those_with_a_part_in_it(cast, state, tlp):
    notice = notice_in(state, cast)
    notice.edition.tlp = tlp
    at_once = {name for name, person in cast.items() if policies.can_read_at_once(person, notice)}
    if state in {"suspended", "withdrawn"} or tlp in {Tlp.CLEAR, Tlp.GREEN}:
        assert at_once == set(cast)
    else:
        assert at_once == {name for name, states in SEES.items() if state in states} - {"addressed"}


def test_can_list_exceptions_is_for_publishers(cast):
    assert {name for name, person in cast.items() if policies.can_list_exceptions(person)} == {
        "publisher",
        "other_publisher",
    }


@pytest.mark.parametrize("state", STATES)
def test_can_explain_is_for_publishers_and_those_of_record(cast, state):
    notice = notice_in(state, cast)
    record = {name for name, person in cast.items() if person.pk in notice.people_of_record}
    able = {name for name, person in cast.items() if policies.can_explain(person, notice)}
    assert able == record | {"publisher", "other_publisher"}


def test_one_person_with_every_role_takes_one_step_only(db):
    everything = factories.member("everything", roles=[Role.ANALYST, Role.COMPLIANCE_OFFICER, Role.PUBLISHER])
    mine = factories.notice(state="in_review", author=everything)
    assert policies.steps_open_to(everything, mine) == set()
    cleared = factories.notice(state="cleared")
    Notice.objects.filter(pk=cleared.pk).update(cleared_by=everything)
    assert "publish" not in policies.steps_open_to(everything, Notice.objects.get(pk=cleared.pk))


def test_red_is_for_named_people(db, member, stranger):
    factories.notice(tlp=Tlp.RED, audience=Audience(people=[member.pk]))
    assert [policies.addressed_to(person).count() for person in (member, stranger)] == [1, 0]


def test_empty_audience_is_nobody(db, member):
    factories.notice(audience=Audience())
    assert not policies.visible_to(member).exists()


def test_searches_are_their_members_own_while_they_may_read(db, member, stranger, at):
    lapsed = factories.member("was_here", standing=Standing.LAPSED)
    for person in (member, stranger, lapsed):
        SavedSearch.objects.create(member=person, name=person.latin_name, query="q=x", saved_at=at)
    kept = [list(policies.own_searches(person).values_list("member", flat=True)) for person in (member, lapsed)]
    assert kept == [[member.pk], []]


def test_visible_to_is_one_query(db, member):
    with CaptureQueriesContext(connection) as queries:
        list(policies.visible_to(member))
    assert len(queries) == 1


def test_whoever_approved_it_is_not_waited_for_again(cast):
    notice = notice_in("cleared", cast)
    Notice.objects.filter(pk=notice.pk).update(approved_by=cast["other_publisher"])
    notice.refresh_from_db()
    assert not policies.waiting_for(cast["other_publisher"]).exists()
    assert "publish" not in policies.steps_open_to(cast["other_publisher"], notice)
    assert policies.waiting_for(cast["publisher"]).exists()
