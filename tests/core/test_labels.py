"""Does the one predicate say what the plain words say, on every audience and for everybody?

The oracle below is written from decision 0003 without looking at the predicate, and is as slow and plain as can be.
"""

import random
from dataclasses import replace
from typing import TypeVar

import pytest
from django.contrib.postgres.expressions import ArraySubquery
from django.db import IntegrityError, transaction

from congress.core.labels import Audience, Reader, Tlp, readable_by, readers_of, strictest
from congress.core.sectors import Sector
from members.models import Member, Organisation
from notices import policies
from notices.models import Edition
from tests import factories

T = TypeVar("T")
COUNTRIES = ["PE", "CL", "FR", "TH"]


def names(audience: Audience, reader: Reader) -> bool:
    """Say whether an audience is for a person, one sentence after the other."""
    if reader.person in audience.excluded_people or reader.country in audience.excluded_countries:
        return False
    if reader.organisation in audience.excluded_organisations:
        return False
    if reader.person in audience.people or reader.organisation in audience.organisations:
        return True
    if set(reader.groups) & set(audience.groups):
        return True
    if not audience.sectors and not audience.countries:
        return False
    right_sector = reader.sector in audience.sectors or not audience.sectors
    right_country = reader.country in audience.countries or not audience.countries
    return right_sector and right_country


def may_read(tlp: str, audience: Audience, reader: Reader) -> bool:
    order = ["TLP:CLEAR", "TLP:GREEN", "TLP:AMBER", "TLP:AMBER+STRICT", "TLP:RED"]
    return names(audience, reader) and order.index(tlp) <= order.index(reader.ceiling)


def some(source: random.Random, values: list[T], most: int) -> list[T]:
    return source.sample(values, source.randint(0, min(most, len(values))))


class World:
    """Random people, bodies and labelled editions; the same seed makes the same world."""

    def __init__(self, seed: int) -> None:
        self.source = random.Random(seed)
        self.bodies = [factories.organisation() for _each in range(3)]
        self.groups = [factories.group() for _each in range(3)]
        made = [self.person() for _each in range(12)]
        self.people = list(Member.objects.seated().filter(pk__in=[person.pk for person in made]))
        home = factories.notice(author=self.people[0])
        self.editions = [self.edition(home.pk, number) for number in range(2, 62)]

    def person(self) -> Member:
        body = self.source.choice([*self.bodies, None])
        sector, country = self.source.choice([*Sector]), self.source.choice(COUNTRIES)
        made = factories.member(sector=sector, country=country, organisation=body, factor=False, profile=False)
        for group in some(self.source, self.groups, 2):
            factories.term(made, group, days=self.source.choice([-1, 0, 1, 30]))
        return made

    def audience(self) -> Audience:
        people, bodies = [person.pk for person in self.people], [body.pk for body in self.bodies]
        rare = self.source.random() < 0.4
        return Audience(
            sectors=some(self.source, [str(sector) for sector in Sector], 2),
            countries=some(self.source, COUNTRIES, 2),
            organisations=some(self.source, bodies, 1),
            people=some(self.source, people, 2),
            excluded_countries=some(self.source, COUNTRIES, 1) if rare else [],
            excluded_organisations=some(self.source, bodies, 1) if rare else [],
            excluded_people=some(self.source, people, 2) if rare else [],
            groups=some(self.source, [group.pk for group in self.groups], 1),
        )

    def edition(self, notice: int, number: int) -> Edition:
        audience = self.audience()
        labels = [label for label in Tlp if label != Tlp.RED or audience.names_people_only]
        label = self.source.choice(labels)
        return Edition.objects.create(
            notice_id=notice, number=number, tlp=label, created_at=factories.LONG_AGO, **audience.columns()
        )


@pytest.mark.parametrize("seed", range(5))
def test_readable_by_agrees_with_the_oracle(db, seed):
    world = World(seed)
    for person in world.people:
        for ceiling in (Tlp.RED, Tlp.GREEN):
            reader = replace(person.reader, ceiling=ceiling)
            found = set(Edition.objects.filter(readable_by(reader), number__gt=1).values_list("pk", flat=True))
            assert found == {e.pk for e in world.editions if may_read(e.tlp, e.audience, reader)}


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("ceiling", [Tlp.RED, Tlp.GREEN])
def test_readable_by_each_row_agrees_with_the_oracle(db, seed, ceiling):
    world = World(seed)
    theirs = Edition.objects.filter(readable_by(Reader.of_each_row(ceiling)), number__gt=1).values("pk")
    found = dict(Member.objects.seated().values_list("pk", ArraySubquery(theirs)))
    for person in world.people:
        reader = replace(person.reader, ceiling=ceiling)
        assert set(found[person.pk]) == {e.pk for e in world.editions if may_read(e.tlp, e.audience, reader)}


