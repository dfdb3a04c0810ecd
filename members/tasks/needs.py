"""Who hears of needs beside the digest? Whoever asked, when theirs was taken away."""

from django.urls import reverse

from congress.core import journal, mail
from congress.core.models import Delivery, Entry, Lane
from members.actions import needs as actions
from members.models import Need
from members.policies import own_needs


@journal.on(actions.TAKEN)
def tell_asker(entry: Entry) -> None:
    """Queue a letter to whoever asked."""
    asker = Need.objects.filter(pk=entry.target_id or 0).values_list("asker", flat=True)
    mail.announce(entry, asker, kind=actions.TAKEN, lane=Lane.EVENT, at=entry.at)


@mail.composer(actions.TAKEN)
def compose_need_taken(delivery: Delivery) -> mail.Letter | None:
    """Say that a need was taken away; why stands in the portal."""
    member, pk = delivery.member, delivery.entry.target_id or 0 if delivery.entry else 0
    found = own_needs(member).filter(pk=pk).first() if member and member.is_active else None
    if found is None:
        return None
    path = reverse("members:need", args=[found.public_id])
    return mail.letter("members/need_taken", {"member": member, "path": path})
