"""Which searches of a list does a member keep? What holds for them, whatever the list is of.

A package has a table of its own for its list, and asks its policy before it calls one of these.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.conf import settings
from django.db import models
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from congress.core.errors import DomainError

MOST = 30
LONGEST = 2000


class KeptSearch(models.Model):
    """A search of a list that a member keeps under a name."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False)
    name = models.CharField(_("name"), max_length=80)
    # As it stands in the address, without the page.
    query = models.CharField(max_length=LONGEST, blank=True)
    saved_at = models.DateTimeField()

    class Meta:
        abstract = True
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


S = TypeVar("S", bound=KeptSearch)


@dataclass(frozen=True)
class Shortcut:
    """A saved search as its list leads to it, and whether it is what the list shows now."""

    name: str
    query: str
    is_current: bool


class NameTakenError(DomainError):
    """The member keeps another search under this name."""

    code = "name_taken"
    message = _("You have a saved search of this name. Choose another name.")
    status = 422
    field = "name"


class TooManySearchesError(DomainError):
    """A list of shortcuts that is longer than the page is none."""

    code = "too_many_searches"
    message = _("You keep 30 searches, and that is the most. Delete one that you no longer use, then save this one.")
    status = 422
    field = "name"


class SearchTooLongError(DomainError):
    """So many filters don't fit into an address that one could pass on."""

    code = "search_too_long"
    message = _("This search has more filters than can be saved. Take some of them out.")
    status = 422
    field = "name"


class UnknownSearchError(DomainError):
    """It was deleted or renamed in another window."""

    code = "unknown_search"
    message = _("You have no saved search of this name. It may have been renamed or deleted in another window.")
    status = 404


def query_of(asked: Mapping[str, Collection[str]]) -> str:
    """Return what is asked of a list as it stands in an address: the same in whatever order values were chosen.

    A text stands as it was typed; what asks for nothing is left out.
    """
    said = {name: values if isinstance(values, str) else sorted(values) for name, values in asked.items() if values}
    return urlencode(said, doseq=True)


def shortcuts(own: models.QuerySet[S], *, now: str) -> list[Shortcut]:
    """Return the searches that a member keeps, by name, of which one may be the query shown now; one query."""
    return [Shortcut(name, query, query == now) for name, query in own.order_by("name").values_list("name", "query")]


def keep(model: type[S], member_id: int, *, name: str, query: str, at: datetime, **more: Any) -> S:
    """Keep a search under a name, inside a transaction; `more` is what the list's own table holds besides.

    Raises: NameTakenError, TooManySearchesError, SearchTooLongError.
    """
    if len(query) > LONGEST:
        raise SearchTooLongError
    own = _own(model, member_id)
    if name in own:
        raise NameTakenError
    if len(own) >= MOST:
        raise TooManySearchesError
    said = {"query": query, "saved_at": at, **more}
    kept, is_new = model._default_manager.get_or_create(member_id=member_id, name=name, defaults=said)
    if not is_new:  # saved in another window a moment ago
        raise NameTakenError
    return kept


def rename(model: type[S], member_id: int, old: str, name: str) -> S:
    """Call a search otherwise, inside a transaction. Raises: UnknownSearchError, NameTakenError."""
    own = _own(model, member_id)
    if old not in own:
        raise UnknownSearchError
    if name != old and name in own:
        raise NameTakenError
    own[old].name = name
    own[old].save(update_fields=["name"])
    return own[old]


def forget(model: type[S], member_id: int, name: str) -> None:
    """Let a search go, inside a transaction. Raises: UnknownSearchError."""
    own = _own(model, member_id)
    if name not in own:
        raise UnknownSearchError
    own[name].delete()


def _own(model: type[S], member_id: int) -> dict[str, S]:
    # Locked, so that two windows of one member do not both have the last word.
    mine = model._default_manager.select_for_update().filter(member=member_id)
    return {search.name: search for search in mine}
