"""Who hears that a token was made?"""

from django.urls import reverse

from congress.core import journal, mail
from congress.core.models import Delivery, Entry, Lane
from members.actions import tokens


@journal.on(tokens.MADE)
def warn_member(entry: Entry) -> None:
    """Queue a letter to whoever's account it is: it may not have been them."""
    mail.announce(entry, [entry.by_id or 0], kind=tokens.MADE, lane=Lane.ACCOUNT, at=entry.at)


@mail.composer(tokens.MADE)
def compose_token_made(delivery: Delivery) -> mail.Letter | None:
    """Say that there is a new token and where it is ended."""
    if delivery.member is None or not delivery.member.is_active:
        return None
    return mail.letter("members/token_made", {"member": delivery.member, "path": reverse("members:tokens")})
