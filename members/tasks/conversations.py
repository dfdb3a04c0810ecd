"""Who hears that somebody has written to them? That something waits, never what."""

from django.urls import reverse

from congress.core import journal, mail
from congress.core.models import Delivery, Entry, Lane
from members import queries
from members.actions import conversations as actions

WAITING = "members.message_waiting"


@journal.on(actions.OPENED)
@journal.on(actions.ANSWERED)
def tell_other(entry: Entry) -> None:
    """Queue a letter to the one of the two who did not write."""
    reader = queries.reader_of_news(entry.target_id or 0)
    if reader is not None:
        mail.announce(entry, [reader.pk], kind=WAITING, lane=Lane.EVENT, at=entry.at)


@mail.composer(WAITING)
def compose_waiting(delivery: Delivery) -> mail.Letter | None:
    """Say that a message waits, if it still does for this member: not declined, not blocked, both still here."""
    pk = delivery.entry.target_id or 0 if delivery.entry else 0
    member = queries.reader_of_news(pk)
    found = queries.conversation_known_to(member).filter(pk=pk).first() if member else None
    if member is None or member.pk != delivery.member_id or found is None:
        return None
    path = reverse("members:conversation", args=[found.public_id])
    return mail.letter("members/message_waiting", {"member": member, "path": path})
