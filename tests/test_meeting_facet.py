"""Is somebody found by a meeting exactly where their profile names it, whoever looks, on every surface?

Sixteen people with audiences by the dice were, or were not, at four meetings. What each viewer should find is told by
plain Python from the dice and the table of onlookers, without a look at a policy.
"""

import csv
import io
import random
from datetime import date
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from events.models import Registration, RegistrationState
from members.models import FieldAudience, Member, Profile
from members.queries.directory import directory
from members.queries.filters import Filters, Sort
from tests import factories
from tests.onlookers import HOME, NETWORK, ONLOOKERS, onlookers, seated

PAST = {"starts_on": date(2026, 5, 4), "ends_on": date(2026, 5, 6)}
MEETINGS: dict[str, dict[str, Any]] = {
    "older": {**PAST, "starts_on": date(2025, 5, 4)},
    "latest": PAST,
    "secret": {**PAST, "is_announced": False},
    "ahead": {},
}
STATES = [None, *RegistrationState]
# Whoever holds an office here organises too, and knows of what is not announced.
KNOWS_SECRET = {"other_office"}


@pytest.fixture(params=[1, 2])
def dice(request) -> random.Random:
    return random.Random(request.param)


@pytest.fixture
def world(db, dice) -> dict[str, dict[str, Any]]:
    """Return what was thrown for each person: the audience and the state at each meeting."""
    thrown: dict[str, dict[str, Any]] = {
        f"Person{number}": {
            "audience": dice.choice(["", *FieldAudience]),
            **{slug: dice.choice([*STATES, *["attended"] * 4]) for slug in MEETINGS},
        }
        for number in range(16)
    }
    meetings = {slug: factories.meeting(slug, **values) for slug, values in MEETINGS.items()}
    for name, drawn in thrown.items():
        person = factories.member(name.lower(), **HOME)
        Profile.objects.filter(member=person).update(meetings_audience=drawn["audience"])
        for slug, meeting in meetings.items():
            if drawn[slug]:
                seated(person, meeting, drawn[slug])
    return thrown


@pytest.fixture
def viewers(world) -> dict[str, Member]:
    return onlookers(*Member.objects.filter(latin_name__in=world))


def was_there(world: dict[str, dict[str, Any]], viewer: str, slug: str) -> set[str]:
    """Return who shows the viewer that they were at a meeting, by nothing but the dice."""
    if slug == "ahead" or (slug == "secret" and viewer not in KNOWS_SECRET):
        return set()
    admitted = {NETWORK} | ONLOOKERS[viewer]
    people = world.items()
    there = {name for name, drawn in people if drawn[slug] == "attended"}
    return {name for name in there if (world[name]["audience"] or FieldAudience.MEETING) in admitted}


def found(viewer: Member, *slugs: str, **filters: Any) -> set[str]:
    return {str(row) for row in directory(viewer, Filters(meeting=slugs, **filters)).page.rows}


def test_somebody_is_found_by_a_meeting_where_the_profile_names_it(world, viewers):
    for name in ONLOOKERS:
        viewer = factories.reloaded(viewers[name])
        expected = {slug: was_there(world, name, slug) for slug in MEETINGS}
        for slug in MEETINGS:
            assert found(viewer, slug) == expected[slug], name
            assert found(viewer, slug, sort=Sort.NEWEST, q="person") == expected[slug], name
        assert found(viewer, "older", "latest") == expected["older"] | expected["latest"], name


def test_meetings_are_counted_as_they_find(world, viewers):
    for name in ONLOOKERS:
        viewer = factories.reloaded(viewers[name])
        expected = {slug: len(was_there(world, name, slug)) for slug in MEETINGS}
        options = directory(viewer, Filters(q="person")).facets["meeting"]
        assert {each.value: each.count for each in options} == {slug: n for slug, n in expected.items() if n}, name
        chosen = directory(viewer, Filters(q="person", meeting=("older",), sector=("academia",)))
        assert chosen.count == expected["older"], name
        assert [each.count for each in chosen.facets["meeting"] if each.selected] == [expected["older"]], name


@pytest.mark.parametrize("dice", [3], indirect=True)
def test_every_surface_finds_the_same_by_a_meeting(world, viewers, signed_in):
    ids = dict(Member.objects.filter(latin_name__in=world).values_list("latin_name", "public_id"))
    for name in ("delegate", "other_office", "stranger"):
        client = signed_in(viewers[name])
        for slug in MEETINGS:
            expected = was_there(world, name, slug)
            on_profiles = {who for who, one in ids.items() if names_meeting(client, one, slug)}
            assert in_file(client, slug) == in_api(client, slug) == on_profiles == expected, (name, slug)


def names_meeting(client: Client, public_id: str, slug: str) -> bool:
    cache.clear()
    page = client.get(f"/members/{public_id}/").content.decode()
    return f'href="/meetings/{slug}/"' in page.partition("<main")[2]


def in_file(client: Client, slug: str) -> set[str]:
    lines = client.get(f"/members/list.csv?meeting={slug}").getvalue().decode("utf-8-sig")
    return {row["latin_name"] for row in csv.DictReader(io.StringIO(lines))}


def in_api(client: Client, slug: str) -> set[str]:
    return {row["latin_name"] for row in client.get(f"/api/v1/members/?meeting={slug}").json()["results"]}


def test_a_meeting_that_is_hidden_answers_like_one_that_does_not_exist(world, viewers, signed_in):
    client = signed_in(viewers["delegate"])
    hidden, unknown = (
        client.get(f"/members/?meeting={slug}").content.replace(slug.encode(), b"") for slug in ("secret", "nosuch")
    )
    assert b"unknown meeting" in hidden
    assert hidden.partition(b"<main")[2] == unknown.partition(b"<main")[2]


def test_directory_says_a_meeting_in_words(viewers, world, signed_in):
    page = " ".join(signed_in(viewers["delegate"]).get("/members/?meeting=latest").content.decode().split())
    assert "Plenary latest." in page


def test_directory_leaves_out_what_is_no_name_of_a_meeting(member, signed_in):
    page = signed_in(member).get("/members/?meeting=%27+or+1").content.decode()
    assert "One filter in the address is unknown" in page


def test_who_takes_the_attendance_back_is_found_no_more(world, viewers):
    viewer = factories.reloaded(viewers["administrator"])
    assert found(viewer, "older")
    Registration.objects.filter(meeting__slug="older").update(state=RegistrationState.ABSENT)
    assert found(viewer, "older") == set()
