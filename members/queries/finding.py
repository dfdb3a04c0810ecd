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
from django.db import models
from django.db.models import Case, Expression, F, Func, Q, QuerySet, Value, When
from django.db.models.functions import Greatest, Least, Round

from congress.core.names import Key, folded, keys
from members.models import (
    EXPERTISE_IN_ROW,
    SEARCH_TEXTS,
    FieldAudience,
    Member,
    MemberQuerySet,
    NameKey,
    NameKind,
    before_mark,
)
from members.policies import audiences, names_visible_to

WORD_LIMIT = 10
ALIKE_LIMIT = 1000
# What is shorter is like everybody: two letters are looked for as they stand, so short a skeleton not at all.
MIN_LETTERS = 3
MIN_CONSONANTS = {True: 2, False: 3}
# Distances: the very name, a name that begins so, words of the text, words of what somebody wrote about themselves; a
# name that is alike lies between 100 and 1500.
EXACT, BEGINS, IN_TEXT, IN_PROFILE = 0, 100, 600, 2000
NEAREST_FIRST = ("distance", "sort_name", "pk")
NEAR = "near_"
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
    """Find the names that are alike among those whom a viewer may find so, at most 1,000; one query, or none."""
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
    """Return the ids of those whose names, of these, are like this one, the nearest first; one query, or none."""
    return list(dict.fromkeys(member for member, _distance, _kind in _alike(names, keys(name))))


def found(members: MemberQuerySet, asked: Search) -> MemberQuerySet:
    """Return those of these members whom a search means."""
    return members.filter(Q(pk__in=asked.ids) | _in_text(asked)) if asked.words else members.none()


def nearest_first(members: MemberQuerySet, asked: Search) -> MemberQuerySet:
    """Annotate the `distance` of each, in whole numbers, so that a page can go on from it."""
    if not asked.words:
        return members.annotate(distance=Value(EXACT))
    near_text = _in_text(asked, NEAR)
    # In this order nothing dear is asked of the many who are found by their text.
    distance = Case(
        When(sort_name=" ".join(asked.words), then=EXACT),
        When(_begins(asked.words), then=BEGINS),
        *_alike_first(asked, near_text),
        When(near_text, then=IN_TEXT),
        default=IN_PROFILE,
        output_field=models.IntegerField(),
    )
    return members.alias(**_near_texts()).annotate(distance=distance)


def _alike_first(asked: Search, near_text: Q) -> list[When]:
    if not asked.ids:
        return []
    name_near = _distance_of_name(asked)
    nearer = Case(When(near_text, then=Least(name_near, IN_TEXT)), default=name_near)
    return [When(pk__in=asked.ids, then=nearer)]


def why_found(member: Member, asked: Search) -> tuple[str, str]:
    """Return why a member was found where their row does not say it, or empty texts.

    First what they were found by; then, if nothing nearer says why, where a word stands in what they wrote.
    """
    row = _texts_of_row(member)
    if _holds(asked.words, row):
        return "", ""
    beyond = _texts_beyond_row(member)
    by_text = ", ".join(text for text in beyond if _is_meant(text, asked.words))
    alike = _named(member).get(asked.kinds.get(member.pk, ""), "")
    says_why = member.pk in asked.kinds or _holds(asked.words, [*row, *beyond])
    return by_text or _words_alike(alike, asked.words), "" if says_why else _excerpt(member, asked.words)


def _excerpt(member: Member, sought: Sequence[str]) -> str:
    words = member.shown.biography.split()
    places = [place for place, word in enumerate(words) if _is_meant(word, sought)]
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


def _texts_of_row(member: Member) -> list[str]:
    """Return what a row of the directory says."""
    shown, body = member.shown, member.organisation
    return [member.latin_name, member.native_name, shown.position, body.name if body else "", *shown.main_expertise]


def _texts_beyond_row(member: Member) -> list[str]:
    """Return what else of a member the viewer finds by."""
    shown, body = member.shown, member.organisation
    known = [*shown.expertise_labels[EXPERTISE_IN_ROW:], *shown.topic_labels, *shown.other_names]
    return [*known, body.native_name if body else ""]


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
    """Return member, distance and kind of name for the keys that are near enough, the nearest first.

    How near that is (`congress.core.names`) each session of the database is told as it begins, in the settings.
    """
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
