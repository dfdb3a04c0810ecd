"""What can a person press? Buttons, menus, dialogs, and what folds away."""

from django.forms.utils import flatatt
from django.utils.safestring import SafeString

from congress.core.templatetags.ui.library import fragment, markup, one_of, register
from congress.core.templatetags.ui.marks import icon as draw

KINDS = frozenset({"primary", "secondary", "quiet", "danger"})


@register.simple_tag
def button(
    label: str, *, kind: str = "primary", icon: str = "", name: str = "", value: str = "", form: str = ""
) -> SafeString:
    """Draw a button that submits its form (or the one named); the label says what it does."""
    attributes = {"name": name, "value": value, "form": form}
    return markup(
        '<button type="submit" class="button button-{}"{}>{}{}</button>',
        one_of(kind, KINDS),
        flatatt({key: given for key, given in attributes.items() if given}),
        draw(icon) if icon else "",
        label,
    )


@register.simple_tag
def link_button(label: str, url: str, *, kind: str = "secondary", icon: str = "") -> SafeString:
    """Draw a link that looks like a button, for the next step of a task."""
    return markup(
        '<a class="button button-{}" href="{}">{}{}</a>', one_of(kind, KINDS), url, draw(icon) if icon else "", label
    )


@register.simple_tag
def dialog_button(label: str, dialog: str, *, kind: str = "secondary", icon: str = "") -> SafeString:
    """Draw a button that opens the dialog with that id."""
    return markup(
        '<button type="button" class="button button-{}" command="show-modal" commandfor="{}">{}{}</button>',
        one_of(kind, KINDS),
        dialog,
        draw(icon) if icon else "",
        label,
    )


@register.simple_block_tag
def dialog(content: str, id: str, title: str) -> SafeString:  # noqa: A002 -- the HTML attribute's own name
    """Hold a question or a small form above the page; opened by `dialog_button`."""
    return fragment("dialog", content=content, id=id, title=title)


@register.simple_block_tag
def menu(content: str, label: str, *, icon: str = "", kind: str = "quiet") -> SafeString:
    """Hold links and buttons under one word; works without JavaScript."""
    return fragment("menu", content=content, label=label, icon=icon, kind=one_of(kind, KINDS))


@register.simple_block_tag
def disclosure(content: str, summary: str, *, is_open: bool = False) -> SafeString:
    """Fold away what only some readers need."""
    return fragment("disclosure", content=content, summary=summary, is_open=is_open)


@register.simple_block_tag
def actions(content: str) -> SafeString:
    """Set buttons in a line, the most important first."""
    return markup('<div class="actions">{}</div>', content)


@register.simple_block_tag
def form_actions(content: str) -> SafeString:
    """Set the buttons that end a form."""
    return markup('<div class="actions form-actions">{}</div>', content)
