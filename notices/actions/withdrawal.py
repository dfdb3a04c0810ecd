"""How is a notice taken back from its readers?"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from congress.core import journal
from members.models import Member
from notices.actions.locking import locked_for
from notices.actions.moving import move
from notices.models import Notice, NoticeState

WITHDRAWN = journal.event(
    "notices.notice.withdrawn", _("It was withdrawn."), silent="every surface shows the stub from then on"
)


@transaction.atomic
def withdraw(notice: Notice, *, reason: str, by: Member, at: datetime) -> Notice:
    """Take a notice back: from now on its readers see number, label and reason only.

    Raises: NotPermittedError, IllegalTransitionError.
    """
    notice = locked_for("withdraw", notice, by)
    move(notice, NoticeState.WITHDRAWN, at, withdrawn_at=at, withdrawal_reason=reason)
    journal.record(WITHDRAWN, target=notice, by=by, at=at)
    return notice
