"""Which words, in which language, belong to the form of instructions? Ordinary verbs, units and tools; no substances.

One file for each language in `words/`, for people who know the language to read and correct. All are read as one,
because a text may change its language from line to line.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path

from congress.core.recipes.reading import folded

FILES = Path(__file__).parent / "words"
SHORTEST_STEM, LONGEST_STEM = 2, 16
# Arabic writes "and", "so", "with" and the article in one word with what follows.
ARABIC_PREFIXES = ("وال", "بال", "ال", "و", "ف", "ب")

# Letters of other scripts that are drawn like these, and signs that are put for them.
_ALIKE = {
    "a": "аα",
    "b": "вβ",
    "c": "сϲ",
    "d": "ԁ",
    "e": "еε",
    "h": "нһ",
    "i": "іι",
    "j": "ј",
    "k": "кκ",
    "l": "ӏ",
    "m": "м",
    "n": "пη",
    "o": "оο",
    "p": "рρ",
    "q": "ԛ",
    "r": "г",
    "s": "ѕ",
    "t": "тτ",
    "u": "υ",
    "v": "ν",
    "w": "ԝω",
    "x": "хχ",
    "y": "уγ",
}
AS_LATIN = str.maketrans({other: latin for latin, others in _ALIKE.items() for other in others})
AS_CYRILLIC = str.maketrans({latin: others[0] for latin, others in _ALIKE.items()})
_PUT_FOR = {"0": "o", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b", "@": "a", "$": "s"}
PUT_FOR = [str.maketrans({**_PUT_FOR, "1": one}) for one in "il"]


class Part(StrEnum):
    """What a word can be in instructions."""

    MAKING = "making"
    HANDLING = "handling"
    UNIT = "units"
    WORD = "words"
    GRAMMAR = "grammar"


@dataclass(frozen=True, slots=True)
class Meaning:
    """One meaning of a word, with the words that must follow; `as_verb` counts only where a verb can stand."""

    part: Part
    name: str
    rest: tuple[str, ...] = ()
    as_verb: bool = False


@dataclass(slots=True)
class Lexicon:
    """All languages, keyed by folded words, and by the beginnings of words."""

    exact: dict[str, list[Meaning]] = field(default_factory=dict)
    stems: dict[str, list[Meaning]] = field(default_factory=dict)
    never: set[tuple[str, str]] = field(default_factory=set)

    def learn(self, part: Part, name: str, entry: str) -> None:
        """Take in one entry as the files write it."""
        first, *rest = (folded(word) for word in entry.strip("^*-").split("-"))
        if entry.startswith("-"):
            self.never.add((first, name))
            return
        words = self.stems if entry.endswith("*") else self.exact
        words.setdefault(first, []).append(Meaning(part, name, tuple(rest), entry.startswith("^")))

    def look_up(self, word: str) -> Iterator[Meaning]:
        """Yield the meanings of a folded word."""
        found = list(self.exact.get(word, ()))
        for length in range(SHORTEST_STEM, min(len(word), LONGEST_STEM) + 1):
            found += self.stems.get(word[:length], ())
        yield from (meaning for meaning in found if (word, meaning.name) not in self.never)


@cache
def lexicon() -> Lexicon:
    """Return the words of all languages."""
    words = Lexicon()
    for path in sorted(FILES.glob("*.toml")):
        sections = tomllib.loads(path.read_text(encoding="utf-8"))
        forms = sections.pop("forms", {})
        for part, rows in sections.items():
            for name, entries in rows.items():
                for entry in _in_all_forms(entries, forms):
                    words.learn(Part(part), name, entry)
    return words


def _in_all_forms(entries: str, forms: dict[str, str]) -> Iterator[str]:
    """Yield the entries of a row, "stir/s" as each form of its table."""
    for entry in entries.split():
        stem, _, name = entry.partition("/")
        yield from (form.replace("~", stem) for form in forms[name].split()) if name else [entry]


@lru_cache(maxsize=20_000)
def meanings(word: str) -> tuple[Meaning, ...]:
    """Return what a word, as it is read, can mean in instructions."""
    return next((known for reading in _readings(word) if (known := tuple(lexicon().look_up(reading)))), ())


def _readings(word: str) -> Iterator[str]:
    yield word
    if not word.isascii():
        yield word.translate(AS_LATIN)
        yield word.translate(AS_CYRILLIC)
        yield from (word.removeprefix(prefix) for prefix in ARABIC_PREFIXES if word.startswith(prefix))


def behind_signs(word: str) -> str | None:
    """Return the known word behind digits and signs that are put for letters (h34t), or None."""
    readings = (word.translate(letters) for letters in PUT_FOR)
    return next((reading for reading in readings if reading.isalpha() and meanings(reading)), None)


def mixes_scripts(word: str) -> bool:
    """Return whether a word has letters of Latin and of another script, as no language writes."""
    return not word.isascii() and any("a" <= letter <= "z" for letter in word)
