"""What is a file really? Its first bytes say what it claims to be; opening it, in clean.py, shows whether that is true.

Neither the name's ending nor what the browser says about it is ever asked.
"""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from congress.core.files.refusal import Reason, RefusalError

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HEAD_BYTES = 512
# Text that another program would run or render, and that nobody means as plain text.
ACTIVE_TEXT = ("<", "#!", "%!ps", "{\\rtf", "mime-version:", "begin:", "[internetshortcut]", "@echo")


class Kind(StrEnum):
    """What the portal keeps; GIF and WebP images become one of these."""

    JPEG = "jpeg"
    PNG = "png"
    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    PPTX = "pptx"
    ODT = "odt"
    ODS = "ods"
    ODP = "odp"
    TEXT = "text"
    CSV = "csv"

    @property
    def media_type(self) -> str:
        """What a browser is told."""
        return FORMATS[self].media_type

    @property
    def suffix(self) -> str:
        """How a name of this kind ends, with the dot."""
        return FORMATS[self].suffix

    @property
    def is_image(self) -> bool:
        """Whether the portal re-encoded every pixel, so that it may be shown in a page."""
        return self in IMAGES


@dataclass(frozen=True)
class Format:
    """How a kind is called outside."""

    media_type: str
    suffix: str


OOXML_TYPE = "application/vnd.openxmlformats-officedocument."
ODF_TYPE = "application/vnd.oasis.opendocument."
FORMATS = {
    Kind.JPEG: Format("image/jpeg", ".jpg"),
    Kind.PNG: Format("image/png", ".png"),
    Kind.PDF: Format("application/pdf", ".pdf"),
    Kind.DOCX: Format(f"{OOXML_TYPE}wordprocessingml.document", ".docx"),
    Kind.XLSX: Format(f"{OOXML_TYPE}spreadsheetml.sheet", ".xlsx"),
    Kind.PPTX: Format(f"{OOXML_TYPE}presentationml.presentation", ".pptx"),
    Kind.ODT: Format(f"{ODF_TYPE}text", ".odt"),
    Kind.ODS: Format(f"{ODF_TYPE}spreadsheet", ".ods"),
    Kind.ODP: Format(f"{ODF_TYPE}presentation", ".odp"),
    Kind.TEXT: Format("text/plain; charset=utf-8", ".txt"),
    Kind.CSV: Format("text/csv; charset=utf-8", ".csv"),
}
IMAGES = frozenset({Kind.JPEG, Kind.PNG})
OOXML = frozenset({Kind.DOCX, Kind.XLSX, Kind.PPTX})
ODF = frozenset({Kind.ODT, Kind.ODS, Kind.ODP})


class Family(StrEnum):
    """Which cleaner opens a file."""

    IMAGE = "image"
    PDF = "pdf"
    OFFICE = "office"
    TEXT = "text"


BEGINNINGS = {
    b"\xff\xd8\xff": Family.IMAGE,
    b"\x89PNG\r\n\x1a\n": Family.IMAGE,
    b"GIF87a": Family.IMAGE,
    b"GIF89a": Family.IMAGE,
    b"%PDF-": Family.PDF,
    ZIP: Family.OFFICE,
}


def family_of(source: Path) -> Family:
    """Return which cleaner a file claims to be for; text is what nothing else is. Raises: RefusalError."""
    with source.open("rb") as file:
        head = file.read(HEAD_BYTES)
    if not head:
        raise RefusalError(Reason.EMPTY)
    if head.startswith(OLE):
        raise RefusalError(Reason.OLD_OFFICE)
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return Family.IMAGE
    return next((family for start, family in BEGINNINGS.items() if head.startswith(start)), Family.TEXT)
