"""What does a member read when a file is not taken, kept or found?"""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from congress.core.errors import DomainError
from congress.core.files import limits
from congress.core.files.refusal import Reason

FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})

ACCEPTED = _(
    "Accepted are JPEG, PNG, WebP and GIF images, PDF, Word (DOCX), Excel (XLSX), PowerPoint (PPTX), "
    "OpenDocument (ODT, ODS, ODP), and text or CSV in UTF-8."
)
SENTENCES: dict[Reason, str | Promise] = {
    Reason.EMPTY: _("The file is empty."),
    Reason.TOO_LARGE: format_lazy(
        _("The file is larger than {limit} MB. Reduce it, or divide it."), limit=limits.SENT_BYTES // limits.MEGABYTE
    ),
    Reason.UNKNOWN_KIND: format_lazy(
        "{sentence} {accepted}", sentence=_("Files of this kind are not accepted."), accepted=ACCEPTED
    ),
    Reason.NO_PICTURE: _("This is no photograph. Accepted are JPEG, PNG, WebP and GIF images."),
    Reason.UNREADABLE: _("The file is damaged or not complete. Open it, save it anew and send that."),
    Reason.ENCRYPTED: _("The file is protected with a password. Save it without one and send that."),
    Reason.OLD_OFFICE: _(
        "The file is of an old Office format or protected with a password. "
        "Save it as DOCX, XLSX or PPTX without a password and send that."
    ),
    Reason.MACROS: _("The file contains macros or active controls. Save it without them and send that."),
    Reason.OBJECTS: _("The file contains embedded objects. Replace them by pictures, or send the file as PDF."),
    Reason.ANIMATED: _("Animated images are not accepted. Send single pictures."),
    Reason.TOO_MANY_PIXELS: format_lazy(
        _("The image has more than {limit} million pixels. Reduce it."), limit=limits.IMAGE_PIXELS // 1_000_000
    ),
    Reason.TOO_MANY_PAGES: format_lazy(
        _("The document has more than {limit} pages. Divide it."), limit=limits.PDF_PAGES
    ),
    Reason.TOO_MUCH_INSIDE: _("The file unpacks to more than the portal takes. Divide it."),
    Reason.TOO_DEMANDING: _("The file is too complex to be checked. Simplify or divide it, or send it as an image."),
}


class FileRefusedError(DomainError):
    """A file is not what the portal takes."""

    code = "file_refused"
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    field = "file"

    def __init__(self, reason: Reason) -> None:
        self.reason = reason
        super().__init__(SENTENCES[reason])


class StorageFullError(DomainError):
    """There is no room to keep a file."""

    code = "storage_full"
    message = _(
        "The portal has no room for the file at the moment, and nothing of it was kept. "
        "The operators were told: try again later."
    )
    status = HTTPStatus.INSUFFICIENT_STORAGE
    field = "file"


class CleanersBusyError(DomainError):
    """Too many files are opened at this moment."""

    code = "cleaners_busy"
    message = _("Many files are being checked at the moment, and yours was not kept. Send it again in a minute.")
    status = HTTPStatus.SERVICE_UNAVAILABLE
    field = "file"


class FileLostError(DomainError):
    """What was kept is not there, or was changed."""

    code = "file_lost"
    message = _("This file cannot be read at the moment. The operators were told.")
    status = HTTPStatus.SERVICE_UNAVAILABLE


@contextmanager
def full_storage_refused() -> Iterator[None]:
    """Turn an operating system's "no room" into a refusal. Raises: StorageFullError."""
    try:
        yield
    except OSError as error:
        if error.errno in FULL:
            raise StorageFullError from error
        raise
