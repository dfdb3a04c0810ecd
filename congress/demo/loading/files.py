"""How do the files of the demonstration network come into the store and onto the editions?"""

import hashlib
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import typst

from congress.core.files import store
from congress.core.files.kinds import Kind
from congress.demo import shapes
from congress.demo.drawings import draw
from congress.demo.reading import read
from notices.actions import SHELF
from notices.models import Attachment, Edition


@dataclass
class _Kept:
    """One drawing or document in the store, shared by every edition that carries it."""

    key: str
    kind: Kind
    size_bytes: int
    digest: str
    pixels: tuple[int, int] | tuple[None, None]
    text: str


def load_files(editions: Iterable[tuple[Edition, shapes.Edition]]) -> None:
    """Make the rows of all files; each drawing is drawn and kept once."""
    shelf = _Shelf()
    Attachment.objects.bulk_create(
        _attachment(row, file, shelf.kept(file), position)
        for row, made in editions
        for position, file in enumerate(made.files)
    )


class _Shelf:
    def __init__(self) -> None:
        self._kept: dict[str, _Kept] = {}

    def kept(self, file: shapes.File) -> _Kept:
        if file.drawing not in self._kept:
            self._kept[file.drawing] = _keep(file)
        return self._kept[file.drawing]


def _keep(file: shapes.File) -> _Kept:
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder, "plain")
        pixels = draw(file.drawing, plain) if file.drawing else _write_checklist(plain)
        return _Kept(
            key=store.put(plain, shelf=SHELF),
            kind=Kind.PNG if file.drawing else Kind.PDF,
            size_bytes=plain.stat().st_size,
            digest=hashlib.sha256(plain.read_bytes()).hexdigest(),
            pixels=pixels,
            text="" if file.drawing else _words(),
        )


def _write_checklist(target: Path) -> tuple[None, None]:
    page = read("files")["checklist"]
    lines = "".join(f"+ {line}\n" for line in page["lines"])
    body = f"#set text(16pt)\n#set document(title: [{page['title']}])\n= {page['title']}\n\n{lines}"
    target.write_bytes(typst.compile(body.encode()))
    return None, None


def _words() -> str:
    page = read("files")["checklist"]
    return "\n".join([page["title"], *page["lines"]])


def _attachment(row: Edition, file: shapes.File, kept: _Kept, position: int) -> Attachment:
    width, height = kept.pixels
    return Attachment(
        edition=row,
        position=position,
        name=file.name,
        description=file.description,
        tlp=file.tlp,
        media_type=kept.kind.media_type,
        size_bytes=kept.size_bytes,
        digest=kept.digest,
        stored_as=kept.key,
        text=kept.text,
        width=width,
        height=height,
        added_by_id=row.notice.author_id,
        added_at=row.created_at,
    )
