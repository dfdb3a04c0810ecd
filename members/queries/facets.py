"""How many people, or bodies, would each choice of a facet leave?"""

from collections import Counter
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import Count, Q, QuerySet, TextChoices
from django.utils.translation import get_language

from congress.core.geography import REGION_BY_COUNTRY, Region, country_name
from congress.core.sectors import Sector
from members.models import labels_of
from members.queries.filters import Filters

# What is asked of where somebody stands; each is a facet of people and of bodies.
PLACES = ("sector", "region", "country")


@dataclass(frozen=True)
class Option:
    """One choice of a facet: what is sent, what is read, how many it would leave if counted, whether it is chosen."""

    value: str
    label: str
    count: int | None
    selected: bool


class Cell(NamedTuple):
    """How many there are of one sector in one country."""

    sector: str
    country: str
    region: str
    number: int


def placed(filters: Filters) -> Q:
    """Return the condition of sector, region and country."""
    condition = Q(sector__in=filters.sector) if filters.sector else Q()
    if filters.region or filters.country:
        condition &= Q(country__in=_countries_of(filters))
    return condition


def _countries_of(filters: Filters) -> list[str]:
    codes = filters.country or tuple(REGION_BY_COUNTRY)
    return [code for code in codes if not filters.region or REGION_BY_COUNTRY[code] in filters.region]


def cells(rows: "QuerySet[Any]") -> list[Cell]:
    """Count rows by sector and country; one query.

    It holds every number of the three facets: at most some 1,200 cells, added up for each with its own filter off. A
    query for each facet would cost three times as much with 100,000 members.
    """
    counted = rows.order_by().values_list("sector", "country").annotate(number=Count("pk"))
    return [cell(*each) for each in counted]


def cell(sector: str, country: str, number: int) -> Cell:
    """Return the cell of a sector and a country, with its region."""
    return Cell(sector, country, REGION_BY_COUNTRY.get(country, ""), number)


def count_of(found: list[Cell], filters: Filters) -> int:
    """Return how many all three filters leave."""
    return sum(cell.number for cell in _kept(found, filters))


def place_options(found: list[Cell], filters: Filters) -> dict[str, list[Option]]:
    """Return the options of the three facets, each counted with the other filters on and its own off."""
    return {
        "sector": _named(Sector, found, filters, "sector"),
        "region": _named(Region, found, filters, "region"),
        "country": _countries(found, filters),
    }


def _kept(found: list[Cell], filters: Filters, *, without: str = "") -> list[Cell]:
    """Return the cells that the filters leave, with the filter of one facet off."""
    for name in PLACES:
        wanted = getattr(filters, name)
        if wanted and name != without:
            found = [cell for cell in found if getattr(cell, name) in wanted]
    return found


def _tally(found: list[Cell], filters: Filters, facet: str) -> Counter[str]:
    """Add cells up by one facet, with its own filter off."""
    tally: Counter[str] = Counter()
    for cell in _kept(found, filters, without=facet):
        tally[getattr(cell, facet)] += cell.number
    return tally


def _named(kind: type[TextChoices], found: list[Cell], filters: Filters, facet: str) -> list[Option]:
    """Every choice of a vocabulary, in its order: few, and their places are known."""
    tally, chosen = _tally(found, filters, facet), getattr(filters, facet)
    return [Option(value, label, tally[value], value in chosen) for value, label in labels_of(kind).items()]


def _countries(found: list[Cell], filters: Filters) -> list[Option]:
    """Countries that would leave something, the largest first, and chosen ones in any case."""
    tally = _tally(found, filters, "country")
    language = get_language() or "en"
    named = sorted((country_name(code, language), code) for code in {*tally, *filters.country} - {""})
    options = [Option(code, name, tally[code], code in filters.country) for name, code in named]
    return sorted(options, key=lambda option: option.count or 0, reverse=True)
