"""How does a member keep a search of the directory, call it otherwise, look at it, and let it go?"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from congress.core import journal, searches
from congress.core.errors import permit
from members.models import Member, SavedSearch
from members.policies import can_keep_searches, own_searches
from members.queries.directory import joined_since
from members.queries.filters import Filters
from members.queries.searches import query_of

_OWN = "it is the member's own view of the directory"
SAVED = journal.event("members.search.saved", _("A search of the directory was saved."), silent=_OWN)
RENAMED = journal.event("members.search.renamed", _("A saved search of the directory was renamed."), silent=_OWN)
DELETED = journal.event("members.search.deleted", _("A saved search of the directory was deleted."), silent=_OWN)


@transaction.atomic
def save_search(filters: Filters, *, name: str, by: Member, at: datetime) -> SavedSearch:
    """Keep a search under a name; nobody in it is new.

    Raises: NotPermittedError, NameTakenError, TooManySearchesError, SearchTooLongError.
    """
    permit(can_keep_searches(by))
    seen = {"looked_on": at.date(), "seen_count": joined_since(by, filters, at.date())}
    kept = searches.keep(SavedSearch, by.pk, name=name, query=query_of(filters), at=at, **seen)
    journal.record(SAVED, target=None, by=by, at=at)
    return kept


@transaction.atomic
def rename_search(old: str, *, name: str, by: Member, at: datetime) -> SavedSearch:
    """Call a saved search otherwise. Raises: NotPermittedError, UnknownSearchError, NameTakenError."""
    permit(can_keep_searches(by))
    kept = searches.rename(SavedSearch, by.pk, old, name)
    journal.record(RENAMED, target=None, by=by, at=at)
    return kept


@transaction.atomic
def delete_search(name: str, *, by: Member, at: datetime) -> None:
    """Let a saved search go. Raises: NotPermittedError, UnknownSearchError."""
    permit(can_keep_searches(by))
    searches.forget(SavedSearch, by.pk, name)
    journal.record(DELETED, target=None, by=by, at=at)


@transaction.atomic
def look_at_search(filters: Filters, *, by: Member, at: datetime) -> None:
    """Take note that a member looks at what they keep as a search. The journal does not hold who looks for whom.

    Raises: NotPermittedError.
    """
    permit(can_keep_searches(by))
    seen_count = joined_since(by, filters, at.date())
    own_searches(by).filter(query=query_of(filters)).update(looked_on=at.date(), seen_count=seen_count)
