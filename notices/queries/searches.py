"""Which searches of the list does a member keep, and how does one stand in an address?"""

from dataclasses import fields

from congress.core import searches
from members.models import Member
from notices.policies import own_searches
from notices.queries.facets import label_of
from notices.queries.filters import Filters


def query_of(filters: Filters) -> str:
    """Return filters as they stand in an address."""
    return searches.query_of({field.name: getattr(filters, field.name) for field in fields(filters)})


def in_words(filters: Filters) -> list[str]:
    """Return what is asked as people read it, one thing after the other."""
    words = [f"“{filters.q}”"] if filters.q else []
    names = [field.name for field in fields(filters) if field.name != "q"]
    return words + [str(label_of(name, value)) for name in names for value in getattr(filters, name)]


def shortcuts(member: Member, filters: Filters) -> list[searches.Shortcut]:
    """Return a member's saved searches, by name; one query."""
    return searches.shortcuts(own_searches(member), now=query_of(filters))
