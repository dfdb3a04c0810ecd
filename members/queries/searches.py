"""Which searches of the directory does a member keep, and who is new in them?"""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from congress.core import searches
from members.models import Member, SavedSearch
from members.policies import own_searches
from members.queries.directory import joined_since
from members.queries.filters import Filters, View

ReadQuery = Callable[[str], Filters]


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
    """Return filters as they stand in an address, without how the list is looked at."""
    return searches.query_of(filters.parameters(view=View.LIST))


def shortcuts(viewer: Member, filters: Filters) -> list[searches.Shortcut]:
    """Return a member's saved searches, by name; one query."""
    return searches.shortcuts(own_searches(viewer), now=query_of(filters))


def news(viewer: Member, read: ReadQuery) -> list[News]:
    """Return a member's saved searches with how many are new in each, by name; up to three queries for each."""
    return [News(each, _new_count(viewer, each, read(each.query))) for each in own_searches(viewer).order_by("name")]


def _new_count(viewer: Member, search: SavedSearch, filters: Filters) -> int:
    return max(0, joined_since(viewer, filters, search.looked_on) - search.seen_count)
