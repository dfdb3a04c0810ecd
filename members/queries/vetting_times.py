"""How long do applications stay in each stage, region by region?"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection

from congress.core.geography import REGION_BY_COUNTRY, Region
from congress.core.states import State
from members.models import APPLICATION_STATES, UNDER_WAY, Member
from members.policies import can_see_vetting_times

# Of fewer cases the figures would tell of single people.
SMALLEST = 3
TIMES = """
    SELECT stage, region, count(*), percentile_cont(0.5) WITHIN GROUP (ORDER BY days),
        percentile_cont(0.9) WITHIN GROUP (ORDER BY days)
    FROM (
        SELECT p.stage, place.region, extract(epoch FROM p.left_at - p.entered_at) / 86400 AS days
        FROM members_passage p
        JOIN members_application a ON a.id = p.application_id
        JOIN unnest(%s::text[], %s::text[]) AS place (country, region) ON place.country = a.country
        WHERE p.left_at IS NOT NULL
    ) AS stays
    GROUP BY stage, region
"""


@dataclass(frozen=True)
class Times:
    """How many stays in a stage are over, and how many days they took; no days where there were too few."""

    region: Region
    stage: State
    count: int
    median: float | None
    slowest_tenth: float | None


def vetting_times(viewer: Member) -> list[Times]:
    """Return the times of each stage by region, in the order of both lists; one query."""
    if not can_see_vetting_times(viewer):
        return []
    with connection.cursor() as cursor:
        cursor.execute(TIMES, [list(REGION_BY_COUNTRY), [region.value for region in REGION_BY_COUNTRY.values()]])
        found = {(stage, region): figures for stage, region, *figures in cursor.fetchall()}
    return list(_rows(found))


def _rows(found: dict[tuple[str, str], list[float]]) -> Iterator[Times]:
    for region in Region:
        for stage in UNDER_WAY:
            count, median, slowest = found.get((stage, region.value), [0, None, None])
            known = count is not None and count >= SMALLEST
            state = APPLICATION_STATES.states[stage]
            yield Times(region, state, int(count or 0), median if known else None, slowest if known else None)
