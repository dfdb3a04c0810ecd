"""Who is found in the directory, in which order, and how many are there of each kind?"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from django.db.models import Count, Q
from django.utils.translation import get_language

from congress.core.geography import REGION_BY_COUNTRY, Region, country_name
from congress.core.paging import Page, page
from congress.core.sectors import Sector
from members.models import FIELDS, Member, MemberQuerySet, Organisation
from members.policies import fields_shown, shows, visible_to
from members.queries.finding import NEAREST_FIRST, Search, found, nearest_first, reason, search

QUERY_LIMIT = 200
ROW_FIELDS = (
    "public_id",
    "latin_name",
    "native_name",
    "native_language",
    "sector",
    "country",
    "joined_on",
    "sort_name",
    "organisation__public_id",
    "organisation__name",
    "organisation__native_name",
    "email",
    *(f"profile__{name}" for name in FIELDS if name != "email"),
    *(f"profile__{name}_audience" for name in FIELDS),
)


class Sort(StrEnum):
    """How the directory can be ordered."""

    NAME = "name"
    NEWEST = "newest"


ORDERS = {Sort.NAME: ("sort_name", "pk"), Sort.NEWEST: ("-joined_on", "-pk")}


@dataclass(frozen=True)
class Filters:
    """What a reader asks for. Values of one facet are alternatives; facets narrow each other."""

    q: str = ""
    sector: tuple[str, ...] = ()
    region: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    expertise: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    organisation: tuple[str, ...] = ()
    sort: Sort = Sort.NAME

    @property
    def of_fields(self) -> dict[str, tuple[str, ...]]:
        """Return what is asked of the fields that members open to whom they want."""
        return {"expertise": self.expertise, "languages": self.language}


@dataclass(frozen=True)
class Option:
    """One choice of a facet: what is sent, what is read, how many it would leave if counted, whether it is chosen."""

    value: str
    label: str
    count: int | None
    selected: bool


@dataclass(frozen=True)
class Directory:
    """One page of the directory with what stands around it."""

    page: Page[Member]
    count: int
    is_cut: bool
    sectors: list[Option]
    regions: list[Option]
    countries: list[Option]


def directory(viewer: Member, filters: Filters, after: str = "") -> Directory:
    """Return one page of members with profile and organisation loaded, and the facets; two queries, four with words.

    A search comes in the order of nearness unless the newest are asked for. Each facet is counted with the other
    filters on and its own off. Raises: BadCursorError.
    """
    asked = search(viewer, filters.q) if filters.q.strip() else None
    matching = _matching(viewer, filters, asked)
    cells = _cells(matching)
    return Directory(
        page=_page(fields_shown(viewer, matching.filter(_placed(filters))), filters, asked, after),
        count=sum(cell.number for cell in _kept(cells, filters)),
        is_cut=asked is not None and asked.is_cut,
        sectors=_sectors(cells, filters),
        regions=_regions(cells, filters),
        countries=_countries(cells, filters),
    )


def directory_page(viewer: Member, filters: Filters, after: str = "") -> Page[Member]:
    """Return the same page of members without what stands around it; one query, three with words.

    Raises: BadCursorError.
    """
    asked = search(viewer, filters.q) if filters.q.strip() else None
    matching = _matching(viewer, filters, asked).filter(_placed(filters))
    return _page(fields_shown(viewer, matching), filters, asked, after)


def everybody_found(viewer: Member, filters: Filters) -> MemberQuerySet:
    """Return all that the pages list, in their order and with what they hold; two queries more with words."""
    asked = search(viewer, filters.q) if filters.q.strip() else None
    matching = _matching(viewer, filters, asked).filter(_placed(filters))
    rows = fields_shown(viewer, matching).select_related("organisation", "profile").only(*ROW_FIELDS)
    if asked is None or filters.sort is not Sort.NAME:
        return rows.order_by(*ORDERS[filters.sort])
    return nearest_first(rows, asked).order_by(*NEAREST_FIRST)


def _page(members: MemberQuerySet, filters: Filters, asked: Search | None, after: str) -> Page[Member]:
    rows = members.select_related("organisation", "profile").only(*ROW_FIELDS)
    if asked is None:
        return page(rows, order=ORDERS[filters.sort], after=after)
    if filters.sort is Sort.NAME:
        shown = page(nearest_first(rows, asked), order=NEAREST_FIRST, after=after)
    else:
        shown = page(rows, order=ORDERS[filters.sort], after=after)
    for row in shown.rows:
        row.found_by = reason(row, asked)
    return shown


def organisation_names(public_ids: Iterable[str]) -> dict[str, str]:
    """Return the names of the organisations that exist among these ids; no query for none."""
    wanted = list(public_ids)
    if not wanted:
        return {}
    return dict(Organisation.objects.filter(public_id__in=wanted).values_list("public_id", "name"))


def _matching(viewer: Member, filters: Filters, asked: Search | None) -> MemberQuerySet:
    """Those whom all filters but sector, region and country leave."""
    matching = visible_to(viewer) if asked is None else found(visible_to(viewer), asked)
    for name, wanted in filters.of_fields.items():
        if wanted:
            matching = matching.filter(shows(viewer, name), **{f"profile__{name}__overlap": list(wanted)})
    if filters.organisation:
        matching = matching.filter(organisation__public_id__in=filters.organisation)
    return matching


def _placed(filters: Filters) -> Q:
    """The condition of sector, region and country."""
    condition = Q(sector__in=filters.sector) if filters.sector else Q()
    if filters.region or filters.country:
        condition &= Q(country__in=_countries_of(filters))
    return condition


def _countries_of(filters: Filters) -> list[str]:
    codes = filters.country or tuple(REGION_BY_COUNTRY)
    return [code for code in codes if not filters.region or REGION_BY_COUNTRY[code] in filters.region]


# One GROUP BY over (sector, country) holds every number on the page: at most some 1,200 cells, added up here for
# each facet with its own filter off. A query for each facet would cost three times as much with 100,000 members.
PLACES = ("sector", "region", "country")


class Cell(NamedTuple):
    """How many members of one sector there are in one country."""

    sector: str
    country: str
    region: str
    number: int


def _cells(matching: MemberQuerySet) -> list[Cell]:
    counted = matching.order_by().values_list("sector", "country").annotate(number=Count("pk"))
    return [Cell(sector, place, REGION_BY_COUNTRY.get(place, ""), number) for sector, place, number in counted]


def _kept(cells: list[Cell], filters: Filters, *, without: str = "") -> Iterator[Cell]:
    """Yield the cells that the filters leave, with the filter of one facet off."""
    active = [name for name in PLACES if name != without and getattr(filters, name)]
    return (cell for cell in cells if all(getattr(cell, name) in getattr(filters, name) for name in active))


def _tally(cells: list[Cell], filters: Filters, facet: str) -> Counter[str]:
    """Add cells up by one facet, with its own filter off."""
    tally: Counter[str] = Counter()
    for cell in _kept(cells, filters, without=facet):
        tally[getattr(cell, facet)] += cell.number
    return tally


def _sectors(cells: list[Cell], filters: Filters) -> list[Option]:
    tally = _tally(cells, filters, "sector")
    return [Option(s.value, str(s.label), tally[s.value], s.value in filters.sector) for s in Sector]


def _regions(cells: list[Cell], filters: Filters) -> list[Option]:
    tally = _tally(cells, filters, "region")
    return [Option(r.value, str(r.label), tally[r.value], r.value in filters.region) for r in Region]


def _countries(cells: list[Cell], filters: Filters) -> list[Option]:
    """Countries that would leave somebody, the largest first, and chosen ones in any case."""
    tally = _tally(cells, filters, "country")
    language = get_language() or "en"
    named = sorted((country_name(code, language), code) for code in {*tally, *filters.country} - {""})
    options = [Option(code, name, tally[code], code in filters.country) for name, code in named]
    return sorted(options, key=lambda option: option.count or 0, reverse=True)
