"""What does the night do at the vetting desk: remind, close, accept, announce, escalate?

Each step finds its work in the rows, so that a night that failed or was missed is made up for by the next one. A case
that was reminded is closed fourteen days later at the earliest, so nobody hears two things on one day.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from congress.core import journal, periods
from members.actions.admission import accept
from members.actions.questions import to_officers
from members.actions.stages import enter
from members.models import ANSWER_DAYS, REMIND_DAYS, WORKING_DAYS, Application, ApplicationState, Question

REMINDED = journal.event("members.application.reminded", _("An applicant was reminded of a question."))
UNANSWERED = journal.event(
    "members.application.unanswered",
    _("A question to somebody who was let in stayed unanswered; the officers go on."),
    silent="the desk shows it, with its clock",
)
CLOSED = journal.event("members.application.closed", _("A case was closed, because a question stayed unanswered."))
ANNOUNCED = journal.event(
    "members.vetting.announced", _("Those who may object were told of provisional members of this night.")
)
ESCALATED = journal.event("members.vetting.escalated", _("The vetting leads were told which cases are overdue."))


def open_night(today: date, *, at: datetime) -> bool:
    """Claim the night of a day; False if somebody has it already."""
    return periods.claim("members.vetting", today.isoformat(), at=at)


def sweep(*, at: datetime) -> dict[str, int]:
    """Do a night's work: close, remind, accept, announce, escalate; returns how many cases each."""
    return {
        "closed": _each(_unanswered(at), _close, at),
        "reminded": _each(_unreminded(at), _remind, at),
        "accepted": _each(_unopposed(at), lambda pk, then: accept(Application(pk=pk), at=then), at),
        "announced": _announce(at),
        "escalated": _escalate(at),
    }


def _each(ids: Iterable[int], step: Callable[[int, datetime], bool], at: datetime) -> int:
    return sum(step(pk, at) for pk in list(ids))


def _unanswered(at: datetime) -> Iterable[int]:
    told = Question.objects.open().filter(reminded_at__lte=at - timedelta(days=ANSWER_DAYS - REMIND_DAYS))
    return told.order_by("pk").values_list("application", flat=True)


def _unreminded(at: datetime) -> Iterable[int]:
    waiting = Question.objects.open().filter(reminded_at__isnull=True, asked_at__lte=at - timedelta(days=REMIND_DAYS))
    return waiting.order_by("pk").values_list("application", flat=True)


def _unopposed(at: datetime) -> Iterable[int]:
    over = Application.objects.filter(state=ApplicationState.WINDOW, due_on__lt=at.date())
    return over.order_by("pk").values_list("pk", flat=True)


@transaction.atomic
def _close(application_id: int, at: datetime) -> bool:
    locked = Application.objects.select_for_update().get(pk=application_id)
    question = Question.objects.open().filter(application=locked).first()
    if question is None or not locked.allows("answer"):
        return False
    question.given_up_at = at
    question.save(update_fields=["given_up_at"])
    _end_waiting(locked, at)
    return True


def _end_waiting(application: Application, at: datetime) -> None:
    """Close a case, but not that of somebody who was let in: who says nothing must not stay undecided."""
    if application.is_of_member:
        to_officers(application, at)
        journal.record(UNANSWERED, target=application, by=None, at=at)
    else:
        enter(application, ApplicationState.CLOSED, at=at)
        journal.record(CLOSED, target=application, by=None, at=at)


@transaction.atomic
def _remind(application_id: int, at: datetime) -> bool:
    locked = Application.objects.select_for_update().get(pk=application_id)
    question = Question.objects.open().filter(application=locked, reminded_at__isnull=True).first()
    if question is None or not locked.allows("answer"):
        return False
    question.reminded_at = at
    question.save(update_fields=["reminded_at"])
    locked.due_on = at.date() + timedelta(days=ANSWER_DAYS - REMIND_DAYS)
    locked.save(update_fields=["due_on"])
    journal.record(REMINDED, target=locked, by=None, at=at)
    return True


@transaction.atomic
def _announce(at: datetime) -> int:
    """Tell once of each objection window, while there is time; all of a night together."""
    new = Application.objects.filter(state=ApplicationState.WINDOW, due_on__gte=at.date(), announced_at__isnull=True)
    ids = list(new.order_by("pk").select_for_update().values_list("pk", flat=True))
    if ids:
        Application.objects.filter(pk__in=ids).update(announced_at=at)
        journal.record(ANNOUNCED, target=None, by=None, at=at, applications=ids)
    return len(ids)


@transaction.atomic
def _escalate(at: datetime) -> int:
    """Tell the leads once of each stage that takes too long; all of a night in one letter."""
    late = Application.objects.filter(state__in=WORKING_DAYS, due_on__lt=at.date(), escalated_at__isnull=True)
    ids = list(late.order_by("pk").select_for_update().values_list("pk", flat=True))
    if ids:
        Application.objects.filter(pk__in=ids).update(escalated_at=at)
        journal.record(ESCALATED, target=None, by=None, at=at, applications=ids)
    return len(ids)
