"""What becomes of the bytes of photographs that nobody has any more?"""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from congress.core.files import store
from members.actions.photographs import SHELF
from members.queries.photographs import stored_photographs

# Between the storing of a file and the commit of its row lie seconds; after an hour nothing will come.
ORPHANED_AFTER = timedelta(hours=1)


@shared_task
def sweep_photographs() -> int:
    """Delete what no profile holds: photographs replaced, removed, or of members who were erased."""
    return store.sweep(SHELF, stored_photographs(), older_than=timezone.now() - ORPHANED_AFTER)
