"""What do officers write down about a case before anybody decides: checks, calls, notes?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from congress.core import journal
from congress.core.errors import DomainError, permit
from members.actions.vetting_desk import lock_under_way
from members.models import CHECKLIST, Application, Callback, Check, CheckItem, Member, Note
from members.policies import can_check, can_note

CHECKED = journal.event(
    "members.application.checked", _("An officer answered the checklist of a case."), silent="the desk shows it"
)
CALLED = journal.event(
    "members.application.called", _("An officer recorded a call-back on a second channel."), silent="the desk shows it"
)
NOTED = journal.event("members.application.noted", _("An officer wrote a note on a case."), silent="the desk shows it")


OWN_WORD = _(
    "This checklist is the second officer’s own word: you have decided on this case, or you can’t decide on it."
)


class UncheckedError(DomainError):
    """An item of the checklist has no answer in this round."""

    code = "unchecked"
    message = _(
        "Answer every item of the checklist first, as the second officer each yourself. Your decision was not recorded."
    )


class NotCalledBackError(DomainError):
    """Nobody confirmed the applicant on a second channel in this round."""

    code = "not_called_back"
    message = _(
        "Record a call-back first that confirms the applicant, on a number that they did not give you. Your decision "
        "was not recorded."
    )


@dataclass(frozen=True)
class Call:
    """What an officer tells of a call."""

    reached: str
    number: str
    number_source: str
    outcome: str
    called_at: datetime


@transaction.atomic
def check(application: Application, *, by: Member, at: datetime, answers: Mapping[str, str]) -> Application:
    """Answer items of this stage's checklist; whoever gave the present answer stands beside it.

    Raises: NotPermittedError, NotUnderWayError.
    """
    locked = lock_under_way(application, by)
    permit(can_check(by, locked), OWN_WORD)
    asked = {item: answers[item] for item in CHECKLIST.get(locked.state, ()) if answers.get(item)}
    for item, answer in asked.items():
        facts = {"answer": answer, "officer": by, "answered_at": at}
        known = _standing(locked, by).filter(item=item, answer=answer)
        if not known.exists():
            Check.objects.update_or_create(application=locked, round=locked.round, item=item, defaults=facts)
    journal.record(CHECKED, target=locked, by=by, at=at, answers={str(item): each for item, each in asked.items()})
    return locked


@transaction.atomic
def call_back(application: Application, *, by: Member, at: datetime, call: Call) -> Callback:
    """Record a call. Raises: NotPermittedError, NotUnderWayError."""
    locked = lock_under_way(application, by)
    made = Callback.objects.create(application=locked, round=locked.round, officer=by, recorded_at=at, **vars(call))
    locked.call_wanted_at = None
    locked.save(update_fields=["call_wanted_at"])
    journal.record(CALLED, target=locked, by=by, at=at, outcome=call.outcome)
    return made


@transaction.atomic
def note(application: Application, *, by: Member, at: datetime, text: str) -> Note:
    """Write something for the other officers; also whoever has a conflict may say what they know.

    Raises: NotPermittedError.
    """
    permit(can_note(by, application))
    made = Note.objects.create(application=application, round=application.round, officer=by, text=text, written_at=at)
    journal.record(NOTED, target=application, by=by, at=at)
    return made


def _standing(application: Application, officer: Member) -> QuerySet[Check]:
    """Return the answers of this round that stand for an officer: as the second one, their own only."""
    answers = application.checks.filter(round=application.round)
    return answers if application.allows("prepare") else answers.filter(officer=officer)


def require_groundwork(application: Application, *, by: Member) -> None:
    """Let nobody be approved unchecked. Raises: UncheckedError, NotCalledBackError."""
    needed: set[CheckItem] = set(CHECKLIST.get(application.state, ()))
    answered = _standing(application, by).values_list("item", flat=True)
    if needed - {CheckItem(item) for item in answered}:
        raise UncheckedError
    if not application.callbacks.counting().filter(round=application.round).exists():
        raise NotCalledBackError
