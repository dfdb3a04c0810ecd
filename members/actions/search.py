"""How does the directory know what to search and sort by? Two columns that are derived here and nowhere else."""

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import override

from congress.core.names import folded
from congress.core.topics import Expertise
from members.models import Member

BATCH_SIZE = 2000
COLUMNS = (
    "pk",
    "latin_name",
    "native_name",
    "organisation__name",
    "organisation__native_name",
    "profile__position",
    "profile__expertise",
)
# One statement for a batch: an UPDATE for each row would take minutes for a large network.
WRITE = """
    UPDATE members_member SET sort_name = derived.sort_name, search_text = derived.search_text
    FROM unnest(%s::bigint[], %s::text[], %s::text[]) AS derived (id, sort_name, search_text)
    WHERE members_member.id = derived.id
"""


def refresh_search(members: QuerySet[Member]) -> int:
    """Derive name order and search text of these members anew; returns how many there were.

    Source of the text: both names, organisation, position and fields of expertise.
    """
    rows = list(members.order_by("pk").values_list(*COLUMNS, named=True))
    with override(settings.LANGUAGE_CODE), connection.cursor() as cursor:
        for start in range(0, len(rows), BATCH_SIZE):
            derived = [_derived(row) for row in rows[start : start + BATCH_SIZE]]
            cursor.execute(WRITE, [list(column) for column in zip(*derived, strict=True)])
    return len(rows)


def _derived(row: Any) -> tuple[int, str, str]:
    words = (
        folded(row.latin_name, row.native_name),
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
