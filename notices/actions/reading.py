"""What does a reader do with a notice: read it, promise to handle it as its label says, take a copy?"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from congress.core import journal
from congress.core.errors import DomainError, NothingHereError, NotPermittedError
from members.models import Member
from notices.models import Edition, Notice, Reading
from notices.policies import visible_to
from notices.queries import editions_open_to, own_reading

READ = journal.event("notices.notice.read", _("It was read."), silent="the reader's own list shows it")
ACKNOWLEDGED = journal.event(
    "notices.notice.acknowledged", _("Its label was acknowledged."), silent="the text opens at once"
)
EXPORTED = journal.event("notices.notice.exported", _("A copy of it was taken."), silent="kept as evidence only")
LIST_EXPORTED = journal.event("notices.list.exported", _("The list was taken along."), silent="kept as evidence only")


class NotAcknowledgedError(DomainError):
    """The label asks for a promise that this reader has not given yet."""

    code = "not_acknowledged"
    message = _("Open the notice first and agree to handle it as its label says.")


class NoTextError(DomainError):
    """Before publication, while suspended and after withdrawal there is no text to read or to take along."""

    code = "no_text"
    message = _("This notice is not in force, so there is no text to take along.")


class NewEditionError(DomainError):
    """The promise was made for a text that is not in force any more, perhaps under another label."""

    code = "new_edition"
    message = _("There is a new edition since you opened this page. Here is what it asks of you.")


@transaction.atomic
def mark_read(notice: Notice, *, by: Member, at: datetime) -> Reading:
    """Keep that a member read the edition in force; the second time changes nothing.

    Raises: NotPermittedError, NoTextError, NotAcknowledgedError.
    """
    return _keep_read(_open_text(notice, by), by, at)


@transaction.atomic
def mark_edition_read(notice: Notice, *, edition: int, by: Member, at: datetime) -> Reading:
    """Keep that a member read the edition of this number, which need not be in force; as `mark_read` does.

    Raises: NotPermittedError, NoTextError, NotAcknowledgedError, NothingHereError.
    """
    in_force = _open_text(notice, by)
    for each in editions_open_to(by, in_force.notice):
        if each.number == edition:
            return _keep_read(each, by, at)
    raise NothingHereError


@transaction.atomic
def acknowledge(notice: Notice, *, edition: int, by: Member, at: datetime) -> Reading:
    """Keep that a member promised to handle the edition in force as its label says; asked once for each edition.

    `edition` is the number of the one that they were asked about.
    Raises: NotPermittedError, NoTextError, NewEditionError.
    """
    in_force = _in_force(notice, by)[1]
    if in_force.number != edition:
        raise NewEditionError
    reading, _is_first = Reading.objects.get_or_create(edition=in_force, member=by, defaults={"read_at": at})
    if reading.acknowledged_at is None:
        reading.acknowledged_at = at
        reading.save(update_fields=["acknowledged_at"])
        journal.record(ACKNOWLEDGED, target=in_force, by=by, at=at, tlp=in_force.tlp)
    return reading


@transaction.atomic
def take_copy(notice: Notice, *, file_format: str, by: Member, at: datetime) -> Edition:
    """Allow a member to take a copy of the edition in force, keep that they did, and return the edition.

    Raises: NotPermittedError, NoTextError, NotAcknowledgedError.
    """
    edition = _open_text(notice, by)
    journal.record(EXPORTED, target=edition, by=by, at=at, format=file_format, tlp=edition.tlp)
    return edition


@transaction.atomic
def take_list(*, tlp: str, count: int, file_format: str, by: Member, at: datetime) -> None:
    """Keep that a member takes along the list that they see: how many rows, and the strictest label among them."""
    journal.record(LIST_EXPORTED, target=None, by=by, at=at, format=file_format, tlp=tlp, count=count)


def _keep_read(edition: Edition, by: Member, at: datetime) -> Reading:
    reading, is_first = Reading.objects.get_or_create(edition=edition, member=by, defaults={"read_at": at})
    if is_first:
        journal.record(READ, target=edition, by=by, at=at)
    return reading


def _open_text(notice: Notice, by: Member) -> Edition:
    now, edition = _in_force(notice, by)
    if not own_reading(by, now).is_open:
        raise NotAcknowledgedError
    return edition


# Not locked: a thousand people read an urgent notice at once, and nothing of the notice is changed.
def _in_force(notice: Notice, by: Member) -> tuple[Notice, Edition]:
    now = visible_to(by).filter(pk=notice.pk).select_related("edition").first()
    if now is None:
        raise NotPermittedError
    if now.edition is None or not now.allows("read"):
        raise NoTextError
    return now, now.edition
