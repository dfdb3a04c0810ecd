"""What do notices put on a person's start page?"""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from members.models import Member
from members.queries import Waiting
from notices import policies
from notices.models import Kind, Notice, NoticeState, Urgency
from notices.queries.cosponsors import to_cosponsor
from notices.queries.keeping import not_overdue
from notices.queries.readings import unread_by

_STEPS: dict[str, tuple[str, str | Promise]] = {
    "draft": ("notices:notice_edit", _("Your draft")),
    "returned": ("notices:notice_edit", _("Returned to you with remarks")),
    "in_review": ("notices:notice_review", _("To be checked")),
    "cleared": ("notices:notice_publish", _("To be published")),
}


def waiting_for(viewer: Member) -> list[Waiting]:
    """Return the notices whose next step is this person's, the longest waiting first; two queries at most.

    A focal point's come last: those that their body is asked to co-sponsor.
    """
    rows = policies.waiting_for(viewer).select_related("edition").order_by("changed_at", "pk")
    return [*(_waiting(viewer, notice) for notice in rows), *map(_to_cosponsor, to_cosponsor(viewer))]


def _to_cosponsor(notice: Notice) -> Waiting:
    sentence = str(_("Your organisation is asked to co-sponsor it"))
    title = notice.edition.title if notice.edition else notice.number
    return Waiting("notices:notice_cosponsor", {"number": notice.number}, title, sentence, notice.changed_at)


def _waiting(viewer: Member, notice: Notice) -> Waiting:
    view, step = _STEPS[notice.state]
    title = notice.edition.title if notice.edition else notice.number
    return Waiting(
        view,
        {"number": notice.number},
        title,
        str(_as_coauthor(viewer, notice) or _of_two(notice) or step),
        notice.changed_at,
    )


def _as_coauthor(viewer: Member, notice: Notice) -> str | Promise:
    """Nobody gets a mail for it: their start page tells them that they write with somebody."""
    is_draft = notice.state == NoticeState.DRAFT and viewer.pk in notice.coauthors
    return _("You were added as a co-author") if is_draft else ""


def _of_two(notice: Notice) -> str | Promise:
    """Say which of the two publishers of a TLP:RED notice is waited for."""
    if not notice.allows("publish"):
        return ""
    if notice.awaits_first_publisher:
        return _("To be approved: TLP:RED needs two publishers")
    return _("Approved by one publisher: to be published by you as the second") if notice.approved_by_id else ""


def due_for_publication(at: datetime) -> list[int]:
    """Return the ids of the notices whose hour has come, the longest waiting first; one query."""
    due = Notice.objects.filter(state=NoticeState.SCHEDULED, scheduled_for__lte=at)
    return list(due.order_by("scheduled_for", "pk").values_list("pk", flat=True))


@dataclass(frozen=True)
class Latest:
    """A notice as the start page names it."""

    number: str
    title: str
    tlp: str
    kind: str
    is_urgent: bool
    published_at: datetime
    is_new: bool


def latest(viewer: Member, at: datetime, limit: int = 5) -> list[Latest]:
    """Return the newest notices in force, not overdue for review, that are addressed to a viewer; one query."""
    rows = policies.addressed_to(viewer).filter(not_overdue(at.date()), published_at__lte=at)
    rows = rows.order_by("-published_at", "-pk")
    marked = rows.annotate(is_new=unread_by(viewer))
    columns = ("number", "edition__title", "edition__tlp", "kind", "urgency", "published_at", "is_new")
    return [
        Latest(number, title, tlp, str(Kind(kind).label), urgency == Urgency.URGENT, published_at, is_new)
        for number, title, tlp, kind, urgency, published_at, is_new in marked.values_list(*columns)[:limit]
    ]
