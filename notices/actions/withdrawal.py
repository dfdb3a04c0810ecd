"""How is a notice taken back from its readers, for a time or for good?"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from congress.core import journal
from members.models import Member
from notices.actions.gating import check_text
from notices.actions.locking import locked_for
from notices.actions.moving import move
from notices.models import Notice, NoticeState

WITHDRAWN = journal.event(
    "notices.notice.withdrawn", _("It was withdrawn."), silent="every surface shows the stub from then on"
)
SUSPENDED = journal.event(
    "notices.notice.suspended", _("It was suspended."), silent="every surface shows the stub from then on"
)
REINSTATED = journal.event(
    "notices.notice.reinstated", _("It was put in force again."), silent="its readers were told when it was published"
)


@transaction.atomic
def suspend(notice: Notice, *, reason: str, by: Member, at: datetime) -> Notice:
    """Take a notice back until a doubt is settled: its readers see number, label and reason only.

    Raises: NotPermittedError, IllegalTransitionError, RecipeInRemarkError.
    """
    notice = locked_for("suspend", notice, by)
    check_text(reason, field="reason")
    move(notice, NoticeState.SUSPENDED, at, suspended_at=at, suspension_reason=reason)
    journal.record(SUSPENDED, target=notice, by=by, at=at)
    return notice


@transaction.atomic
def reinstate(notice: Notice, *, by: Member, at: datetime) -> Notice:
    """Give a suspended notice back to its readers. Raises: NotPermittedError, IllegalTransitionError."""
    notice = locked_for("reinstate", notice, by)
    move(notice, NoticeState.PUBLISHED, at, suspended_at=None, suspension_reason="")
    journal.record(REINSTATED, target=notice, by=by, at=at)
    return notice


@transaction.atomic
def withdraw(notice: Notice, *, reason: str, by: Member, at: datetime) -> Notice:
    """Take a notice back: from now on its readers see number, label and reason only.

    Raises: NotPermittedError, IllegalTransitionError, RecipeInRemarkError.
    """
    notice = locked_for("withdraw", notice, by)
    check_text(reason, field="reason")
    doubt_settled = {"suspended_at": None, "suspension_reason": ""}
    move(notice, NoticeState.WITHDRAWN, at, withdrawn_at=at, withdrawal_reason=reason, **doubt_settled)
    journal.record(WITHDRAWN, target=notice, by=by, at=at)
    return notice
