"""Which cleaner opens a file, and what does it answer when the file is not what it claims to be?"""

from pathlib import Path

from congress.core.files import images, odf, ooxml, pdf, plain
from congress.core.files.archive import Archive
from congress.core.files.kinds import Family, Kind, family_of
from congress.core.files.refusal import Reason, RefusalError


def clean(source: Path, target: Path) -> Kind:
    """Write a clean file of what a member sent; return its kind. Raises: RefusalError for what is not taken.

    Runs in the process that confined.py starts: a parser that is led astray has nothing there to take.
    """
    try:
        return CLEANERS[family_of(source)](source, target)
    except (RefusalError, MemoryError):
        raise
    except OSError as error:
        if error.errno:  # the machine's complaint; Pillow's own about an image have no number
            raise
        raise RefusalError(Reason.UNREADABLE) from error
    except Exception as error:  # parsers raise whatever they like at a file that was made to confuse them
        raise RefusalError(Reason.UNREADABLE) from error


def _office(source: Path, target: Path) -> Kind:
    with Archive(source) as archive:
        if kind := odf.kind_of(archive):
            odf.clean(archive, kind, target)
            return kind
        if kind := ooxml.kind_of(archive):
            ooxml.clean(archive, target)
            return kind
    raise RefusalError(Reason.UNKNOWN_KIND)


CLEANERS = {Family.IMAGE: images.clean, Family.PDF: pdf.clean, Family.OFFICE: _office, Family.TEXT: plain.clean}
