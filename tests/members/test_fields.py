"""Does each field of a profile reach those to whom its member opens it, and nobody else?"""

from datetime import date

import pytest

from congress.core import gathered
from congress.core.roles import Role, Standing
from congress.core.topics import Expertise, Topic
from events.models import RegistrationState
from members import exports, models, policies
from members.actions import refresh_search
from members.models import FIELDS, FieldAudience, Member, Profile, Shown, Use
from members.queries.directory import directory
from members.queries.filters import Filters
from members.queries.tallies import LISTED
from tests import factories
from tests.onlookers import HOME, NETWORK, ONLOOKERS, onlookers, seated

WRITTEN = {
    "position": "Head of laboratory",
    "expertise": [Expertise.TOXICOLOGY.value],
    "topics": [Topic.DRONES.value],
    "languages": ["uk:working"],
    "other_names": ["Hanna Kovalenko"],
    "city": "Lviv",
    "time_zone": "Europe/Kyiv",
    "biography": "Works on toxins.",
}
LISTS = ("seats", "meetings", "sessions", "notices")


@pytest.fixture
def anna(db) -> Member:
    person = factories.member("anna", **HOME)
    Profile.objects.filter(member=person).update(**WRITTEN)
    return person


@pytest.fixture
def viewers(anna) -> dict[str, Member]:
    return onlookers(anna) | {"anna": anna}


def open_to(person: Member, audience: str) -> None:
    Profile.objects.filter(member=person).update(**{f"{name}_audience": audience for name in FIELDS})
    refresh_search(Member.objects.filter(pk=person.pk))


def seen(viewer: Member, person: Member) -> Member:
    return policies.fields_shown(viewer, policies.visible_to(viewer).select_related("profile")).get(pk=person.pk)


@pytest.mark.parametrize("audience", FieldAudience)
@pytest.mark.parametrize("name", [*ONLOOKERS, "anna"])
def test_fields_shown_are_those_of_the_viewers_audiences(viewers, anna, name, audience):
    open_to(anna, audience)
    is_shown = name == "anna" or audience in {NETWORK} | ONLOOKERS[name]
    everything = Shown(**WRITTEN, email=anna.email, lists=LISTS)
    assert seen(viewers[name], anna).shown == (everything if is_shown else Shown())
    for field in FIELDS:
        found = policies.visible_to(viewers[name]).filter(policies.shows(viewers[name], field), pk=anna.pk)
        assert found.exists() == is_shown
    if name != "anna":
        assert searches_that_find(viewers[name], anna) == (SEARCHES if is_shown else set())


SEARCHES = {
    "laboratory", "toxicology", "kovalenko", "anna laboratory", "drones", "toxins", "anna toxins",
    "expertise=toxicology", "language=uk",
}  # fmt: skip


def searches_that_find(viewer: Member, person: Member) -> set[str]:
    facets = {"expertise=toxicology": Filters(expertise=("toxicology",)), "language=uk": Filters(language=("uk",))}
    asked = {search: facets.get(search) or Filters(q=search) for search in SEARCHES}
    return {search for search, filters in asked.items() if person in directory(viewer, filters).page.rows}


def test_fields_shown_by_default_are_all_but_the_address(viewers, anna):
    assert seen(viewers["stranger"], anna).shown == Shown(**WRITTEN, lists=("seats", "sessions"))
    assert seen(viewers["delegate"], anna).shown.lists == ("seats", "meetings", "sessions")
    assert seen(viewers["administrator"], anna).shown.email == anna.email


def test_fields_shown_need_to_be_loaded(anna):
    assert Member.objects.select_related("profile").get(pk=anna.pk).shown == Shown()


def test_fields_shown_of_a_member_without_a_profile_are_empty(viewers):
    bare = factories.member("bare", profile=False)
    assert seen(viewers["administrator"], bare).shown == Shown()


@pytest.mark.parametrize("standing", sorted(set(Standing) - {Standing.ANYONE, Standing.MEMBER}))
def test_fields_shown_to_who_is_no_member_are_nobodys(anna, standing):
    viewer = factories.member("outside", roles=[Role.ADMINISTRATOR], standing=standing)
    assert anna not in policies.fields_shown(viewer, policies.visible_to(viewer))


@pytest.mark.parametrize("state", RegistrationState)
def test_a_meeting_joins_those_with_a_seat_who_did_not_stay_away(viewers, anna, state):
    met = factories.meeting("workshop", starts_on=date(2026, 1, 5), ends_on=date(2026, 1, 6))
    seated(anna, met)
    seated(viewers["stranger"], met, state)
    open_to(anna, FieldAudience.MEETING)
    is_met = state in {RegistrationState.CONFIRMED, RegistrationState.ATTENDED}
    assert bool(seen(factories.reloaded(viewers["stranger"]), anna).shown.city) == is_met


def test_every_declared_field_is_shown_written_and_guarded():
    columns = {column.name for column in Profile._meta.get_fields()}
    assert {f"{name}_audience" for name in FIELDS} == {name for name in columns if name.endswith("_audience")}
    assert set(Shown.__dataclass_fields__) == {*models.WRITTEN, "lists"}
    assert set(FIELDS) - {*models.WRITTEN} == {*gathered.LISTS}
    assert {*gathered.FACETS} == {*LISTED.values()}
    # Groups and meetings are filters of their own, which ask for the fields of what is gathered.
    asked_for = {*Filters().of_fields, *LISTED.values()}
    assert asked_for == {name for name, field in FIELDS.items() if Use.FACET in field.uses}
    assert {*exports.FIELD_LINES, "city"} == {name for name, field in FIELDS.items() if Use.CARD in field.uses}
