"""Which files does a draft carry, what is said of each, and in which order do they stand?"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max, Sum
from django.db.models.functions import Coalesce, Length
from django.utils.translation import gettext_lazy as _

from congress.core import journal
from congress.core.errors import DomainError
from congress.core.files import limits, store
from congress.core.files.dimensions import dimensions_of
from congress.core.files.intake import CleanFile, take_in
from congress.core.files.kinds import Kind
from congress.core.files.naming import clean_name
from congress.core.labels import Tlp
from members.models import Member
from notices.actions.drafting import LabelTooLowError
from notices.actions.locking import check_step, locked_for
from notices.actions.search import refresh_search
from notices.models import Attachment, Edition, Notice, Scan

ATTACHED = journal.event("notices.attachment.added", _("A file was attached."))
DESCRIBED = journal.event(
    "notices.attachment.described", _("What is said of a file was changed."), silent="only its authors work on it"
)
MOVED = journal.event(
    "notices.attachment.moved", _("The order of the files was changed."), silent="only its authors work on it"
)
DETACHED = journal.event("notices.attachment.removed", _("A file was removed."))

# Whose files they are in the store.
SHELF = "notices"
MOST_FILES, MOST_BYTES = 20, 100 * limits.MEGABYTE
# The gate reads the words of all files together each time it is asked.
MOST_LETTERS = 300_000


class FileLabelError(LabelTooLowError):
    """A file is more restricted than the notice around it."""

    message = _("The file has a stricter label than the notice. Raise the label of the notice first.")


class TooManyFilesError(DomainError):
    """A notice is read on telephones; what fills a drawer belongs elsewhere."""

    code = "too_many_files"
    message = _("A notice carries at most 20 files and 100 MB together. Remove one first.")
    status = 422
    field = "file"


class TooManyWordsError(DomainError):
    """Together, the documents say more than the gate against instructions can read."""

    code = "too_many_words"
    message = _("The documents of this notice hold more text than can be checked. Attach only the pages that matter.")
    status = 422
    field = "file"


class FileGoneError(DomainError):
    """Somebody else removed it in the meantime."""

    code = "file_gone"
    message = _("This file was removed from the notice in the meantime.")


@dataclass(frozen=True)
class Caption:
    """What an author says of a file. No name means the file's own, no label that of the notice."""

    name: str = ""
    description: str = ""
    tlp: str = ""


def attach(notice: Notice, upload: "UploadedFile[Any]", caption: Caption, *, by: Member, at: datetime) -> Attachment:
    """Clean a sent file and add it to a draft, as the last one.

    Cleaning takes a second or more, so it comes before the lock; whatever is refused after it leaves no bytes behind.
    Raises: NotPermittedError, IllegalTransitionError, FileLabelError, TooManyFilesError, TooManyWordsError, and what
    `take_in` raises.
    """
    check_step("edit", notice, by)
    edition = _edition_of(notice)
    _check_label(caption, edition)
    _check_room(edition, size_bytes=upload.size or 0)
    file = take_in(upload, shelf=SHELF)
    try:
        return _add(notice, file, caption, by=by, at=at)
    except BaseException:
        store.delete(file.key)
        raise


@transaction.atomic
def _add(notice: Notice, file: CleanFile, caption: Caption, *, by: Member, at: datetime) -> Attachment:
    notice = locked_for("edit", notice, by)
    edition = _edition_of(notice)
    _check_label(caption, edition)
    _check_room(edition, size_bytes=file.size_bytes, letters=len(file.text))
    last: int = edition.attachments.aggregate(last=Coalesce(Max("position"), -1))["last"]
    attachment = Attachment.objects.create(
        edition=edition, position=last + 1, added_by=by, added_at=at,
        **_facts(file), **_said(caption, edition, own_name=file.name, kind=file.kind),
    )  # fmt: skip
    _changed(notice, edition, at)
    journal.record(ATTACHED, target=notice, by=by, at=at, attachment=attachment.public_id, tlp=attachment.tlp)
    return attachment


