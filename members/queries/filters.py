"""Whom does somebody ask for in a list of people or of bodies?"""

from dataclasses import dataclass
from enum import StrEnum
from itertools import chain

from congress.core.languages import writings_of

QUERY_LIMIT = 200
# Ids can be made up without end; every other facet has no more values than there are.
ID_LIMIT = 60


class Sort(StrEnum):
    """How the directory can be ordered."""

    NAME = "name"
    NEWEST = "newest"


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
        spoken = chain.from_iterable(writings_of(code) for code in self.language)
        return {"expertise": self.expertise, "languages": tuple(spoken)}
