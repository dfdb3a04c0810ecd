"""Which people and notices does the generated world have? The same size and seed make the same world."""

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import count, cycle, islice, product
from typing import Any

from tests.proofs.facts import Case, Exempt, Label, Person, Text, World

Facts = dict[str, Any]

SECTORS, COUNTRIES = ("industry", "academia"), ("PE", "CL")
ROLES = (
    "", "analyst", "compliance_officer", "publisher", "focal_point", "organiser", "vetting_reviewer", "vetting_lead",
    "auditor", "administrator",
)  # fmt: skip
OUTSIDE = ("provisional", "lapsed", "suspended", "former", "applicant")
BODIES = (1001, 1002, 1003, 1004)
GROUPS = (2001, 2002, 2003)
# How many notices of each state a small world has; states with readers have the most to hide.
SHARES = {
    "draft": 3, "in_review": 3, "returned": 2, "cleared": 3, "scheduled": 3,
    "published": 12, "suspended": 4, "withdrawn": 4, "expired": 4,
}  # fmt: skip
READ = ("published", "suspended", "withdrawn", "expired")
LABELS = ("TLP:GREEN", "TLP:AMBER", "TLP:CLEAR", "TLP:AMBER+STRICT", "TLP:RED")
# In how many ways an audience names somebody.
SHAPES = 15
EXEMPTIONS = (
    (), ("grant person",), (), ("deny person",), ("grant body",), ("deny body",), ("grant country",),
    ("deny country",), ("grant person", "deny country"), ("grant body expired",), ("deny person ended",),
    ("grant country ended", "deny body expired"),
)  # fmt: skip


# Who sits where: one after the other. A seat that ended today or begins tomorrow is none.
SEATS: tuple[Facts, ...] = (
    {}, {"groups": frozenset({2001})}, {}, {"former_groups": frozenset({2001, 2002})},
    {"groups": frozenset({2002, 2003})}, {}, {"coming_groups": frozenset({2001})},
    {"groups": frozenset({2001}), "former_groups": frozenset({2002}), "coming_groups": frozenset({2003})}, {},
)  # fmt: skip


@dataclass
class Size:
    """How large a world is: in how many variants each role stands, and how many times the shares of notices."""

    variants: int
    times: int
    seed: int = 1


SMALL, FULL = Size(variants=2, times=1), Size(variants=4, times=7)


def generate(size: Size) -> World:
    """Make the facts of a world."""
    return _Maker(size).world()


