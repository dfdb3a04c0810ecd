"""How much is a name like the one that is sought, word by word?

Each word sought is held against the word of the name that is nearest to it, once as both are spelt and once as they
sound. The weakest pair counts as much as all together: who shares one word of two is somebody else.
"""

from collections.abc import Iterable, Sequence

from rapidfuzz.distance import OSA

from congress.core.names import Key

# Shorter ones are articles and initials, which many leave out.
MIN_LETTERS = 3
# What the lesser of both comparisons adds to the greater, and what a name loses of whose words none is sought.
LESSER, UNSOUGHT = 0.4, 0.05
HIGHEST = 1 + LESSER


class Sought:
    """A name as it was typed, in all its readings."""

    def __init__(self, readings: Iterable[Key]) -> None:
        """Take each spelling and each sound once."""
        self.readings = list(readings)
        self.spellings = {_long(key.folded) for key in self.readings}
        self.sounds = {tuple(key.skeleton.split()) for key in self.readings if key.skeleton}
        self.is_one_word = not any(" " in key.folded for key in self.readings)

    def likeness(self, name: Key) -> float:
        """Return how like a name is, 1.4 for the very same; who is called so and nothing else before others."""
        words, sounds = name.folded.split(), name.skeleton.split()
        spelt = max((_agreement(each, words) for each in self.spellings), default=0.0)
        sound = max((_agreement(each, sounds) for each in self.sounds), default=0.0)
        unsought = max(0, len(words) - min(map(len, self.spellings), default=0)) / len(words)
        return max(spelt, sound) + LESSER * min(spelt, sound) - UNSOUGHT * unsought

    def sounds_like_all_of(self, name: Key) -> bool:
        """Tell whether a name sounds as what is sought and has no word besides."""
        return tuple(name.skeleton.split()) in self.sounds and len(name.folded.split()) == 1


def _long(spelling: str) -> tuple[str, ...]:
    words = tuple(spelling.split())
    return tuple(word for word in words if len(word) >= MIN_LETTERS) or words


def _agreement(sought: Sequence[str], name: Sequence[str]) -> float:
    """Return the mean of how well all words are met, the long ones counting more, and the one that is met worst."""
    if not name:
        return 0.0
    # How much of the longer word stays when one is mended into the other; two letters that changed places count once.
    met = [max(OSA.normalized_similarity(word, other) for other in name) for word in sought]
    whole = sum(each * len(word) for each, word in zip(met, sought, strict=True)) / sum(map(len, sought))
    return (whole + min(met)) / 2
