"""How does the directory know what to search and sort by? Some columns and the name keys, derived here only.

What stands in a field is derived into the text, or the key, of the audience that the member opens it to.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils.translation import override

from congress.core.names import KEYS_VERSION, folded, keys
from congress.core.topics import Expertise, Topic
from members.models import FIELDS, PROFILE_MARK, SEARCH_TEXTS, FieldAudience, Member, NameKind, Use

BATCH_SIZE = 2000
SEARCHED = [name for name, field in FIELDS.items() if Use.SEARCH in field.uses]
LABELS = {"expertise": dict(Expertise.choices), "topics": dict(Topic.choices)}
OWN_WORDS = "biography"
COLUMNS = (
    "pk",
    "latin_name",
    "native_name",
    "organisation",
    "organisation__name",
    "organisation__native_name",
    *(f"profile__{name}" for name in SEARCHED),
    *(f"profile__{name}_audience" for name in SEARCHED),
)
# One statement for a batch: one for each row would take minutes for a large network.
DERIVED = ("sort_name", *SEARCH_TEXTS.values())
WRITE = f"""
    UPDATE members_member SET {", ".join(f"{column} = derived.{column}" for column in DERIVED)}
    FROM unnest(%s::bigint[]{", %s::text[]" * len(DERIVED)}) AS derived (id, {", ".join(DERIVED)})
    WHERE members_member.id = derived.id
"""  # noqa: S608 - the names of our own columns
# Mostly it is there already: then no row is locked that all people of a body share.
WRITE_BODIES = """
    UPDATE members_organisation SET search_text = derived.search_text
    FROM unnest(%s::bigint[], %s::text[]) AS derived (id, search_text)
    WHERE members_organisation.id = derived.id AND members_organisation.search_text <> derived.search_text
"""
FORGET_KEYS = "DELETE FROM members_namekey WHERE member_id = ANY(%s)"
WRITE_KEYS = """
    INSERT INTO members_namekey (member_id, kind, audience, folded, skeleton, version)
    SELECT derived.*, %s
    FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::text[], %s::text[]) AS derived
"""


def refresh_search(members: QuerySet[Member]) -> int:
    """Derive name order, search text and name keys of these members anew; returns how many there were.

    Source of the texts: the names, the organisation, and the fields that are searched.
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
    bodies = {row.organisation: " ".join(_body(row)).strip() for row in rows if row.organisation}
    with override(settings.LANGUAGE_CODE), connection.cursor() as cursor:
        cursor.execute(WRITE, _columns([_derived(row) for row in rows], 1 + len(DERIVED)))
        cursor.execute(WRITE_BODIES, _columns(sorted(bodies.items()), 2))
        cursor.execute(FORGET_KEYS, [found])
        cursor.execute(WRITE_KEYS, [KEYS_VERSION, *_columns(named, 5)])
    return len(rows)


def _columns(rows: list[tuple[Any, ...]], width: int) -> list[list[Any]]:
    return [[row[place] for row in rows] for place in range(width)]


def _keys(row: Any) -> Iterator[tuple[int, str, str, str, str]]:
    everyone, of_others = FieldAudience.NETWORK, _audience(row, "other_names")
    others = ((NameKind.OTHER, of_others, name) for name in row.profile__other_names or ())
    own = ((NameKind.LATIN, everyone, row.latin_name), (NameKind.NATIVE, everyone, row.native_name))
    for kind, audience, name in (*own, *others):
        for key in keys(name):
            yield row.pk, kind.value, audience.value, key.folded, key.skeleton


def _derived(row: Any) -> tuple[int | str, ...]:
    texts = {audience: [_folded(row, name) for name in _opened_to(row, audience)] for audience in SEARCH_TEXTS}
    texts[FieldAudience.NETWORK][:0] = [folded(row.latin_name, row.native_name), *_body(row)]
    if written := folded(row.profile__biography or ""):
        texts[_audience(row, OWN_WORDS)] += [PROFILE_MARK, written]
    return row.pk, folded(row.latin_name or row.native_name)[:200], *(" ".join(filter(None, t)) for t in texts.values())


def _body(row: Any) -> tuple[str, str]:
    return _folded_once(row.organisation__name or ""), _folded_once(row.organisation__native_name or "")


def _audience(row: Any, name: str) -> FieldAudience:
    return FieldAudience(getattr(row, f"profile__{name}_audience") or FIELDS[name].default)


def _opened_to(row: Any, audience: FieldAudience) -> list[str]:
    return [name for name in SEARCHED if name != OWN_WORDS and _audience(row, name) == audience]


def _folded(row: Any, name: str) -> str:
    value = getattr(row, f"profile__{name}") or ""
    if name in LABELS:
        return " ".join(_folded_once(str(LABELS[name][each])) for each in value if each in LABELS[name])
    return _folded_once(value) if isinstance(value, str) else folded(*value)


@lru_cache(maxsize=4096)
def _folded_once(text: str) -> str:
    # Organisations and positions repeat a thousand times in a large network.
    return folded(text)
