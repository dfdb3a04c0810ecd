"""Of the letters that time makes, and no person: which ones leave today, so that nobody gets two on one day?"""

from datetime import datetime, timedelta

from django.db.models import Q

from congress.core.models import Delivery

# Each kind of such a letter, with whether it may wait for another day.
TIMED: dict[str, bool] = {}
# In UTC: by then the letters of the night are out.
CALM_HOUR = 6
# Then a letter leaves whatever else does: most are of something that has a last day.
PATIENCE = timedelta(days=7)


def timed(kind: str, *, may_wait: bool = False) -> str:
    """Declare that time makes letters of this kind, and return it."""
    TIMED[kind] = may_wait
    return kind


def calm_time(kind: str, at: datetime) -> datetime:
    """Return when a letter is due: one that may wait an hour later, so that others of the same night go first."""
    later = at + timedelta(hours=1)
    return max(later, _calm_hour(later)) if TIMED.get(kind) else at


def waits(letter: Delivery, at: datetime) -> bool:
    """Tell whether a letter has to wait: time has written to the same person today, or will with one that can't wait.

    One query for letters that may wait, none for others.
    """
    if not TIMED.get(letter.kind) or letter.member is None or _is_out_of_patience(letter, at):
        return False
    midnight = at.replace(hour=0, minute=0, second=0, microsecond=0)
    sent = Q(kind__in=TIMED, settled_at__gte=midnight, state=Delivery.State.SENT)
    pressing = [kind for kind, may_wait in TIMED.items() if not may_wait]
    # Due later today, too: one that the mail server put off is tried again.
    coming = Q(kind__in=pressing, due_at__lt=midnight + timedelta(days=1), state=Delivery.State.QUEUED)
    # Another sender, who took it before this one was taken, may be sending it now.
    held = Q(kind__in=TIMED, leased_until__gt=at, leased_until__lt=letter.leased_until, state=Delivery.State.QUEUED)
    same = Q(member=letter.member) | Q(address__iexact=letter.member.email)
    return Delivery.objects.filter(same, sent | coming | held).exists()


def put_off(letter: Delivery, at: datetime) -> None:
    """Let a letter wait for the next morning."""
    queued = Delivery.objects.filter(pk=letter.pk, state=Delivery.State.QUEUED)
    queued.update(leased_until=None, due_at=_calm_hour(at) + timedelta(days=1))


def _is_out_of_patience(letter: Delivery, at: datetime) -> bool:
    return letter.entry is not None and at >= letter.entry.at + PATIENCE


def _calm_hour(at: datetime) -> datetime:
    return at.replace(hour=CALM_HOUR, minute=0, second=0, microsecond=0)
