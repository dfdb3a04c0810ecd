"""What do members in these tests send? Small files that carry, like real ones, more than they show."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from notices.actions.attaching import Caption, attach
from notices.models import Attachment, Notice
from tests.core.files import corpus

SHOWS = Caption(description="The seal of the parcel, opened along one side")
ARABIC = "صورة الختم على الطرد البريدي.jpg"


def photo(name: str = "IMG_2041.jpg", size: tuple[int, int] = (40, 20)) -> SimpleUploadedFile:
    """Return a picture with a photographer, a camera and a position; it lies on its side."""
    return SimpleUploadedFile(name, corpus.photo(size=size), "image/jpeg")


def text(words: str, name: str = "list.txt") -> SimpleUploadedFile:
    """Return a plain text."""
    return SimpleUploadedFile(name, words.encode(), "text/plain")


def pdf(name: str = "report.pdf") -> SimpleUploadedFile:
    """Return a document of one page."""
    return SimpleUploadedFile(name, corpus.pdf(), "application/pdf")


def attached(notice: Notice, upload: Any = None, caption: Caption = SHOWS, **fields: Any) -> Attachment:
    """Let the author attach a file to a draft, then change what the test needs otherwise."""
    by, at = notice.author, notice.changed_at
    row = attach(notice, upload or photo(), caption, by=by, at=at)
    Attachment.objects.filter(pk=row.pk).update(**fields)
    row.refresh_from_db()
    return row


def kept_files() -> list[Path]:
    """Return what lies in the store."""
    return sorted(path for path in Path(settings.FILES_ROOT).rglob("*") if path.is_file())
