"""How are those who answer for a notice reminded that somebody has to look at it again?"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from congress.core import journal, periods
from congress.core.models import Entry
from notices.models import Notice
from notices.queries import reminder_step

REVIEW_NEAR = journal.event("notices.notice.review_near", _("Its day of review is near; a reminder was sent."))


@transaction.atomic
def remind(notice: int, *, at: datetime) -> Entry | None:
    """Begin the reminder of a day of review that is due, once for each step; None if there is none to begin.

    No person does this: beat does.
    """
    row = Notice.objects.get(pk=notice)
    step = reminder_step(row, at.date())
    if step is None or row.review_on is None:
        return None
    name = f"{row.pk} {row.review_on.isoformat()} {step}"
    if not periods.claim("notices.reminder", name, at=at):
        return None
    return journal.record(REVIEW_NEAR, target=row, by=None, at=at, review_on=row.review_on.isoformat(), days=step)
