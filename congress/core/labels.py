"""Who is something restricted for? TLP 2.0 and an audience: a value, columns, and the one SQL predicate.

Source: FIRST, Traffic Light Protocol 2.0 (August 2022); decision 0003.
"""

from dataclasses import asdict, dataclass, field
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import OuterRef, Q, QuerySet


class Tlp(models.TextChoices):
    """The five labels, exactly as FIRST writes them; never translated."""

    RED = "TLP:RED", "TLP:RED"
    AMBER_STRICT = "TLP:AMBER+STRICT", "TLP:AMBER+STRICT"
    AMBER = "TLP:AMBER", "TLP:AMBER"
    GREEN = "TLP:GREEN", "TLP:GREEN"
    CLEAR = "TLP:CLEAR", "TLP:CLEAR"

    @property
    def rank(self) -> int:
        """Return how strict the label is: 0 for CLEAR, 4 for RED."""
        return _STRICTNESS.index(self)

    @classmethod
    def up_to(cls, ceiling: "Tlp") -> list[str]:
        """Return the labels that are not stricter than this one."""
        return [str(label) for label in _STRICTNESS[: ceiling.rank + 1]]


_STRICTNESS = [Tlp.CLEAR, Tlp.GREEN, Tlp.AMBER, Tlp.AMBER_STRICT, Tlp.RED]


def strictest(*labels: str) -> Tlp:
    """Return the strictest of some labels; nothing at all counts as RED."""
    return max((Tlp(label) for label in labels), key=lambda label: label.rank, default=Tlp.RED)


@dataclass(frozen=True)
class Reader:
    """What the predicate needs to know of a person: nothing else may decide.

    Facts are values, or references to the member's row where a subquery asks for many people at once.
    """

    person: int | OuterRef
    sector: str | OuterRef
    country: str | OuterRef
    organisation: int | OuterRef | None
    ceiling: Tlp = Tlp.RED
    # Those with a seat in force; a seat that is over is none.
    groups: list[int] | OuterRef = field(default_factory=list)

    @classmethod
    def of_each_row(cls, ceiling: Tlp) -> "Reader":
        """Return whichever member the row of the outer query is, `seated`, under one ceiling for all of them."""
        facts = (OuterRef("pk"), OuterRef("sector"), OuterRef("country"), OuterRef("organisation"))
        return cls(*facts, ceiling, OuterRef("loaded_groups"))

    @property
    def seen_from_within(self) -> "Reader":
        """Return the same reader as a subquery one level deeper has to name them."""

        def deeper(fact: Any) -> Any:
            return OuterRef(fact) if isinstance(fact, OuterRef) else fact

        person, sector, country, body = map(deeper, (self.person, self.sector, self.country, self.organisation))
        return Reader(person, sector, country, body, self.ceiling, deeper(self.groups))


