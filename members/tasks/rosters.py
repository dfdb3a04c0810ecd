"""Which letter do people get who came in with a list from outside?"""

from django.utils import timezone

from congress.core import journal, mail
from congress.core.models import Delivery, Entry, Lane
from members.actions import rosters
from members.tasks.applications import password_path

INVITATION = "members.invitation"


@journal.on(rosters.ROSTER_IMPORTED)
def invite(entry: Entry) -> None:
    """Queue a letter to everybody on the list; they stand behind what single people wait for."""
    mail.announce(entry, rosters.imported_with(entry), kind=INVITATION, lane=Lane.EVENT, at=timezone.now())


@mail.composer(INVITATION)
def compose_invitation(delivery: Delivery) -> mail.Letter | None:
    """Write the link for the first sign-in, unless there is a password already."""
    member = delivery.member
    if member is None or not member.is_active or member.has_usable_password():
        return None
    return mail.letter("members/invitation", {"member": member, "path": password_path(member)})
