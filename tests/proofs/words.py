"""Which word stands in which text of the world, so that any answer tells what it gave away?"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

LETTERS = "bcdfghjklmnpqrst"  # no vowels: no stemmer touches such a word, and nobody ever wrote one
WORD = re.compile(r"zq[b-t]{16}xk", re.IGNORECASE)
NUMBER = re.compile(r"PN-\d{4}-[0-9A-Z]{5}", re.IGNORECASE)
# A PDF breaks a long word at the end of a line, a mail folds its header.
BROKEN = re.compile("(?<=\\w)[\u00ad\u2010-]?\\s*\n\\s*(?=\\w)|\u00ad")


@dataclass(frozen=True)
class Planted:
    """What a word gives away: a part of a notice, of one of its editions, of one of its exceptions, or of a person."""

    part: str
    notice: int = 0
    edition: int = 0
    thing: int = 0


def word_of(planted: Planted, seed: int) -> str:
    """Return the word of 20 letters that stands there and nowhere else."""
    digest = sha256(f"{seed} {planted}".encode()).hexdigest()
    return f"zq{''.join(LETTERS[int(digit, 16)] for digit in digest[:16])}xk"


def words_in(text: str) -> set[str]:
    """Return the planted words in a text, however it spells their capitals, and the numbers of notices."""
    found = {word.lower() for word in WORD.findall(text)}
    return found | {number.upper() for number in NUMBER.findall(text)}


def words_in_broken(text: str) -> set[str]:
    """Return the same of a text that was set in lines."""
    return words_in(text) | words_in(BROKEN.sub("", text))


def words_in_all(texts: Iterable[str]) -> set[str]:
    """Return the words in any of some texts."""
    return set().union(*map(words_in, texts))
