"""How is the XML inside an office file read without anything happening?"""

from urllib.parse import urlsplit

from lxml import etree

from congress.core.files.refusal import Reason, RefusalError

LINK_SCHEMES = frozenset({"http", "https", "mailto"})
NOBODY = "Author"


def parse(data: bytes) -> etree._Element:
    """Return the root of a part, without comments and instructions. Raises: RefusalError.

    No entity is expanded, nothing is fetched, and a part that declares a document type is not an office file's.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True, huge_tree=False
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise RefusalError(Reason.UNREADABLE) from error
    if root.getroottree().docinfo.doctype:
        raise RefusalError(Reason.UNREADABLE)
    return root


def to_bytes(root: etree._Element) -> bytes:
    """Return a part as UTF-8."""
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def local(name: object) -> str:
    """Return an element's or attribute's name without its namespace."""
    return str(name).rpartition("}")[2]


def remove(element: etree._Element) -> None:
    """Take an element out, and leave the text that followed it."""
    parent = element.getparent()
    if parent is None:
        return
    before = element.getprevious()
    if element.tail and before is not None:
        before.tail = (before.tail or "") + element.tail
    elif element.tail:
        parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def may_be_followed(address: str) -> bool:
    """Tell whether a link may stay: only what a reader clicks and a browser opens; no folder, no script."""
    try:
        return urlsplit(address.strip()).scheme.lower() in LINK_SCHEMES
    except ValueError:
        return False
