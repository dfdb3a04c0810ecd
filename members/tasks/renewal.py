"""When is the nightly round of memberships, and what do members hear of it?"""

from datetime import timedelta

from celery import shared_task
from django.urls import reverse
from django.utils import timezone

from congress.core import journal, mail
from congress.core.models import Delivery, Entry, Lane
from congress.core.one_a_day import timed
from congress.core.roles import Standing
from members import queries
from members.actions import renewal

WARNING, LAPSE = timed("members.expiry_warning"), timed("members.membership_lapsed")


@shared_task
def renew_nightly() -> dict[str, int]:
    """Do the round of this day, once; beat asks often, so that a portal that was down at midnight does it later."""
    now = timezone.now()
    return renewal.sweep(at=now) if renewal.open_night(now.date(), at=now) else {}


@journal.on(renewal.WARNED)
def warn_members(entry: Entry) -> None:
    """Queue one letter to each of those who were found together."""
    mail.announce(entry, entry.data["members"], kind=WARNING, lane=Lane.EVENT, at=entry.at)


@mail.composer_for_many(WARNING)
def warning_composer(entry: Entry | None, member_ids: list[int]) -> mail.Composer:
    """Name the day and all that expires soon; who renewed or left in the meantime gets nothing."""
    if entry is None:
        raise Entry.DoesNotExist
    last_day = entry.at.date() + timedelta(days=entry.data["days"])
    expiring = queries.expiring_for(member_ids, by=last_day, listed_until=entry.at.date() + timedelta(days=30))

    def compose(delivery: Delivery) -> mail.Letter | None:
        rows = expiring.get(delivery.member_id or 0, [])
        if not rows:
            return None
        context = {"member": delivery.member, "rows": rows, "day": rows[0].expires_on}
        return mail.letter("members/expiry_warning", {**context, "path": reverse("members:membership")})

    return compose


@journal.on(renewal.LAPSED_TOGETHER)
def tell_lapsed(entry: Entry) -> None:
    """Queue the letter to each of those who did not renew."""
    mail.announce(entry, entry.data["members"], kind=LAPSE, lane=Lane.EVENT, at=entry.at)


@mail.composer(LAPSE)
def compose_lapse(delivery: Delivery) -> mail.Letter | None:
    """Say that signing in leads to the renewal, unless it is renewed already."""
    member = delivery.member
    if member is None or member.standing != Standing.LAPSED:
        return None
    return mail.letter("members/membership_lapsed", {"member": member, "path": reverse("members:membership")})
