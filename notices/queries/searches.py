"""Which searches of the list does a member keep, and how does one stand in an address?"""

from dataclasses import dataclass, fields

from django.utils.http import urlencode

from members.models import Member
from notices.models import SavedSearch
from notices.queries.facets import label_of
from notices.queries.filters import Filters


@dataclass(frozen=True)
class Shortcut:
    """A saved search as the list leads to it, and whether it is what the list shows now."""

    name: str
    query: str
    is_current: bool


def query_of(filters: Filters) -> str:
    """Return filters as they stand in an address: the same for the same filters, in whatever order they were chosen."""
    asked = {field.name: getattr(filters, field.name) for field in fields(filters)}
    sorted_values = {name: values if name == "q" else sorted(values) for name, values in asked.items() if values}
    return urlencode(sorted_values, doseq=True)


def in_words(filters: Filters) -> list[str]:
    """Return what is asked as people read it, one thing after the other."""
    words = [f"“{filters.q}”"] if filters.q else []
    names = [field.name for field in fields(filters) if field.name != "q"]
    return words + [str(label_of(name, value)) for name in names for value in getattr(filters, name)]


def shortcuts(member: Member, filters: Filters) -> list[Shortcut]:
    """Return a member's saved searches, by name; one query."""
    now = query_of(filters)
    saved = SavedSearch.objects.filter(member=member).order_by("name")
    return [Shortcut(name, query, query == now) for name, query in saved.values_list("name", "query")]


def searches_of(member: Member) -> list[str]:
    """Return the names under which a member keeps searches."""
    return list(SavedSearch.objects.filter(member=member).order_by("name").values_list("name", flat=True))
