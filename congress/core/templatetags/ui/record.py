"""What is a record made of? A header, facts, figures, panels, its story and what it is connected to."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.messages.storage.base import Message
from django.utils.safestring import SafeString

from congress.core.templatetags.ui.library import fragment, markup, one_of, register

CALLOUT_ICONS = {
    "info": "info-circle",
    "success": "check-circle",
    "warning": "exclamation-triangle",
    "danger": "exclamation-octagon",
}
MESSAGE_TONES = {"debug": "info", "info": "info", "success": "success", "warning": "warning", "error": "danger"}


@register.simple_block_tag
def page_header(
    content: str, title: str, *, eyebrow: str = "", lead: str = "", mark: str = "", level: int = 1
) -> SafeString:
    """Head a page: what it is, in one line before and one after; the slot holds `meta` and `actions`.

    Level 2 heads a document that stands within a page of its own heading.
    """
    return fragment("page_header", content=content, title=title, eyebrow=eyebrow, lead=lead, mark=mark, level=level)


@register.simple_block_tag
def meta(content: str) -> SafeString:
    """Set short facts in a line: states, labels, places, dates."""
    return markup('<div class="meta">{}</div>', content)


@register.simple_block_tag
def breadcrumbs(content: str) -> SafeString:
    """Show the way here; holds `crumb`s, the last one without an address."""
    return fragment("breadcrumbs", content=content)


@register.simple_tag
def crumb(label: str, url: str = "") -> SafeString:
    """Name one step of the way here."""
    if url:
        return markup('<li><a href="{}">{}</a></li>', url, label)
    return markup('<li aria-current="page">{}</li>', label)


@register.simple_block_tag
def section(content: str, title: str, *, id: str = "", note: str = "", url: str = "") -> SafeString:  # noqa: A002
    """Hold one part of a page under its heading; a note at the end of the line may be a link."""
    return fragment("section", content=content, title=title, id=id, note=note, url=url)


@register.simple_block_tag
def facts(content: str) -> SafeString:
    """Hold facts in a definition list."""
    return markup('<dl class="facts">{}</dl>', content)


@register.simple_block_tag
def fact(content: str, label: str) -> SafeString:
    """State one fact."""
    return markup("<div><dt>{}</dt><dd>{}</dd></div>", label, content)


@register.simple_block_tag
def stats(content: str) -> SafeString:
    """Hold figures side by side."""
    return markup('<dl class="stats">{}</dl>', content)


@register.simple_tag
def stat(figure: str, label: str) -> SafeString:
    """Show one figure and what it counts."""
    return markup('<div class="stat"><dt>{}</dt><dd>{}</dd></div>', label, figure)


@register.simple_block_tag
def panel(content: str, title: str) -> SafeString:
    """Hold one subject in the narrow column beside a record."""
    return markup('<section class="panel"><h2>{}</h2>{}</section>', title, content)


@register.simple_block_tag
def card(content: str, title: str, *, url: str = "", eyebrow: str = "", level: int = 3) -> SafeString:
    """Hold a thing that is worth more than a row; the whole card is its link. `level` is that of its heading."""
    return fragment("card", content=content, title=title, url=url, eyebrow=eyebrow, level=level)


@register.simple_block_tag
def timeline(content: str) -> SafeString:
    """Hold what happened, the newest first."""
    return markup('<ol class="timeline">{}</ol>', content)


@register.simple_block_tag
def moment(content: str, at: datetime, *, by: str = "") -> SafeString:
    """Tell one thing that happened: when, by whom, what."""
    return fragment("moment", content=content, at=at, by=by)


@register.simple_block_tag
def callout(content: str, tone: str = "info", *, title: str = "") -> SafeString:
    """Point out what a reader must not miss: info, success, warning or danger."""
    drawing = CALLOUT_ICONS[one_of(tone, CALLOUT_ICONS)]
    return fragment("callout", content=content, tone=tone, title=title, icon=drawing)


@register.inclusion_tag("ui/messages.html")
def message_list(messages: Iterable[Message] | None) -> dict[str, object]:
    """Show what the last action said, from Django's messages."""
    return {"messages": [(MESSAGE_TONES.get(message.level_tag, "info"), message) for message in messages or ()]}


@register.simple_tag
def meter(value: int, maximum: int, label: str) -> SafeString:
    """Show how much of something is taken, as a bar and in words."""
    return markup(
        '<div class="meter"><span>{2}</span><progress value="{0}" max="{1}" aria-label="{2}"></progress></div>',
        min(value, maximum),
        maximum,
        label,
    )


@register.simple_tag
def bar(value: int, maximum: int) -> SafeString:
    """Draw a figure of a table as a bar, for the eye; the number itself stands beside it."""
    return markup('<progress class="bar" value="{}" max="{}" aria-hidden="true"></progress>', value, max(maximum, 1))
