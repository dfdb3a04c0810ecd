"""How does a PDF lose its history, its authors and everything that acts by itself?

A file of many parts that nobody can list is cleaned from the root: the catalogue keeps what is named here, what nothing
points to any more is not written, and what stays is searched for the keys and actions that are not wanted anywhere.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeGuard

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Stream

from congress.core.files import limits
from congress.core.files.jpeg import without_metadata
from congress.core.files.kinds import Kind
from congress.core.files.markup import may_be_followed
from congress.core.files.refusal import Reason, RefusalError


def _names(words: str) -> frozenset[str]:
    return frozenset(f"/{word}" for word in words.split())


CATALOGUE = _names(
    "Type Version Pages PageLabels PageMode PageLayout Lang MarkInfo StructTreeRoot Outlines Dests Names OCProperties"
    " AcroForm ViewerPreferences"
)
TRAILER = _names("Root Size")
NAME_TREES = _names("Dests")
ACROFORM = _names("Fields DR DA Q")
UNWANTED = _names(
    "AA OpenAction JS JavaScript Metadata PieceInfo Thumb LastModified AF EF EmbeddedFiles XFA RichMediaContent"
    " RichMediaSettings CreatorInfo SpiderInfo OPI Perms Collection Author Creator CreationDate ModDate Producer"
    " PresSteps Measure PtData"
)
# What makes a stream's content come from another file.
FROM_OUTSIDE = _names("F FFilter FDecodeParms Ref")
HARMLESS_ACTIONS = _names("GoTo URI Named")
# What those say, and what comes after them. A key that no reader knows may hold what a damaged name hides.
PARTS_OF_ACTIONS = _names("Type S D SD URI IsMap N Next")
ANNOTATIONS = _names(
    "Link Text FreeText Line Square Circle Polygon PolyLine Highlight Underline Squiggly StrikeOut Stamp Caret Ink"
    " Popup Widget"
)
WHO_AND_WHEN = _names("T M NM RC Subj ExData")


def clean(source: Path, target: Path) -> Kind:
    """Write a PDF anew with what a reader sees and nothing of who made it. Raises: RefusalError."""
    try:
        with pikepdf.open(source) as pdf:
            pages = _pages_within_bounds(pdf)
            _prune_root(pdf)
            for thing in _everything(pdf):
                _scrub(thing)
            pdf.save(target, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    except pikepdf.PasswordError as error:
        raise RefusalError(Reason.ENCRYPTED) from error
    _require_pages(target, pages)
    return Kind.PDF


def _pages_within_bounds(pdf: pikepdf.Pdf) -> int:
    if pdf.is_encrypted:
        raise RefusalError(Reason.ENCRYPTED)
    pages = len(pdf.pages)
    if pages > limits.PDF_PAGES:
        raise RefusalError(Reason.TOO_MANY_PAGES)
    if len(pdf.objects) > limits.PDF_OBJECTS:
        raise RefusalError(Reason.TOO_DEMANDING)
    return pages


def _require_pages(target: Path, pages: int) -> None:
    """Look at what was written: a damaged file can be repaired into one that holds nothing."""
    with pikepdf.open(target) as written:
        if not pages or len(written.pages) != pages:
            raise RefusalError(Reason.UNREADABLE)


def _prune_root(pdf: pikepdf.Pdf) -> None:
    _keep(pdf.trailer, TRAILER)
    _keep(pdf.Root, CATALOGUE)
    for key, kept in (("/Names", NAME_TREES), ("/AcroForm", ACROFORM)):
        if isinstance(pdf.Root.get(key), Dictionary):
            _keep(pdf.Root[key], kept)


def _keep(thing: Object, keys: frozenset[str]) -> None:
    for key in set(thing.keys()) - keys:
        del thing[key]


def _everything(pdf: pikepdf.Pdf) -> Iterator[Object]:
    """Yield every dictionary and stream, also those inside others; without recursion, which a file could exhaust."""
    waiting: list[Any] = list(pdf.objects)
    while waiting:
        thing = waiting.pop()
        if isinstance(thing, Array):
            waiting.extend(_direct(thing))
        elif isinstance(thing, Dictionary | Stream):
            yield thing
            keys = thing.stream_dict if isinstance(thing, Stream) else thing
            waiting.extend(_direct(keys.values()))


def _direct(things: Any) -> list[Any]:
    """Return the parts that are written in place; what is referred to is visited by itself."""
    return [thing for thing in things if isinstance(thing, Object) and not thing.is_indirect]


def _scrub(thing: Object) -> None:
    for key in UNWANTED & set(thing.keys()):
        del thing[key]
    _drop_actions(thing)
    if isinstance(thing, Stream):
        _scrub_stream(thing)
    elif isinstance(thing.get("/Annots"), Array):
        _scrub_annotations(thing)
    elif thing.get("/FT") == Name.Sig and "/V" in thing:
        del thing["/V"]


def _drop_actions(thing: Object) -> None:
    """Take out each action that does more than lead to a page or a web address, at the key that holds it.

    Outlines and structure use the same keys for other things; only an action has a kind at /S in there.
    """
    for key in ("/A", "/PA", "/Next"):
        actions = thing.get(key)
        several = actions.as_list() if isinstance(actions, Array) else [actions]
        if not all(map(_is_harmless, several)):
            del thing[key]
            continue
        for action in filter(_is_action, several):
            _keep(action, PARTS_OF_ACTIONS)


def _is_action(thing: Any) -> TypeGuard[Dictionary]:
    return isinstance(thing, Dictionary) and "/S" in thing


def _is_harmless(action: Any) -> bool:
    if not _is_action(action):
        return True
    if action["/S"] == Name.URI:
        return may_be_followed(str(action.get("/URI", "")))
    return str(action["/S"]) in HARMLESS_ACTIONS


def _scrub_stream(stream: Object) -> None:
    for key in FROM_OUTSIDE & set(stream.keys()):
        del stream[key]
    if stream.get("/Filter") in (Name.DCTDecode, Array([Name.DCTDecode])):
        stream.write(without_metadata(stream.read_raw_bytes()), filter=Name.DCTDecode)


def _scrub_annotations(page: Object) -> None:
    kept = [note for note in page["/Annots"].as_list() if _is_plain(note)]
    for note in kept:
        if note["/Subtype"] != Name.Widget:
            for key in WHO_AND_WHEN & set(note.keys()):
                del note[key]
    page["/Annots"] = Array(kept)


def _is_plain(note: Any) -> bool:
    return isinstance(note, Dictionary) and str(note.get("/Subtype", "")) in ANNOTATIONS
