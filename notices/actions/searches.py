"""How does a member keep a search of the list, call it otherwise, and let it go?"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from congress.core import journal
from congress.core.errors import DomainError, permit
from members.models import Member
from notices.models import SavedSearch
from notices.policies import can_keep_searches
from notices.queries.filters import Filters
from notices.queries.searches import query_of

_OWN = "it is the member's own view of the list"
SAVED = journal.event("notices.search.saved", _("A search was saved."), silent=_OWN)
RENAMED = journal.event("notices.search.renamed", _("A saved search was renamed."), silent=_OWN)
DELETED = journal.event("notices.search.deleted", _("A saved search was deleted."), silent=_OWN)

MOST = 30
LONGEST = 2000


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


@transaction.atomic
def save_search(filters: Filters, *, name: str, by: Member, at: datetime) -> SavedSearch:
    """Keep a search under a name.

    Raises: NotPermittedError, NameTakenError, TooManySearchesError, SearchTooLongError.
    """
    permit(can_keep_searches(by))
    query = query_of(filters)
    if len(query) > LONGEST:
        raise SearchTooLongError
    own = _own(by)
    if name in own:
        raise NameTakenError
    if len(own) >= MOST:
        raise TooManySearchesError
    kept, is_new = SavedSearch.objects.get_or_create(member=by, name=name, defaults={"query": query, "saved_at": at})
    if not is_new:  # saved in another window a moment ago
        raise NameTakenError
    journal.record(SAVED, target=None, by=by, at=at)
    return kept


@transaction.atomic
def rename_search(old: str, *, name: str, by: Member, at: datetime) -> SavedSearch:
    """Call a saved search otherwise. Raises: NotPermittedError, UnknownSearchError, NameTakenError."""
    permit(can_keep_searches(by))
    own = _own(by)
    if old not in own:
        raise UnknownSearchError
    if name != old and name in own:
        raise NameTakenError
    own[old].name = name
    own[old].save(update_fields=["name"])
    journal.record(RENAMED, target=None, by=by, at=at)
    return own[old]


@transaction.atomic
def delete_search(name: str, *, by: Member, at: datetime) -> None:
    """Let a saved search go. Raises: NotPermittedError, UnknownSearchError."""
    permit(can_keep_searches(by))
    own = _own(by)
    if name not in own:
        raise UnknownSearchError
    own[name].delete()
    journal.record(DELETED, target=None, by=by, at=at)


def _own(member: Member) -> dict[str, SavedSearch]:
    # Locked, so that two windows of one member do not both have the last word.
    return {search.name: search for search in SavedSearch.objects.select_for_update().filter(member=member)}
