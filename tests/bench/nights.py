"""How long does the night of memberships take when everybody is due on one day?"""

from datetime import UTC, datetime, timedelta
from time import perf_counter

from django.db import OperationalError, connection, connections

from members.actions.renewal import sweep
from members.models import WARNINGS, Completion

PATIENCE_SECONDS = 60.0
BEGUN = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


def seconds_of_nights() -> dict[str, float]:
    """Time the nights of everybody; one whose query takes longer than the patience for it is said to take that."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('statement_timeout', %s, false)", [f"{PATIENCE_SECONDS:.0f}s"])
    try:
        return _nights()
    except OperationalError:
        return {"stopped after": PATIENCE_SECONDS}


def _nights() -> dict[str, float]:
    """Begin everybody's modules, let all expire on one day, and time the nights until all have lapsed."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("VACUUM ANALYZE members_member")
    sweep(at=BEGUN)
    ends_on = BEGUN.date() + timedelta(days=max(WARNINGS))
    Completion.objects.update(expires_on=ends_on, warned_days=None)
    with connections["owner"].cursor() as cursor:
        cursor.execute("VACUUM ANALYZE members_completion")
    left = {f"warning all {days} days before": days for days in WARNINGS} | {"letting all lapse": 0}
    return {name: _seconds(BEGUN + timedelta(days=max(WARNINGS) - days)) for name, days in left.items()}


def _seconds(at: datetime) -> float:
    began = perf_counter()
    sweep(at=at)
    return perf_counter() - began
