"""How are labels, states and other short marks drawn? The same on every page, in every list."""

import re
from functools import lru_cache

from django.conf import settings
from django.templatetags.static import static
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, override

from congress.core.geography import country_name
from congress.core.labels import Tlp
from congress.core.sectors import Sector
from congress.core.templatetags.ui.library import markup, one_of, register

TONES = frozenset({"neutral", "active", "waiting", "good", "bad"})
SPRITE = (settings.BASE_DIR / "static" / "img" / "icons.svg").read_text()
ICONS = frozenset(re.findall(r'id="i-([\w-]+)"', SPRITE))
DIRECTED_ICONS = frozenset(
    {"arrow-right", "arrow-left", "chevron-right", "chevron-left", "box-arrow-right", "box-arrow-in-right"}
)
# The first sign that fits decides: browsers also claim to be those that came before them.
BROWSERS = [("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari")]
SYSTEMS = [
    ("Android", "Android"),
    ("iPhone", "iOS"),
    ("iPad", "iPadOS"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
]
TLP_CLASSES = {str(label): f"tlp-{label.name.lower().replace('_', '-')}" for label in Tlp}


@lru_cache(maxsize=256)
def symbol(name: str, css_class: str = "icon") -> SafeString:
    """Return one drawing of the sprite, hidden from screen readers."""
    return markup(
        '<svg class="{}" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        css_class,
        static("img/icons.svg"),
        name,
    )


@register.simple_tag
def icon(name: str, *, label: str = "") -> SafeString:
    """Draw an icon; with a label it speaks for itself, without one a word stands beside it."""
    drawing = symbol(f"i-{one_of(name, ICONS)}", "icon icon-directed" if name in DIRECTED_ICONS else "icon")
    return markup('{}<span class="visually-hidden">{}</span>', drawing, label) if label else drawing


@register.simple_tag
def tlp(label: str) -> SafeString:
    """Draw a TLP label. Source: FIRST TLP 2.0: capitals, no space, on black; never translated."""
    value = str(label)
    return markup('<strong class="tlp {}" translate="no">{}</strong>', TLP_CLASSES[value], value)


@register.simple_tag
def portion(label: str) -> SafeString:
    """Mark one section of a document with its own label, in brackets before its heading or text."""
    return markup('<span class="portion" translate="no">({})</span>', one_of(str(label), TLP_CLASSES))


@register.simple_tag
def audience(sentence: str) -> SafeString:
    """Say for whom something is, in words."""
    return markup('<span class="audience">{}<span>{}</span></span>', icon("people"), sentence)


@register.simple_tag
def state(label: str, tone: str = "neutral") -> SafeString:
    """Name a state, with a shape and colour for its tone: neutral, active, waiting, good or bad."""
    return markup('<span class="state state-{}">{}{}</span>', one_of(tone, TONES), symbol(f"m-{tone}"), label)


@register.simple_tag
def sector(value: str) -> SafeString:
    """Name a sector, with its own shape and colour."""
    return _sector(value, get_language() or settings.LANGUAGE_CODE)


@lru_cache(maxsize=64)
def _sector(value: str, language: str) -> SafeString:
    known = Sector(value)
    with override(language):
        return markup(
            '<span class="sector sector-{0}">{1}{2}</span>', known.value, symbol(f"m-{known.value}"), known.label
        )


@register.simple_tag
def country(code: str) -> str:
    """Name a country in the reader's language. There are no flags: they exclude, and say less than a word."""
    return country_name(code, get_language() or "en")


@register.simple_tag
def device(user_agent: str) -> str:
    """Name a browser and its system, as far as it says what it is."""
    browser = next((name for sign, name in BROWSERS if sign in user_agent), gettext("Unknown browser"))
    system = next((name for sign, name in SYSTEMS if sign in user_agent), gettext("unknown system"))
    return gettext("%(browser)s on %(system)s") % {"browser": browser, "system": system}


@register.simple_tag
def count(number: int) -> SafeString:
    """Show how many wait; nothing for none."""
    return markup('<span class="count">{}</span>', number) if number else SafeString("")
