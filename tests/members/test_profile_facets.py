"""Do the facets of what members say find the right people, and count exactly whom they would show?"""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from members.models import FieldAudience, Group, Member, Profile
from members.queries.directory import directory
from members.queries.filters import Filters
from members.queries.tallies import VALUES
from tests import factories

PEOPLE: dict[str, dict[str, list[str]]] = {
    "anna": {"expertise": ["toxicology"], "topics": ["drones", "concealment"], "languages": ["fr:native", "de:basic"]},
    "boris": {"expertise": ["toxicology", "legislation"], "topics": ["drones"], "languages": ["fr:basic"]},
    "chloe": {"expertise": ["legislation"], "topics": [], "languages": ["fr", "de:native"]},
}
# Days ago on which each said that the profile is right.
CONFIRMED = {"anna": 10, "boris": 200}


@pytest.fixture
def viewer(db) -> Member:
    return factories.member("viewer", sector="academia", country="PE")


@pytest.fixture
def group(viewer) -> Group:
    for name, said in PEOPLE.items():
        profile = factories.member(name, sector="industry", country="FR").profile
        for field, value in said.items():
            setattr(profile, field, value)
        if name in CONFIRMED:
            profile.confirmed_on = datetime.now(UTC).date() - timedelta(days=CONFIRMED[name])
        profile.save()
    made = factories.group("Steering")
    factories.term(Member.objects.get(latin_name="Anna"), made)
    factories.term(Member.objects.get(latin_name="Boris"), made, days=-1)
    return made


def names(viewer: Member, filters: Filters) -> list[str]:
    return [str(row).lower() for row in directory(viewer, filters).page.rows if row.pk != viewer.pk]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"topic": ("drones",)}, ["anna", "boris"]),
        ({"topic": ("concealment", "drones"), "expertise": ("legislation",)}, ["boris"]),
        ({"language": ("fr",)}, ["anna", "boris", "chloe"]),
        ({"language": ("fr",), "level": ("native",)}, ["anna"]),
        ({"language": ("fr", "de"), "level": ("native",)}, ["anna", "chloe"]),
        ({"level": ("basic",)}, ["anna", "boris"]),
        ({"confirmed": ("3",)}, ["anna"]),
        ({"confirmed": ("3", "12")}, ["anna", "boris"]),
    ],
)
def test_directory_finds_by_what_members_say(group, viewer, asked, expected):
    assert names(viewer, Filters(**asked)) == expected


def test_directory_finds_who_sits_in_a_group_today(group, viewer):
    assert names(viewer, Filters(group=(group.public_id,))) == ["anna"]
    assert names(viewer, Filters(group=("nothing00000",))) == []


ASKED = [
    {},
    {"topic": ("drones",)},
    {"language": ("fr",)},
    {"language": ("fr",), "level": ("native",)},
    {"level": ("basic",), "expertise": ("toxicology",)},
    {"confirmed": ("12",), "sector": ("industry",)},
    {"topic": ("drones",), "country": ("PE",)},
]


@pytest.mark.parametrize("asked", ASKED)
def test_every_count_is_what_its_choice_then_shows(group, viewer, asked):
    filters = Filters(**asked)
    facets = directory(viewer, filters).facets
    for name in VALUES:
        for option in facets[name]:
            then = directory(viewer, filters.choosing(name, (option.value,)))
            assert option.count == then.count == len(then.page.rows), (name, option)


def test_organisations_are_offered_largest_first_and_chosen_ones_always(viewer):
    bodies = [factories.organisation(f"Body {number}") for number in range(10)]
    for number, body in enumerate(bodies):
        for _each in range(number + 1):
            factories.member(organisation=body)
    offered = directory(viewer, Filters()).facets["organisation"]
    assert [(option.label, option.count) for option in offered] == [(f"Body {n}", n + 1) for n in range(9, 1, -1)]
    chosen = Filters(organisation=(bodies[0].public_id,))
    found = directory(viewer, chosen)
    labels = [option.label for option in found.facets["organisation"]]
    assert (found.count, len(labels), labels[0], labels[-1]) == (1, 8, "Body 9", "Body 0")
    assert [option.label for option in found.facets["organisation"] if option.selected] == ["Body 0"]
    assert directory(viewer, Filters(organisation=("nothing00000",))).count == 0


@pytest.mark.parametrize("name", ["expertise", "topics", "languages"])
def test_a_hidden_field_is_neither_found_nor_counted(group, viewer, name):
    profile = Member.objects.get(latin_name="Anna").profile
    setattr(profile, f"{name}_audience", FieldAudience.OFFICERS)
    profile.save()
    facet = {"expertise": "expertise", "topics": "topic", "languages": "language"}[name]
    shown = [value.partition(":")[0] for person in ("boris", "chloe") for value in PEOPLE[person][name]]
    counted = {option.value: option.count for option in directory(viewer, Filters()).facets[facet]}
    assert counted == Counter(shown)
    assert "anna" not in names(viewer, Filters(**{facet: tuple(counted)}))


def test_a_hidden_seat_is_neither_found_nor_counted(group, viewer):
    Profile.objects.filter(member__latin_name="Anna").update(seats_audience=FieldAudience.OFFICERS)
    assert directory(viewer, Filters()).facets["group"] == []
    assert names(viewer, Filters(group=(group.public_id,))) == []


def test_facets_of_many_people_are_offered_without_numbers(group, viewer, monkeypatch):
    monkeypatch.setattr("members.queries.tallies.COUNTED", 2)
    facets = directory(viewer, Filters(topic=("concealment",))).facets
    assert {option.count for option in facets["topic"]} == {None}
    assert {option.value: option.count for option in facets["expertise"]} == {"toxicology": 1}
    assert {option.count for option in directory(viewer, Filters()).facets["expertise"]} == {None}


def test_facets_of_few_people_in_a_place_are_counted_however_many_there_are_elsewhere(group, viewer, monkeypatch):
    monkeypatch.setattr("members.queries.tallies.COUNTED", 2)
    facets = directory(viewer, Filters(country=("PE",))).facets
    assert {option.value: option.count for option in facets["country"]} == {"FR": 3, "PE": 1}
    assert (facets["expertise"], facets["confirmed"]) == ([], [])


def test_directory_says_its_further_filters_in_words(group, viewer, signed_in):
    asked = f"topic=drones&language=fr&level=native&confirmed=3&group={group.public_id}"
    page = " ".join(signed_in(viewer).get(f"/members/?{asked}").content.decode().split())
    assert "Drones · French · first language · Steering · confirmed in the last 3 months." in page
    assert "Anna" in page


@pytest.mark.parametrize("query", ["topic=magic", "level=good", "confirmed=1", "group=%27"])
def test_directory_leaves_out_what_these_facets_do_not_know(viewer, signed_in, query):
    assert "One filter in the address is unknown" in signed_in(viewer).get(f"/members/?{query}").content.decode()