@dataclass(frozen=True)
class Audience:
    """Whom a labelled thing is for. Nothing named means nobody.

    Sectors and countries narrow each other (law enforcement *in* these countries); one of them left empty means
    all of that kind. Organisations, people and groups are added to that; a group means whoever has a seat in it on
    that day. Exclusions take away from everything, people named by hand too.
    """

    sectors: list[str] = field(default_factory=list)
    countries: list[str] = field(default_factory=list)
    organisations: list[int] = field(default_factory=list)
    people: list[int] = field(default_factory=list)
    excluded_countries: list[str] = field(default_factory=list)
    excluded_organisations: list[int] = field(default_factory=list)
    excluded_people: list[int] = field(default_factory=list)
    groups: list[int] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Tell whether nobody at all is named."""
        return not (self.sectors or self.countries or self.organisations or self.people or self.groups)

    @property
    def names_people_only(self) -> bool:
        """Tell whether only people are named, as TLP:RED demands."""
        return not (self.sectors or self.countries or self.organisations or self.groups)

    def columns(self) -> dict[str, list[Any]]:
        """Return the values of the label columns, sorted so that equal audiences have equal rows."""
        names = {"sectors", "countries", "organisations", "people", "groups"}
        return {f"audience_{k}" if k in names else k: sorted(set(v)) for k, v in asdict(self).items()}


def _codes() -> "ArrayField[list[str], list[str]]":
    return ArrayField(models.CharField(max_length=32), default=list, blank=True)


def _ids() -> "ArrayField[list[int], list[int]]":
    return ArrayField(models.BigIntegerField(), default=list, blank=True)


class Labelled(models.Model):
    """The columns of a label. A row that says nothing is TLP:RED for nobody."""

    tlp = models.CharField("TLP", max_length=16, choices=Tlp.choices, default=Tlp.RED)
    audience_sectors = _codes()
    audience_countries = _codes()
    audience_organisations = _ids()
    audience_people = _ids()
    excluded_countries = _codes()
    excluded_organisations = _ids()
    excluded_people = _ids()
    audience_groups = _ids()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_red_names_people",
                condition=~Q(tlp=Tlp.RED)
                | Q(audience_sectors=[], audience_countries=[], audience_organisations=[], audience_groups=[]),
                violation_error_message="TLP:RED is for people named one by one.",
            ),
            models.CheckConstraint(name="%(app_label)s_%(class)s_tlp_known", condition=Q(tlp__in=Tlp.values)),
        ]

    @property
    def audience(self) -> Audience:
        """Return the columns as one value."""
        return Audience(
            sectors=self.audience_sectors,
            countries=self.audience_countries,
            organisations=self.audience_organisations,
            people=self.audience_people,
            excluded_countries=self.excluded_countries,
            excluded_organisations=self.excluded_organisations,
            excluded_people=self.excluded_people,
            groups=self.audience_groups,
        )


def readable_by(reader: Reader, prefix: str = "") -> Q:
    """Return the predicate: which labelled rows this person may read, through a relation if a prefix names one.

    Used by every surface (page, search, count, facet, export, mail), so that no second rule can differ.
    """

    def at(name: str, value: list[Any]) -> Q:
        return Q(**{f"{prefix}{name}": value})

    def holds(name: str, value: str | int | OuterRef) -> Q:
        return Q(**{f"{prefix}{name}__contains": [value]})

    every_sector, every_country = at("audience_sectors", []), at("audience_countries", [])
    group = (
        (every_sector | holds("audience_sectors", reader.sector))
        & (every_country | holds("audience_countries", reader.country))
        & ~(every_sector & every_country)
    )
    seated = Q(**{f"{prefix}audience_groups__overlap": reader.groups})
    included = group | holds("audience_people", reader.person) | seated
    excluded = holds("excluded_people", reader.person) | holds("excluded_countries", reader.country)
    if reader.organisation is not None:
        included |= holds("audience_organisations", reader.organisation)
        excluded |= holds("excluded_organisations", reader.organisation)
    return within_ceiling(reader, prefix) & included & ~excluded


def within_ceiling(reader: Reader, prefix: str = "") -> Q:
    """Return the predicate: which labelled rows are not too strict for this person's standing, whoever they are for."""
    return Q(**{f"{prefix}tlp__in": Tlp.up_to(reader.ceiling)})


def readers_of(audience: Audience, seated: QuerySet[Any, Any], prefix: str = "") -> Q:
    """Return the same rule the other way round: which members an audience names, as a predicate on member rows.

    `seated`: the ids of those who have a seat now in a group that it names. It knows no ceiling: ask it of listed
    members only, who have none.
    """

    def among(name: str, values: list[Any] | QuerySet[Any, Any]) -> Q:
        return Q(**{f"{prefix}{name}__in": values})

    group = among("pk", [])
    if audience.sectors or audience.countries:
        group = among("sector", audience.sectors) if audience.sectors else Q()
        group &= among("country", audience.countries) if audience.countries else Q()
    named = among("pk", audience.people) | among("pk", seated)
    included = group | named | among("organisation", audience.organisations)
    excluded = (
        among("pk", audience.excluded_people)
        | among("country", audience.excluded_countries)
        | among("organisation", audience.excluded_organisations)
    )
    return included & ~excluded
