"""Which searches of the directory does a member keep, and who is new in them?"""

from collections.abc import Callable
from dataclasses import dataclass, fields

from django.urls import reverse
from django.utils.http import urlencode

from members.models import Member, SavedSearch
from members.policies import own_searches
from members.queries.directory import joined_since
from members.queries.filters import Filters, Sort

ReadQuery = Callable[[str], Filters]


@dataclass(frozen=True)
class Shortcut:
    """A saved search as the directory leads to it, and whether it is what the directory shows now."""

    name: str
    query: str
    is_current: bool


@dataclass(frozen=True)
class News:
    """A saved search, and how many of those whom it finds joined since the member looked."""

    search: SavedSearch
    new_count: int

    @property
    def address(self) -> str:
        """Return where the directory shows it."""
        return f"{reverse('members:directory')}?{self.search.query}"


def query_of(filters: Filters) -> str:
    """Return filters as they stand in an address: the same for the same filters, in whatever order they were chosen."""
    names = [field.name for field in fields(filters) if field.name not in {"sort", "view"}]
    asked = {name: getattr(filters, name) for name in names}
    named = {name: values if name == "q" else sorted(values) for name, values in asked.items() if values}
    if filters.sort is not Sort.NAME:
        named["sort"] = filters.sort.value
    return urlencode(named, doseq=True)


def shortcuts(viewer: Member, filters: Filters) -> list[Shortcut]:
    """Return a member's saved searches, by name; one query."""
    now = query_of(filters)
    saved = own_searches(viewer).order_by("name").values_list("name", "query")
    return [Shortcut(name, query, query == now) for name, query in saved]


def searches_of(viewer: Member) -> list[str]:
    """Return the names under which a member keeps searches."""
    return list(own_searches(viewer).order_by("name").values_list("name", flat=True))


def news(viewer: Member, read: ReadQuery) -> list[News]:
    """Return a member's saved searches with how many are new in each, by name; up to three queries for each."""
    return [News(each, _new_count(viewer, each, read(each.query))) for each in own_searches(viewer).order_by("name")]


def _new_count(viewer: Member, search: SavedSearch, filters: Filters) -> int:
    return max(0, joined_since(viewer, filters, search.looked_on) - search.seen_count)
