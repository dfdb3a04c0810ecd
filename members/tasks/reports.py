"""Which officers hear that something was reported? That it was, never what."""

from django.urls import reverse
from django.utils import timezone

from congress.core import journal, mail
from congress.core.models import Delivery, Entry, Lane
from congress.core.roles import Permission
from members import queries
from members.actions import reports as actions
from members.models import Member


@journal.on(actions.MADE)
def tell_officers(entry: Entry) -> None:
    """Queue a letter to those who look at reports."""
    officers = queries.holding(Permission.SUSPEND_MEMBERS, entry.at).values_list("pk", flat=True)
    mail.announce(entry, officers, kind=actions.MADE, lane=Lane.EVENT, at=entry.at)


@mail.composer(actions.MADE)
def compose_report(delivery: Delivery) -> mail.Letter | None:
    """Say that this report waits, if it still does, and for this officer."""
    pk = delivery.entry.target_id or 0 if delivery.entry else 0
    officer = Member.objects.with_rights(timezone.now()).filter(pk=delivery.member_id or 0).first()
    if officer is None or not queries.report_known_to(officer).filter(pk=pk).exists():
        return None
    return mail.letter("members/report_made", {"member": officer, "path": reverse("members:reports")})
