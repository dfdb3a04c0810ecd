"""How much is a name like the one that is sought, word by word?

Each word sought is held against the word of the name that is nearest to it, once as both are spelt and once as they
sound. The weakest pair counts as much as all together: who shares one word of two is somebody else.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from rapidfuzz.distance import OSA

from congress.core.names import Key

# Shorter ones are articles and initials, which many leave out.
MIN_LETTERS = 3
# Arabic script writes it in one with the word.
ARTICLE = "al"
# Of so many words two neighbours are held against a name as one, too; of more it would take long.
JOINED = range(3, 6)
# What the lesser of both comparisons adds to the greater, and what a name loses of whose words none is sought.
LESSER, UNSOUGHT = 0.4, 0.05
# What it costs if an article has to go: less than any letter.
LEFT_OUT = 0.01
HIGHEST = 1 + LESSER


class Sought:
    """A name as it was typed, in all its readings."""

    def __init__(self, readings: Iterable[Key]) -> None:
        """Take each spelling and each sound once."""
        self.readings = list(readings)
        spellings = {_long(key.folded) for key in self.readings}
        self.word_count = min(map(len, spellings), default=0)
        self.spellings = {each for spelling in spellings for each in _joined(spelling)}
        heard = {_heard(key) for key in self.readings if key.skeleton}
        self.sounds = heard | {tuple(_without_articles(sounds)) for sounds in heard}
        self.is_one_word = not any(" " in key.folded for key in self.readings)

    def likeness(self, name: Key) -> float:
        """Return how like a name is, 1.4 for the very same; who is called so and nothing else before others."""
        words, sounds = name.folded.split(), name.skeleton.split()
        bare, bare_sounds = _without_articles(words), _without_articles(sounds)
        found = self._held_against(words, sounds)
        if (bare, bare_sounds) != (words, sounds):
            found = max(found, self._held_against(bare, bare_sounds) - LEFT_OUT)
        return found - UNSOUGHT * max(0, len(words) - self.word_count) / len(words)

    def _held_against(self, words: list[str], sounds: list[str]) -> float:
        spelt, sound = _agreement(self.spellings, words), _agreement(self.sounds, sounds)
        return max(spelt, sound) + LESSER * min(spelt, sound)

    def sounds_like_all_of(self, name: Key) -> bool:
        """Tell whether a name sounds as what is sought and has no word besides."""
        return tuple(name.skeleton.split()) in self.sounds and len(name.folded.split()) == 1


def _long(spelling: str) -> tuple[str, ...]:
    words = tuple(spelling.split())
    return tuple(word for word in words if len(word) >= MIN_LETTERS) or words


def _heard(key: Key) -> tuple[str, ...]:
    """Return the sounds of the long words, as far as each word has one of its own."""
    words, sounds = key.folded.split(), key.skeleton.split()
    is_paired = len(words) == len(sounds)
    long = (sound for word, sound in zip(words, sounds, strict=True) if len(word) >= MIN_LETTERS) if is_paired else ()
    return tuple(long) or tuple(sounds)


def _joined(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield words as they are, then with two neighbours in one: Nasr Allah is Nasrallah, too."""
    yield words
    for place in range(1, len(words) if len(words) in JOINED else 0):
        yield (*words[: place - 1], words[place - 1] + words[place], *words[place + 1 :])


def _without_articles(words: Sequence[str]) -> list[str]:
    return [word.removeprefix(ARTICLE) if len(word) > len(ARTICLE) + 1 else word for word in words]


def _agreement(forms: Iterable[Sequence[str]], name: Sequence[str]) -> float:
    """Return how well that form is met which is met best, by words of a name or by two neighbours in one."""
    parts = [*name, *map("".join, pairwise(name))]
    return max((_met(form, parts) for form in forms), default=0.0) if parts else 0.0


def _met(sought: Sequence[str], parts: Sequence[str]) -> float:
    """Return the mean of how well all words are met, the long ones counting more, and the one that is met worst."""
    # How much of the longer word stays when one is mended into the other; two letters that changed places count once.
    met = [max(OSA.normalized_similarity(word, part) for part in parts) for word in sought]
    whole = sum(each * len(word) for each, word in zip(met, sought, strict=True)) / sum(map(len, sought))
    return (whole + min(met)) / 2
