"""How is a name of any script read in Latin letters?

Cyrillic, Greek, Georgian, Armenian, Ethiopic, kana and the scripts of India are read letter by letter. Arabic, Hebrew,
Thai and Hangul have rules of their own. Chinese characters and kanji have no certain reading: there the Latin form that
the member gives is the way, and the same characters find each other.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from anyascii import anyascii

from congress.core.names import arabic, hebrew, korean, thai

Reader = Callable[[str], tuple[str, ...]]

# Letters that mean a sound which the bare letter does not have: Šimić is written Simic and Shimich.
_MARKED = str.maketrans(
    {"č": "ch", "ć": "ch", "š": "sh", "ś": "sh", "ş": "sh", "ș": "sh", "ž": "zh", "ż": "zh", "ź": "zh", "ř": "rzh"}
    | {"đ": "dj", "ñ": "ny", "ç": "s", "ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"}
)
_GREEK_SOUNDS = {"ου": "ou", "γγ": "ng", "γξ": "nx", "γχ": "nch", "αυ": "av", "ευ": "ev"}
_GREEK = re.compile("|".join(_GREEK_SOUNDS))
_GREEK_HEARD = (("nt", "nd"), ("mp", "mb"), ("gk", "g"), ("tz", "j"), ("ch", "h"))
# As passports transcribe, and as names of other languages are written in Russian and Bulgarian.
_UKRAINIAN = str.maketrans("ги", "hy")
_CYRILLIC_LETTERS = str.maketrans({"х": "h", "щ": "sht", "ъ": "a", "й": "i", "ё": "yo"})
_CYRILLIC_GROUPS = (("дж", "j"), ("дз", "z"), ("кс", "x"), ("ий", "y"), ("ья", "ia"))
# Japanese names, which Russian writes by a system of its own: Симода for Shimoda.
_JAPANESE = re.compile("(?:(?:дз|[кгсзтцднхбпмрв])?[аиуэоеёюяы]|й|н|м(?=[бп]))+")
_JAPANESE_GROUPS = (
    *(("дзи", "ji"), ("дзю", "ju"), ("дзя", "ja"), ("дзё", "jo"), ("дз", "z"), ("си", "shi"), ("ся", "sha")),
    *(("сю", "shu"), ("сё", "sho"), ("ти", "chi"), ("тя", "cha"), ("тю", "chu"), ("тё", "cho"), ("оо", "o")),
)
_ARMENIAN = (("ու", "u"), ("և", "ev"))
# West of Armenia the hard and the soft consonants are exchanged: Գրիգոր is Krikor.
_WESTERN_ARMENIAN = str.maketrans("բպգկդտձծջճ", "պբկգտդծձճջ")
_INDIAN = (("श", "sh"), ("ष", "sh"), ("শ", "sh"), ("ষ", "sh"), ("ং", "ng"), ("ंह", "ngh"), ("ੰ", "ਂ"))


def _nasal_of(block: int) -> str:
    before = f"{chr(block + 0x15)}-{chr(block + 0x29)}{chr(block + 0x2F)}-{chr(block + 0x39)}"
    return f"[{chr(block + 1)}{chr(block + 2)}](?=[{before}])"


# The sign of a nasal is an m, but an n before every consonant other than p, b and m: संजय is Sanjay. The scripts of
# India have the same letter at the same place of their blocks.
_NASAL = re.compile("|".join(map(_nasal_of, range(0x0900, 0x0D80, 0x80))))


@dataclass(frozen=True, slots=True)
class Reading:
    """A name as Latin letters say it; `is_latin` if it was written so, by whatever rules of spelling."""

    text: str
    is_latin: bool


def readings(name: str) -> list[Reading]:
    """Return a lower-case name read in its usual way, then in others; words that have one way have it in each."""
    words = arabic.joined(name).split()
    read = [_reader(word)(word) for word in words]
    is_latin = all(_reader(word) is _latin for word in words)
    count = max(map(len, read), default=0)
    return [Reading(" ".join(ways[min(way, len(ways) - 1)] for ways in read), is_latin) for way in range(count)]


def _reader(word: str) -> Reader:
    return next((reader for letters, reader in _READERS if letters.search(word)), _latin)


def _other(word: str) -> tuple[str, ...]:
    return (anyascii(word),)


def _latin(word: str) -> tuple[str, ...]:
    return _each(anyascii(word), anyascii(unicodedata.normalize("NFC", word).translate(_MARKED)))


def _cyrillic(word: str) -> tuple[str, ...]:
    official = word.translate(_UKRAINIAN) if re.search("[іїєґ]", word) else word
    groups = _JAPANESE_GROUPS if _JAPANESE.fullmatch(word) else _CYRILLIC_GROUPS
    western = _replaced(word, groups).translate(_CYRILLIC_LETTERS)
    # Not every Ukrainian name has a letter by which it is known for one: Григоренко is Hryhorenko.
    ukrainian = [anyascii(word.translate(_UKRAINIAN))] if "г" in word else []
    return _each(anyascii(official), anyascii(western), *ukrainian)


def _replaced(word: str, groups: tuple[tuple[str, str], ...]) -> str:
    for letters, sound in groups:
        word = word.replace(letters, sound)
    return word


def _greek(word: str) -> tuple[str, ...]:
    plain = unicodedata.normalize("NFC", re.sub("[\u0301\u0342-\u0345]", "", unicodedata.normalize("NFD", word)))
    spelt = anyascii(_GREEK.sub(lambda letters: _GREEK_SOUNDS[letters[0]], plain))
    heard = re.sub("^nt", "d", re.sub("^mp", "b", spelt))
    return _each(spelt, _replaced(heard, _GREEK_HEARD))


def _armenian(word: str) -> tuple[str, ...]:
    plain = _replaced(word, _ARMENIAN)
    return _each(anyascii(plain), anyascii(plain.translate(_WESTERN_ARMENIAN)))


def _indian(word: str) -> tuple[str, ...]:
    return (anyascii(_NASAL.sub("n", _replaced(word, _INDIAN))),)


def _each(*forms: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(forms))


_READERS: list[tuple[re.Pattern[str], Reader]] = [
    (re.compile(f"[{letters}]"), reader)
    for letters, reader in (
        ("\u0400-\u052f", _cyrillic),
        ("\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff", arabic.romanised),
        ("\u0e00-\u0e7f", thai.romanised),
        ("\u0370-\u03ff\u1f00-\u1fff", _greek),
        ("\u0590-\u05ff", hebrew.romanised),
        ("\u0530-\u058f", _armenian),
        ("\u0900-\u0d7f", _indian),
        ("\uac00-\ud7a3", korean.romanised),
        ("\u0590-\u1dff\u2e80-\uffff\U00010000-\U0003ffff", _other),
    )
]
