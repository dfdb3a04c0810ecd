"""Which cleaner opens a file, and what does it answer when the file is not what it claims to be?"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from congress.core.files import images, odf, ooxml, pdf, photographs, plain
from congress.core.files.archive import Archive
from congress.core.files.kinds import Family, Kind, family_of
from congress.core.files.refusal import Reason, RefusalError


def clean(source: Path, target: Path) -> Kind:
    """Write a clean file of what a member sent; return its kind. Raises: RefusalError for what is not taken.

    Runs in the process that confined.py starts: a parser that is led astray has nothing there to take.
    """
    with _refusing():
        return CLEANERS[family_of(source)](source, target)


def draw(source: Path, target: Path, sides: Sequence[int]) -> None:
    """Write a photograph as squares, in the same process. Raises: RefusalError for what is no picture."""
    with _refusing():
        if family_of(source) is not Family.IMAGE:
            raise RefusalError(Reason.NO_PICTURE)
        photographs.draw(source, target, sides)


@contextmanager
def _refusing() -> Iterator[None]:
    """Make a refusal of whatever a parser says of a file."""
    try:
        yield
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
