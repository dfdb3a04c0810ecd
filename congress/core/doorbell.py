"""How does the web tell the worker that there is something to do, and what if nobody hears it?"""

import logging

from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

log = logging.getLogger(__name__)


def ring_after_commit(task: str, *ids: int) -> None:
    """Ask for a task once the running transaction is committed; the row, not the message, is the truth."""
    transaction.on_commit(lambda: _ring(task, ids))


def _ring(task: str, ids: tuple[int, ...]) -> None:
    try:
        current_app.send_task(task, ids, retry=False)
    except (OperationalError, OSError) as error:
        # A periodic sweep finds what was not rung for, so a broker that is away costs time and nothing else.
        log.warning("doorbell.unheard", extra={"task": task, "error": str(error)})
