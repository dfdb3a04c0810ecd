"""How is a restricted document marked? At its top and bottom, on screen and on every sheet of paper."""

from django.utils.safestring import SafeString

from congress.core.prose import to_html
from congress.core.templatetags.ui.library import fragment, register
from congress.core.templatetags.ui.marks import TLP_CLASSES


@register.simple_block_tag
def document(content: str, tlp: str, audience: str) -> SafeString:
    """Hold a document between its two banners: the label, and for whom it is in words."""
    paper = f"on-{TLP_CLASSES[str(tlp)]}"
    return fragment("document", content=content, tlp=str(tlp), audience=audience, paper=paper)


@register.simple_tag
def written(text: str) -> SafeString:
    """Set text that a person typed: paragraphs, lists and emphasis, no links and nothing else."""
    return to_html(str(text))


@register.inclusion_tag("ui/document_banner.html")
def document_banner(tlp: str, audience: str) -> dict[str, object]:
    """Draw one banner by itself, for pages that are not documents but hold restricted text."""
    return {"tlp": str(tlp), "audience": audience}
