"""How does a notice stay in force? Somebody looks at it again, and says until when."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from congress.core import journal
from members.models import Member
from notices.actions.drafting import check_review_date
from notices.actions.locking import locked_for
from notices.models import Notice

CONFIRMED = journal.event(
    "notices.notice.confirmed", _("It was confirmed that it still holds."), silent="its readers read the same as before"
)


@transaction.atomic
def confirm(notice: Notice, *, review_on: date, by: Member, at: datetime) -> Notice:
    """Say that a notice in force still holds, until the next day of review.

    Raises: NotPermittedError, IllegalTransitionError, ReviewDateError.
    """
    notice = locked_for("confirm", notice, by)
    check_review_date(review_on, at.date())
    notice.review_on = review_on
    notice.save(update_fields=["review_on"])
    journal.record(CONFIRMED, target=notice, by=by, at=at, review_on=review_on.isoformat())
    return notice
