"""Which parts of a Word, Excel or PowerPoint file are kept, and how do they still fit together?

What is written is what can be reached from the root through relationships, of the content types named here; references
to what was left out are taken out as well, so that the office programs open the file without repairing it.
"""

import posixpath
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from congress.core.files.archive import Archive, Writer
from congress.core.files.kinds import Kind
from congress.core.files.markup import local, may_be_followed, parse, to_bytes
from congress.core.files.ooxml_parts import scrubbed
from congress.core.files.pictures import redrawn
from congress.core.files.refusal import Reason, RefusalError

TYPES = "[Content_Types].xml"
TYPE_SPACE = "http://schemas.openxmlformats.org/package/2006/content-types"
RELATIONSHIPS = "application/vnd.openxmlformats-package.relationships+xml"
OFFICE = "application/vnd.openxmlformats-officedocument."
MAIN = {
    f"{OFFICE}wordprocessingml.document.main+xml": Kind.DOCX,
    f"{OFFICE}spreadsheetml.sheet.main+xml": Kind.XLSX,
    f"{OFFICE}presentationml.presentation.main+xml": Kind.PPTX,
}
WORD = "styles settings fontTable numbering header footer footnotes endnotes comments"
EXCEL = (
    "worksheet chartsheet styles sharedStrings comments table pivotTable pivotCacheDefinition pivotCacheRecords"
    " sheetMetadata"
)
POWERPOINT = (
    "slide slideLayout slideMaster notesSlide notesMaster handoutMaster presProps viewProps tableStyles comments"
    " commentAuthors"
)
DRAWING = "chart chartshapes diagramData diagramLayout diagramStyle diagramColors"
MICROSOFT = "drawingml.diagramDrawing chartstyle chartcolorstyle"
KEPT = frozenset(
    [*MAIN, f"{OFFICE}theme+xml", f"{OFFICE}themeOverride+xml", f"{OFFICE}drawing+xml", f"{OFFICE}vmlDrawing"]
    + [f"{OFFICE}wordprocessingml.{name}+xml" for name in WORD.split()]
    + [f"{OFFICE}spreadsheetml.{name}+xml" for name in EXCEL.split()]
    + [f"{OFFICE}presentationml.{name}+xml" for name in POWERPOINT.split()]
    + [f"{OFFICE}drawingml.{name}+xml" for name in DRAWING.split()]
    + [f"application/vnd.ms-office.{name}+xml" for name in MICROSOFT.split()]
)
REFUSED = {
    "macroenabled": Reason.MACROS,
    "vbaproject": Reason.MACROS,
    "vbadata": Reason.MACROS,
    "activex": Reason.MACROS,
    "macrosheet": Reason.MACROS,
    "oleobject": Reason.OBJECTS,
}


def kind_of(archive: Archive) -> Kind | None:
    """Return which Office kind an archive says it is. Raises: RefusalError for one with code or objects."""
    if TYPES not in archive.names:
        return None
    types = _Types.read(archive)
    for media_type in (*types.by_part.values(), *archive.names):
        for word, reason in REFUSED.items():
            if word in media_type.lower():
                raise RefusalError(reason)
    return next((kind for media_type, kind in MAIN.items() if media_type in types.by_part.values()), None)


@dataclass(frozen=True)
class _Types:
    """What the package says each part is."""

    by_part: dict[str, str]
    by_suffix: dict[str, str]

    @classmethod
    def read(cls, archive: Archive) -> "_Types":
        root = parse(archive.read(TYPES))
        overrides = root.iter(f"{{{TYPE_SPACE}}}Override")
        defaults = root.iter(f"{{{TYPE_SPACE}}}Default")
        return cls(
            {item.get("PartName", "").lstrip("/"): item.get("ContentType", "") for item in overrides},
            {item.get("Extension", "").lower(): item.get("ContentType", "") for item in defaults},
        )

    def of(self, name: str) -> str:
        return self.by_part.get(name) or self.by_suffix.get(name.rpartition(".")[2].lower(), "")


def clean(archive: Archive, target: Path) -> None:
    """Write the parts that are kept, each scrubbed. Raises: RefusalError."""
    with Writer(target) as writer:
        types = _Walk(archive, _Types.read(archive), writer).write_all()
        writer.write(TYPES, _content_types(types))


@dataclass
class _Walk:
    """From the root along the relationships, each part once."""

    archive: Archive
    types: _Types
    writer: Writer
    written: dict[str, str] = field(default_factory=dict)
    waiting: deque[str] = field(default_factory=deque)

    def write_all(self) -> dict[str, str]:
        """Write every part that is reached; return their content types."""
        self._write_relationships("", only="/officeDocument")
        while self.waiting:
            name = self.waiting.popleft()
            if name not in self.written:
                self.written[name] = self._write(name)
        return self.written

    def _write(self, name: str) -> str:
        media_type = self.types.of(name)
        if media_type.startswith("image/"):
            data, media_type = redrawn(self.archive.read(name))
        else:
            dropped = self._write_relationships(name)
            data = to_bytes(scrubbed(parse(self.archive.read(name)), dropped))
        self.writer.write(name, data)
        return media_type

    def _write_relationships(self, source: str, *, only: str = "") -> set[str]:
        """Write the relationships of a part that lead to what is kept; return the ids of the others."""
        name = _relationships_of(source)
        if name not in self.archive.names:
            return set()
        root, dropped = parse(self.archive.read(name)), set()
        for link in list(root):
            if not (link.get("Type", "").endswith(only) and self._is_kept(source, link)):
                dropped.add(link.get("Id", ""))
                root.remove(link)
        self.writer.write(name, to_bytes(root))
        return dropped

    def _is_kept(self, source: str, link: etree._Element) -> bool:
        if local(link.tag) != "Relationship":
            return False
        if link.get("TargetMode") == "External":
            return link.get("Type", "").endswith("/hyperlink") and may_be_followed(link.get("Target", ""))
        name = posixpath.normpath(posixpath.join("/", posixpath.dirname(source), link.get("Target", ""))).lstrip("/")
        media_type = self.types.of(name)
        if name not in self.archive.names or not (media_type in KEPT or media_type.startswith("image/")):
            return False
        if media_type == "image/svg+xml":
            return False
        self.waiting.append(name)
        return True


def _relationships_of(source: str) -> str:
    folder, name = posixpath.split(source)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _content_types(types: dict[str, str]) -> bytes:
    root = etree.Element(f"{{{TYPE_SPACE}}}Types", nsmap={None: TYPE_SPACE})
    etree.SubElement(root, f"{{{TYPE_SPACE}}}Default", Extension="rels", ContentType=RELATIONSHIPS)
    for name, media_type in types.items():
        etree.SubElement(root, f"{{{TYPE_SPACE}}}Override", PartName=f"/{name}", ContentType=media_type)
    return to_bytes(root)
