"""Who is told that they asked to be erased, and who does it when the time is over?"""

from celery import shared_task
from django.urls import reverse
from django.utils import timezone

from congress.core import journal, mail
from congress.core.models import Delivery, Entry, Lane
from members import queries
from members.actions import erasures


@journal.on(erasures.ASKED)
def confirm_wish(entry: Entry) -> None:
    """Queue the letter to the member."""
    mail.announce(entry, [entry.target_id or 0], kind=entry.event, lane=Lane.ACCOUNT, at=entry.at)


@mail.composer(erasures.ASKED)
def compose_wish(delivery: Delivery) -> mail.Letter | None:
    """Name the day, and where to take it back; nothing if that is done already."""
    wish = queries.open_erasure(delivery.member) if delivery.member else None
    if wish is None:
        return None
    return mail.letter("members/erasure_asked", {"day": wish.due_at, "path": reverse("members:erasure")})


@shared_task
def erase_due_members() -> int:
    """Erase those whose fourteen days are over."""
    return erasures.erase_due(at=timezone.now())
