"""How does the desk find an applicant again when the rules by which names sound have changed?"""

from django.db import transaction

from congress.core.names import sounds_of
from members.models import Application
from members.queries.refusals import keys_kept

BATCH_SIZE = 500
DERIVED_FROM = ("email", "latin_name", "native_name", "other_names", "kept_keys")


def refresh_sounds() -> int:
    """Derive anew how the names of applicants sound, and the keys kept of who was refused; returns how many.

    Where the name is forgotten there is nothing to derive from; an address, and a name as it was spelt, stay known.
    """
    named = Application.objects.filter(submitted_at__isnull=False).exclude(latin_name="")
    ids = list(named.order_by("pk").values_list("pk", flat=True))
    return sum(_refresh(ids[start : start + BATCH_SIZE]) for start in range(0, len(ids), BATCH_SIZE))


@transaction.atomic
def _refresh(ids: list[int]) -> int:
    chosen = Application.objects.filter(pk__in=ids).exclude(latin_name="").only(*DERIVED_FROM)
    rows = list(chosen.order_by("pk").select_for_update())
    for row in rows:
        row.sounds = sounds_of(row.latin_name, row.native_name)
        row.kept_keys = keys_kept(row) if row.kept_keys else []
    Application.objects.bulk_update(rows, ["sounds", "kept_keys"])
    return len(rows)
