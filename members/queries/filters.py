"""Whom does somebody ask for in a list of people or of bodies?"""

from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import chain
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from congress.core.languages import LANGUAGE_CODES, Spoken, writings_of

QUERY_LIMIT = 200
# More values of one facet than this stand in one parameter, with commas between them: each link of a page carries all.
REPEATED = 8
# Ids and names of meetings can be made up without end; every other facet has no more values than there are.
ID_LIMIT = 60


class Sort(StrEnum):
    """How the directory can be ordered."""

    NAME = "name"
    NEWEST = "newest"


class View(StrEnum):
    """How the directory can be looked at."""

    LIST = "list"
    CARDS = "cards"


class Freshness(TextChoices):
    """Within how many months somebody has said that their profile is right."""

    QUARTER = "3", _("in the last 3 months")
    YEAR = "12", _("in the last 12 months")


@dataclass(frozen=True)
class Filters:
    """What a reader asks for. Values of one facet are alternatives; facets narrow each other."""

    q: str = ""
    sector: tuple[str, ...] = ()
    region: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    expertise: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    level: tuple[str, ...] = ()
    group: tuple[str, ...] = ()
    meeting: tuple[str, ...] = ()
    confirmed: tuple[str, ...] = ()
    organisation: tuple[str, ...] = ()
    sort: Sort = Sort.NAME
    view: View = View.LIST

    def parameters(self, **changed: str | tuple[str, ...]) -> dict[str, str | tuple[str, ...]]:
        """Return how an address says this, some of it changed; what says nothing is left out."""
        values: dict[str, Any] = {**vars(self), **changed}
        for name, usual in (("sort", Sort.NAME), ("view", View.LIST)):
            if values[name] == usual:
                del values[name]
        return {name: _shortened(value) for name, value in values.items() if value}

    def choosing(self, facet: str, values: tuple[str, ...]) -> "Filters":
        """Return the same with other values of one facet."""
        changed: dict[str, Any] = {facet: values}
        return replace(self, **changed)

    @property
    def of_fields(self) -> dict[str, tuple[str, ...]]:
        """Return what is asked of the fields that members open to whom they want."""
        return {"expertise": self.expertise, "topics": self.topic, "languages": self._spoken}

    @property
    def _spoken(self) -> tuple[str, ...]:
        """One of the languages at one of the levels; a level alone is meant of any language."""
        if not self.language and not self.level:
            return ()
        written = chain.from_iterable(map(writings_of, self.language or sorted(LANGUAGE_CODES)))
        return tuple(text for text in written if not self.level or Spoken.read(text).level in self.level)


def _shortened(value: str | tuple[str, ...]) -> str | tuple[str, ...]:
    return ",".join(sorted(value)) if isinstance(value, tuple) and len(value) > REPEATED else value