@transaction.atomic
def describe(attachment: Attachment, caption: Caption, *, by: Member, at: datetime) -> Attachment:
    """Change name, description and label of a file of a draft.

    Raises: NotPermittedError, IllegalTransitionError, FileLabelError, FileGoneError.
    """
    notice, edition, row = _locked(attachment, by)
    _check_label(caption, edition)
    said = _said(caption, edition, own_name=row.name, kind=row.file_kind)
    for name, value in said.items():
        setattr(row, name, value)
    row.save(update_fields=list(said))
    _changed(notice, edition, at)
    journal.record(DESCRIBED, target=notice, by=by, at=at, attachment=row.public_id, tlp=row.tlp)
    return row


@transaction.atomic
def detach(attachment: Attachment, *, by: Member, at: datetime) -> Notice:
    """Take a file out of a draft; its bytes go with the last row that uses them.

    Raises: NotPermittedError, IllegalTransitionError, FileGoneError.
    """
    notice, edition, row = _locked(attachment, by)
    journal.record(DETACHED, target=notice, by=by, at=at, attachment=row.public_id, stored_as=row.stored_as)
    row.delete()
    _changed(notice, edition, at)
    return notice


@transaction.atomic
def bring_forward(attachment: Attachment, *, by: Member, at: datetime) -> Notice:
    """Let a file of a draft change places with the one before it; the first one stays.

    Raises: NotPermittedError, IllegalTransitionError, FileGoneError.
    """
    notice, edition, row = _locked(attachment, by)
    rows = list(edition.attachments.all())
    place = rows.index(row)
    rows.insert(max(place - 1, 0), rows.pop(place))
    for position, each in enumerate(rows):
        each.position = position
    Attachment.objects.bulk_update(rows, ["position"])
    _changed(notice, edition, at)
    journal.record(MOVED, target=notice, by=by, at=at, attachment=row.public_id)
    return notice


def _locked(attachment: Attachment, by: Member) -> tuple[Notice, Edition, Attachment]:
    notice = locked_for("edit", attachment.edition.notice, by)
    edition = _edition_of(notice)
    row = edition.attachments.filter(pk=attachment.pk).first()
    if row is None:
        raise FileGoneError
    return notice, edition, row


def _edition_of(notice: Notice) -> Edition:
    if notice.edition is None:
        raise Edition.DoesNotExist
    return notice.edition


def _facts(file: CleanFile) -> dict[str, Any]:
    width, height = dimensions_of(file.key) if file.kind.is_image else (None, None)
    return {
        "media_type": file.media_type,
        "size_bytes": file.size_bytes,
        "digest": file.digest,
        "stored_as": file.key,
        "text": file.text,
        "text_is_whole": file.text_is_whole,
        "width": width,
        "height": height,
        "scan": Scan.WAITING if settings.SCANNER_URL else Scan.NOT_SCANNED,
    }


def _said(caption: Caption, edition: Edition, *, own_name: str, kind: Kind) -> dict[str, str]:
    name = clean_name(caption.name, kind) if caption.name else own_name
    return {"name": name, "description": caption.description, "tlp": caption.tlp or edition.tlp}


def _check_label(caption: Caption, edition: Edition) -> None:
    if caption.tlp and Tlp(caption.tlp).rank > Tlp(edition.tlp).rank:
        raise FileLabelError


def _check_room(edition: Edition, *, size_bytes: int, letters: int = 0) -> None:
    held = edition.attachments.aggregate(bytes=Coalesce(Sum("size_bytes"), 0), letters=Coalesce(Sum(Length("text")), 0))
    if edition.attachments.count() >= MOST_FILES or held["bytes"] + size_bytes > MOST_BYTES:
        raise TooManyFilesError
    if held["letters"] + letters > MOST_LETTERS:
        raise TooManyWordsError


def _changed(notice: Notice, edition: Edition, at: datetime) -> None:
    """Count a version up: what was checked or agreed to was another text."""
    edition.version += 1
    edition.save(update_fields=["version"])
    notice.changed_at = at
    notice.save(update_fields=["changed_at"])
    refresh_search(Edition.objects.filter(pk=edition.pk))
