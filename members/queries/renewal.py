"""What does a member see of what must be proved each year, and what is said in a warning?"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from members.models import WARNINGS, Completion, Member, Module

HINTS: dict[str, str | Promise] = {
    Module.IDENTITY: _("Your name and country are still as they were vetted."),
    Module.AFFILIATION: _("You still work there. Your focal point can confirm it for you."),
    Module.CODE_OF_CONDUCT: _("You agree to it in its present version."),
    Module.PROFILE: _("What the directory says about you is still true."),
    Module.SECOND_FACTOR: _("An authenticator app, a passkey or a security key is set up."),
}


@dataclass(frozen=True)
class Line:
    """One module on the page: what it is, what it asks, how it stands."""

    module: Module
    expires_on: date | None
    completed_on: date | None
    days_left: int | None

    @property
    def hint(self) -> str | Promise:
        """Return what the member says by renewing it."""
        return HINTS[self.module]

    @property
    def tone(self) -> str:
        """Return how it is drawn: missing or over, soon over, or in order."""
        if self.days_left is None or self.days_left <= 0:
            return "bad"
        return "waiting" if self.days_left <= max(WARNINGS) else "good"


def modules_of(member: Member, today: date) -> list[Line]:
    """Return every module in the order of the page; one query."""
    known = {row.module: row for row in Completion.objects.filter(member=member)}
    return [_line(module, known.get(module), today) for module in Module]


def _line(module: Module, row: Completion | None, today: date) -> Line:
    if row is None:
        return Line(module, None, None, None)
    return Line(module, row.expires_on, row.completed_at.date(), row.days_left(today))


def expiring_for(member_ids: Iterable[int], *, by: date, listed_until: date) -> dict[int, list[Completion]]:
    """Return what expires soon for each member of whom something expires by a day, the first first; one query."""
    rows = Completion.objects.in_force().expiring(listed_until).filter(member__in=list(member_ids))
    found: dict[int, list[Completion]] = defaultdict(list)
    for row in rows.order_by("member", "expires_on", "pk"):
        found[row.member_id].append(row)
    return {member: rows for member, rows in found.items() if rows[0].expires_on <= by}
