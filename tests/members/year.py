"""How do tests let days pass: every periodic task, every listener, every letter?"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

import time_machine
from django.db.models import Q

from congress.core import journal, mail
from congress.core.models import Delivery, Entry
from members.tasks import groups, renewal, sponsors, vetting
from tests.conftest import NOW

DAY = timedelta(days=1)
# Whichever goes first takes the day, so those that may wait go first.
NIGHTS = (groups.remind_of_rotation, vetting.vet_nightly, renewal.renew_nightly, sponsors.watch_sponsors)
# After midnight; and when waiting letters leave, and what was done at nine is so many days old.
HOURS = (0, 9)

Act = Callable[[datetime], object]


def moment(day: int, hour: int = 9) -> datetime:
    """Return an instant of a day, counted from the first."""
    return (NOW + day * DAY).replace(hour=hour, minute=10)


def live_through(days: list[int], acts: Mapping[int, Act]) -> None:
    """Let days pass; on some of them somebody does something after midnight."""
    for day in days:
        for hour in HOURS:
            at = moment(day, hour)
            with time_machine.travel(at, tick=False):
                if hour == 0 and day in acts:
                    acts[day](at)
                _let_pass(at)


def _let_pass(at: datetime) -> None:
    """Ask each task twice, and have each listener hear twice; then let every letter leave."""
    for _each in range(2):
        for night in NIGHTS:
            night()
        for entry in Entry.objects.filter(at__gte=at - timedelta(minutes=10)).order_by("pk"):
            journal.dispatch(entry, at)
    while rows := mail.claim(at):
        mail.send(rows, lambda: at)


def heard_by(email: str) -> list[tuple[int, str]]:
    """Return the letters that reached somebody, in their order: the day, and of what."""
    theirs = Q(address__iexact=email) | Q(member__email__iexact=email)
    sent = Delivery.objects.filter(theirs, state=Delivery.State.SENT).order_by("settled_at", "pk")
    return [
        ((row.settled_at.date() - NOW.date()).days, row.kind.removeprefix("members."))
        for row in sent
        if row.settled_at is not None
    ]
