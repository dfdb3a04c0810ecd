"""In which languages can a member be addressed, and what are these languages called?

Languages of the countries in which the network works, as ISO 639-1 codes. The four in which the portal itself is
written come first in every choice, because they are asked for most.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from babel import Locale
from babel.core import UnknownLocaleError
from django.db.models import TextChoices
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

PORTAL_LANGUAGES: Final = ("en", "fr", "es", "ar")

_CODES: Final = """
    af am ar az be bg bi bn bs ca cs da de dv dz el en es et fa fi fj fr ga he hi hr hu hy id is it ja ka kk km ko ku
    ky lb lo lt lv mg mk mn ms mt my ne nl no om pl ps pt ro ru rw sd si sk sl sm sn so sq sr ss st sv sw ta te tg th
    ti tk tl tn to tr uk ur uz vi wo xh yo zh zu
    """
LANGUAGE_CODES: Final = frozenset(_CODES.split())


class LanguageLevel(TextChoices):
    """How well a person works in a language.

    The three kinds of user of the Common European Framework of Reference (A basic, B independent, C proficient), and
    a first language, which it does not grade.
    """

    BASIC = "basic", _("basic")
    WORKING = "working", _("good enough to work in")
    FLUENT = "fluent", _("fluent")
    NATIVE = "native", _("first language")


@dataclass(frozen=True)
class Spoken:
    """A language in which a person works, and how well if they said so; written as `fr` or `fr:fluent`."""

    code: str
    level: str = ""

    @classmethod
    def read(cls, text: str) -> "Spoken":
        """Return what was written."""
        code, _colon, level = text.partition(":")
        return cls(code, level)

    def __str__(self) -> str:
        return f"{self.code}:{self.level}" if self.level else self.code

    @property
    def label(self) -> str:
        """Return the language in the reader's language, with its level where it is known."""
        name = language_name(self.code, get_language() or "en")
        return f"{name} ({LanguageLevel(self.level).label})" if self.level else name


def writings_of(code: str) -> list[str]:
    """Return all that may be written of a language, whatever the level."""
    return [str(Spoken(code, level)) for level in ("", *LanguageLevel.values)]


def language_name(code: str, reader: str) -> str:
    """Return a language's name in the reader's language, capitalised, or the code itself if unknown."""
    return dict(language_choices(reader)).get(code, code)


@lru_cache(maxsize=16)
def language_choices(reader: str) -> tuple[tuple[str, str], ...]:
    """Return (code, name) pairs for a form: the portal's own languages, then all others by name."""
    names = _locale(reader).languages
    named = {code: str(names.get(code, code)) for code in LANGUAGE_CODES}
    shown = {code: name[:1].upper() + name[1:] for code, name in named.items()}
    others = sorted(LANGUAGE_CODES.difference(PORTAL_LANGUAGES), key=lambda code: shown[code])
    return tuple((code, shown[code]) for code in (*PORTAL_LANGUAGES, *others))


def _locale(reader: str) -> Locale:
    try:
        return Locale.parse(reader, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en")
