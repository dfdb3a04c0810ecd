"""What is taken out of the XML of an Office part: who, when, on which machine, and what acts by itself?"""

import re

from lxml import etree

from congress.core.files.markup import NOBODY, local, remove

REFERENCE_SPACES = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}",
    "{http://purl.oclc.org/ooxml/officeDocument/relationships}",
)
OLD_DRAWING = "{urn:schemas-microsoft-com:office:office}relid"
WHO = "author initials userId providerId displayName userName refreshedBy lastEditedBy"
IN_WORD = (
    "rsids docVars docId mailMerge attachedTemplate writeProtection documentProtection dataBinding altChunk subDoc"
    " attachedSchema saveThroughXslt "
)
IN_EXCEL = (
    "absPath fileSharing revisionPtr customWorkbookViews customSheetViews webPublishing webPublishItems"
    " externalReferences oleObjects oleSize ddeLink "
)
IN_ALL = "controls control OLEObject oleObj script custDataLst tags externalData"
PEOPLE = frozenset(WHO.split())
WHEN = frozenset({"date", "dateUtc", "dt", "refreshedDate", "refreshedDateIso", "lastEdited"})
UNWANTED = frozenset((IN_WORD + IN_EXCEL + IN_ALL).split())
# These stay when what they refer to goes: the text that was linked, the page that was set up.
OUTLIVE_THEIR_LINK = frozenset({"hyperlink", "pageSetup"})
NAMED_DRAWINGS = frozenset({"cNvPr", "docPr"})
FIELD = re.compile(
    r"DDE|INCLUDE|IMPORT|LINK|DATABASE|MACROBUTTON|AUTHOR|LASTSAVEDBY|USER|FILENAME|TEMPLATE|DOC(VAR|PROP)"
)
PLAIN_LINK = re.compile(r"HYPERLINK")
OTHER_BOOK = re.compile(r"\[\d+\]|\|")
PATH = re.compile(r"\\|file:|^/|^[A-Za-z]:")


def scrubbed(root: etree._Element, dropped: set[str]) -> etree._Element:
    """Return a part without what is not wanted and without references to the dropped relationships."""
    _forget_names_in_comments(root)
    fields_act = _fields_act(root)
    for element in list(root.iter(etree.Element)):
        if _goes(element, fields_act=fields_act):
            remove(element)
            continue
        _scrub_attributes(element)
        _scrub_references(element, dropped)
    return root


def _goes(element: etree._Element, *, fields_act: bool) -> bool:
    name = local(element.tag)
    if name in UNWANTED:
        return True
    if name in {"f", "definedName"}:
        return bool(OTHER_BOOK.search(element.text or ""))
    return fields_act and name == "instrText"


def _fields_act(root: etree._Element) -> bool:
    """Tell whether a Word part has fields that load or reveal something, however finely their words are divided."""
    texts = [element.text or "" for element in root.iter(etree.Element) if local(element.tag) == "instrText"]
    texts += [
        value for element in root.iter(etree.Element) for key, value in element.attrib.items() if local(key) == "instr"
    ]
    return bool(FIELD.search(PLAIN_LINK.sub("", re.sub(r"\s", "", "".join(texts)).upper())))


def _scrub_attributes(element: etree._Element) -> None:
    for key in element.attrib:
        name = local(key)
        if name in PEOPLE:
            element.set(key, NOBODY)
        elif name in WHEN or name.startswith("rsid") or (name == "codeName" and "workbook" in element.tag):
            del element.attrib[key]
    _scrub_names(element)
    if local(element.tag) == "author" and element.text:
        element.text = NOBODY


def _scrub_names(element: etree._Element) -> None:
    """Drawings are named after the file that they came from, and described by its path."""
    name = local(element.tag)
    if name in NAMED_DRAWINGS:
        element.set("name", "Object")
        if PATH.search(element.get("descr", "")):
            del element.attrib["descr"]
    elif name in {"cmAuthor", "author"} and "name" in element.attrib:
        element.set("name", NOBODY)


def _scrub_references(element: etree._Element, dropped: set[str]) -> None:
    for key, value in element.attrib.items():
        if value in dropped and (key.startswith(REFERENCE_SPACES) or key == OLD_DRAWING):
            if local(element.tag) in OUTLIVE_THEIR_LINK:
                del element.attrib[key]
            else:
                remove(element)
                return


def _forget_names_in_comments(root: etree._Element) -> None:
    """Excel begins a comment with its author's name in words."""
    if local(root.tag) != "comments":
        return
    names = {element.text for element in root.iter(etree.Element) if local(element.tag) == "author" and element.text}
    for element in root.iter(etree.Element):
        if local(element.tag) == "t" and (element.text or "").strip().rstrip(":") in names:
            element.text = f"{NOBODY}:"
