"""What happened, who did it, and who is told? Audit trail, event and outbox are one row."""

import hashlib
import json
import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, models, transaction
from django.utils.functional import Promise

from congress.core.doorbell import ring_after_commit
from congress.core.models import Dispatch, Entry, Seal

log = logging.getLogger(__name__)

Listener = Callable[[Entry], None]


@dataclass(frozen=True)
class Event:
    """One kind of happening, declared beside the action that records it."""

    name: str
    sentence: str | Promise
    silent: str = ""


EVENTS: dict[str, Event] = {}
LISTENERS: dict[str, dict[str, Listener]] = {}


def event(name: str, sentence: str | Promise, *, silent: str = "") -> str:
    """Declare an event `package.noun.past`; `silent` says why nobody listens. Returns the name."""
    EVENTS[name] = Event(name, sentence, silent)
    return name


def on(name: str) -> Callable[[Listener], Listener]:
    """Register a listener, in a package's tasks.py only. It may run twice, so it claims what it does."""

    def register(listener: Listener) -> Listener:
        LISTENERS.setdefault(name, {})[f"{listener.__module__}.{listener.__name__}"] = listener
        return listener

    return register


def record(name: str, *, target: models.Model | None, by: models.Model | None, at: datetime, **data: Any) -> Entry:
    """Write one entry in the running transaction; listeners run after it commits.

    `data` holds changed fields and plain facts, never a text of a notice. Raises: KeyError for an undeclared event.
    """
    silent = EVENTS[name].silent
    kind = target._meta.label_lower if target else ""
    entry = Entry.objects.create(
        event=name,
        at=at,
        by_id=by.pk if by else None,
        target_kind=kind,
        target_id=target.pk if target else None,
        data=data,
    )
    if not silent:
        ring_after_commit("congress.core.tasks.dispatch_entry", entry.pk)
    return entry


def record_each(name: str, kind: type[models.Model], ids: Iterable[int], *, at: datetime) -> None:
    """Write one entry for each of many rows of a kind, in one statement; no person did it, and the event is silent.

    Who is to be told is told by an entry about all of them. Raises: ValueError for an event that has listeners.
    """
    if not EVENTS[name].silent:
        raise ValueError(f"{name} has listeners, which hear of one entry at a time.")
    label = kind._meta.label_lower
    Entry.objects.bulk_create(Entry(event=name, at=at, target_kind=label, target_id=pk) for pk in ids)


def dispatch(entry: Entry, at: datetime) -> None:
    """Run every listener that has not yet dealt with this entry, each in its own transaction.

    A listener that fails is logged, does not hold up the others, and is tried again by the sweep.
    """
    done = set(entry.dispatches.values_list("listener", flat=True))
    for name, listener in LISTENERS.get(entry.event, {}).items():
        if name not in done:
            _hear(entry, name, listener, at)


def _hear(entry: Entry, name: str, listener: Listener, at: datetime) -> None:
    try:
        with transaction.atomic():
            listener(entry)
            Dispatch.objects.get_or_create(entry=entry, listener=name, defaults={"at": at})
    except Exception:
        log.exception("journal.listener_failed", extra={"entry": entry.pk, "listener": name})


def undispatched(*, since: datetime, before: datetime) -> "models.QuerySet[Entry]":
    """Return entries of a window whose listeners have not all run, oldest first."""
    unheard = models.Q(pk__in=[])
    for name, listeners in LISTENERS.items():
        unheard |= models.Q(event=name, dispatch_count__lt=len(listeners))
    window = Entry.objects.filter(event__in=LISTENERS, at__gte=since, at__lt=before)
    return window.annotate(dispatch_count=models.Count("dispatches")).filter(unheard).order_by("pk")


def seal_committed(limit: int = 1000) -> int:
    """Chain the hashes of entries that have none yet, in the order found; returns how many.

    Appending never waits for this: only sealers queue, on one advisory lock.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('congress.journal.seal'))")
        last = Seal.objects.order_by("-pk").values_list("digest", flat=True).first() or ""
        seals = []
        for entry in _unsealed()[:limit]:
            last = digest(last, entry)
            seals.append(Seal(entry=entry, digest=last))
        Seal.objects.bulk_create(seals)
    return len(seals)


def _unsealed() -> "models.QuerySet[Entry]":
    """A transaction may commit after younger ones were sealed, but not after fifty thousand of them."""
    newest = Seal.objects.aggregate(newest=models.Max("entry_id"))["newest"] or 0
    return Entry.objects.filter(pk__gt=newest - 50_000, seal__isnull=True).order_by("pk")


def digest(previous: str, entry: Entry) -> str:
    """Return the hash of one entry chained to the one before."""
    facts = [
        entry.pk,
        entry.event,
        entry.at.isoformat(),
        entry.by_id,
        entry.target_kind,
        entry.target_id,
        entry.data,
    ]
    return hashlib.sha256((previous + json.dumps(facts, sort_keys=True)).encode()).hexdigest()


def first_broken_seal() -> Seal | None:
    """Walk the whole chain; return the first seal that does not fit its entry or the seal before, or None."""
    last = ""
    for seal in Seal.objects.select_related("entry").order_by("pk").iterator(chunk_size=1000):
        last = digest(last, seal.entry)
        if seal.digest != last:
            return seal
    return None
