"""What does a reader see in a text, however it was typed?

Small letters without accents, digits 0 to 9, one kind of dash; nothing unseen. Each letter remembers its place.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from html import unescape

ENTITY = re.compile(r"&#?\w{2,31};")
TAG = re.compile(r"<[a-zA-Z/!][^<>]{0,300}>")
BLOCK = re.compile(r"<\W?(?:br|p|li|div|tr|h\d)\b", re.IGNORECASE)
SPLIT_WORD = re.compile(r"\u00ad[ \t]{0,8}\r?\n|(?<=[^\W\d_])[-‐][ \t]{0,8}\r?\n[ \t]{0,8}(?=[^\W\d_])")
# A line of print ends where the page does; a short line, or one before a capital, was ended by its author.
WRAPPED = re.compile(r"(?<=[^\n]{55})(?<![.!?;:|\r\n])\r?\n(?=[a-zß-öø-ÿа-яё\u0620-\u064a])")
BRACKETED = re.compile(r"[\[(]([^\W\d_])[\])](?=[^\W\d_])|(?<=[^\W\d_])[\[(]([^\W\d_])[\])]")
EMPHASIS = re.compile(r"(?<=\w)[*_`~]{1,3}(?=\w)")

BREAKS = "\n\x0b\x0c\x85\u2028\u2029"
# What Unicode does not take apart by itself, though a reader takes one for the other.
SAME = str.maketrans(
    {
        "º": "°",
        "˚": "°",
        "⁄": "/",
        "∕": "/",
        "٪": "%",
        "٫": ".",
        "٬": ",",
        "،": ",",
        "؛": ";",
        "؟": "?",
        "。": ".",
        "ة": "ه",
        "ى": "ي",
        "ی": "ي",
        "ک": "ك",
        "ı": "i",
        "ɑ": "a",
        "ɡ": "g",
        "’": "'",
        "\u2800": " ",
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("ـ\u115f\u1160\u3164\uffa0", ""),
    }
)
UNSEEN = frozenset({"Mn", "Me", "Cf", "Cc", "Co", "Cn", "Cs"})


@dataclass(frozen=True, slots=True)
class Seen:
    """A text as it is read; `places` says for each letter, and for the end, where it was in the text as typed."""

    text: str
    places: list[int]


def seen(typed: str) -> Seen:
    """Return what a reader sees: without entities, tags, emphasis within words, and breaks that the page made."""
    read = Seen(typed, list(range(len(typed) + 1)))
    read = _rewritten(read, ENTITY, lambda found: unescape(found[0]))
    read = _rewritten(read, TAG, lambda found: "\n" if BLOCK.match(found[0]) else "")
    read = _rewritten(read, SPLIT_WORD, lambda _found: "")
    read = _rewritten(read, WRAPPED, lambda _found: " ")
    read = _rewritten(_folded(read), BRACKETED, lambda found: found[1] or found[2])
    return _rewritten(read, EMPHASIS, lambda _found: "")


def folded(typed: str) -> str:
    """Return letters as they are compared."""
    return "".join(map(_fold, typed))


def _rewritten(read: Seen, pattern: re.Pattern[str], new: Callable[[re.Match[str]], str]) -> Seen:
    parts: list[str] = []
    places: list[int] = []
    at = 0
    for found in pattern.finditer(read.text):
        put = new(found)
        parts += read.text[at : found.start()], put
        places += read.places[at : found.start()]
        places += [read.places[found.start()]] * len(put)
        at = found.end()
    return Seen("".join([*parts, read.text[at:]]), places + read.places[at:])


def _folded(read: Seen) -> Seen:
    shapes = [_fold(letter) for letter in read.text]
    places = [place for shape, place in zip(shapes, read.places, strict=False) for _ in shape]
    return Seen("".join(shapes), [*places, read.places[-1]])


@cache
def _fold(letter: str) -> str:
    """Return what stands for one letter: compatible forms, accents and cases are one. Source: Unicode UAX 15."""
    if letter in BREAKS:
        return "\n"
    known = letter.translate(SAME)
    parts = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", known).casefold()).translate(SAME)
    return "".join(map(_plain, parts))


def _plain(letter: str) -> str:
    if letter.isspace():
        return " "
    digit = unicodedata.decimal(letter, None)
    if digit is not None:
        return str(digit)
    return "" if unicodedata.category(letter) in UNSEEN else letter
