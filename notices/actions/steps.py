"""How does a notice get from its author to its readers, and back?"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from congress.core import journal
from congress.core.errors import DomainError
from members.models import Member
from notices.actions.drafting import ReviewDateError
from notices.actions.locking import locked_for
from notices.models import NOTICE_STATES, Check, Edition, Notice, NoticeState, Question, Remark, SectionKind

SUBMITTED = journal.event(
    "notices.notice.submitted", _("It was sent to be checked."), silent="officers see it on their start page"
)
RETURNED = journal.event(
    "notices.notice.returned", _("It was returned with remarks."), silent="authors see it on their start page"
)
CLEARED = journal.event("notices.notice.cleared", _("It was cleared."), silent="publishers see it on their start page")
APPROVED = journal.event(
    "notices.notice.approved",
    _("It was approved by the first of two publishers."),
    silent="the second publisher sees it on the start page",
)
PUBLISHED = journal.event("notices.notice.published", _("It was published."))
WITHDRAWN = journal.event(
    "notices.notice.withdrawn", _("It was withdrawn."), silent="every surface shows the stub from then on"
)


class IncompleteNoticeError(DomainError):
    """Something that readers need is missing."""

    code = "incomplete_notice"
    status = 422


class EmptyAudienceError(DomainError):
    """An empty audience means nobody, and publishing to nobody is a mistake."""

    code = "empty_audience"
    message = _("The audience is empty, which means nobody. Say for whom the notice is.")
    status = 422
    field = "sectors"


class UncheckedError(DomainError):
    """A question of the checklist was not answered with yes."""

    code = "unchecked"
    message = _(
        "Every question must be answered with yes before a notice is cleared. Return it to its author otherwise."
    )
    status = 422


@transaction.atomic
def submit(notice: Notice, *, by: Member, at: datetime) -> Notice:
    """Send a complete draft to the compliance officers.

    Raises: NotPermittedError, IllegalTransitionError, IncompleteNoticeError, EmptyAudienceError, ReviewDateError.
    """
    notice = locked_for("submit", notice, by)
    _check_complete(notice, at.date())
    _move(notice, NoticeState.IN_REVIEW, at)
    journal.record(SUBMITTED, target=notice, by=by, at=at)
    return notice


@transaction.atomic
def send_back(notice: Notice, *, instead_of: str, remark: str, by: Member, at: datetime) -> Notice:
    """Return a notice to its author instead of taking the next step, "clear" or "publish".

    Clearance and approval are void then: both are given anew to the new text.
    Raises: NotPermittedError, IllegalTransitionError.
    """
    notice = locked_for(instead_of, notice, by)
    Remark.objects.create(notice=notice, by=by, text=remark, made_at=at)
    _move(notice, NoticeState.RETURNED, at, cleared_by=None, approved_by=None)
    journal.record(RETURNED, target=notice, by=by, at=at)
    return notice


@transaction.atomic
def clear(notice: Notice, *, answers: Mapping[str, str], by: Member, at: datetime) -> Notice:
    """Say as compliance officer that nothing speaks against it.

    `answers` holds a note, perhaps empty, for each question answered with yes.
    Raises: NotPermittedError, IllegalTransitionError, UncheckedError.
    """
    notice = locked_for("clear", notice, by)
    _keep(notice, answers, by, at)
    _move(notice, NoticeState.CLEARED, at, cleared_by=by)
    journal.record(CLEARED, target=notice, by=by, at=at)
    return notice


@transaction.atomic
def publish(notice: Notice, *, by: Member, at: datetime) -> Notice:
    """Bring a cleared notice to its audience; the first of the two publishers that TLP:RED needs only approves it.

    Raises: NotPermittedError, IllegalTransitionError, IncompleteNoticeError, EmptyAudienceError, ReviewDateError.
    """
    notice = locked_for("publish", notice, by)
    edition = _check_complete(notice, at.date())
    if notice.awaits_first_publisher:
        return _approve(notice, by, at)
    _move(notice, NoticeState.PUBLISHED, at, published_by=by, published_at=at)
    journal.record(PUBLISHED, target=notice, by=by, at=at, edition=edition.number, tlp=edition.tlp)
    return notice


@transaction.atomic
def withdraw(notice: Notice, *, reason: str, by: Member, at: datetime) -> Notice:
    """Take a notice back: from now on its readers see number, label and reason only.

    Raises: NotPermittedError, IllegalTransitionError.
    """
    notice = locked_for("withdraw", notice, by)
    _move(notice, NoticeState.WITHDRAWN, at, withdrawn_at=at, withdrawal_reason=reason)
    journal.record(WITHDRAWN, target=notice, by=by, at=at)
    return notice


def _approve(notice: Notice, by: Member, at: datetime) -> Notice:
    notice.approved_by, notice.changed_at = by, at
    notice.save(update_fields=["approved_by", "changed_at"])
    journal.record(APPROVED, target=notice, by=by, at=at)
    return notice


def _keep(notice: Notice, answers: Mapping[str, str], by: Member, at: datetime) -> None:
    edition = notice.edition
    if edition is None or set(answers) != set(Question.values):
        raise UncheckedError
    round_of = {"notice": notice, "edition": edition, "version": edition.version, "by": by, "made_at": at}
    Check.objects.bulk_create(Check(question=question, note=answers[question], **round_of) for question in Question)


def _move(notice: Notice, state: NoticeState, at: datetime, **changes: Any) -> None:
    NOTICE_STATES.require(notice.state, state)
    for name, value in {"state": state, "changed_at": at, **changes}.items():
        setattr(notice, name, value)
    notice.save(update_fields=["state", "changed_at", *changes])


def _check_complete(notice: Notice, today: date) -> Edition:
    edition = notice.edition
    if edition is None or not edition.title:
        raise IncompleteNoticeError(_("The notice has no title."), field="title")
    if not edition.sections.filter(kind=SectionKind.SUMMARY).exists():
        raise IncompleteNoticeError(_("The notice has no summary."), field="section_summary")
    if edition.audience.is_empty:
        raise EmptyAudienceError
    if notice.review_on is None:
        raise IncompleteNoticeError(_("The notice has no day of review."), field="review_on")
    if notice.review_on <= today:
        raise ReviewDateError
    return edition
