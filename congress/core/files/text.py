"""What words are in a clean file? For the gate against recipes and for search; pictures have none."""

import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pypdf
from lxml import etree

from congress.core.files import limits
from congress.core.files.kinds import ODF, OOXML, Kind
from congress.core.files.markup import local, parse

NO_WORDS = ("styles", "theme", "settings", "fontTable", "slideLayout", "Master", "[Content_Types]", "_rels/")
LINE_ENDS = frozenset({"p", "h", "br", "line-break", "si", "row", "tr", "table-row", "cmt", "comment", "creator"})
CELL_ENDS = frozenset({"tab", "c", "tc", "table-cell"})
WORDS = frozenset({"t", "v", "delText"})  # what was deleted with changes tracked is still in the file


@dataclass(frozen=True)
class Words:
    """The text of a file, and whether that is all of it."""

    text: str
    is_whole: bool


def words_of(clean: Path, kind: Kind) -> Words:
    """Return the plain text of a clean file, at most the limit; not whole also where a page could not be read."""
    pieces: list[str] = []
    left, gaps = limits.TEXT_LETTERS, False
    for piece in _pieces(clean, kind):
        if piece is None:
            gaps = True
            continue
        pieces.append(piece[:left])
        left -= len(piece)
        if left < 0:
            break
    return Words("".join(pieces).strip(), is_whole=left >= 0 and not gaps)


def _pieces(clean: Path, kind: Kind) -> Iterator[str | None]:
    """Yield text in the order of the file, and None for each part that could not be read."""
    if kind is Kind.PDF:
        return _pdf(clean)
    if kind in OOXML or kind in ODF:
        return _office(clean, kind)
    return iter(() if kind.is_image else (clean.read_text(),))


def _pdf(clean: Path) -> Iterator[str | None]:
    stop_at = time.monotonic() + limits.TEXT_SECONDS
    try:
        for page in pypdf.PdfReader(clean).pages:
            yield _page(page) if time.monotonic() < stop_at else None
    except Exception:  # its reader gives up where others don't; what was read so far counts
        yield None


def _page(page: pypdf.PageObject) -> str | None:
    try:
        notes = [note.get_object() for note in page.get("/Annots", [])]
        written = [note.get(key) for note in notes for key in ("/Contents", "/V")]
        return "\n".join([page.extract_text(), *(text for text in written if isinstance(text, str)), ""])
    except Exception:  # a page that makes no sense does not hide the others
        return None


def _office(clean: Path, kind: Kind) -> Iterator[str]:
    with zipfile.ZipFile(clean) as archive:
        for name in archive.namelist():
            if name.endswith(".xml") and (kind in ODF or not any(part in name for part in NO_WORDS)):
                root = parse(archive.read(name))
                yield from _all_words(root) if kind in ODF else _run_words(root)
                yield "\n"


def _all_words(root: etree._Element) -> Iterator[str]:
    for step, element in etree.iterwalk(root, events=("start", "end")):
        if step == "start":
            yield element.text or ""
        else:
            yield _end(element) + (element.tail or "")


def _run_words(root: etree._Element) -> Iterator[str]:
    for element in root.iter(etree.Element):
        yield _end(element)
        if local(element.tag) in WORDS and element.text and not _is_number_of_string(element):
            yield element.text


def _is_number_of_string(element: etree._Element) -> bool:
    """Excel's cells name most of their texts by a number in a list."""
    cell = element.getparent()
    return local(element.tag) == "v" and cell is not None and cell.get("t") == "s"


def _end(element: etree._Element) -> str:
    name = local(element.tag)
    if name in LINE_ENDS:
        return "\n"
    return "\t" if name in CELL_ENDS else ""
