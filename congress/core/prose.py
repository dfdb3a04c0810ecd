"""How does text that people type become HTML, or a tree for print?

Paragraphs, lists and emphasis; no links, no images, no HTML of theirs.

Nothing typed becomes a link: a notice must not lead its readers anywhere, and a mail even less.
"""

import unicodedata
from typing import Any

import nh3
from django.utils.safestring import SafeString
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

# What turns the direction of reading can make a line say something else; what shows nothing can look like no name.
DIRECTION_MARKS = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})
UNSEEN = frozenset("\u00ad\u115f\u1160\u180e\u200b\u2060\u2061\u2062\u2063\u2064\u3164\ufeff\uffa0")
# Persian and Hindi spell with joiners, and mixed lines need marks; a line of nothing else is empty.
JOINERS = "\u200c\u200d\u200e\u200f\u061c"

TAGS = {"p", "br", "ul", "ol", "li", "strong", "em"}
_markdown = MarkdownIt("zero", {"breaks": True}).enable(["list", "emphasis", "newline", "escape"])


def to_html(text: str) -> SafeString:
    """Return typed text as safe HTML. The second pass would only ever find a defect of the first."""
    return SafeString(nh3.clean(_markdown.render(text), tags=TAGS, attributes={}))


def to_tree(text: str) -> dict[str, Any]:
    """Return typed text as plain data for a typesetter: each node has a kind, its own text and its children."""
    return _node(SyntaxTreeNode(_markdown.parse(text)))


def _node(node: SyntaxTreeNode) -> dict[str, Any]:
    text = node.content if node.type == "text" else ""
    return {"kind": node.type, "text": text, "children": [_node(child) for child in node.children]}


def without_turns(text: str) -> str:
    """Return typed text without the characters that turn the direction of reading."""
    return "".join(letter for letter in text if unicodedata.bidirectional(letter) not in DIRECTION_MARKS)


def one_line(text: str) -> str:
    """Return typed text as one line of what a reader sees: a break in it would be a second fact, or a mail's header."""
    seen = (letter for letter in without_turns(text) if letter not in UNSEEN and (letter.isspace() or _shows(letter)))
    return " ".join("".join(seen).split()).strip(JOINERS)


def _shows(letter: str) -> bool:
    # NUL stays, so that the form refuses it.
    return letter == "\0" or unicodedata.category(letter) not in {"Cc", "Co"}


def to_plain(text: str) -> str:
    """Return typed text without the marks of emphasis, for an excerpt in one line."""
    return text.replace("**", "").replace("\n- ", " · ").removeprefix("- ")
