"""What is a desk made of? Facets, chips, a line that says the result, rows that scan, pages."""

from collections.abc import Iterable, Sequence
from html import escape
from itertools import accumulate
from typing import Protocol

from django.template import RequestContext
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from congress.core.searches import Shortcut
from congress.core.templatetags.ui.library import fragment, markup, register

SHOWN_OPTIONS = 8
CHIPS, CHIPS_BYTES = 24, 8_000


class Option(Protocol):
    """One choice of a facet: what is sent, what is read, how many it would leave if counted, whether it is chosen."""

    value: str
    label: str
    count: int | str | None
    selected: bool


class KeysetPage(Protocol):
    """What `congress.core.paging.page` returns, as far as links need it."""

    after: str
    is_first: bool


@register.inclusion_tag("ui/facet.html")
def facet(name: str, title: str, options: Iterable[Option], *, is_open: bool = True) -> dict[str, object]:
    """Draw one facet as checkboxes with counts; beyond eight the rest folds away, chosen ones never."""
    ordered = list(options)
    if len(ordered) > SHOWN_OPTIONS:  # a short facet keeps its order: nothing jumps under the reader's hand
        ordered.sort(key=lambda option: not option.selected)
    shown = max(SHOWN_OPTIONS, sum(option.selected for option in ordered))
    return {
        "name": name,
        "title": title,
        "shown": _options(name, ordered[:shown]),
        "hidden": _options(name, ordered[shown:]),
        "all_count": len(ordered),
        "is_open": is_open,
    }


def _options(name: str, options: Sequence[Option]) -> SafeString:
    """Return checkboxes. Built in Python and without classes, because some desks have four hundred of them."""
    return SafeString("".join(_option(escape(name), option) for option in options))


def _option(name: str, option: Option) -> str:
    value = escape(option.value)
    checked = " checked" if option.selected else ""
    count = "" if option.count is None else f"<small>{escape(str(option.count))}</small>"
    return (
        f'<label><input type="checkbox" id="{name}-{value}" name="{name}" value="{value}"{checked}>'
        f"<span>{escape(str(option.label))}</span>{count}</label>"
    )


@register.inclusion_tag("ui/shortcuts.html")
def shortcuts(title: str, links: Sequence[Shortcut], url: str, edit_url: str) -> dict[str, object]:
    """Lead to the views of a desk that its reader keeps, each with a way to rename or delete it."""
    return {"title": title, "links": links, "url": url, "edit_url": edit_url, "change": _("rename or delete")}


@register.inclusion_tag("ui/chips.html")
def chips(filters: Sequence[tuple[str, str]], clear_url: str = "") -> dict[str, object]:
    """Say the filters in words: pairs of a label and the address without that filter.

    Each address holds all the others, so of very many only the first are shown, as the page has room for them.
    """
    room = sum(size <= CHIPS_BYTES for size in accumulate(len(url) for _label, url in filters))
    number = min(room, CHIPS)
    return {"filters": filters[:number], "more_count": len(filters[number:]), "clear_url": clear_url}


@register.simple_block_tag
def result_line(content: str) -> SafeString:
    """Say how many there are and of what; spoken again when it changes."""
    return markup('<p class="result-line" role="status">{}</p>', content)


@register.simple_block_tag
def rows(content: str, label: str = "") -> SafeString:
    """Hold the rows of a list; the label names the list for screen readers."""
    name = markup(' aria-label="{}"', label) if label else ""
    return markup('<ul class="rows" role="list"{}>{}</ul>', name, content)


@register.simple_block_tag
def row(content: str, title: str, *, url: str = "", lead: str = "", aside: str = "") -> SafeString:
    """Draw one row: a title (linked if there is an address), a line of facts as the slot, a mark before, states after.

    Built in Python, because thirty of them stand on a page.
    """
    linked = markup('<a href="{}">{}</a>', url, title) if url else title
    return markup(
        '<li class="row">{}<div class="row-main"><div class="row-title">{}</div>'
        '<div class="row-meta">{}</div></div>{}</li>',
        markup('<div class="row-lead">{}</div>', lead) if lead else "",
        linked,
        content,
        markup('<div class="row-aside">{}</div>', aside) if aside else "",
    )


@register.simple_tag
def pieces(parts: Iterable[tuple[str, bool]]) -> SafeString:
    """Set a text in pieces, each with whether it was looked for and is marked."""
    return SafeString("".join(markup("<mark>{}</mark>" if is_hit else "{}", text) for text, is_hit in parts))


@register.simple_tag
def terms(values: Iterable[str]) -> SafeString:
    """Set subjects, substances or places in a row's line, softer than its facts; in one piece, there are many."""
    return SafeString(" ".join(markup('<span class="soft">{}</span>', value) for value in values))


@register.simple_block_tag
def table(content: str, caption: str, *, stacks: bool = False) -> SafeString:
    """Hold a table's head and body; where the screen is narrow it scrolls by itself, or each row stacks its cells.

    A cell of a stack says in `data-label` what its column is called, unless that is plain.
    """
    return fragment("table", content=content, caption=caption, stacks=stacks)


@register.inclusion_tag("ui/pagination.html", takes_context=True)
def pagination(context: RequestContext, page: KeysetPage, *, first: str = "", following: str = "") -> dict[str, object]:
    """Lead to the next page and back to the first one, keeping every other parameter of the address.

    A desk whose own addresses are shorter than those that people send gives both, as they follow the path.
    """
    return {"request": context["request"], "page": page, "first": first, "following": following}


@register.simple_block_tag
def empty_state(content: str, title: str, *, icon: str = "inbox", url: str = "", action: str = "") -> SafeString:
    """Say that there is nothing, why, and what to do; with a link if there is an action."""
    return fragment("empty_state", content=content, title=title, icon=icon, url=url, action=action)


@register.inclusion_tag("ui/tabs.html")
def tabs(items: Sequence[object], label: str = _("Sections")) -> dict[str, object]:  # type: ignore[assignment]
    """Lead between the parts of one thing; items have label, url, current and optionally count."""
    return {"items": items, "label": label}
