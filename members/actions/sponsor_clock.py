"""What does time do to those who were asked to vouch? One reminder, then the applicant hears that the time is over.

Both are found in the rows, so that a missed hour is made up for. No person does this.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from congress.core import journal
from congress.core.models import Delivery, Entry
from congress.core.one_a_day import CALM_HOUR
from members.models import APPLICATION_STATES, SPONSOR_LIFETIME, Application, Sponsor, SponsorState
from members.models.sponsors import SponsorQuerySet
from members.policies import needs_another_sponsor

REMINDED = journal.event("members.sponsor.reminded", _("A sponsor was reminded of an applicant."))
OVERDUE = journal.event("members.application.sponsors_overdue", _("The time of an applicant’s sponsors ran out."))

# Four days are left then: a week-end, and two days to answer.
REMINDED_AFTER = timedelta(days=10)


def remind(*, at: datetime) -> int:
    """Remind each sponsor once, before the link ends, of one applicant a day and on no day with another letter.

    Returns how many. Whoever was asked by several hears of them day after day, the most urgent first.
    """
    if at.hour < CALM_HOUR:
        return 0
    waiting = list(_unreminded(at))
    busy = _written_to(waiting, at)
    due = {sponsor.email.lower(): sponsor.pk for sponsor in reversed(waiting) if sponsor.email.lower() not in busy}
    return sum(_remind(pk, at) for pk in due.values())


def _unreminded(at: datetime) -> SponsorQuerySet:
    """Return those who still have time, the least of it first, members loaded."""
    waiting = Sponsor.objects.awaited(at).filter(asked_at__lte=at - REMINDED_AFTER, reminded_at__isnull=True)
    open_cases = waiting.filter(application__state__in=APPLICATION_STATES.having("sponsor"))
    return open_cases.select_related("member").order_by("asked_at", "pk")


def _written_to(sponsors: Collection[Sponsor], at: datetime) -> set[str]:
    """Return the addresses among theirs to which any letter went, or was to go, since midnight."""
    midnight = at.replace(hour=0, minute=0, second=0, microsecond=0)
    letters = Delivery.objects.filter(due_at__gte=midnight).exclude(state=Delivery.State.SKIPPED)
    to_members = letters.filter(member__in={each.member_id for each in sponsors if each.member_id})
    to_addresses = letters.annotate(to=Lower("address")).filter(to__in={each.email.lower() for each in sponsors})
    # Whose letter of today waits to be written still.
    reminded = Sponsor.objects.filter(reminded_at__gte=midnight).annotate(to=Lower("email"))
    busy = set(to_members.values_list("member", flat=True))
    known = {each.email.lower() for each in sponsors if each.member_id in busy}
    return known.union(to_addresses.values_list("to", flat=True), reminded.values_list("to", flat=True))


@transaction.atomic
def _remind(sponsor_id: int, at: datetime) -> bool:
    locked = Sponsor.objects.awaited(at).select_for_update().filter(pk=sponsor_id, reminded_at__isnull=True).first()
    if locked is None:
        return False
    locked.reminded_at = at
    locked.save(update_fields=["reminded_at"])
    journal.record(REMINDED, target=locked, by=None, at=at)
    return True


def note_overdue(*, at: datetime) -> int:
    """Note, once for each time that somebody was asked, which applications wait in vain; returns how many.

    Their applicants are written to, on no day with another letter.
    """
    if at.hour < CALM_HOUR:
        return 0
    return sum(_note_overdue(application, at) for application in _run_out(at))


def _run_out(at: datetime) -> QuerySet[Application]:
    """Return the applications whose last letter to a sponsor is out of time, and was not noted to be."""
    own = Sponsor.objects.filter(application=OuterRef("pk"))
    newest = own.filter(asked_at__isnull=False).order_by("-asked_at").values("asked_at")[:1]
    waiting = Application.objects.filter(state__in=APPLICATION_STATES.having("sponsor")).annotate(
        asked_at=Subquery(newest)
    )
    noted = Entry.objects.filter(
        event=OVERDUE, target_kind=Application._meta.label_lower, target_id=OuterRef("pk"), at__gt=OuterRef("asked_at")
    )
    late = waiting.filter(Exists(own.filter(state=SponsorState.ASKED)), asked_at__lte=at - SPONSOR_LIFETIME)
    midnight = at.replace(hour=0, minute=0, second=0, microsecond=0)
    today = Delivery.objects.filter(due_at__gte=midnight, address__iexact=OuterRef("email"))
    return late.exclude(Exists(noted) | Exists(today)).order_by("pk")


@transaction.atomic
def _note_overdue(application: Application, at: datetime) -> bool:
    locked = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    is_waiting = needs_another_sponsor(locked, at)
    if is_waiting:
        journal.record(OVERDUE, target=locked, by=None, at=at)
    return is_waiting
