"""Which parts of an OpenDocument file are kept, and what is taken out of them?"""

from pathlib import Path

from lxml import etree

from congress.core.files.archive import Archive, Writer
from congress.core.files.kinds import FORMATS, ODF, ODF_TYPE, Kind
from congress.core.files.markup import NOBODY, local, may_be_followed, parse, remove, to_bytes
from congress.core.files.pictures import redrawn
from congress.core.files.refusal import Reason, RefusalError

MIMETYPE, MANIFEST = "mimetype", "META-INF/manifest.xml"
KINDS = {FORMATS[kind].media_type: kind for kind in ODF}
XML_PARTS = ("content.xml", "styles.xml")
PICTURES = ("Pictures/", "ObjectReplacements/")
# Charts and formulas are drawn from their own small document; a sheet behind a picture shows too little of itself.
DRAWN = frozenset({f"{ODF_TYPE}chart", f"{ODF_TYPE}formula"})
HREF = "{http://www.w3.org/1999/xlink}href"
MANIFEST_SPACE = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
# Who wrote, said or printed something; the office program fills these in by itself.
WHO = (
    "creator initial-creator author-name author-initials creator-initials printed-by sender-initials sender-firstname"
    " sender-lastname sender-title sender-position sender-company sender-email sender-phone-work sender-phone-private"
)
PEOPLE = frozenset(WHO.split())
ACTING = (
    "scripts event-listeners event-listener script forms dde-source dde-connection-decls dde-link plugin applet"
    " floating-frame object-ole section-source table-source cell-range-source database-display user-defined sound"
)
ACTIVE = frozenset(ACTING.split())


def kind_of(archive: Archive) -> Kind | None:
    """Return which OpenDocument kind an archive says it is."""
    if MIMETYPE not in archive.names:
        return None
    return KINDS.get(archive.read(MIMETYPE).decode("ascii", "replace").strip())


def clean(archive: Archive, kind: Kind, target: Path) -> None:
    """Write the document's content, styles and pictures, and nothing else. Raises: RefusalError."""
    listed = archive.read(MANIFEST)
    if b"encryption-data" in listed:
        raise RefusalError(Reason.ENCRYPTED)
    folders = {path: kind for path, kind in _types(parse(listed)) if kind in DRAWN}
    names = sorted(name for name in archive.names if _is_kept(name, folders))
    with Writer(target) as writer:
        writer.write(MIMETYPE, FORMATS[kind].media_type.encode(), packed=False)
        types = {name: _write(archive, name, names, writer) for name in names}
        writer.write(MANIFEST, _manifest({"/": FORMATS[kind].media_type, **folders, **types}))


def _types(manifest: etree._Element) -> list[tuple[str, str]]:
    entries = manifest.iter(f"{{{MANIFEST_SPACE}}}file-entry")
    attributes = [f"{{{MANIFEST_SPACE}}}{name}" for name in ("full-path", "media-type")]
    return [(entry.get(attributes[0], ""), entry.get(attributes[1], "")) for entry in entries]


def _is_kept(name: str, folders: dict[str, str]) -> bool:
    folder, slash, last = name.rpartition("/")
    if last in XML_PARTS:
        return not folder or f"{folder}{slash}" in folders
    return name.startswith(PICTURES)


def _write(archive: Archive, name: str, names: list[str], writer: Writer) -> str:
    if name.startswith(PICTURES):
        data, media_type = redrawn(archive.read(name))
    else:
        data, media_type = to_bytes(_scrubbed(parse(archive.read(name)), names)), "text/xml"
    writer.write(name, data)
    return media_type


def _scrubbed(root: etree._Element, names: list[str]) -> etree._Element:
    for element in list(root.iter(etree.Element)):
        if local(element.tag) in ACTIVE:
            remove(element)
        elif local(element.tag) in PEOPLE:
            element.text = NOBODY
        _scrub_attributes(element)
        _scrub_link(element, names)
    return root


def _scrub_attributes(element: etree._Element) -> None:
    for name in element.attrib:
        if "rsid" in local(name) or local(name) in PEOPLE:
            del element.attrib[name]


def _scrub_link(element: etree._Element, names: list[str]) -> None:
    """Keep what leads to a kept part, and what a reader clicks; nothing is loaded from outside."""
    address = element.get(HREF)
    if address is None or address.startswith("#") or _is_inside(address, names):
        return
    if local(element.tag) != "a":
        remove(element)
    elif not may_be_followed(address):
        element.set(HREF, "#")


def _is_inside(address: str, names: list[str]) -> bool:
    path = address.removeprefix("./").rstrip("/")
    return path in names or f"{path}/content.xml" in names


def _manifest(types: dict[str, str]) -> bytes:
    root = etree.Element(f"{{{MANIFEST_SPACE}}}manifest", nsmap={"manifest": MANIFEST_SPACE})
    root.set(f"{{{MANIFEST_SPACE}}}version", "1.3")
    for path, media_type in types.items():
        entry = etree.SubElement(root, f"{{{MANIFEST_SPACE}}}file-entry")
        entry.set(f"{{{MANIFEST_SPACE}}}full-path", path)
        entry.set(f"{{{MANIFEST_SPACE}}}media-type", media_type)
    return to_bytes(root)
