"""Which notices has somebody looked at in time, and who is to look at one soon?"""

from datetime import UTC, date, datetime, time, timedelta

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from congress.core.roles import Permission
from members.models import Member
from members.queries import Waiting
from notices import policies
from notices.models import NOTICE_STATES, Notice

# How many days before its day of review those who answer for a notice are reminded.
STEPS = (0, 7, 30)
AHEAD = timedelta(days=max(STEPS))
# A portal that was down catches up for so long; whoever is later than that sees the banner.
BEHIND = timedelta(days=7)


def not_overdue(today: date) -> Q:
    """Return what holds for notices whose day of review is not past: others are pushed on nobody."""
    return Q(review_on__isnull=True) | Q(review_on__gte=today)


def reminder_step(notice: Notice, today: date) -> int | None:
    """Return which reminder is due: 30, 7 or 0 days before the day of review, or None."""
    if not notice.allows("confirm") or notice.review_on is None or notice.review_on < today - BEHIND:
        return None
    return next((step for step in STEPS if notice.review_on <= today + timedelta(days=step)), None)


def due_for_reminder(today: date) -> list[int]:
    """Return the ids of the notices whose day of review is near, the nearest first; one query."""
    near = Notice.objects.filter(review_on__gte=today - BEHIND, review_on__lte=today + AHEAD)
    in_force = near.filter(state__in=NOTICE_STATES.having("confirm"))
    return list(in_force.order_by("review_on", "pk").values_list("pk", flat=True))


def to_confirm(viewer: Member, today: date) -> list[Waiting]:
    """Return the notices whose review is near or overdue and that a viewer may confirm, the nearest first.

    One query at most.
    """
    if not viewer.permissions & {Permission.DRAFT_NOTICES, Permission.PUBLISH_NOTICES}:
        return []
    theirs = Q(author=viewer) | Q(coauthors__contains=[viewer.pk]) | Q(published_by=viewer)
    near = policies.visible_to(viewer).filter(theirs, review_on__lte=today + AHEAD)
    rows = near.filter(state__in=NOTICE_STATES.having("confirm")).select_related("edition")
    return [_to_confirm(row) for row in rows.order_by("review_on", "pk") if policies.can_confirm(viewer, row)]


def _to_confirm(notice: Notice) -> Waiting:
    day = notice.review_on or date.max
    sentence = _("To be confirmed: review due on %(day)s") % {"day": date_format(day, "j F Y")}
    since = datetime.combine(day - AHEAD, time(), UTC)
    return Waiting("notices:notice_confirm", {"number": notice.number}, str(notice.heading), sentence, since)
