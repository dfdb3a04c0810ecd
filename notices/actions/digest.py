"""How does a digest begin? Somebody claims its period, once, and the journal keeps its window."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from congress.core import journal, periods
from congress.core.models import Entry

DIGEST_OPENED = journal.event("notices.digest.opened", _("A digest was opened."))

FIRST_WINDOW = timedelta(days=7)


@transaction.atomic
def open_digest(period: str, *, until: datetime, at: datetime) -> Entry | None:
    """Open the digest of a period, from where the last one ended; None if somebody else has opened it already.

    No person does this: beat does, or somebody at the command line for all.
    """
    if not periods.claim("notices.digest", period, at=at):
        return None
    window = {"since": _last_end(until).isoformat(), "until": until.isoformat()}
    return journal.record(DIGEST_OPENED, target=None, by=None, at=at, **window)


def _last_end(until: datetime) -> datetime:
    last = Entry.objects.filter(event=DIGEST_OPENED).order_by("-pk").first()
    return datetime.fromisoformat(last.data["until"]) if last else until - FIRST_WINDOW
