"""How is a member let read on who has reached a budget?"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from congress.core import journal
from congress.core.errors import DomainError, permit
from congress.core.models import ReadingLift
from members.models import Member
from members.policies import can_lift_budgets

LASTS = timedelta(days=1)

LIFTED = journal.event("members.reading.lifted", _("An officer lifted a member’s reading budgets for a day."))

NEVER_ONESELF = _("An organiser or an auditor lets others read on, never themselves.")


class LiftedAlreadyError(DomainError):
    """A colleague was faster."""

    code = "lifted_already"
    message = _("The limits of this member are lifted already. Nothing was changed.")


@transaction.atomic
def lift_budgets(member: Member, *, by: Member, at: datetime, reason: str) -> ReadingLift:
    """Let a member read without budgets for a day. Raises: NotPermittedError, LiftedAlreadyError."""
    permit(can_lift_budgets(by, member), NEVER_ONESELF)
    locked = Member.objects.select_for_update().get(pk=member.pk)
    if ReadingLift.objects.in_force(at).filter(member=locked).exists():
        raise LiftedAlreadyError
    made = ReadingLift.objects.create(member=locked, reason=reason, by=by, at=at, ends_at=at + LASTS)
    journal.record(LIFTED, target=locked, by=by, at=at, lift=made.pk)
    return made
