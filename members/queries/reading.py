"""Who has reached a budget of reading lately, and whom may they write to?"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from congress.core.budgets import STOPPED, Budget
from congress.core.models import Entry, ReadingLift
from congress.core.roles import Permission
from members.models import Member
from members.queries.people import holding

LOOKED_BACK = timedelta(days=30)
SHOWN = 200
WRITTEN_TO = 6


@dataclass(frozen=True)
class Stop:
    """A member reached a budget; the lift that holds for them now, if any."""

    member: Member
    budget: str
    at: datetime
    lift: ReadingLift | None


def reading_stops(at: datetime) -> list[Stop]:
    """Return who reached which budget in the last 30 days, the newest first; three queries."""
    entries = list(Entry.objects.filter(event=STOPPED, at__gt=at - LOOKED_BACK).order_by("-pk")[:SHOWN])
    targets = {entry.target_id or 0 for entry in entries}
    members = Member.objects.select_related("organisation").in_bulk(targets)
    lifts = {lift.member_id: lift for lift in ReadingLift.objects.in_force(at).select_related("by")}
    return [
        Stop(members[pk], str(Budget(entry.data["budget"]).label), entry.at, lifts.get(pk))
        for entry in entries
        if (pk := entry.target_id or 0) in members
    ]


def written_to(viewer: Member, at: datetime) -> list[Member]:
    """Return some of those whom a member can ask to let them read on, by name; one query."""
    officers = holding(Permission.LIFT_BRAKES, at).exclude(pk=viewer.pk)
    return list(officers.select_related("organisation").order_by("sort_name", "pk")[:WRITTEN_TO])
