"""Who hears when a member has read as much as a budget allows?"""

from django.urls import reverse
from django.utils import timezone

from congress.core import budgets, journal, mail
from congress.core.models import Delivery, Entry, Lane
from congress.core.roles import Permission, Standing
from members import queries
from members.actions import reading

ALARM = "members.reading_alarm"


@journal.on(budgets.STOPPED)
def alarm_auditors(entry: Entry) -> None:
    """Queue a letter to every auditor."""
    auditors = queries.holding(Permission.READ_JOURNAL, entry.at).exclude(pk=entry.target_id or 0)
    mail.announce(entry, list(auditors.values_list("pk", flat=True)), kind=ALARM, lane=Lane.URGENT, at=entry.at)


@mail.composer(ALARM)
def compose_alarm(delivery: Delivery) -> mail.Letter | None:
    """Say that somebody reached a budget and where that is looked at: who it is stays in the portal."""
    auditor = queries.holding(Permission.READ_JOURNAL, timezone.now()).filter(pk=delivery.member_id or 0).first()
    return (
        mail.letter("members/reading_alarm", {"member": auditor, "path": reverse("members:reading")})
        if auditor
        else None
    )


@journal.on(reading.LIFTED)
def tell_reader(entry: Entry) -> None:
    """Queue the letter to the member who may read on."""
    mail.announce(entry, [entry.target_id or 0], kind=reading.LIFTED, lane=Lane.EVENT, at=entry.at)


@mail.composer(reading.LIFTED)
def compose_lifted(delivery: Delivery) -> mail.Letter | None:
    """Say that they may read on, if they are still a member."""
    member = delivery.member
    if member is None or member.standing != Standing.MEMBER:
        return None
    return mail.letter("members/reading_lifted", {"member": member, "path": reverse("members:directory")})
