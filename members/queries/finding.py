"""Whom do the words of a search mean, how near are they, and why?

A member is found by words of their texts (names, organisation, the fields that are searched), or by a name that is
alike: the same in another script or spelling, or mistyped. What somebody wrote about themselves comes last. What the
viewer does not see of somebody finds nobody. Source: decisions 0019, 0025 and 0030.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import TrigramSimilarity, TrigramWordSimilarity
from django.db import connection, models, transaction
from django.db.models import Case, Expression, F, Func, Q, QuerySet, Value, When
from django.db.models.functions import Greatest, Least, Round

from congress.core.names import Key, folded, keys
from members.models import SEARCH_TEXTS, FieldAudience, Member, MemberQuerySet, NameKey, NameKind, before_mark
from members.policies import audiences, names_visible_to

WORD_LIMIT = 10
ALIKE_LIMIT = 1000
# From which similarity on a name is listed: a whole name, and one word of it. Decision 0019 has the figures.
WHOLE_NAME, ONE_WORD = 0.45, 0.7
# What is shorter is like everybody: two letters are looked for as they stand, so short a skeleton not at all.
MIN_LETTERS = 3
MIN_CONSONANTS = {True: 2, False: 3}
SET_THRESHOLDS = (
    "SELECT set_config('pg_trgm.similarity_threshold', %s, true),"
    " set_config('pg_trgm.word_similarity_threshold', %s, true)"
)
# Distances: the very name, a name that begins so, words of the text, words of what somebody wrote about themselves; a
# name that is alike lies between 100 and 1500.
EXACT, BEGINS, IN_TEXT, IN_PROFILE = 0, 100, 600, 2000
NEAREST_FIRST = ("distance", "sort_name", "pk")
NEAR = "near_"
EXPERTISE_SHOWN = 2
# So many words of a profile stand beside the one that was found.
WORDS_BEFORE, WORDS_AFTER = 6, 8


@dataclass(frozen=True)
class Search:
    """What was asked for, and whose names are alike: ids by distance, with the distance and the name meant."""

    viewer: Member
    words: tuple[str, ...]
    ids: list[int]
    distances: list[int]
    kinds: dict[int, str]
    is_cut: bool


def search(viewer: Member, text: str) -> Search:
    """Find the names that are alike among those whom a viewer may find so, at most 1,000; two queries, or none."""
    words = tuple(dict.fromkeys(folded(text).split()[:WORD_LIMIT]))
    if not words:
        return Search(viewer, (), [], [], {}, is_cut=False)
    nearest: dict[int, tuple[int, str]] = {}
    for member, distance, kind in _alike(names_visible_to(viewer), keys(text)):
        nearest.setdefault(member, (distance, kind))
    ids = list(nearest)[:ALIKE_LIMIT]
    kinds = {member: nearest[member][1] for member in ids}
    distances = [nearest[member][0] for member in ids]
    return Search(viewer, words, ids, distances, kinds, len(nearest) > ALIKE_LIMIT)


def alike(names: QuerySet[NameKey], name: str) -> list[int]:
    """Return the ids of those whose names, of these, are like this one, the nearest first; two queries, or none."""
    return list(dict.fromkeys(member for member, _distance, _kind in _alike(names, keys(name))))


def found(members: MemberQuerySet, asked: Search) -> MemberQuerySet:
    """Return those of these members whom a search means."""
    return members.filter(Q(pk__in=asked.ids) | _in_text(asked)) if asked.words else members.none()


def nearest_first(members: MemberQuerySet, asked: Search) -> MemberQuerySet:
    """Annotate the `distance` of each, in whole numbers, so that a page can go on from it."""
    if not asked.words:
        return members.annotate(distance=Value(EXACT))
    name_near, near_text = _distance_of_name(asked), _in_text(asked, NEAR)
    alike = Case(When(near_text, then=Least(name_near, IN_TEXT)), default=name_near)
    # In this order nothing dear is asked of the many who are found by their text.
    distance = Case(
        When(sort_name=" ".join(asked.words), then=EXACT),
        When(_begins(asked.words), then=BEGINS),
        When(pk__in=asked.ids, then=alike),
        When(near_text, then=IN_TEXT),
        default=IN_PROFILE,
        output_field=models.IntegerField(),
    )
    return members.alias(**_near_texts()).annotate(distance=distance)


def reason(member: Member, asked: Search) -> str:
    """Return what a member was found by where the row does not show it, or nothing."""
    row, beyond = _texts(member)
    if _holds(asked.words, row):
        return ""
    if by_text := [text for text in beyond if _is_meant(text, asked.words)]:
        return ", ".join(by_text)
    return _words_alike(_named(member).get(asked.kinds.get(member.pk, ""), ""), asked.words)


def excerpt(member: Member, asked: Search) -> str:
    """Return where a word sought stands in what the member wrote, if nothing nearer says why they were found."""
    row, beyond = _texts(member)
    if member.pk in asked.kinds or _holds(asked.words, [*row, *beyond]):
        return ""
    words = member.shown.biography.split()
    places = [place for place, word in enumerate(words) if _is_meant(word, asked.words)]
    if not places:
        return ""
    first, last = max(0, places[0] - WORDS_BEFORE), places[0] + WORDS_AFTER
    return f"{'… ' if first else ''}{' '.join(words[first:last])}{' …' if last < len(words) else ''}"


def _is_meant(text: str, words: Sequence[str]) -> bool:
    plain = folded(text)
    return any(word in plain for word in words)


def _named(member: Member) -> dict[str, str]:
    return {
        NameKind.LATIN: member.latin_name,
        NameKind.NATIVE: member.native_name,
        NameKind.OTHER: ", ".join(member.shown.other_names),
    }


def _words_alike(name: str, sought: Sequence[str]) -> str:
    """Return the words of a name that sound like those sought, or all if it is not single words that do."""
    sounds = _sounds(sought)
    return " ".join(word for word in name.split() if sounds & _sounds([word])) or name


def _sounds(words: Sequence[str]) -> set[str]:
    return {key.skeleton for word in words for key in keys(word) if key.skeleton}


def _texts(member: Member) -> tuple[list[str], list[str]]:
    """Return what a row of the directory says, and what else of it the viewer finds by."""
    labels, body = member.shown.expertise_labels, member.organisation
    row = [member.latin_name, member.native_name, member.shown.position, body.name if body else ""]
    known = [*labels[EXPERTISE_SHOWN:], *member.shown.topic_labels, *member.shown.other_names]
    beyond = [*known, body.native_name if body else ""]
    return [*row, *labels[:EXPERTISE_SHOWN]], beyond


def _holds(words: Sequence[str], texts: Sequence[str]) -> bool:
    whole = folded(*texts)
    return all(word in whole for word in words)


def _in_text(asked: Search, part: str = "") -> Q:
    """Each word stands in a text that the viewer is let in on, or in a part of it."""
    open_to = audiences(asked.viewer)
    return Q(*(_one_word(word, open_to, part) for word in asked.words))


def _one_word(word: str, open_to: dict[FieldAudience, Q], part: str) -> Q:
    # Each part asks the index of its own column: PostgreSQL then joins what they give.
    parts = (condition & Q(**{f"{part}{SEARCH_TEXTS[each]}__contains": word}) for each, condition in open_to.items())
    return reduce(or_, parts)


def _near_texts() -> dict[str, Expression]:
    """The texts without what members wrote about themselves."""
    return {f"{NEAR}{column}": before_mark(column) for column in SEARCH_TEXTS.values()}


def _begins(words: Sequence[str]) -> Q:
    return Q(*(Q(sort_name__startswith=word) | Q(sort_name__contains=f" {word}") for word in words))


def _alike(names: "QuerySet[NameKey]", sought: Sequence[Key]) -> list[tuple[int, int, str]]:
    """Return member, distance and kind of name for the keys that are near enough, the nearest first."""
    if not sought or len(sought[0].folded) < MIN_LETTERS:
        return []
    is_one_word = not any(" " in key.folded for key in sought)
    readings = _readings(sought, is_one_word)
    lookup = "trigram_word_similar" if is_one_word else "trigram_similar"
    keys_seen = names.annotate(distance=_distance(readings, is_one_word))
    # One branch for each reading: of many conditions joined by OR the planner thinks a walk through all keys cheaper.
    first, *others = (
        keys_seen.filter(**{f"{column}__{lookup}": text}).values_list("member", "distance", "kind")
        for column, texts in readings.items()
        for text in texts
    )
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        cursor.execute(SET_THRESHOLDS, [str(WHOLE_NAME), str(ONE_WORD)])
        # A member has some three keys, so this is enough for the nearest thousand.
        return list(first.union(*others).order_by("distance", "member")[: 4 * ALIKE_LIMIT])


def _readings(sought: Sequence[Key], is_one_word: bool) -> dict[str, list[str]]:
    skeletons = (key.skeleton for key in sought if len(key.skeleton.replace(" ", "")) >= MIN_CONSONANTS[is_one_word])
    return {"folded": list(dict.fromkeys(key.folded for key in sought)), "skeleton": list(dict.fromkeys(skeletons))}


def _distance(readings: dict[str, list[str]], is_one_word: bool) -> Expression:
    """The nearer of the two strings counts in full, the other one breaks ties between spellings."""
    measure = _word_similarity if is_one_word else TrigramSimilarity
    spelt, sounds = (_best(measure, column, texts) for column, texts in readings.items())
    score = Greatest(spelt, sounds) + Value(0.4) * Least(spelt, sounds)
    if is_one_word:
        # Who is called so and nothing else comes before those of whom it is one name of several.
        score -= Value(0.05) * (Value(1.0) - _best(TrigramSimilarity, "folded", readings["folded"]))
    return Round((Value(1.5) - score) * Value(1000.0), output_field=models.IntegerField())


def _best(measure: Callable[[str, str], Expression], column: str, texts: Sequence[str]) -> Expression:
    nothing = Value(0.0, output_field=models.FloatField())
    return Greatest(nothing, nothing, *(measure(column, text) for text in texts), output_field=models.FloatField())


def _word_similarity(column: str, text: str) -> Expression:
    return TrigramWordSimilarity(text, column)


class _Element(Func):
    """The element of an array at a place."""

    template = "((%(expressions)s])"
    arg_joiner = ")["


def _distance_of_name(asked: Search) -> Expression:
    ids = Value(asked.ids, output_field=ArrayField(models.BigIntegerField()))
    distances = Value(asked.distances, output_field=ArrayField(models.IntegerField()))
    place = Func(ids, F("pk"), function="array_position", output_field=models.IntegerField())
    return _Element(distances, place, output_field=models.IntegerField())
