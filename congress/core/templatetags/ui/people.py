"""How are people shown? Both scripts of a name, each in its own direction."""

from collections.abc import Sequence
from typing import Protocol

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from congress.core.templatetags.ui.desk import row
from congress.core.templatetags.ui.library import fragment, markup, one_of, register
from congress.core.templatetags.ui.marks import country, sector

SIZES = frozenset({"small", "medium", "large"})


class Person(Protocol):
    """What a group of avatars needs to know of each person."""

    latin_name: str
    sector: str


class Body(Protocol):
    """What a row says of where somebody works."""

    name: str


class Told(Protocol):
    """What somebody shows of themselves to whoever reads a row about them."""

    photograph: str
    position: str

    @property
    def main_expertise(self) -> Sequence[str]:
        """As many as a row has room for."""


class Found(Protocol):
    """What a search found somebody by where their row does not show it, or empty texts."""

    found_by: str
    found_in_profile: str


class Listed(Person, Found, Protocol):
    """What a row about somebody needs to know of them."""

    public_id: str
    native_name: str
    native_language: str
    country: str
    organisation: Body | None

    @property
    def shown(self) -> Told:
        """What they show to the reader."""


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


@register.simple_tag
def person_row(person: Listed, *, with_organisation: bool = False, with_country: bool = False) -> SafeString:
    """Draw one row about somebody that leads to their profile: name, what they do and where, why they were found.

    Built in Python, because thirty of them stand on a page.
    """
    url = reverse("members:profile", args=[person.public_id])
    name = person_name(person.latin_name, person.native_name, lang=person.native_language, url=url)
    facts = [person.shown.position]
    if with_organisation and person.organisation:
        facts.append(person.organisation.name)
    if with_country:
        facts.append(country(person.country))
    said = [markup("<span>{}</span>", fact) for fact in facts if fact]
    said += [markup('<span class="soft">{}</span>', each) for each in person.shown.main_expertise]
    line = SafeString("\n".join([*said, found_because(person)]))
    return row(line, name, lead=_portrait(person), aside=sector(person.sector))


@register.simple_tag
def found_because(person: Found) -> SafeString:
    """Say why a search found somebody, where what stands beside it does not."""
    reasons = []
    if person.found_in_profile:
        reasons.append(_reason(gettext("in the profile: {}"), "“{}”", person.found_in_profile))
    if person.found_by:
        reasons.append(_reason(gettext("matches {}"), "{}", person.found_by))
    return SafeString("\n".join(reasons))


def _reason(sentence: str, quoted: str, text: str) -> SafeString:
    words = markup(f"<bdi>{quoted}</bdi>", text)
    return markup('<span class="why">{}</span>', markup(sentence, words))


def _portrait(person: Listed) -> SafeString:
    picture = person.shown.photograph
    url = reverse("members:photograph", args=[person.public_id, "small"]) if picture else ""
    name = person.latin_name or person.native_name
    return avatar(name, person.sector, photograph=f"{url}?v={picture}" if picture else "")


def _initials(name: str) -> str:
    words = [word for word in name.replace("-", " ").split() if word[0].isalpha()]
    if not words:
        return "·"
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()
