"""Who does the work of a period (a night, a week) when several clocks strike? Whoever claims it first."""

from datetime import datetime

from congress.core.models import Period


def claim(task: str, name: str, *, at: datetime) -> bool:
    """Claim a period of a task, once and for all; False if somebody has it already.

    Within a transaction the second claimant waits until the first has committed, or takes its place if that failed.
    """
    _row, is_first = Period.objects.get_or_create(task=task, name=name, defaults={"claimed_at": at})
    return is_first
