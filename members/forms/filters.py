"""What does the address of a list of people or of bodies ask for?"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import chain
from urllib.parse import parse_qs

from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from congress.core.errors import BadRequestError
from congress.core.geography import REGION_BY_COUNTRY, Region
from congress.core.identifiers import PUBLIC_ID, SLUG
from congress.core.languages import LANGUAGE_CODES, LanguageLevel
from congress.core.prose import one_line
from congress.core.sectors import Sector
from congress.core.topics import Expertise, Topic
from members.queries.filters import ID_LIMIT, QUERY_LIMIT, Filters, Freshness, Sort, View

KNOWN: dict[str, Collection[str]] = {
    "sector": Sector.values,
    "region": Region.values,
    "country": REGION_BY_COUNTRY,
    "expertise": Expertise.values,
    "topic": Topic.values,
    "language": LANGUAGE_CODES,
    "level": LanguageLevel.values,
    "confirmed": Freshness.values,
}
IDS = {"organisation": PUBLIC_ID, "group": PUBLIC_ID, "meeting": SLUG}
ORDERS = {sort.value: sort for sort in Sort}
VIEWS = {view.value: view for view in View}
OF_PEOPLE = (*KNOWN, *IDS)
OF_BODIES = ("sector", "region", "country")
NAMES = {"q", "sort", "view", "after", *OF_PEOPLE}


class UnusableFilterError(BadRequestError):
    """A file has no place to say what was left out, and would hold more people than were asked for."""

    code = "unusable_filter"
    message = _("A filter in this address is unknown, or the search too long. Take the file from the list instead.")


@dataclass(frozen=True)
class ReadFilters:
    """The filters of an address, and what of it could not be used."""

    filters: Filters
    left_out_count: int
    is_cut: bool

    def all_used(self) -> Filters:
        """Return the filters where all of the address could be used. Raises: UnusableFilterError."""
        if self.left_out_count or self.is_cut:
            raise UnusableFilterError
        return self.filters


def read_filters(data: "MultiValueDict[str, str]", facets: Iterable[str] = OF_PEOPLE) -> ReadFilters:
    """Return what an address asks of a list with these facets; values that it does not know are left out and counted.

    A facet that only other lists have counts with each of its values, a name that no list has once.
    """
    text = data.get("q") or ""
    given = {name: values(data, name) for name in OF_PEOPLE}
    used = {name: _used(name, given[name]) for name in facets}
    left_out = sum(map(len, given.values())) - sum(map(len, used.values()))
    sort, view = data.get("sort") or Sort.NAME, data.get("view") or View.LIST
    left_out += (sort not in ORDERS) + (view not in VIEWS) + len(set(data) - NAMES)
    filters = Filters(
        q=one_line(text[:QUERY_LIMIT].replace("\x00", "")),
        sort=ORDERS.get(sort, Sort.NAME),
        view=VIEWS.get(view, View.LIST),
        **used,
    )
    return ReadFilters(filters, left_out, len(text) > QUERY_LIMIT)


def read_query(query: str) -> Filters:
    """Return what a saved search asks for; what is known no more is left out."""
    return read_filters(MultiValueDict(parse_qs(query))).filters


def values(data: "MultiValueDict[str, str]", name: str) -> list[str]:
    """Return what an address gives under a name, repeated or with commas between, each value once."""
    given = chain.from_iterable(text.split(",") for text in data.getlist(name))
    return list(dict.fromkeys(value for value in given if value))


def _used(name: str, given: list[str]) -> tuple[str, ...]:
    if name in IDS:
        return tuple([value for value in given if IDS[name].fullmatch(value)][:ID_LIMIT])
    return tuple(value for value in given if value in KNOWN[name])
