"""May a reader take a file of a notice now, and is it kept that they did?"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from congress.core import journal
from congress.core.errors import DomainError, NotPermittedError
from congress.core.models import Entry
from members.models import Member
from notices.actions.reading import EXPORTED, NotAcknowledgedError
from notices.models import Attachment, Scan
from notices.queries import own_reading
from notices.queries.attachments import attachment_to_take

# A page loads its pictures each time it is read, and a large file may come in many ranges.
NOTED_ONCE_IN = timedelta(minutes=10)


class QuarantinedError(DomainError):
    """Nobody gets a file before the scanner has seen it."""

    code = "quarantined"
    message = _("This file still waits to be scanned. It can be opened a few minutes from now.")


class InfectedError(DomainError):
    """The scanner found something: nobody gets the file any more."""

    code = "infected"
    message = _("The scanner refused this file, so nobody can open it.")


@transaction.atomic
def take_file(attachment: Attachment, *, by: Member, at: datetime) -> Attachment:
    """Allow a member to take a file of a notice, and keep that they did, once in ten minutes.

    Raises: NotPermittedError, NotAcknowledgedError, QuarantinedError, InfectedError.
    """
    row = attachment_to_take(by, attachment.edition.notice.number, attachment.public_id)
    if row is None:
        raise NotPermittedError
    if not own_reading(by, row.edition.notice).is_open:
        raise NotAcknowledgedError
    if not row.may_leave_quarantine:
        raise InfectedError if row.scan == Scan.INFECTED else QuarantinedError
    _note(row, by, at)
    return row


def _note(row: Attachment, by: Member, at: datetime) -> None:
    of_edition = {"target_kind": row.edition._meta.label_lower, "target_id": row.edition_id}
    noted = Entry.objects.filter(event=EXPORTED, by=by, at__gt=at - NOTED_ONCE_IN, **of_edition)
    if not noted.filter(data__attachment=row.public_id).exists():
        journal.record(EXPORTED, target=row.edition, by=by, at=at, format="file", attachment=row.public_id, tlp=row.tlp)
