"""How is a restricted document marked? At its top and bottom, on screen and on every sheet of paper."""

from collections.abc import Iterable
from datetime import datetime
from html import escape

from django.utils.safestring import SafeString
from django.utils.translation import gettext

from congress.core.comparing import Change, Piece
from congress.core.prose import to_html
from congress.core.templatetags.ui.library import fragment, markup, register
from congress.core.templatetags.ui.marks import TLP_CLASSES
from congress.core.templatetags.ui.times import datetime_tag


@register.simple_block_tag
def document(content: str, tlp: str, audience: str, *, mark: str = "") -> SafeString:
    """Hold a document between its two banners: the label, for whom it is in words, and a reader's mark if any."""
    paper = f"on-{TLP_CLASSES[str(tlp)]}"
    return fragment("document", content=content, tlp=str(tlp), audience=audience, paper=paper, mark=mark)


@register.simple_tag
def reader_mark(name: str, organisation: str, at: datetime) -> SafeString:
    """Say who opened a restricted document and when, so that a copy shows where it came from."""
    shown = markup("<bdi>{}</bdi>, <bdi>{}</bdi>", name, organisation) if organisation else name
    return markup(gettext("Opened by {}, {}"), shown, datetime_tag(at))


@register.simple_tag
def written(text: str) -> SafeString:
    """Set text that a person typed: paragraphs, lists and emphasis, no links and nothing else."""
    return to_html(str(text))


@register.simple_tag
def compared(pieces: Iterable[Piece], separator: str = "") -> SafeString:
    """Show two texts as one: what was removed struck out, what was added underlined, both said to screen readers."""
    return markup(
        '<div class="compared" dir="auto">{}</div>', SafeString(escape(separator).join(_piece(each) for each in pieces))
    )


def _piece(piece: Piece) -> SafeString:
    if piece.change is Change.KEPT:
        return markup("<span>{}</span>", piece.text)
    tag, said = ("ins", gettext("added:")) if piece.change is Change.ADDED else ("del", gettext("removed:"))
    return markup('<{0}><span class="visually-hidden">{1} </span>{2}</{0}>', tag, said, piece.text)


@register.inclusion_tag("ui/document_banner.html")
def document_banner(tlp: str, audience: str, *, mark: str = "") -> dict[str, object]:
    """Draw one banner by itself, for pages that are not documents but hold restricted text."""
    return {"tlp": str(tlp), "audience": audience, "mark": mark}
