"""How is a case opened again: by an upheld objection, by an appeal, by a sponsor who takes back their word?

What was said and decided before stays with its round; the new one begins without an owner, checks and decisions.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from congress.core import journal
from congress.core.errors import DomainError, permit
from members.actions.stages import enter
from members.models import UNDER_WAY, UNSENT, Application, ApplicationState, Member, Objection, Origin, Reopening
from members.policies import can_appeal, can_decide, can_object

REOPENED = journal.event(
    "members.application.reopened", _("A case was opened again."), silent="the desk shows it, with its clock"
)
OBJECTED = journal.event(
    "members.application.objected",
    _("A member objected to a provisional member, in confidence."),
    silent="the desk shows it; nobody else is to know",
)
DISMISSED = journal.event(
    "members.application.objection_dismissed",
    _("An officer dismissed an objection."),
    silent="the desk shows it; nobody else is to know",
)


class NotInWindowError(DomainError):
    """The objection window closed in the meantime, or the case was opened again."""

    code = "not_in_window"
    message = _("The objection window is over, or the case was opened again. Nothing was recorded.")


class ObjectedBeforeError(DomainError):
    """One member, one objection."""

    code = "objected_before"
    message = _("You have objected already. Officers look at it.")


class SettledError(DomainError):
    """A colleague settled the objection."""

    code = "settled"
    message = _("This objection was settled in the meantime. Nothing was changed.")


class NoAppealError(DomainError):
    """Too late, a second time, or a new application is under way."""

    code = "no_appeal"
    message = _(
        "You can appeal once, within thirty days of the decision, and not while a new application is under way."
    )
    field = "text"


@transaction.atomic
def object_to(application: Application, *, by: Member, at: datetime, text: str) -> Objection:
    """Object in confidence. Raises: NotPermittedError, NotInWindowError, ObjectedBeforeError."""
    locked = Application.objects.select_for_update().get(pk=application.pk)
    # The policy knows newcomers only: who was one when the page was opened has to hear that the window is over instead.
    if not locked.allows("object"):
        raise NotInWindowError
    permit(can_object(by, locked))
    if locked.objections.filter(round=locked.round, member=by).exists():
        raise ObjectedBeforeError
    made = Objection.objects.create(application=locked, round=locked.round, member=by, text=text, raised_at=at)
    journal.record(OBJECTED, target=locked, by=by, at=at)
    return made


@transaction.atomic
def dismiss(objection: Objection, *, by: Member, at: datetime, reason: str) -> Objection:
    """Find an objection without weight. Raises: NotPermittedError, SettledError."""
    locked = _settled(objection, by, at, reason, is_upheld=False)
    journal.record(DISMISSED, target=locked.application, by=by, at=at)
    return locked


@transaction.atomic
def uphold(objection: Objection, *, by: Member, at: datetime, reason: str) -> Objection:
    """Find an objection right, which opens the case again. Raises: NotPermittedError, SettledError."""
    locked = _settled(objection, by, at, reason, is_upheld=True)
    _reopen(locked.application, Origin.OBJECTION, at=at, by=by, text=reason)
    return locked


@transaction.atomic
def appeal(application: Application, *, at: datetime, text: str) -> Application:
    """Ask for another look by other people; whoever holds the private link acts. Raises: NoAppealError."""
    locked = Application.objects.select_for_update().get(pk=application.pk)
    others = Application.objects.exclude(pk=locked.pk).filter(email__iexact=locked.email)
    if not can_appeal(locked, at) or others.filter(state__in=[*UNSENT, *UNDER_WAY]).exists():
        raise NoAppealError
    _reopen(locked, Origin.APPEAL, at=at, by=None, text=text)
    return locked


@transaction.atomic
def lose_sponsor(application: Application, *, at: datetime) -> bool:
    """Begin a new round where somebody decided on a word that was taken back; returns whether it did. No officer does.

    A case that waits for its applicant goes on waiting: the question stands, and after the answer nobody has decided.
    """
    locked = Application.objects.select_for_update().get(pk=application.pk)
    is_asked = locked.allows("answer") and locked.decisions.filter(round=locked.round).exists()
    if _is_past(locked) or not (is_asked or locked.allows("reopen")):
        return False
    begin = _begin_round if is_asked else _reopen
    begin(locked, Origin.SPONSOR, at=at, by=None, text="")
    return True


def _is_past(application: Application) -> bool:
    """Whoever left is not let in again without asking, and who came again did so on another word."""
    if application.closed_at is None or application.member_id is None:
        return False
    later = Application.objects.filter(member=application.member_id, pk__gt=application.pk)
    return not application.is_of_member or later.exists()


def _settled(objection: Objection, by: Member, at: datetime, reason: str, *, is_upheld: bool) -> Objection:
    """Lock the case, then ask everything of it: who decided in this round does not judge an objection to it."""
    application = Application.objects.select_for_update().get(pk=objection.application_id)
    permit(can_decide(by, application))
    locked = Objection.objects.get(pk=objection.pk)
    if locked.settled_at is not None or not application.allows("object"):
        raise SettledError
    locked.application = application
    locked.is_upheld, locked.settlement = is_upheld, reason
    locked.settled_by, locked.settled_at = by, at
    locked.save(update_fields=["is_upheld", "settlement", "settled_by", "settled_at"])
    return locked


def _reopen(application: Application, origin: Origin, *, at: datetime, by: Member | None, text: str) -> None:
    _begin_round(application, origin, at=at, by=by, text=text)
    enter(application, ApplicationState.OPEN, at=at)


def _begin_round(application: Application, origin: Origin, *, at: datetime, by: Member | None, text: str) -> None:
    application.round += 1
    application.assigned_to = application.assigned_at = application.call_wanted_at = None
    application.save(update_fields=["round", "assigned_to", "assigned_at", "call_wanted_at"])
    Reopening.objects.create(
        application=application, round=application.round, origin=origin, text=text, officer=by, reopened_at=at
    )
    journal.record(REOPENED, target=application, by=by, at=at, origin=origin)
