"""Whose names are like one that is sought, in any script and spelling, and how near are they?

The database finds what shares enough letters, or consonants; those are then held against the search word by word.
Source: decisions 0019, 0037 and 0040.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from django.contrib.postgres.search import TrigramSimilarity, TrigramWordSimilarity
from django.db import models
from django.db.models import Expression, QuerySet, Value
from django.db.models.functions import Greatest, Least, Round

from congress.core.names import Key
from congress.core.names.likeness import HIGHEST, LESSER, UNSOUGHT, Sought
from members.models import NameKey, NameKind

# What is shorter is like everybody: two letters are looked for as they stand, so short a skeleton not at all.
MIN_LETTERS = 3
MIN_CONSONANTS = {True: 2, False: 3}
HELD_AGAINST = 2000
# Distances: somebody called by the one word sought and nothing else, as it sounds; the same
# spelling; 1500 would be nothing alike.
CALLED_SO, SAME = 50, 100
# How much farther than the nearest a name may be: with whoever is found, those who merely sound a little like them are
# in the way. One word is closer to many, so less of a distance tells as much.
REACH = {True: 250, False: 400}
# Farther than this nobody is called so, even if nobody is nearer: of one word, and of several.
FARTHEST = {True: 400, False: 600}


class Namesake(NamedTuple):
    """Somebody with a name that is alike, which of their names it is, and how near."""

    distance: int
    member: int
    kind: str


def nearest(names: QuerySet[NameKey], sought: Sought) -> list[Namesake]:
    """Return everybody once whose names, of these, are like the one sought, the nearest first; one query, or none."""
    found = _alike(names, sought)
    distances = {name: _distance(sought, *name) for name in {(kind, key) for _member, kind, key in found}}
    near: dict[int, Namesake] = {}
    for each in sorted(Namesake(distances[kind, key], member, kind) for member, kind, key in found):
        near.setdefault(each.member, each)
    return list(near.values())


def within_reach(found: Sequence[Namesake], sought: Sought) -> list[Namesake]:
    """Leave out those who are much farther than the nearest, who come first, and whoever is called otherwise."""
    least = max([SAME, *(each.distance for each in found[:1])])
    reach = min(least + REACH[sought.is_one_word], FARTHEST[sought.is_one_word])
    return [each for each in found if each.distance <= reach]


def _distance(sought: Sought, kind: str, name: Key) -> int:
    # Another script tells how a name sounds, and not how it would be spelt.
    if kind == NameKind.NATIVE and sought.is_one_word and sought.sounds_like_all_of(name):
        return CALLED_SO
    return round(SAME + 1000 * (HIGHEST - sought.likeness(name)))


def _alike(names: QuerySet[NameKey], sought: Sought) -> list[tuple[int, str, Key]]:
    """Return member, kind of name and key where enough is shared, the most alike as a whole.

    How much that is (`congress.core.names`) each session of the database is told as it begins, in the settings.
    """
    if not sought.readings or len(sought.readings[0].folded) < MIN_LETTERS:
        return []
    readings = _readings(sought)
    lookup = "trigram_word_similar" if sought.is_one_word else "trigram_similar"
    seen = names.annotate(apart=_apart(readings, sought.is_one_word))
    # One branch for each reading: of many conditions joined by OR the planner thinks a walk through all keys cheaper.
    first, *others = (
        seen.filter(**{f"{column}__{lookup}": text}).values_list("member", "kind", "folded", "skeleton", "apart")
        for column, texts in readings.items()
        for text in texts
    )
    rows = first.union(*others).order_by("apart", "member")[:HELD_AGAINST]
    return [(member, kind, Key(spelling, skeleton)) for member, kind, spelling, skeleton, _apart in rows]


def _readings(sought: Sought) -> dict[str, list[str]]:
    fewest = MIN_CONSONANTS[sought.is_one_word]
    skeletons = (key.skeleton for key in sought.readings if len(key.skeleton.replace(" ", "")) >= fewest)
    return {
        "folded": list(dict.fromkeys(key.folded for key in sought.readings)),
        "skeleton": list(dict.fromkeys(skeletons)),
    }


def _apart(readings: dict[str, list[str]], is_one_word: bool) -> Expression:
    """The nearer of the two strings counts in full, the other one breaks ties between spellings."""
    measure = _word_similarity if is_one_word else TrigramSimilarity
    spelt, sounds = (_best(measure, column, texts) for column, texts in readings.items())
    score = Greatest(spelt, sounds) + Value(LESSER) * Least(spelt, sounds)
    if is_one_word:
        # Who is called so and nothing else comes before those of whom it is one name of several.
        score -= Value(UNSOUGHT) * (Value(1.0) - _best(TrigramSimilarity, "folded", readings["folded"]))
    return Round((Value(1.5) - score) * Value(1000.0), output_field=models.IntegerField())


def _best(measure: Callable[[str, str], Expression], column: str, texts: Sequence[str]) -> Expression:
    measures = [Value(0.0, output_field=models.FloatField()), *(measure(column, text) for text in texts)]
    # Of one text there is nothing to compare, and it stands in the query three times.
    return measures[-1] if len(measures) <= 2 else Greatest(*measures, output_field=models.FloatField())


def _word_similarity(column: str, text: str) -> Expression:
    return TrigramWordSimilarity(text, column)