@dataclass
class _Maker:
    size: Size
    source: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self.source = random.Random(self.size.seed)
        self.made = World(self.size.seed)
        self.things, self.exemptions = count(500_001), count(1)

    def world(self) -> World:
        self.made.bodies = dict(zip(BODIES, product(SECTORS, COUNTRIES), strict=True))
        for pk, person in enumerate(self.people(), 100_001):
            self.made.people[pk] = Person(pk, **person, **SEATS[pk % len(SEATS)])
        for case in self.cases():
            self.made.cases[case.pk] = case
        for case in list(self.updates()):
            self.made.cases[case.pk] = case
        return self.made

    def people(self) -> Iterator[Facts]:
        places = list(product(SECTORS, COUNTRIES))
        for role in ROLES:
            # Authors, officers and publishers need others of their kind beside them.
            variants = 4 if role in {"", "publisher"} else self.size.variants
            for number, (sector, country) in enumerate(places[:variants]):
                yield {
                    "name": f"{role or 'plain'}{number}", "roles": frozenset({role} - {""}), "sector": sector,
                    "country": country, "body": BODIES[number % 3],
                }  # fmt: skip
        yield from self.outsiders()
        yield from _special()

    def outsiders(self) -> Iterator[Facts]:
        kinds = [("", "industry", "PE"), ("publisher", "academia", "CL"), ("analyst", "industry", "PE")]
        for standing, (role, sector, country) in product(OUTSIDE, kinds[: self.size.variants - 1]):
            yield {
                "name": f"{standing}_{role or 'plain'}", "standing": standing, "roles": frozenset({role} - {""}),
                "sector": sector, "country": country, "body": BODIES[0],
            }  # fmt: skip

    def seated(self) -> list[int]:
        """Return who has a seat in force somewhere."""
        return [person.pk for person in self.made.people.values() if person.groups]

    def with_role(self, role: str, *names: str) -> list[int]:
        """Return who holds a role, and some who held it when they took their part."""
        people = self.made.people.values()
        return [p.pk for p in people if (role in p.roles and p.standing == "member") or p.name in names]

    def cases(self) -> Iterator[Case]:
        shapes, exempt, serial = cycle(range(SHAPES)), cycle(EXEMPTIONS), count(1)
        for state, share in SHARES.items():
            for _each in range(share * self.size.times):
                yield self.case(next(serial), state, next(shapes), next(exempt) if state in READ else ())

    def case(self, serial: int, state: str, shape: int, exempt: Iterable[str]) -> Case:
        pk, label = 200_000 + serial, self.label(shape, serial)
        return Case(
            pk=pk, number=f"PN-2026-7{serial:04d}", state=state, editions=self.texts(pk, serial, state, label),
            **self.record(state, label.tlp), cosponsors=self.some(BODIES, 1 + serial % 2) if serial % 3 else (),
            exceptions=tuple(self.exempt(word) for word in exempt), remarks=self.few(serial % 3),
            checks=self.few(0 if state == "draft" else 1), is_urgent=serial % 4 == 0,
        )  # fmt: skip

    def record(self, state: str, tlp: str) -> Facts:
        """Three different people, four for TLP:RED, and co-authors who have no other part in it."""
        analysts = self.some(self.with_role("analyst", "once_publisher", "lapsed_plain"), 2)
        officers = [pk for pk in self.with_role("compliance_officer") if pk not in analysts]
        publishers = [pk for pk in self.with_role("publisher", "once_publisher") if pk not in analysts]
        both = [pk for pk in officers if pk in publishers or self.made.people[pk].name == "desk"]
        officer = self.source.choice([*officers, *both, *both])
        second, first = self.some([pk for pk in publishers if pk != officer], 2)
        former = self.with_role("nothing", "once_publisher")[0]
        if self.source.random() < 0.2 and former not in {*analysts, first}:
            second = former
        record: Facts = {"author": analysts[0], "coauthors": analysts[1:] if self.source.random() < 0.6 else ()}
        if state in {"cleared", "scheduled", *READ} or (state == "returned" and self.source.random() < 0.5):
            record["cleared_by"] = officer
        if state in {"scheduled", *READ}:
            record["published_by"] = second
        if (tlp == "TLP:RED" and state in {"scheduled", *READ}) or (state == "cleared" and self.source.random() < 0.5):
            record["approved_by"] = first
        return record

    def texts(self, notice: int, serial: int, state: str, last: Label) -> tuple[Text, ...]:
        many = 1 + serial % 3 if state in READ else 1
        labels = [*(self.label(self.source.randrange(SHAPES), serial + n) for n in range(1, many)), last]
        return tuple(self.text(notice, number, label) for number, label in enumerate(labels, 1))

    def text(self, notice: int, number: int, label: Label) -> Text:
        pk = 300_000 + (notice - 200_000) * 10 + number
        kinds = ("summary", "method", "concealment", "ask", "advice_customs", "contact")
        readers = self.some(list(self.made.people), len(self.made.people) // 3)
        return Text(
            pk=pk, number=number, label=label, sections=("summary", *self.some(kinds[1:], 2)),
            attachments=self.few(pk % 3), saved=self.few(1 + pk % 2), overrides=self.few(pk % 2),
            drafted_as=f"PN-2026-8{pk % 10_000:04d}" if number > 1 else "",
            readings={person: self.source.random() < 0.6 for person in readers},
        )  # fmt: skip

    def label(self, shape: int, serial: int) -> Label:
        sector, country = self.source.choice(SECTORS), self.source.choice(COUNTRIES)
        people, body = self.some(list(self.made.people), 4), self.source.choice(BODIES)
        audience: Facts = (
            {"sectors": (sector,)},
            {"people": people},
            {"countries": (country,)},
            {"sectors": (sector,), "countries": (country,)},
            {"bodies": (body,)},
            {"sectors": SECTORS, "not_countries": (country,)},
            {},
            {"countries": COUNTRIES, "not_bodies": (body,)},
            {"sectors": (sector,), "not_people": tuple(self.some(list(self.made.people), 12))},
            {"bodies": (body,), "people": people, "not_people": people[:1]},
            {"people": people, "not_countries": (country,), "not_bodies": (body,)},
            {"sectors": (sector,), "countries": (country,), "bodies": (body,), "people": people},
            {"groups": (GROUPS[serial % 2],)},
            {"groups": GROUPS[1:], "people": people, "not_people": (*people[:2], *self.seated()[:3])},
            {"groups": GROUPS[:2], "sectors": (sector,), "countries": (country,), "not_bodies": (body,)},
        )[shape]
        tlp = LABELS[(shape + serial) % 5]
        is_personal = not {"sectors", "countries", "bodies", "groups"} & set(audience)
        return Label(tlp=tlp if is_personal or tlp != "TLP:RED" else "TLP:AMBER", **audience)

    def exempt(self, words: str) -> Exempt:
        effect, whom, *holds = words.split()
        value = {"person": list(self.made.people), "body": list(BODIES), "country": list(COUNTRIES)}[whom]
        return Exempt(next(self.exemptions), effect, *holds, **{whom: self.source.choice(value)})

    def updates(self) -> Iterator[Case]:
        """Each is drafted and checked as a notice of its own, by those who wrote the one in force."""
        serials = count(1 + len(self.made.cases))
        in_force = [case for case in self.made.cases.values() if case.state == "published"]
        states = cycle(("draft", "in_review", "cleared", "returned", "scheduled"))
        for original, state in zip(islice(in_force, 4 * self.size.times), states, strict=False):
            made = self.case(next(serials), state, original.pk % SHAPES, ())
            checked = {made.cleared_by, made.approved_by, made.published_by}
            writers = [pk for pk in (original.author, *original.coauthors) if pk not in checked]
            theirs = {"author": writers[0], "coauthors": tuple(writers[1:])} if writers else {}
            yield replace(made, updates=original.pk, **theirs)

    def some(self, values: Iterable[int] | Iterable[str], number: int) -> tuple[Any, ...]:
        options = list(values)
        return tuple(self.source.sample(options, min(number, len(options))))

    def few(self, number: int) -> tuple[int, ...]:
        return tuple(islice(self.things, number))


def _special() -> Iterator[Facts]:
    yield {"name": "everything", "roles": frozenset({"analyst", "compliance_officer", "publisher"}), "body": BODIES[0]}
    yield {"name": "desk", "roles": frozenset({"compliance_officer", "focal_point"}), "body": BODIES[1]}
    yield {"name": "checker", "roles": frozenset({"compliance_officer", "publisher"}), "body": BODIES[2]}
    yield {"name": "writer", "roles": frozenset({"analyst", "publisher", "focal_point"}), "body": BODIES[1]}
    yield from ({"name": f"bodiless_analyst{n}", "roles": frozenset({"analyst"})} for n in range(2))
    yield {"name": "countryless", "standing": "applicant", "sector": "", "country": ""}
    yield {"name": "once_publisher", "former_roles": frozenset({"publisher", "analyst"}), "body": BODIES[2]}
    yield {"name": "coming_officer", "coming_roles": frozenset({"compliance_officer"}), "country": "CL"}
    yield {"name": "bodiless_focal_point", "roles": frozenset({"focal_point"})}
    yield {"name": "without_factor", "has_factor": False, "body": BODIES[0]}
    yield {"name": "publisher_without_factor", "has_factor": False, "roles": frozenset({"publisher"})}
