"""What is an applicant asked, and how does the case go on?

Applicants are no members, so an answer has no `by`: whoever holds the private link acts.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from congress.core import journal
from congress.core.errors import DomainError
from congress.core.states import IllegalTransitionError
from members.actions.stages import enter
from members.actions.vetting_desk import lock_to_work
from members.models import Application, ApplicationState, Member, Question

ASKED = journal.event("members.application.asked", _("An officer asked an applicant for more information."))
ANSWERED = journal.event(
    "members.application.answered", _("An applicant answered a question."), silent="the desk shows it, with its clock"
)
GIVEN_UP = journal.event(
    "members.application.went_on", _("An officer went on without an answer."), silent="the desk shows it"
)


class NothingAskedError(DomainError):
    """The question was answered or given up before, or the case is closed."""

    code = "nothing_asked"
    message = _("We are not waiting for an answer any more. What you wrote was not sent.")
    field = "answer"


@transaction.atomic
def ask(application: Application, *, by: Member, at: datetime, text: str) -> Question:
    """Ask the applicant for something; nobody decides until they have answered.

    Raises: NotPermittedError, IllegalTransitionError.
    """
    locked = lock_to_work(application, by)
    enter(locked, ApplicationState.ASKED, at=at)
    asked = Question.objects.create(application=locked, round=locked.round, officer=by, text=text, asked_at=at)
    journal.record(ASKED, target=locked, by=by, at=at, question=asked.pk)
    return asked


@transaction.atomic
def answer(application: Application, *, at: datetime, text: str) -> Question:
    """Take the applicant's answer, and give the case back to the officers. Raises: NothingAskedError."""
    locked = Application.objects.select_for_update().get(pk=application.pk)
    question = Question.objects.open().filter(application=locked).first()
    if question is None or not locked.allows("answer"):
        raise NothingAskedError
    question.answer, question.answered_at = text, at
    question.save(update_fields=["answer", "answered_at"])
    to_officers(locked, at)
    journal.record(ANSWERED, target=locked, by=None, at=at, question=question.pk)
    return question


@transaction.atomic
def go_on(application: Application, *, by: Member, at: datetime) -> Application:
    """Go on without an answer. Raises: NotPermittedError, IllegalTransitionError."""
    locked = lock_to_work(application, by)
    if not locked.allows("answer"):
        raise IllegalTransitionError
    Question.objects.open().filter(application=locked).update(given_up_at=at)
    to_officers(locked, at)
    journal.record(GIVEN_UP, target=locked, by=by, at=at)
    return locked


def to_officers(application: Application, at: datetime) -> None:
    """Bring a locked case that was waiting for an answer back to where the officers had left it."""
    is_seconded = application.decisions.filter(round=application.round).exists()
    enter(application, ApplicationState.SECONDED if is_seconded else ApplicationState.OPEN, at=at)
