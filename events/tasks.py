"""Who is told what about a seat?"""

from typing import cast

from congress.core import journal, mail
from congress.core.models import Delivery, Entry, Lane
from events.actions import registration as actions
from events.models import Registration, RegistrationState
from events.policies import registrations_visible_to

# What happened, and the state in which telling it is still true.
LETTERS = {
    actions.APPLIED: RegistrationState.APPLIED,
    actions.WAITLISTED: RegistrationState.WAITING,
    actions.CONFIRMED: RegistrationState.CONFIRMED,
    actions.REFUSED: RegistrationState.REFUSED,
}


def tell_delegate(entry: Entry) -> None:
    """Queue the letter about a registration for the person whose it is."""
    registration = Registration.objects.get(pk=cast("int", entry.target_id))
    mail.announce(entry, [registration.member_id], kind=entry.event, lane=Lane.EVENT, at=entry.at)


def compose(delivery: Delivery) -> mail.Letter | None:
    """Write the letter, or nothing if the registration has moved on or the person takes no part any more."""
    entry, member = delivery.entry, delivery.member
    if entry is None or member is None or not member.is_active:
        return None
    found = registrations_visible_to(member).filter(pk=cast("int", entry.target_id), state=LETTERS[entry.event])
    registration = found.select_related("meeting").first()
    if registration is None:
        return None
    name = entry.event.removeprefix("events.").replace(".", "_")
    # A title typed in two lines must not end the subject early.
    title = " ".join(registration.meeting.title.split())
    context = {"registration": registration, "meeting": registration.meeting, "title": title}
    return mail.letter(f"events/{name}", context)


for happened in LETTERS:
    journal.on(happened)(tell_delegate)
    mail.composer(happened)(compose)
