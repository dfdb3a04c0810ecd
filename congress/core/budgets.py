"""How much may one member read in a while, over all channels, sessions and addresses together?

Counted is what is new to them: to open the same thing again costs nothing. Which view costs what stands in
congress/costs.py. Source: decision 0026.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import blake2b
from typing import TYPE_CHECKING, NoReturn

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from congress.core import journal
from congress.core.cache import Bounded
from congress.core.errors import TooManyRequestsError
from congress.core.models import ReadingLift

if TYPE_CHECKING:
    from members.models import Member

HOUR, DAY = 3600, 86_400

STOPPED = journal.event("core.reading.stopped", _("A member has read as much as a budget allows."))


class Budget(TextChoices):
    """What is counted."""

    PROFILES = "profiles", _("profiles opened")
    NAMES = "names", _("people seen in lists")
    NOTICES = "notices", _("notices opened")
    FURTHER_PAGES = "further_pages", _("further pages of lists")
    EXPORTS = "exports", _("files taken along")


@dataclass(frozen=True)
class Window:
    """So many different things in so many seconds, counted from a full hour or midnight UTC."""

    limit: int
    seconds: int

    def name(self, at: datetime) -> str:
        """Return which hour or day an instant lies in."""
        return f"{self.seconds}:{int(at.timestamp()) // self.seconds}"

    def ends_at(self, at: datetime) -> datetime:
        """Return when counting begins anew."""
        return datetime.fromtimestamp((int(at.timestamp()) // self.seconds + 1) * self.seconds, tz=UTC)


BUDGETS: dict[Budget, tuple[Window, ...]] = {
    Budget.PROFILES: (Window(60, HOUR), Window(200, DAY)),
    Budget.NAMES: (Window(600, HOUR), Window(1200, DAY)),
    Budget.NOTICES: (Window(120, HOUR), Window(300, DAY)),
    Budget.FURTHER_PAGES: (Window(60, HOUR),),
    Budget.EXPORTS: (Window(40, DAY),),
}


class TooMuchReadError(TooManyRequestsError):
    """A budget is used up; it says until when, and the page for it whom to write to."""

    code = "too_much_read"
    message = _("You have reached the limit of what one member reads in a while.")
    explained_at = "members:my_reading"

    def __init__(self, window: Window, at: datetime) -> None:
        self.until = window.ends_at(at)
        super().__init__(retry_after=max(1, int((self.until - at).total_seconds())))


@dataclass(frozen=True)
class Use:
    """How much of one budget is used up in the present window."""

    budget: Budget
    window: Window
    count: int
    ends_at: datetime

    @property
    def limit(self) -> int:
        """Return how much there is in all."""
        return _limit(self.window)


def spend(member: "Member", budget: Budget, things: Iterable[object], *, at: datetime) -> None:
    """Count what a member is about to be shown, by their ids; what is refused is not counted.

    Raises: TooMuchReadError if what is new does not fit, unless an officer has lifted the budget for now.
    """
    full = _count(member, budget, things, at)
    if full is not None and not is_lifted(member, at=at):
        _stop(member, budget, full, at)


def takes(member: "Member", budget: Budget, things: Iterable[object], *, at: datetime) -> bool:
    """Count what stands beside the thing asked for; False, without alarm, where it does not fit and is left out."""
    return _count(member, budget, things, at) is None or is_lifted(member, at=at)


def has_room(member: "Member", budget: Budget, count: int, *, at: datetime) -> bool:
    """Tell whether so many new things would fit now."""
    left = [_limit(window) - cache.held(_slot(member, budget, window, at)) for window in BUDGETS[budget]]  # type: ignore[attr-defined]
    return count <= min(left) or is_lifted(member, at=at)


def is_lifted(member: "Member", *, at: datetime) -> bool:
    """Tell whether an officer lets a member read on now."""
    return ReadingLift.objects.in_force(at).filter(member=member.pk).exists()


def used(member: "Member", *, at: datetime) -> Iterator[Use]:
    """Yield how much a member has used of each budget."""
    for budget, windows in BUDGETS.items():
        for window in windows:
            count = cache.held(_slot(member, budget, window, at))  # type: ignore[attr-defined]
            yield Use(budget, window, count, window.ends_at(at))


def _count(member: "Member", budget: Budget, things: Iterable[object], at: datetime) -> Window | None:
    """Count things in every window of a budget, or in none: then return the window that they do not fit into."""
    windows = BUDGETS[budget]
    marks = [_mark(thing) for thing in things]
    sets = [Bounded(_slot(member, budget, window, at), window.seconds, _limit(window)) for window in windows]
    full = cache.gather(sets, marks) if marks else None  # type: ignore[attr-defined]
    return None if full is None else windows[full]


def _limit(window: Window) -> int:
    return window.limit * settings.READING_FACTOR


def _slot(member: "Member", budget: Budget, window: Window, at: datetime) -> str:
    return f"read:{budget}:{member.pk}:{window.name(at)}"


def _mark(thing: object) -> int:
    """Ids and addresses are kept as a hash only; whole numbers take little room in the server's sets."""
    return int.from_bytes(blake2b(str(thing).encode(), digest_size=6).digest())


def _stop(member: "Member", budget: Budget, window: Window, at: datetime) -> NoReturn:
    if cache.add(f"alarm:{budget}:{member.pk}:{window.name(at)}", 1, window.seconds):
        with transaction.atomic():
            journal.record(STOPPED, target=member, by=None, at=at, budget=budget, seconds=window.seconds)
    raise TooMuchReadError(window, at)
