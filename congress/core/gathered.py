"""What do the packages tell of a member on their profile, besides what the member wrote?

A package above members declares here what it knows, as a list under the name of a field of the profile: the profile
asks for those whose audience the reader belongs to. What each reader sees of a list is the package's own policy. A list
by which people are found as well says by which rows: the same of which the list on the profile is made.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypeVar

from django.db.models import QuerySet
from django.urls import reverse

if TYPE_CHECKING:
    from members.models import Member


@dataclass(frozen=True)
class Line:
    """One thing that a member took part in, and the page that tells of it."""

    title: str
    view: str
    url_kwargs: Mapping[str, str] = field(default_factory=dict)
    note: str = ""
    on: date | None = None

    @property
    def url(self) -> str:
        """Return the address of that page."""
        return reverse(self.view, kwargs=dict(self.url_kwargs))


Gather = Callable[["Member", "Member", datetime], Iterable[Line]]
G = TypeVar("G", bound=Gather)
LISTS: dict[str, Gather] = {}


@dataclass(frozen=True)
class Facet:
    """How people are found by what is in a list of theirs.

    `rows` are what the lists of all are made of, as far as a viewer sees what is in them: each has a `member`, and in
    `column` what stands for it in an address. `names` says in words everything that this viewer may ask for.
    """

    column: str
    rows: Callable[["Member"], "QuerySet[Any]"]
    names: Callable[["Member"], dict[str, str]]


FACETS: dict[str, Facet] = {}


def gathers(name: str) -> Callable[[G], G]:
    """Declare who makes the list of this name: of the viewer, the member and the time; one query."""

    def declare(gather: G) -> G:
        LISTS[name] = gather
        return gather

    return declare


def lines_of(name: str, viewer: "Member", member: "Member", *, at: datetime) -> list[Line]:
    """Return one list of a member as far as a viewer sees what is in it."""
    return list(LISTS[name](viewer, member, at))
