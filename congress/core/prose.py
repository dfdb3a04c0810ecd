"""How does text that people type become HTML, or a tree for print?

Paragraphs, lists and emphasis; no links, no images, no HTML of theirs.

Nothing typed becomes a link: a notice must not lead its readers anywhere, and a mail even less.
"""

from typing import Any

import nh3
from django.utils.safestring import SafeString
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

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


def to_plain(text: str) -> str:
    """Return typed text without the marks of emphasis, for an excerpt in one line."""
    return text.replace("**", "").replace("\n- ", " · ").removeprefix("- ")
