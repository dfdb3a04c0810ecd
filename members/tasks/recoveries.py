"""Who is told of a lost second factor: the member by every letter how to say no, helpers, and the vetting leads."""

from celery import shared_task
from django.urls import reverse
from django.utils import timezone

from congress.core import journal, mail
from congress.core.models import Delivery, Entry, Lane
from members import policies
from members.actions import recoveries
from members.models import Member, Recovery
from members.tasks.applications import password_path

HELP = "members.recovery.help"
ALERT = "members.recovery.alert"


@journal.on(recoveries.ASKED)
def send_mailed_part(entry: Entry) -> None:
    """Write the mailed part to the member; one that was written before is dead."""
    recovery = _running(entry)
    if recovery is not None and recovery.proved_at is None:
        part = recoveries.issue_mailed_part(recovery)
        _write(recovery, "recovery_asked", part=f"{part[:4]}-{part[4:]}")


@journal.on(recoveries.ASKED)
def ask_helpers(entry: Entry) -> None:
    """Queue a letter to the helper, or to every other administrator."""
    recovery = _running(entry)
    if recovery is not None:
        helpers = policies.possible_helpers(recovery, entry.at).values_list("pk", flat=True)
        mail.announce(entry, helpers, kind=HELP, lane=Lane.ACCOUNT, at=entry.at)


@mail.composer(HELP)
def compose_help(delivery: Delivery) -> mail.Letter | None:
    """Name nobody: who asks is on the page, for those who may see it."""
    member = delivery.member
    if member is None or not policies.shares_visible_to(_with_rights(member)).exists():
        return None
    return mail.letter("members/recovery_help", {"path": reverse("members:recoveries")})


@journal.on(recoveries.PROVED)
def warn_of_recovery(entry: Entry) -> None:
    """Write to the member that the day to say no begins."""
    _warn(entry)


@journal.on(recoveries.REMINDED)
def warn_again(entry: Entry) -> None:
    """Write to the member that half of the day is over."""
    _warn(entry)


@journal.on(recoveries.STOPPED)
def alert_vetting_leads(entry: Entry) -> None:
    """Queue a letter to the vetting leads: somebody may know a member's password."""
    leads = policies.vetting_leads(entry.at).exclude(pk=entry.target_id or 0).values_list("pk", flat=True)
    mail.announce(entry, leads, kind=ALERT, lane=Lane.ACCOUNT, at=entry.at)


@mail.composer(ALERT)
def compose_alert(delivery: Delivery) -> mail.Letter | None:
    """Lead to the member's page, without a name in the letter."""
    if delivery.entry is None:
        return None
    concerned = Member.objects.get(pk=delivery.entry.target_id or 0)
    path = reverse("members:standing", args=[concerned.public_id])
    return mail.letter("members/recovery_alert", {"how": delivery.entry.data["how"], "path": path})


@journal.on(recoveries.STOPPED)
@journal.on(recoveries.COMPLETED)
def tell_the_end(entry: Entry) -> None:
    """Queue the letter to the member how it ended."""
    mail.announce(entry, [entry.target_id or 0], kind=entry.event, lane=Lane.ACCOUNT, at=entry.at)


@mail.composer(recoveries.STOPPED)
def compose_stopped(delivery: Delivery) -> mail.Letter | None:
    """Say that nothing was changed, and to set a new password."""
    if delivery.member is None or not delivery.member.is_active:
        return None
    return mail.letter("members/recovery_stopped", {})


@mail.composer(recoveries.COMPLETED)
def compose_completed(delivery: Delivery) -> mail.Letter | None:
    """Write the link for a new password, after which a factor is enrolled; unless that is done already."""
    member = delivery.member
    if member is None or not member.is_active or member.has_usable_password():
        return None
    return mail.letter("members/recovery_completed", {"path": password_path(member)})


@shared_task
def advance_recoveries() -> int:
    """Send the second notices, and take the factors away where nobody said no."""
    return recoveries.advance(at=timezone.now())


def _running(entry: Entry) -> Recovery | None:
    rows = Recovery.objects.running().select_for_update(of=("self",)).select_related("member")
    return rows.filter(pk=entry.data["recovery"]).first()


def _warn(entry: Entry) -> None:
    recovery = _running(entry)
    if recovery is not None:
        _write(recovery, "recovery_warning", when=recovery.completes_at)


def _write(recovery: Recovery, template: str, **context: object) -> None:
    path = reverse("members:recovery_stop", kwargs={"token": recoveries.issue_stop_link(recovery)})
    content = mail.letter(f"members/{template}", {**context, "path": path})
    mail.post(recovery.member.email, content, kind=f"members.{template}", lane=Lane.ACCOUNT, at=timezone.now())


def _with_rights(member: Member) -> Member:
    return Member.objects.with_rights(timezone.now()).get(pk=member.pk)
