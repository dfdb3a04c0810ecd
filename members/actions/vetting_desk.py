"""Who looks after a case? An officer takes it, gives it back or hands it over; looking after it is not deciding."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from congress.core import journal
from congress.core.errors import DomainError, permit
from members.models import Application, Member
from members.policies import can_hand_over, can_see_vetting_desk, can_work, workable_by

ASSIGNED = journal.event(
    "members.application.assigned",
    _("A case was taken by an officer, handed over, or given back."),
    silent="the desk shows whose it is",
)
CALL_WANTED = journal.event(
    "members.application.call_wanted",
    _("An officer asked for a call-back on a second channel."),
    silent="the desk shows it until a call is recorded",
)

CONFLICT = _(
    "You can’t look after this application: it comes from your organisation, or you are asked to vouch for it."
)
NOT_YOURS = _("Only the officer who has this case, or a vetting lead, gives it on or back.")


class NotUnderWayError(DomainError):
    """The case was closed in the meantime."""

    code = "not_under_way"
    message = _("This application has been closed in the meantime. Nothing was changed.")


class TakenError(DomainError):
    """A colleague was quicker."""

    code = "taken"
    message = _("A colleague has taken this case in the meantime. Nothing was changed.")


class NotAssignableError(DomainError):
    """The officer chosen may not look after the case."""

    code = "not_assignable"
    message = _("This officer can’t look after the case: it comes from their own organisation, or they left the desk.")
    field = "officer"


@transaction.atomic
def take(application: Application, *, by: Member, at: datetime) -> Application:
    """Look after a case that nobody has. Raises: NotPermittedError, NotUnderWayError, TakenError."""
    locked = lock_under_way(application, by)
    if locked.assigned_to_id not in {None, by.pk}:
        raise TakenError
    return _assign(locked, by, by=by, at=at)


@transaction.atomic
def give_back(application: Application, *, by: Member, at: datetime) -> Application:
    """Leave a case to whoever takes it. Raises: NotPermittedError, NotUnderWayError."""
    locked = _lock_to_give(application, by)
    return _assign(locked, None, by=by, at=at)


@transaction.atomic
def hand_over(application: Application, *, by: Member, at: datetime, to: Member) -> Application:
    """Give a case to another officer. Raises: NotPermittedError, NotUnderWayError, NotAssignableError."""
    locked = _lock_to_give(application, by)
    if not (can_see_vetting_desk(to) and can_work(to, locked)):
        raise NotAssignableError
    return _assign(locked, to, by=by, at=at)


@transaction.atomic
def take_all(cases: Collection[Application], *, by: Member, at: datetime) -> int:
    """Take those of these cases that nobody has; returns how many. Raises: NotPermittedError if one is a conflict."""
    free = [case for case in _workable(cases, by) if case.assigned_to_id is None]
    for case in free:
        _assign(case, by, by=by, at=at)
    return len(free)


@transaction.atomic
def want_calls(cases: Collection[Application], *, by: Member, at: datetime) -> int:
    """Ask for a call-back in these cases, once in each; returns how many. Raises: NotPermittedError."""
    silent = [case for case in _workable(cases, by) if case.call_wanted_at is None]
    for case in silent:
        case.call_wanted_at = at
        case.save(update_fields=["call_wanted_at"])
        journal.record(CALL_WANTED, target=case, by=by, at=at)
    return len(silent)


def lock_to_work(application: Application, by: Member) -> Application:
    """Lock a case, in whichever state, for an officer who may look after it. Raises: NotPermittedError."""
    locked = Application.objects.select_for_update().get(pk=application.pk)
    permit(can_work(by, locked), CONFLICT)
    return locked


def lock_under_way(application: Application, by: Member) -> Application:
    """Lock a case that is worked on, for such an officer. Raises: NotPermittedError, NotUnderWayError."""
    locked = lock_to_work(application, by)
    _require_under_way(locked)
    return locked


def _workable(cases: Collection[Application], by: Member) -> list[Application]:
    """Lock these cases, in one order whoever asks; those that were closed in the meantime are left out."""
    ids = {case.pk for case in cases}
    locked = list(workable_by(by).filter(pk__in=ids).order_by("pk").select_for_update(of=("self",)))
    permit(len(locked) == len(ids), CONFLICT)
    return [case for case in locked if case.allows("work")]


def _lock_to_give(application: Application, by: Member) -> Application:
    locked = Application.objects.select_for_update().get(pk=application.pk)
    permit(can_hand_over(by, locked), NOT_YOURS)
    _require_under_way(locked)
    return locked


def _require_under_way(application: Application) -> None:
    if not application.allows("work"):
        raise NotUnderWayError


def _assign(application: Application, to: Member | None, *, by: Member, at: datetime) -> Application:
    application.assigned_to, application.assigned_at = to, at if to else None
    application.save(update_fields=["assigned_to", "assigned_at"])
    journal.record(ASSIGNED, target=application, by=by, at=at, to=to.pk if to else None)
    return application
