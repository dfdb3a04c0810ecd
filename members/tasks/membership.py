"""Who is told when somebody leaves or is shut out, and what ends by its date?"""

from celery import shared_task
from django.utils import timezone

from congress.core import journal, mail
from congress.core.models import Delivery, Entry, Lane
from congress.core.roles import STANDINGS, Standing
from members.actions import departures, suspensions

# What happened, and the standings in which telling it is still true.
LETTERS = {
    departures.LEFT: {Standing.FORMER},
    suspensions.SUSPENDED: {Standing.SUSPENDED},
    suspensions.REINSTATED: {standing for standing, can in STANDINGS.items() if can.signs_in},
}


def tell_member(entry: Entry) -> None:
    """Queue the letter for the person concerned."""
    mail.announce(entry, [entry.target_id or 0], kind=entry.event, lane=Lane.ACCOUNT, at=entry.at)


def compose(delivery: Delivery) -> mail.Letter | None:
    """Write the letter, or nothing if it is not true any more. Reasons stay with the officers."""
    member = delivery.member
    if member is None or member.standing not in LETTERS[delivery.kind]:
        return None
    name = delivery.kind.removeprefix("members.").replace(".", "_")
    return mail.letter(f"members/{name}", {"member": member, "suspension": member.suspensions.open().first()})


for happened in LETTERS:
    journal.on(happened)(tell_member)
    mail.composer(happened)(compose)


@shared_task
def lift_ended_suspensions() -> int:
    """Let those in again whose suspension is over."""
    return suspensions.lift_ended(at=timezone.now())
