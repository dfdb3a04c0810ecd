"""How does a member keep a search of the list, call it otherwise, and let it go?"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from congress.core import journal, searches
from congress.core.errors import permit
from members.models import Member
from notices.models import SavedSearch
from notices.policies import can_keep_searches
from notices.queries.filters import Filters
from notices.queries.searches import query_of

_OWN = "it is the member's own view of the list"
SAVED = journal.event("notices.search.saved", _("A search was saved."), silent=_OWN)
RENAMED = journal.event("notices.search.renamed", _("A saved search was renamed."), silent=_OWN)
DELETED = journal.event("notices.search.deleted", _("A saved search was deleted."), silent=_OWN)


@transaction.atomic
def save_search(filters: Filters, *, name: str, by: Member, at: datetime) -> SavedSearch:
    """Keep a search under a name.

    Raises: NotPermittedError, NameTakenError, TooManySearchesError, SearchTooLongError.
    """
    permit(can_keep_searches(by))
    kept = searches.keep(SavedSearch, by.pk, name=name, query=query_of(filters), at=at)
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
