"""Whom do the words of a search mean, how near are they, and why?

A member is found by words of their texts (names, organisation, the fields that are searched), or by a name that is
alike: the same in another script or spelling, or mistyped. What somebody wrote about themselves comes last. What the
viewer does not see of somebody finds nobody. Source: decisions 0019, 0025, 0030 and 0037.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Case, Expression, F, Func, Q, Value, When
from django.db.models.functions import Least

from congress.core.names import folded, keys
from congress.core.names.likeness import Sought
from members.models import (
    EXPERTISE_IN_ROW,
    SEARCH_TEXTS,
    FieldAudience,
    Member,
    MemberQuerySet,
    NameKind,
    before_mark,
)
from members.policies import audiences, names_visible_to
from members.queries.namesakes import nearest, within_reach

WORD_LIMIT = 10
ALIKE_LIMIT = 1000
# Distances: the very name, a name that begins so, words of the text, words of what somebody wrote about themselves; a
# name that is alike lies between 50 and 1500, see `namesakes`.
EXACT, BEGINS, IN_TEXT, IN_PROFILE = 0, 100, 600, 2000
NEAREST_FIRST = ("distance", "sort_name", "pk")
NEAR = "near_"
# So many words of a profile stand beside the one that was found.
WORDS_BEFORE, WORDS_AFTER = 6, 8


@dataclass(frozen=True)
class Search:
    """What was asked for, and whose names are alike: ids by distance, with the distance and the name meant.

    Cut if there are too many of them, narrowed if those are left out who are much farther than the nearest.
    """

    viewer: Member
    words: tuple[str, ...]
    ids: list[int]
    distances: list[int]
    kinds: dict[int, str]
    is_cut: bool
    is_narrowed: bool


def search(viewer: Member, text: str) -> Search:
    """Find the names that are alike among those that a viewer may find people by, at most 1,000; one query, or none.

    How near the nearest is decides whom the search means, whatever the filters: so each facet counts the same people.
    """
    words = tuple(dict.fromkeys(folded(text).split()[:WORD_LIMIT]))
    if not words:
        return Search(viewer, (), [], [], {}, is_cut=False, is_narrowed=False)
    sought = Sought(keys(text))
    everybody = nearest(names_visible_to(viewer), sought)
    near = within_reach(everybody, sought)
    listed = near[:ALIKE_LIMIT]
    return Search(
        viewer,
        words,
        ids=[each.member for each in listed],
        distances=[each.distance for each in listed],
        kinds={each.member: each.kind for each in listed},
        is_cut=len(near) > ALIKE_LIMIT,
        is_narrowed=len(near) < len(everybody),
    )


def found(members: MemberQuerySet, asked: Search) -> MemberQuerySet:
    """Return those of these members whom a search means."""
    return members.filter(Q(pk__in=asked.ids) | _in_text(asked)) if asked.words else members.none()


def nearest_first(members: MemberQuerySet, asked: Search) -> MemberQuerySet:
    """Annotate the `distance` of each, in whole numbers, so that a page can go on from it."""
    if not asked.words:
        return members.annotate(distance=Value(EXACT))
    # In this order nothing dear is asked of the many who are found by their text.
    by_text = Case(
        When(_begins(asked.words), then=BEGINS),
        When(_in_text(asked, NEAR), then=IN_TEXT),
        default=IN_PROFILE,
        output_field=models.IntegerField(),
    )
    distance = Case(
        When(sort_name=" ".join(asked.words), then=EXACT),
        # Nothing stands for who is not alike, and the least of nothing and a number is the number.
        default=Least(Case(When(pk__in=asked.ids, then=_distance_of_name(asked))), by_text) if asked.ids else by_text,
        output_field=models.IntegerField(),
    )
    return members.alias(**_near_texts()).annotate(distance=distance)


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


class _Element(Func):
    """The element of an array at a place."""

    template = "((%(expressions)s])"
    arg_joiner = ")["


def _distance_of_name(asked: Search) -> Expression:
    ids = Value(asked.ids, output_field=ArrayField(models.BigIntegerField()))
    distances = Value(asked.distances, output_field=ArrayField(models.IntegerField()))
    place = Func(ids, F("pk"), function="array_position", output_field=models.IntegerField())
    return _Element(distances, place, output_field=models.IntegerField())
