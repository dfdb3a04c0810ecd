"""How does the directory know what to search and sort by? Two columns and the name keys, derived here only."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils.translation import override

from congress.core.names import KEYS_VERSION, folded, keys
from congress.core.topics import Expertise
from members.models import Member, NameAudience, NameKind

BATCH_SIZE = 2000
COLUMNS = (
    "pk",
    "latin_name",
    "native_name",
    "organisation__name",
    "organisation__native_name",
    "profile__position",
    "profile__expertise",
    "profile__other_names",
)
# One statement for a batch: one for each row would take minutes for a large network.
WRITE = """
    UPDATE members_member SET sort_name = derived.sort_name, search_text = derived.search_text
    FROM unnest(%s::bigint[], %s::text[], %s::text[]) AS derived (id, sort_name, search_text)
    WHERE members_member.id = derived.id
"""
FORGET_KEYS = "DELETE FROM members_namekey WHERE member_id = ANY(%s)"
WRITE_KEYS = """
    INSERT INTO members_namekey (member_id, kind, folded, skeleton, version, audience)
    SELECT derived.*, %s, %s
    FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::text[]) AS derived
"""


def refresh_search(members: QuerySet[Member]) -> int:
    """Derive name order, search text and name keys of these members anew; returns how many there were.

    Source of the text: all names, organisation, position and fields of expertise.
    """
    return sum(refreshed(members))


def refreshed(members: QuerySet[Member]) -> Iterator[int]:
    """Derive the same batch by batch, each a transaction of its own, and yield how many each batch had."""
    ids = list(members.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), BATCH_SIZE):
        yield _refresh(ids[start : start + BATCH_SIZE])


@transaction.atomic(savepoint=False)
def _refresh(ids: list[int]) -> int:
    # Locked first: what a member saves in the meantime must not be overwritten by what they had before.
    chosen = Member.objects.filter(pk__in=ids)
    found = list(chosen.order_by("pk").select_for_update().values_list("pk", flat=True))
    rows = list(chosen.order_by("pk").values_list(*COLUMNS, named=True))
    named = [key for row in rows for key in _keys(row)]
    with override(settings.LANGUAGE_CODE), connection.cursor() as cursor:
        cursor.execute(WRITE, _columns([_derived(row) for row in rows], 3))
        cursor.execute(FORGET_KEYS, [found])
        cursor.execute(WRITE_KEYS, [KEYS_VERSION, NameAudience.NETWORK, *_columns(named, 4)])
    return len(rows)


def _columns(rows: list[tuple[Any, ...]], width: int) -> list[list[Any]]:
    return [[row[place] for row in rows] for place in range(width)]


def _keys(row: Any) -> Iterator[tuple[int, str, str, str]]:
    others = ((NameKind.OTHER, name) for name in row.profile__other_names or ())
    for kind, name in ((NameKind.LATIN, row.latin_name), (NameKind.NATIVE, row.native_name), *others):
        for key in keys(name):
            yield row.pk, kind.value, key.folded, key.skeleton


def _derived(row: Any) -> tuple[int, str, str]:
    words = (
        folded(row.latin_name, row.native_name, *(row.profile__other_names or ())),
        _folded_once(row.organisation__name or ""),
        _folded_once(row.organisation__native_name or ""),
        _folded_once(row.profile__position or ""),
        *(_folded_label(value) for value in row.profile__expertise or ()),
    )
    return row.pk, folded(row.latin_name or row.native_name)[:200], " ".join(filter(None, words))


@lru_cache(maxsize=4096)
def _folded_once(text: str) -> str:
    # Organisations and positions repeat a thousand times in a large network.
    return folded(text)


def _folded_label(value: str) -> str:
    return _folded_once(str(Expertise(value).label)) if value in Expertise.values else ""
