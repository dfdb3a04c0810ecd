"""How are forms drawn? Label, hint, error, field, in one column. Django's own `{{ form }}` looks the same."""

from collections.abc import Mapping, Sequence

from django.forms import BaseForm, BoundField, CheckboxInput
from django.utils.safestring import SafeString

from congress.core.templatetags.ui.library import fragment, markup, register


@register.inclusion_tag("ui/field.html")
def field(field: BoundField, *, is_filter: bool = False) -> dict[str, object]:
    """Draw one field with its label, hint and errors; any widget. A filter does not say that it is optional."""
    is_checkbox = isinstance(field.field.widget, CheckboxInput)
    return {"field": field, "is_checkbox": is_checkbox, "is_filter": is_filter}


@register.inclusion_tag("ui/form_fields.html")
def form_fields(form: BaseForm) -> dict[str, object]:
    """Draw the hidden fields and every visible field of a form, in the form's order."""
    return {"form": form}


@register.inclusion_tag("ui/choice_cards.html")
def choice_cards(field: BoundField, hints: Mapping[str, str] | None = None) -> dict[str, object]:
    """Draw a radio or checkbox field as cards; `hints` maps a choice's value to a line that explains it."""
    hints = hints or {}
    choices = [(choice, hints.get(str(choice.data["value"]), "")) for choice in field.subwidgets]
    return {"field": field, "choices": choices}


@register.inclusion_tag("ui/error_summary.html")
def error_summary(form: BaseForm, *, focused: bool = True) -> dict[str, object]:
    """Sum up at the top what must be corrected, with a link to each field; nothing if all is well.

    The page opens there, unless it holds more than this form.
    """
    links = [(bound.auto_id, bound.label, error) for bound in form for error in bound.errors]
    return {"links": links, "general": form.non_field_errors(), "focused": focused}


@register.simple_block_tag
def field_group(content: str, legend: str, *, hint: str = "", id: str = "") -> SafeString:  # noqa: A002
    """Hold the fields that belong to one question or subject; with an id, a link leads there."""
    return fragment("field_group", content=content, legend=legend, hint=hint, id=id)


@register.inclusion_tag("ui/search_box.html")
def search_box(
    label: str, *, value: str = "", name: str = "q", form: str = "", hint: str = "", suggest_url: str = ""
) -> dict[str, object]:
    """Draw a text search; as part of the form named, or (without one) as a form of its own on this address.

    `suggest_url` answers what was typed so far with a listbox; the page then loads suggest.js.
    """
    return {"label": label, "value": value, "name": name, "form": form, "hint": hint, "suggest_url": suggest_url}


@register.inclusion_tag("ui/steps.html")
def steps(labels: Sequence[str], current: int) -> dict[str, object]:
    """Show where a person is in a form of several pages; `current` counts from 1."""
    return {"labels": labels, "current": current}


@register.simple_tag
def secret(text: str) -> SafeString:
    """Show a key that is read aloud or typed by hand, in groups of four; selecting it copies it whole."""
    groups = " ".join(text[start : start + 4] for start in range(0, len(text), 4))
    return markup('<code class="secret" translate="no">{}</code>', groups)
