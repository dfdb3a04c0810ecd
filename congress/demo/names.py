"""How are people called, in their own script and in Latin letters?"""

from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Any

from anyascii import anyascii

from congress.demo.reading import read

FILES = ("arabic_script", "cyrillic", "latin_europe", "latin_world", "other_scripts")


@dataclass(frozen=True, slots=True)
class Name:
    """A whole name: Latin form, native form with its language, and what stands before the @."""

    latin: str
    native: str
    language: str
    mailbox: str


@dataclass(frozen=True, slots=True)
class _Token:
    latin: str
    native: str

    @classmethod
    def parse(cls, text: str) -> "_Token":
        latin, _slash, native = text.strip().partition("/")
        return cls(latin, native)


def either(forms: str, gender: str) -> str:
    """Return the form that fits from "man's form>woman's form"; one form fits both."""
    man, _arrow, woman = forms.partition(">")
    return woman if gender == "f" and woman else man


def invent(rng: Random, culture: str, gender: str) -> Name:
    """Return a random name of a culture, fitting for a man or a woman."""
    habits = _cultures()[culture]
    one_word = habits.get("one_word", [])
    if one_word and rng.random() < 0.14:
        word = rng.choice(one_word)
        return Name(word, "", "", mailbox(word))
    given = _Token.parse(rng.choice(_listed(habits["female" if gender == "f" else "male"])))
    family = _family(rng, habits, gender)
    return Name(
        latin=_joined(given.latin, family.latin, habits.get("order", ""), " "),
        native=_native(given, family, habits),
        language=habits.get("language", ""),
        mailbox=mailbox(f"{given.latin} {family.latin}"),
    )


def mailbox(name: str) -> str:
    """Return an address's local part: first and last word of a name in plain letters."""
    plain = anyascii(name.replace("-", "")).replace("'", "").lower()
    words = "".join(c if c.isalnum() else " " for c in plain).split()
    return ".".join(dict.fromkeys([words[0], words[-1]]))


@cache
def _cultures() -> dict[str, dict[str, Any]]:
    told = {culture: habits for file in FILES for culture, habits in read(f"names/{file}").items()}
    return {culture: {**told.get(habits.get("like"), {}), **habits} for culture, habits in told.items()}


@cache
def _listed(text: str) -> list[str]:
    return [item.strip() for item in text.split(",")]


def _family(rng: Random, habits: dict[str, Any], gender: str) -> _Token:
    count = 2 if habits.get("second_family") else 1
    names = [_one_family(forms, habits, gender) for forms in rng.sample(_listed(habits["family"]), count)]
    return _Token(" ".join(name.latin for name in names), names[0].native)


def _one_family(forms: str, habits: dict[str, Any], gender: str) -> _Token:
    name = _Token.parse(either(forms, gender))
    if gender == "m" or ">" in forms:
        return name
    endings = habits.get("feminine", {})
    return _Token(_feminine(name.latin, endings), _feminine(name.native, endings))


def _feminine(name: str, endings: dict[str, str]) -> str:
    for man, woman in endings.items():
        if name.endswith(man):
            return name.removesuffix(man) + woman
    return name


def _native(given: _Token, family: _Token, habits: dict[str, Any]) -> str:
    if not (given.native and family.native):
        return ""
    order = habits.get("native_order", habits.get("order", ""))
    return _joined(given.native, family.native, order, habits.get("glue", " "))


def _joined(given: str, family: str, order: str, glue: str) -> str:
    return f"{family}{glue}{given}" if order == "family_first" else f"{given}{glue}{family}"
