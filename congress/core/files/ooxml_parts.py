"""What is taken out of the XML of an Office part: who, when, on which machine, and what acts by itself?"""

import re

from lxml import etree

from congress.core.files.markup import NOBODY, local, remove
from congress.core.files.refusal import Reason, RefusalError

REFERENCE_SPACES = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}",
    "{http://purl.oclc.org/ooxml/officeDocument/relationships}",
)
OLD_DRAWING = "{urn:schemas-microsoft-com:office:office}relid"
WHO = "author initials userId providerId userName refreshedBy lastEditedBy"
IN_WORD = (
    "rsids docVars docId mailMerge attachedTemplate writeProtection documentProtection dataBinding altChunk subDoc"
    " attachedSchema saveThroughXslt "
)
IN_EXCEL = (
    "absPath fileSharing revisionPtr customWorkbookViews customSheetViews webPublishing webPublishItems"
    " externalReferences oleSize ddeLink "
)
IN_ALL = "script custDataLst tags externalData"
PEOPLE = frozenset(WHO.split())
WHEN = frozenset({"date", "dateUtc", "dt", "refreshedDate", "refreshedDateIso", "lastEdited", "codeName"})
UNWANTED = frozenset((IN_WORD + IN_EXCEL + IN_ALL).split())
REFUSED = {
    "oleObj": Reason.OBJECTS,
    "oleObject": Reason.OBJECTS,
    "OLEObject": Reason.OBJECTS,
    "control": Reason.MACROS,
}
# These stay when what they refer to goes: the text that was linked, the page that was set up.
OUTLIVE_THEIR_LINK = frozenset({"hyperlink", "pageSetup"})
# These lists of references may not be empty.
GO_WITH_THEIR_LAST = frozenset(
    {"customProperties", "slicerList", "slicerCaches", "timelineRefs", "timelineCacheRefs", "pivotCaches", "tableParts"}
)
NAMED_DRAWINGS = frozenset({"cNvPr", "docPr"})
# Fields that load something, and paths in links; a web link's own word is taken away before.
FIELD = re.compile(r"DDE|INCLUDE|IMPORT|LINK|DATABASE|MACROBUTTON|FILE:|\\\\")
PLAIN_LINK = re.compile(r"HYPERLINK|\s")
OTHER_BOOK = re.compile(r"(?<!\w)\[\d+\]|\w\|'")
CHART_SPACE = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
SLIDE_ACTIONS = ("ppaction://hlinksldjump", "ppaction://hlinkshowjump", "ppaction://noaction", "ppaction://media")
PATH = re.compile(r"\\|file:|^/|^[A-Za-z]:")


def scrubbed(root: etree._Element, dropped: set[str]) -> etree._Element:
    """Return a part without what is not wanted and without references to the dropped relationships.

    Raises: RefusalError for a part that shows an object of another program.
    """
    _forget_names_in_comments(root)
    acting = _acting_fields(root) | _formulas_of_other_books(root)
    for element in list(root.iter(etree.Element)):
        if reason := REFUSED.get(local(element.tag)):
            raise RefusalError(reason)
        if element in acting or local(element.tag) in UNWANTED or _starts_something(element):
            remove(element)
            continue
        _scrub_attributes(element)
        _scrub_references(element, dropped)
    return root


def _starts_something(element: etree._Element) -> bool:
    """Tell whether a click on a slide opens a program, a macro or another file."""
    action = element.get("action", "")
    return local(element.tag).startswith("hlink") and bool(action) and not action.startswith(SLIDE_ACTIONS)


def _acting_fields(root: etree._Element) -> set[etree._Element]:
    """Return Word's fields where one of them loads something, however finely its words are divided; results stay."""
    codes = {element for element in root.iter(etree.Element) if local(element.tag) == "instrText"}
    simple = [element for element in root.iter(etree.Element) if local(element.tag) == "fldSimple"]
    words = [element.text or "" for element in root.iter(etree.Element) if element in codes]
    words += [value for element in simple for value in element.attrib.values()]
    if not FIELD.search(PLAIN_LINK.sub("", "".join(words).upper())):
        return set()
    for element in simple:
        for key in element.attrib:
            if local(key) == "instr":
                element.set(key, "")
    return codes


def _formulas_of_other_books(root: etree._Element) -> set[etree._Element]:
    """Return what computes from other files; the values stay. Cells that share a formula can't lose one of it only."""
    formulas = [element for element in root.iter(etree.Element) if local(element.tag) in {"f", "definedName"}]
    for formula in formulas:
        if formula.tag.startswith(CHART_SPACE) and "[" in (formula.text or ""):
            formula.text = None
    others = {formula for formula in formulas if OTHER_BOOK.search(formula.text or "")}
    return others | {formula for formula in formulas if others and formula.get("t") == "shared"}


def _scrub_attributes(element: etree._Element) -> None:
    for key in element.attrib:
        name = local(key)
        if name in PEOPLE:
            element.set(key, NOBODY)
        elif name in WHEN or name.startswith("rsid"):
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
                _remove_with_its_list(element)
                return


def _remove_with_its_list(element: etree._Element) -> None:
    parent = element.getparent()
    remove(element)
    if parent is not None and local(parent.tag) in GO_WITH_THEIR_LAST and not len(parent):
        remove(parent)


def _forget_names_in_comments(root: etree._Element) -> None:
    """Excel begins a comment with its author's name in words."""
    if local(root.tag) != "comments":
        return
    names = {element.text for element in root.iter(etree.Element) if local(element.tag) == "author" and element.text}
    for element in root.iter(etree.Element):
        if local(element.tag) == "t" and (element.text or "").strip().rstrip(":") in names:
            element.text = f"{NOBODY}:"
