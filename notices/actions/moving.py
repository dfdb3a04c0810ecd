"""How does a notice change its state, and what must it have before others read it?"""

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from congress.core.errors import DomainError
from notices.actions.drafting import ReviewDateError
from notices.models import NOTICE_STATES, Edition, Notice, NoticeState, Scan, SectionKind


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


class NothingToUpdateError(DomainError):
    """The notice that an update was written for is not in force any more."""

    code = "nothing_to_update"
    message = _(
        "The notice that this updates is not in force any more, so there is nothing to update. "
        "The text of the update is kept: its author can read it, and throw it away."
    )


class InfectedFileError(DomainError):
    """A file that nobody can open must not be announced to anybody."""

    code = "infected_file"
    message = _("The scanner refused a file of this notice. It must be removed first.")
    status = 422
    field = "files"


def move(notice: Notice, state: NoticeState, at: datetime, **changes: Any) -> None:
    """Bring a locked notice into another state, with what goes with it. Raises: IllegalTransitionError."""
    NOTICE_STATES.require(notice.state, state)
    for name, value in {"state": state, "changed_at": at, **changes}.items():
        setattr(notice, name, value)
    notice.save(update_fields=["state", "changed_at", *changes])


def check_complete(notice: Notice, today: date) -> Edition:
    """Return the edition of a notice that has everything its readers need on a day.

    Raises: IncompleteNoticeError, EmptyAudienceError, ReviewDateError, InfectedFileError, NothingToUpdateError.
    """
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
    if edition.attachments.filter(scan=Scan.INFECTED).exists():
        raise InfectedFileError
    if notice.updates is not None:
        _check_update(notice.updates, edition)
    return edition


def _check_update(original: Notice, edition: Edition) -> None:
    if not original.allows("update"):
        raise NothingToUpdateError
    if not edition.what_changed:
        raise IncompleteNoticeError(_("Say what changed: readers of the notice see it first."), field="what_changed")
