"""How does what a member sent become a file that the portal keeps?"""

import hashlib
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from congress.core.files import limits, store
from congress.core.files.confined import clean_apart, draw_apart
from congress.core.files.errors import FileRefusedError, StorageFullError, full_storage_refused
from congress.core.files.kinds import Kind
from congress.core.files.naming import clean_name
from congress.core.files.photographs import square_of
from congress.core.files.refusal import Reason
from congress.core.files.upload import SpooledFile


@dataclass(frozen=True)
class CleanFile:
    """What a row keeps of a file that lies in the store."""

    key: str
    kind: Kind
    name: str
    size_bytes: int
    digest: str
    text: str
    text_is_whole: bool

    @property
    def media_type(self) -> str:
        """What a browser is told."""
        return self.kind.media_type


def take_in(upload: "UploadedFile[Any]", *, shelf: str) -> CleanFile:
    """Clean a sent file, keep the clean one on a shelf, and forget the sent one.

    The size and the SHA-256 digest are those of the clean file. If the caller's transaction rolls back, the sweep of
    the shelf finds the file. Raises: FileRefusedError, StorageFullError, CleanersBusyError.
    """
    _require_whole(upload)
    with full_storage_refused(), tempfile.TemporaryDirectory(prefix="congress-file-") as folder:
        sent, clean = Path(folder, "sent"), Path(folder, "clean")
        _copy(upload, sent)
        kind, words = clean_apart(sent, clean)
        return CleanFile(
            key=store.put(clean, shelf=shelf),
            kind=kind,
            name=clean_name(upload.name or "", kind),
            size_bytes=clean.stat().st_size,
            digest=_digest(clean),
            text=words.text,
            text_is_whole=words.is_whole,
        )


def take_photograph(upload: "UploadedFile[Any]", *, shelf: str, sides: Sequence[int]) -> list[str]:
    """Draw a sent picture as JPEG squares of these sides, keep them on a shelf, and forget the sent one.

    Returns the key of each. Raises: FileRefusedError, StorageFullError, CleanersBusyError.
    """
    _require_whole(upload)
    with full_storage_refused(), tempfile.TemporaryDirectory(prefix="congress-file-") as folder:
        sent, drawn = Path(folder, "sent"), Path(folder, "drawn")
        _copy(upload, sent)
        draw_apart(sent, drawn, sides)
        return [store.put(square_of(drawn, side), shelf=shelf) for side in sides]


def _require_whole(upload: "UploadedFile[Any]") -> None:
    if isinstance(upload, SpooledFile) and upload.had_no_room:
        raise StorageFullError
    if not upload.size:
        raise FileRefusedError(Reason.EMPTY)
    if upload.size > limits.SENT_BYTES:
        raise FileRefusedError(Reason.TOO_LARGE)


def _copy(upload: "UploadedFile[Any]", sent: Path) -> None:
    with sent.open("wb") as file:
        for chunk in upload.chunks():
            file.write(chunk)


def _digest(clean: Path) -> str:
    with clean.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
