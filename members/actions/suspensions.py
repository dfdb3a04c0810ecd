"""How is a member shut out for a time, and how do they come in again?"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from congress.core import journal
from congress.core.errors import DomainError, permit
from congress.core.roles import Standing
from members.actions.shutting_out import shut_out
from members.models import Member, Suspension
from members.policies import BELONGING, can_suspend

LONGEST = timedelta(days=365)

SUSPENDED = journal.event("members.member.suspended", _("A member was suspended."))
REINSTATED = journal.event("members.member.reinstated", _("A suspension was lifted, or its end came."))

NOT_IN_REACH = _("You can’t suspend yourself, and nobody who answers for you.")


class NotSuspendableError(DomainError):
    """The person is shut out already."""

    code = "not_suspendable"
    message = _("This person is suspended already, or is no member. Nothing was changed.")


class NotSuspendedError(DomainError):
    """The suspension was lifted in the meantime, or the person has left."""

    code = "not_suspended"
    message = _("This person is not suspended any more. Nothing was changed.")


@transaction.atomic
def suspend(member: Member, *, by: Member, at: datetime, reason: str, ends_at: datetime) -> Suspension:
    """Shut a member out until an instant; whatever was given out to them is dead from the commit on.

    Raises: NotPermittedError, NotSuspendableError.
    """
    locked = Member.objects.select_for_update().get(pk=member.pk)
    permit(can_suspend(by, locked, at), NOT_IN_REACH)
    if locked.standing not in BELONGING or locked.standing == Standing.SUSPENDED:
        raise NotSuspendableError
    made = Suspension.objects.create(
        member=locked, standing_before=locked.standing, reason=reason, begun_at=at, begun_by=by, ends_at=ends_at
    )
    shut_out(locked, Standing.SUSPENDED, at=at)
    journal.record(SUSPENDED, target=locked, by=by, at=at, suspension=made.pk)
    return made


@transaction.atomic
def reinstate(member: Member, *, by: Member, at: datetime) -> Member:
    """Lift a suspension before its end; the member is what they were, and signs in anew.

    Raises: NotPermittedError, NotSuspendedError.
    """
    locked = Member.objects.select_for_update().get(pk=member.pk)
    permit(can_suspend(by, locked, at), NOT_IN_REACH)
    suspension = Suspension.objects.open().filter(member=locked).first()
    if suspension is None or locked.standing != Standing.SUSPENDED:
        raise NotSuspendedError
    return _lift(suspension, locked, by=by, at=at)


def lift_ended(*, at: datetime) -> int:
    """Lift the suspensions whose end has come, each in a transaction of its own; returns how many. No person does."""
    ended = Suspension.objects.over(at).order_by("pk").values_list("member", flat=True)
    return sum(_lift_over(pk, at) for pk in list(ended))


@transaction.atomic
def _lift_over(member_id: int, at: datetime) -> bool:
    locked = Member.objects.select_for_update().get(pk=member_id)
    suspension = Suspension.objects.over(at).filter(member=locked).first()
    if suspension is None or locked.standing != Standing.SUSPENDED:
        return False
    _lift(suspension, locked, by=None, at=at)
    return True


def _lift(suspension: Suspension, member: Member, *, by: Member | None, at: datetime) -> Member:
    suspension.lifted_at, suspension.lifted_by = at, by
    suspension.save(update_fields=["lifted_at", "lifted_by"])
    member.standing = suspension.standing_before
    member.save(update_fields=["standing"])
    journal.record(REINSTATED, target=member, by=by, at=at, suspension=suspension.pk)
    return member
