"""How are people shown? Both scripts of a name, each in its own direction."""

from collections.abc import Sequence
from typing import Protocol

from django.utils.safestring import SafeString
from django.utils.translation import ngettext

from congress.core.templatetags.ui.library import fragment, markup, one_of, register

SIZES = frozenset({"small", "medium", "large"})


class Person(Protocol):
    """What a group of avatars needs to know of each person."""

    latin_name: str
    sector: str


@register.simple_tag
def person_name(latin: str, native: str = "", *, lang: str = "", url: str = "") -> SafeString:
    """Set a name: the Latin form, then the native script in its own direction. Either may be missing."""
    parts = []
    if latin:
        parts.append(markup('<bdi class="person-latin">{}</bdi>', latin))
    if native and native != latin:
        language = markup(' lang="{}"', lang) if lang else ""
        parts.append(markup('<bdi class="person-native"{}>{}</bdi>', language, native))
    # An en space: a margin would stand on the wrong side of a name that runs from right to left.
    name = SafeString("\u2002".join(parts))
    if url:
        return markup('<a class="person-name" href="{}">{}</a>', url, name)
    return markup('<span class="person-name">{}</span>', name)


@register.simple_tag
def avatar(latin_name: str, sector: str = "", *, size: str = "medium", photograph: str = "") -> SafeString:
    """Draw a person's initials, or the photograph at an address, in a ring of the sector's colour.

    The name always stands beside it.
    """
    classes = f"avatar avatar-{one_of(size, SIZES)}" + (f" sector-{sector}" if sector else "")
    if photograph:
        return markup('<img class="{}" src="{}" alt="" loading="lazy" decoding="async">', classes, photograph)
    return markup('<span class="{}" aria-hidden="true">{}</span>', classes, _initials(latin_name))


@register.simple_tag
def avatar_group(people: Sequence[Person], *, limit: int = 5) -> SafeString:
    """Draw the first few of a group, then say how many more there are."""
    more = len(people) - limit
    rest = ngettext("and %(count)s more", "and %(count)s more", more) % {"count": more} if more > 0 else ""
    return fragment("avatar_group", people=people[:limit], rest=rest)


def _initials(name: str) -> str:
    words = [word for word in name.replace("-", " ").split() if word[0].isalpha()]
    if not words:
        return "·"
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()
