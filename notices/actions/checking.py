"""How does a notice get from its author to a compliance officer, and back?"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from types import MappingProxyType

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from congress.core import journal
from congress.core.errors import DomainError
from members.models import Member
from notices.actions.gating import check_submission, check_text, let_through
from notices.actions.locking import locked_for
from notices.actions.moving import check_complete, move
from notices.models import Check, Edition, Notice, NoticeState, Question, Remark, Section

SUBMITTED = journal.event(
    "notices.notice.submitted", _("It was sent to be checked."), silent="officers see it on their start page"
)
RETURNED = journal.event(
    "notices.notice.returned", _("It was returned with remarks."), silent="authors see it on their start page"
)
CLEARED = journal.event("notices.notice.cleared", _("It was cleared."), silent="publishers see it on their start page")

NO_REASONS: Mapping[str, str] = MappingProxyType({})


class UncheckedError(DomainError):
    """A question of the checklist was not answered with yes."""

    code = "unchecked"
    message = _(
        "Every question must be answered with yes before a notice is cleared. Return it to its author otherwise."
    )
    status = 422
    field = "purpose"


class SilentReturnError(DomainError):
    """A return without a word helps nobody."""

    code = "silent_return"
    message = _("Say what the author should change.")
    status = 422
    field = "remark"


@dataclass(frozen=True)
class Passage:
    """What is said of a section, and of which words in it; without a section, of the whole notice."""

    section: str
    quote: str
    text: str


@transaction.atomic
def submit(notice: Notice, *, asks_officer: bool = False, by: Member, at: datetime) -> Notice:
    """Send a complete draft to the compliance officers.

    With passages that read like instructions only if its author asks the officers to judge them.
    Raises: NotPermittedError, IllegalTransitionError, IncompleteNoticeError, EmptyAudienceError, ReviewDateError,
    RecipeSuspectedError.
    """
    notice = locked_for("submit", notice, by)
    edition = check_complete(notice, at.date())
    check_submission(notice, edition, asks_officer=asks_officer, by=by, at=at)
    move(notice, NoticeState.IN_REVIEW, at)
    journal.record(SUBMITTED, target=notice, by=by, at=at)
    return notice


@transaction.atomic
def send_back(
    notice: Notice, *, instead_of: str, remark: str = "", passages: Iterable[Passage] = (), by: Member, at: datetime
) -> Notice:
    """Return a notice to its author instead of taking the next step, "clear" or "publish".

    With a remark on the whole, or on passages, or both. Clearance and approval are void then: both are given anew to
    the new text. Raises: NotPermittedError, IllegalTransitionError, SilentReturnError, RecipeInRemarkError.
    """
    notice = locked_for(instead_of, notice, by)
    said = [*([Passage("", "", remark)] if remark else []), *passages]
    if not said:
        raise SilentReturnError
    for one in said:
        check_text(_added_words(notice, one), field=f"remark_{one.section}".rstrip("_"))
    Remark.objects.bulk_create(Remark(notice=notice, by=by, made_at=at, **asdict(one)) for one in said)
    move(notice, NoticeState.RETURNED, at, cleared_by=None, approved_by=None)
    journal.record(RETURNED, target=notice, by=by, at=at)
    return notice


def _added_words(notice: Notice, said: Passage) -> str:
    """Return what a remark says beyond the draft: who returns a notice for a passage must be able to quote it."""
    bodies = Section.objects.filter(edition=notice.edition_id, kind=said.section).values_list("body", flat=True)
    is_quoted = any(_in_one_line(said.quote) in _in_one_line(body) for body in bodies)
    return said.text if is_quoted else f"{said.quote}\n{said.text}"


def _in_one_line(text: str) -> str:
    return " ".join(text.split())


@transaction.atomic
def clear(
    notice: Notice, *, answers: Mapping[str, str], reasons: Mapping[str, str] = NO_REASONS, by: Member, at: datetime
) -> Notice:
    """Say as compliance officer that nothing speaks against it.

    `answers` holds a note, perhaps empty, for each question answered with yes; `reasons` says why each passage that
    reads like instructions may stay, by its digest.
    Raises: NotPermittedError, IllegalTransitionError, UncheckedError, RecipeSuspectedError, RecipeInRemarkError.
    """
    notice = locked_for("clear", notice, by)
    edition = _keep(notice, answers, by, at)
    let_through(edition, reasons, by=by, at=at)
    move(notice, NoticeState.CLEARED, at, cleared_by=by)
    journal.record(CLEARED, target=notice, by=by, at=at)
    return notice


def _keep(notice: Notice, answers: Mapping[str, str], by: Member, at: datetime) -> Edition:
    edition = notice.edition
    if edition is None or set(answers) != set(Question.values):
        raise UncheckedError
    for question, note in answers.items():
        check_text(note, field=f"{question}_note")
    round_of = {"notice": notice, "edition": edition, "version": edition.version, "by": by, "made_at": at}
    Check.objects.bulk_create(Check(question=question, note=answers[question], **round_of) for question in Question)
    return edition
