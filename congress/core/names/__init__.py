"""Under which keys is a name found, whatever its script and spelling?

A name has one key for each way of reading it. A key holds two strings to compare: the name folded to Latin words, and
its skeleton, the consonants that stay when spellings differ. Stored names and searches go through the same function.
"""

import re
import unicodedata
from dataclasses import dataclass

from anyascii import anyascii

from congress.core.names.scripts import readings
from congress.core.names.skeleton import skeletons

__all__ = ["KEYS_VERSION", "LONGEST", "ONE_WORD", "WHOLE_NAME", "Key", "folded", "keys", "sounds_of"]

# Raise it with every change of a rule in this package; `manage.py members keys` then makes all keys anew.
KEYS_VERSION = 5
# Names are no longer than this; what somebody searches for may be.
LONGEST = 200
MOST = 6
# From which similarity on a name is alike: a whole name, and one word of it. Decisions 0019 and 0037 have the figures.
WHOLE_NAME, ONE_WORD = 0.42, 0.7

# What a keyboard or a custom puts inside a name without being a letter of it: O'Brien, Nguyễn-Thị, al-Rashid.
_INSIDE_WORDS = str.maketrans(dict.fromkeys("'`’‘ʼʾʿʻʹʺ", ""))
# Soft hyphens, marks of direction, joiners: nobody sees them.
_UNSEEN = re.compile("[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]")
_BETWEEN_WORDS = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Key:
    """One way of reading a name; the skeleton is empty if the name has no consonant."""

    folded: str
    skeleton: str


def folded(*texts: str) -> str:
    """Return texts as lower-case Latin words, so that Щербаков and shcherbakov are one spelling."""
    plain = _plain(" ".join(texts)).translate(_INSIDE_WORDS)
    # Most texts of a list are in Latin letters already, and anyascii goes letter by letter.
    latin = plain if plain.isascii() else anyascii(plain).translate(_INSIDE_WORDS)
    return _BETWEEN_WORDS.sub(" ", latin.lower()).strip()


def keys(name: str) -> tuple[Key, ...]:
    """Return the keys of a name, the most usual reading first; none for what has no letter."""
    found = (
        Key(spelling, skeleton)
        for reading in readings(_plain(name[:LONGEST]).lower())
        if (spelling := folded(reading.text))
        for skeleton in skeletons(spelling, is_latin=reading.is_latin)
    )
    return tuple(dict.fromkeys(found))[:MOST]


def sounds_of(*names: str) -> list[str]:
    """Return how names sound, whatever the order of words: two spellings of one name mostly share one of these."""
    found = {" ".join(sorted(key.skeleton.split())) for name in names for key in keys(name)}
    return sorted(sound for sound in found if " " in sound)


def _plain(text: str) -> str:
    return _UNSEEN.sub("", unicodedata.normalize("NFKC", text))
