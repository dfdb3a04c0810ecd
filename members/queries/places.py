"""Where does the network work: bodies, countries and who speaks for them, as far as a viewer sees their people?"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils.functional import Promise

from congress.core.geography import REGION_BY_COUNTRY, Region, country_choices, country_name
from congress.core.names import folded
from congress.core.paging import Page, page
from congress.core.roles import Role
from congress.core.sectors import Sector
from members.models import Member, Organisation, RoleGrant
from members.policies import organisations_visible_to, visible_to
from members.queries.facets import Option, cells, count_of, place_options, placed
from members.queries.filters import Filters
from members.queries.people import profiles

PEOPLE_SHOWN = 6
ORGANISATIONS_SHOWN = 12


@dataclass(frozen=True)
class OrganisationList:
    """One page of bodies, how many there are in all, and the options of each facet."""

    page: Page[Organisation]
    count: int
    facets: dict[str, list[Option]]


def organisation_list(viewer: Member, filters: Filters, after: str = "") -> OrganisationList:
    """Return one page of bodies by name, each with `people_count`; two queries. Raises: BadCursorError."""
    named = _named(organisations_visible_to(viewer), filters.q)
    counted = cells(named)
    return OrganisationList(
        page=page(with_people(viewer, named.filter(placed(filters))), order=("name", "pk"), after=after),
        count=count_of(counted, filters),
        facets=place_options(counted, filters),
    )


def with_people(viewer: Member, organisations: "QuerySet[Organisation]") -> "QuerySet[Organisation]":
    """Count with each body those of its people whom the viewer sees."""
    people = visible_to(viewer).filter(organisation=OuterRef("pk")).order_by().values("organisation")
    return organisations.annotate(people_count=Subquery(people.annotate(number=Count("pk")).values("number")))


def _named(organisations: "QuerySet[Organisation]", text: str) -> "QuerySet[Organisation]":
    """Those in whose names each word stands, with accents or without; nobody is called by no letter."""
    words = folded(text).split()
    if text.strip() and not words:
        return organisations.none()
    return organisations.filter(*(Q(search_text__contains=word) for word in words))


def organisation_people(viewer: Member, organisation: Organisation, after: str = "") -> Page[Member]:
    """Return those of a body's people whom the viewer sees, by name; one query. Raises: BadCursorError."""
    return page(profiles(viewer).filter(organisation=organisation), order=("sort_name", "pk"), after=after)


def focal_points(viewer: Member, at: datetime, **of: object) -> list[Member]:
    """Return who speaks for the bodies of a place, by name: `organisation=…` or `country=…`; one query."""
    return list(profiles(viewer).filter(_speaking(at), **of).order_by("sort_name", "pk"))


def _speaking(at: datetime) -> Exists:
    return Exists(RoleGrant.objects.in_force(at).filter(role=Role.FOCAL_POINT, member=OuterRef("pk")))


@dataclass(frozen=True)
class CountryFigures:
    """How many people of each sector there are in a country, and how many bodies; what is missing is a gap."""

    code: str
    name: str
    region: Region
    people: dict[str, int]
    organisation_count: int = 0
    focal_point_count: int = 0

    @property
    def people_count(self) -> int:
        """Return how many people there are in all."""
        return sum(self.people.values())

    @property
    def by_sector(self) -> list[tuple[str, str | Promise, int]]:
        """Return each sector with its name and its number, none left out."""
        return [(sector.value, sector.label, self.people.get(sector.value, 0)) for sector in Sector]

    @property
    def gaps(self) -> list[str | Promise]:
        """Return the sectors from which nobody comes."""
        return [label for _value, label, number in self.by_sector if not number]


def network(viewer: Member, language: str, at: datetime) -> list[CountryFigures]:
    """Return the countries in which the viewer sees somebody, by name; three queries."""
    people: dict[str, dict[str, int]] = {}
    seen = visible_to(viewer).exclude(country="").order_by()
    for code, sector, number in seen.values_list("country", "sector").annotate(number=Count("pk")):
        people.setdefault(code, {})[sector] = number
    bodies = _counted(organisations_visible_to(viewer).values_list("country"))
    speakers = _counted(seen.filter(_speaking(at)).values_list("country"))
    figures = [
        CountryFigures(
            code, country_name(code, language), REGION_BY_COUNTRY[code], sectors, bodies[code], speakers[code]
        )
        for code, sectors in people.items()
    ]
    return sorted(figures, key=lambda each: each.name)


def unreached(countries: Iterable[CountryFigures], language: str) -> list[tuple[Region, list[tuple[str, str]]]]:
    """Return the countries of each region that are not among these, as code and name, by name; no query."""
    reached = {each.code for each in countries}
    missing = [(code, name) for code, name in country_choices(language) if code not in reached]
    by_region = [(region, [each for each in missing if REGION_BY_COUNTRY[each[0]] is region]) for region in Region]
    return [(region, places) for region, places in by_region if places]


def _counted(rows: Iterable[tuple[str]]) -> Counter[str]:
    return Counter(code for (code,) in rows)


@dataclass(frozen=True)
class Country:
    """The page of one country: its figures, who speaks for its bodies, the bodies, and the newest people."""

    figures: CountryFigures
    focal_points: list[Member]
    organisations: list[Organisation]
    newest: list[Member]


def country(viewer: Member, code: str, language: str, at: datetime) -> Country:
    """Return what a viewer sees of one country; five queries."""
    people = profiles(viewer).filter(country=code)
    bodies = with_people(viewer, organisations_visible_to(viewer).filter(country=code))
    speakers = focal_points(viewer, at, country=code)
    return Country(
        figures=_figures(viewer, code, language, len(speakers)),
        focal_points=speakers,
        organisations=list(bodies.order_by(F("people_count").desc(), "name")[:ORGANISATIONS_SHOWN]),
        newest=list(people.order_by("-joined_on", "-pk")[:PEOPLE_SHOWN]),
    )


def country_figures(viewer: Member, code: str, language: str, at: datetime) -> CountryFigures:
    """Return the figures of one country, nothing but zeros where the viewer sees nobody; three queries."""
    speakers = visible_to(viewer).filter(_speaking(at), country=code)
    return _figures(viewer, code, language, speakers.count())


def _figures(viewer: Member, code: str, language: str, speaker_count: int) -> CountryFigures:
    people = visible_to(viewer).filter(country=code).order_by()
    sectors = dict(people.values_list("sector").annotate(number=Count("pk")))
    bodies = organisations_visible_to(viewer).filter(country=code)
    name, region = country_name(code, language), REGION_BY_COUNTRY[code]
    return CountryFigures(code, name, region, sectors, bodies.count(), speaker_count)
