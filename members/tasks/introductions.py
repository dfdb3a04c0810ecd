"""Who hears that an introduction waits for them? That it waits, never who or why."""

from django.urls import reverse

from congress.core import journal, mail
from congress.core.models import Delivery, Entry, Lane
from members import queries
from members.actions import introductions as actions
from members.models import Introduction

WAITING = "members.introduction_waiting"


@journal.on(actions.ASKED)
def tell_introducer(entry: Entry) -> None:
    """Queue a letter to whoever is asked to introduce."""
    asked = Introduction.objects.filter(pk=entry.target_id or 0).values_list("introducer", flat=True)
    mail.announce(entry, asked, kind=WAITING, lane=Lane.EVENT, at=entry.at)


@journal.on(actions.PASSED_ON)
def tell_wanted(entry: Entry) -> None:
    """Queue a letter to whoever is to be met."""
    wanted = Introduction.objects.filter(pk=entry.target_id or 0).values_list("wanted", flat=True)
    mail.announce(entry, wanted, kind=WAITING, lane=Lane.EVENT, at=entry.at)


@mail.composer(WAITING)
def compose_waiting_introduction(delivery: Delivery) -> mail.Letter | None:
    """Say that an introduction waits, if the next step is still this member's."""
    pk = delivery.entry.target_id or 0 if delivery.entry else 0
    member = delivery.member
    waiting = queries.introduction_known_to(member).waiting_for(member) if member else Introduction.objects.none()
    found = waiting.filter(pk=pk).first()
    if found is None:
        return None
    path = reverse("members:introduction", args=[found.public_id])
    return mail.letter("members/introduction_waiting", {"member": member, "path": path})
