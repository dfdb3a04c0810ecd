"""Whom or what does an author mean, who writes a name, an address or an id?"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import and_
from typing import Generic, TypeVar

from django.db.models import Model, Q, QuerySet

from congress.core.names import folded
from members.models import Group, Member, Organisation, before_mark
from members.policies import found_by_address, groups_visible_to, visible_to

_ID = re.compile(r"(?:^|\()([0-9a-hjkmnp-tv-z]{12})\)?$")
SHOWN = 5

M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Match(Generic[M]):
    """What one line may mean: exactly one row if it is clear, otherwise a few candidates or none."""

    line: str
    found: list[M]


def people_named(viewer: Member, lines: Iterable[str]) -> list[Match[Member]]:
    """Return for each line the members it may mean: an id (also in brackets), an e-mail address, or words of a name.

    Only people in the viewer's directory are found, by an address as the policy says. At most two queries a line.
    """
    # Who merely wrote of somebody is not meant by their name.
    people = visible_to(viewer).alias(called=before_mark("search_text")).order_by("sort_name", "pk")
    return [_match(line, people, found_by_address(viewer) & Q(email__iexact=line), "called") for line in lines]


def organisations_named(lines: Iterable[str]) -> list[Match[Organisation]]:
    """Return for each line the bodies it may mean: an id (also in brackets), the exact name, or words of it."""
    bodies = Organisation.objects.order_by("name")
    return [_match(line, bodies, Q(name__iexact=line), "name") for line in lines]


def _match(line: str, rows: QuerySet[M], exactly: Q, column: str) -> Match[M]:
    if identified := _ID.search(line):
        return Match(line, list(rows.filter(public_id=identified[1])[:1]))
    if found := list(rows.filter(exactly)[:1]):
        return Match(line, found)
    words = folded(line).split()
    if not words:
        return Match(line, [])
    return Match(line, list(rows.filter(reduce(and_, (Q(**{f"{column}__icontains": w}) for w in words)))[:SHOWN]))


def groups_to_name(viewer: Member) -> QuerySet[Group]:
    """Return the groups that a viewer may choose for an audience, by name."""
    return groups_visible_to(viewer).open().order_by("name")


def people_by_id(ids: Iterable[int]) -> QuerySet[Member]:
    """Return the members whom an audience names one by one, in the order of the directory."""
    return Member.objects.filter(pk__in=list(ids)).order_by("sort_name", "pk")


def organisations_by_id(ids: Iterable[int]) -> QuerySet[Organisation]:
    """Return the bodies that an audience names, in the order of their names."""
    return Organisation.objects.filter(pk__in=list(ids)).order_by("name")


def groups_by_id(ids: Iterable[int]) -> QuerySet[Group]:
    """Return the groups that an audience names, in the order of their names."""
    return Group.objects.filter(pk__in=list(ids)).order_by("name")