@pytest.mark.parametrize("seed", range(5))
def test_readers_of_is_the_same_rule_the_other_way_round(db, seed):
    world = World(seed)
    for edition in world.editions:
        found = set(Member.objects.filter(policies.named_in(edition.audience)).values_list("pk", flat=True))
        assert found & {p.pk for p in world.people} == {p.pk for p in world.people if names(edition.audience, p.reader)}


def test_readable_by_follows_a_relation(db):
    notice = factories.notice(audience=Audience(countries=["PE"]))
    person = factories.member(country="PE")
    assert list(type(notice).objects.filter(readable_by(person.reader, "edition__"))) == [notice]


def test_readers_of_follows_a_relation(db):
    body = factories.organisation()
    person = factories.member(organisation=body)
    nobody = Member.objects.none()
    assert list(Organisation.objects.filter(readers_of(Audience(people=[person.pk]), nobody, "members__"))) == [body]


@pytest.mark.parametrize(("days", "reads"), [(-1, False), (0, False), (1, True)])
def test_a_seat_reads_until_the_day_on_which_it_ends(db, days, reads):
    group, person = factories.group(), factories.member()
    factories.term(person, group, days=days)
    notice = factories.notice(audience=Audience(groups=[group.pk]))
    reader = factories.reloaded(person).reader
    assert list(type(notice).objects.filter(readable_by(reader, "edition__"))) == ([notice] if reads else [])


def test_whoever_was_loaded_without_seats_has_none(db):
    group, person = factories.group(), factories.member()
    factories.term(person, group)
    assert Member.objects.get(pk=person.pk).reader.groups == []


@pytest.mark.parametrize(
    ("audience", "is_empty", "names_people_only"),
    [
        (Audience(), True, True),
        (Audience(excluded_countries=["PE"], excluded_people=[1], excluded_organisations=[1]), True, True),
        (Audience(people=[1]), False, True),
        (Audience(people=[1], excluded_countries=["PE"]), False, True),
        (Audience(sectors=["industry"]), False, False),
        (Audience(countries=["PE"]), False, False),
        (Audience(organisations=[1]), False, False),
        (Audience(groups=[1]), False, False),
    ],
)
def test_audience_knows_what_it_names(audience, is_empty, names_people_only):
    assert (audience.is_empty, audience.names_people_only) == (is_empty, names_people_only)


def test_audience_columns_are_sorted_and_without_repetition():
    columns = Audience(countries=["PE", "CL", "PE"], people=[2, 1, 2]).columns()
    assert (columns["audience_countries"], columns["audience_people"]) == (["CL", "PE"], [1, 2])


def test_audience_comes_back_from_its_columns(db):
    audience = Audience(["industry"], ["PE"], [1], [2], ["CL"], [3], [4], [5])
    assert factories.notice(audience=audience).edition.audience == audience


@pytest.mark.parametrize(
    ("labels", "label"),
    [
        ([], "TLP:RED"),
        (["TLP:CLEAR"], "TLP:CLEAR"),
        (["TLP:AMBER", "TLP:AMBER+STRICT"], "TLP:AMBER+STRICT"),
        (["TLP:GREEN", "TLP:RED", "TLP:CLEAR"], "TLP:RED"),
    ],
)
def test_strictest(labels, label):
    assert strictest(*labels) == label


def test_tlp_has_the_words_of_the_standard():
    assert {label.value for label in Tlp} == {"TLP:RED", "TLP:AMBER+STRICT", "TLP:AMBER", "TLP:GREEN", "TLP:CLEAR"}


def test_tlp_up_to_a_ceiling():
    assert Tlp.up_to(Tlp.GREEN) == ["TLP:CLEAR", "TLP:GREEN"]


@pytest.mark.parametrize(
    "audience",
    [Audience(sectors=["industry"]), Audience(countries=["PE"]), Audience(organisations=[1]), Audience(groups=[1])],
)
def test_database_keeps_groups_out_of_red(db, audience):
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.notice(tlp=Tlp.RED, audience=audience)


def test_database_knows_five_labels(db):
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.notice(tlp="TLP:WHITE")
