"""Does each field of a profile reach those to whom its member opens it, and nobody else?"""

from datetime import UTC, date, datetime, timedelta

import pytest

from congress.core.roles import Role, Standing
from congress.core.sectors import Sector
from congress.core.topics import Expertise, Topic
from events.models import Registration, RegistrationState
from members import exports, policies
from members.actions import refresh_search
from members.models import FIELDS, FieldAudience, Group, Member, Profile, Seat, Shown, Term, Use
from members.queries.directory import Filters, directory
from tests import factories

WRITTEN = {
    "position": "Head of laboratory",
    "expertise": [Expertise.TOXICOLOGY.value],
    "topics": [Topic.DRONES.value],
    "languages": ["uk"],
    "other_names": ["Hanna Kovalenko"],
    "city": "Lviv",
    "biography": "Works on toxins.",
}
NETWORK, SECTOR, COUNTRY, MEETING, GROUPS, OFFICERS = FieldAudience
ALL = set(FieldAudience)
TODAY = datetime.now(UTC).date()
# Who belongs to which audience of Anna's, besides the network that all belong to.
VIEWERS = {
    "stranger": set(),
    "colleague": {SECTOR},
    "neighbour": {COUNTRY},
    "delegate": {MEETING},
    "committee": {GROUPS},
    "former_committee": set(),
    "vetting_reviewer": ALL,
    "vetting_lead": ALL,
    "administrator": ALL,
    "auditor": set(),
    "organiser": set(),
    "anna": ALL,
}


@pytest.fixture
def anna(db) -> Member:
    person = factories.member("anna", sector=Sector.ACADEMIA, country="UA")
    Profile.objects.filter(member=person).update(**WRITTEN)
    return person


def seat(person: Member, meeting, state: str = RegistrationState.ATTENDED) -> None:
    Registration.objects.create(meeting=meeting, member=person, state=state, applied_at=factories.LONG_AGO)


def sitting(person: Member, group: Group, *, ends_on: date) -> Member:
    place = Seat.objects.create(group=group)
    Term.objects.create(group=group, seat=place, member=person, begins_on=date(2020, 1, 1), ends_on=ends_on)
    return person


@pytest.fixture
def viewers(anna) -> dict[str, Member]:
    far = {"sector": Sector.INDUSTRY, "country": "PE"}
    roles = ("vetting_reviewer", "vetting_lead", "administrator", "auditor", "organiser")
    people = {role: factories.member(role, roles=[role], **far) for role in roles}
    group = Group.objects.create(name="Steering", kind="steering", mandate="Steers.", begun_on=TODAY)
    Profile.objects.filter(member=anna).update(trusted_groups=[group.pk])
    people |= {
        "committee": sitting(factories.member("committee", **far), group, ends_on=TODAY + timedelta(days=1)),
        "former_committee": sitting(factories.member("former", **far), group, ends_on=TODAY),
        "stranger": factories.member("stranger", **far),
        "colleague": factories.member("colleague", sector=Sector.ACADEMIA, country="PE"),
        "neighbour": factories.member("neighbour", sector=Sector.INDUSTRY, country="UA"),
        "delegate": factories.member("delegate", **far),
        "anna": anna,
    }
    meeting = factories.meeting()
    for person in (anna, people["delegate"]):
        seat(person, meeting)
    return people


def open_to(person: Member, audience: str) -> None:
    Profile.objects.filter(member=person).update(**{f"{name}_audience": audience for name in FIELDS})
    refresh_search(Member.objects.filter(pk=person.pk))


def seen(viewer: Member, person: Member) -> Member:
    return policies.fields_shown(viewer, policies.visible_to(viewer).select_related("profile")).get(pk=person.pk)


@pytest.mark.parametrize("audience", FieldAudience)
@pytest.mark.parametrize("name", VIEWERS)
def test_fields_shown_are_those_of_the_viewers_audiences(viewers, anna, name, audience):
    open_to(anna, audience)
    is_shown = audience in {NETWORK} | VIEWERS[name]
    everything = Shown(**WRITTEN, email=anna.email)
    assert seen(viewers[name], anna).shown == (everything if is_shown else Shown())
    for field in FIELDS:
        found = policies.visible_to(viewers[name]).filter(policies.shows(viewers[name], field), pk=anna.pk)
        assert found.exists() == is_shown
    if name != "anna":
        assert searches_that_find(viewers[name], anna) == (SEARCHES if is_shown else set())


SEARCHES = {"laboratory", "toxicology", "kovalenko", "anna laboratory", "expertise=toxicology", "language=uk"}


def searches_that_find(viewer: Member, person: Member) -> set[str]:
    facets = {"expertise=toxicology": Filters(expertise=("toxicology",)), "language=uk": Filters(language=("uk",))}
    asked = {search: facets.get(search) or Filters(q=search) for search in SEARCHES}
    return {search for search, filters in asked.items() if person in directory(viewer, filters).page.rows}


def test_fields_shown_by_default_are_all_but_the_address(viewers, anna):
    assert seen(viewers["stranger"], anna).shown == Shown(**WRITTEN)
    assert seen(viewers["administrator"], anna).shown.email == anna.email


def test_fields_shown_need_to_be_loaded(anna):
    assert Member.objects.select_related("profile").get(pk=anna.pk).shown == Shown()


def test_fields_shown_of_a_member_without_a_profile_are_empty(viewers):
    bare = factories.member("bare", profile=False)
    assert seen(viewers["administrator"], bare).shown == Shown()


@pytest.mark.parametrize("standing", set(Standing) - {Standing.ANYONE, Standing.MEMBER})
def test_fields_shown_to_who_is_no_member_are_nobodys(anna, standing):
    viewer = factories.member("outside", roles=[Role.ADMINISTRATOR], standing=standing)
    assert anna not in policies.fields_shown(viewer, policies.visible_to(viewer))


@pytest.mark.parametrize("state", RegistrationState)
def test_a_meeting_joins_those_with_a_seat_who_did_not_stay_away(viewers, anna, state):
    met = factories.meeting("workshop", starts_on=date(2026, 1, 5), ends_on=date(2026, 1, 6))
    seat(anna, met)
    seat(viewers["stranger"], met, state)
    open_to(anna, MEETING)
    is_met = state in {RegistrationState.CONFIRMED, RegistrationState.ATTENDED}
    assert bool(seen(viewers["stranger"], anna).shown.city) == is_met


def test_every_declared_field_is_shown_written_and_guarded():
    columns = {column.name for column in Profile._meta.get_fields()}
    assert {f"{name}_audience" for name in FIELDS} == {name for name in columns if name.endswith("_audience")}
    assert set(Shown.__dataclass_fields__) == set(FIELDS)
    assert set(Filters().of_fields) == {name for name, field in FIELDS.items() if Use.FACET in field.uses}
    assert {*exports.FIELD_LINES, "city"} == {name for name, field in FIELDS.items() if Use.CARD in field.uses}
