"""Who hears of seats in groups, and when are they reminded that a term ends?"""

from celery import shared_task
from django.urls import reverse
from django.utils import timezone

from congress.core import journal, mail
from congress.core.models import Delivery, Entry, Lane
from congress.core.one_a_day import timed
from members import queries
from members.actions import seats
from members.models import Term, TermQuerySet

SEATED, UNSEATED = "members.seat_confirmed", "members.seat_ended"
ROTATION = timed("members.seat_ending", may_wait=True)


@journal.on(seats.CONFIRMED)
def tell_seated(entry: Entry) -> None:
    """Queue the letter to whoever is to sit there."""
    mail.announce(entry, [entry.target_id or 0], kind=SEATED, lane=Lane.EVENT, at=entry.at)


@journal.on(seats.ENDED)
def tell_unseated(entry: Entry) -> None:
    """Queue the letter to whoever sat there, unless they gave the seat up themselves."""
    if entry.by_id != entry.target_id:
        mail.announce(entry, [entry.target_id or 0], kind=UNSEATED, lane=Lane.EVENT, at=entry.at)


@journal.on(seats.ENDING)
def remind(entry: Entry) -> None:
    """Queue the letters to the member, the chair and the administrators."""
    term = queries.rotating(entry.target_id or 0)
    if term is not None:
        told = queries.told_of_rotation(term, entry.at)
        mail.announce(entry, told, kind=ROTATION, lane=Lane.EVENT, at=entry.at)


@mail.composer(SEATED)
def compose_seated(delivery: Delivery) -> mail.Letter | None:
    """Say to a member from when until when a seat is theirs, unless it is not any more."""
    return _about_own(delivery, Term.objects.not_over())


@mail.composer(UNSEATED)
def compose_unseated(delivery: Delivery) -> mail.Letter | None:
    """Say to a member that a seat is not theirs any more."""
    return _about_own(delivery, Term.objects.all())


def _about_own(delivery: Delivery, terms: TermQuerySet) -> mail.Letter | None:
    member, entry = delivery.member, delivery.entry
    term = terms.filter(pk=entry.data["term"]).select_related("group", "seat").first() if entry else None
    if member is None or term is None or not member.is_active:
        return None
    name = delivery.kind.removeprefix("members.")
    return mail.letter(f"members/{name}", {"member": member, "term": term, "path": _page_of(term)})


@mail.composer(ROTATION)
def compose_rotation(delivery: Delivery) -> mail.Letter | None:
    """Say whose term ends and when, to those whom it still concerns when the letter leaves."""
    entry = delivery.entry
    term = queries.rotating(entry.target_id or 0) if entry is not None else None
    if entry is None or term is None or delivery.member_id not in queries.told_of_rotation(term, timezone.now()):
        return None
    is_own = delivery.member_id == term.member_id
    context = {"member": delivery.member, "term": term, "is_own": is_own, "path": _page_of(term)}
    return mail.letter("members/seat_ending", context)


@shared_task
def remind_of_rotation() -> int:
    """Look for terms that come to their end; the rows say who was reminded, so twice run is once sent."""
    return seats.remind_of_rotation(at=timezone.now())


def _page_of(term: Term) -> str:
    return reverse("members:group", args=[term.group.public_id])
