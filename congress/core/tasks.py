"""Which background work belongs to no package? Dispatching the journal, sealing it, sending mail."""

from datetime import timedelta

from celery import shared_task
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from congress.core import journal, mail
from congress.core.models import Entry


@shared_task
def dispatch_entry(entry_id: int) -> None:
    """Run the listeners of one entry."""
    journal.dispatch(Entry.objects.get(pk=entry_id), timezone.now())


@shared_task
def sweep_journal() -> int:
    """Run the listeners of entries for which no doorbell was heard; returns how many entries there were."""
    now = timezone.now()
    entries = list(journal.undispatched(since=now - timedelta(days=7), before=now - timedelta(seconds=30))[:500])
    for entry in entries:
        journal.dispatch(entry, now)
    return len(entries)


@shared_task
def send_due_mail() -> int:
    """Send what is due, chunk by chunk, for as long as there is something; returns how many letters left."""
    sent, stop_at = 0, timezone.now() + timedelta(seconds=45)
    while (now := timezone.now()) < stop_at and (rows := mail.claim(now)):
        sent += mail.send(rows, timezone.now)
    return sent


@shared_task
def seal_journal() -> int:
    """Chain what has been committed since the last time."""
    return journal.seal_committed()


@shared_task
def forget_sessions() -> None:
    """Delete the sessions whose time is over."""
    SessionStore.clear_expired()
