"""Which editions did a member read, and which did they promise to handle as the label says?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from members.models import Member
from notices.models import Edition, Notice, Reading
from notices.policies import can_read_at_once


@dataclass(frozen=True)
class OwnReading:
    """What a member's own record says of an edition: may its text be shown, is it in force, is it still new to them?"""

    is_open: bool
    can_take: bool
    is_unread: bool
    read_at: datetime | None


def own_reading(viewer: Member, notice: Notice) -> OwnReading:
    """Return how far a member is with the edition in force; one query."""
    reading = Reading.objects.filter(member=viewer, edition=notice.edition_id).first() or Reading()
    is_open = can_read_at_once(viewer, notice) or reading.acknowledged_at is not None
    in_force = notice.allows("read")
    is_unread = in_force and reading.read_at is None and viewer.pk not in notice.people_of_record
    return OwnReading(is_open, is_open and in_force, is_unread, reading.read_at)


def reading_of(viewer: Member, edition: Edition) -> OwnReading:
    """Return how far a member is with an edition that is open to them and not in force; one query."""
    read_at = Reading.objects.filter(member=viewer, edition=edition).values_list("read_at", flat=True).first()
    return OwnReading(is_open=True, can_take=False, is_unread=read_at is None, read_at=read_at)


def readings_of_compared(viewer: Member, editions: Iterable[Edition]) -> dict[Edition, OwnReading]:
    """Return how far a member is with editions that are open to them, in force or not; two queries for each."""
    return {edition: _reading_of_open(viewer, edition) for edition in editions}


def _reading_of_open(viewer: Member, edition: Edition) -> OwnReading:
    notice = edition.notice
    return own_reading(viewer, notice) if edition.pk == notice.edition_id else reading_of(viewer, edition)


def unread_by(viewer: Member) -> Q:
    """Return the predicate on notices: this member has neither read the edition in force nor had a part in it."""
    read = Exists(Reading.objects.filter(member=viewer, edition=OuterRef("edition")))
    wrote = Q(author=viewer) | Q(coauthors__contains=[viewer.pk])
    checked = Q(cleared_by=viewer) | Q(approved_by=viewer) | Q(published_by=viewer)
    return ~(read | wrote | checked)


@dataclass(frozen=True)
class Progress:
    """How far a member is with one notice of a list: what marks it, if anything, and whether its text may be quoted."""

    mark: str | Promise
    is_open: bool


def progress(viewer: Member, notices: Iterable[Notice]) -> dict[int, Progress]:
    """Return how far a member is with each notice, by its id; one query. New, updated since, or nothing to say."""
    rows = list(notices)
    own = Reading.objects.filter(member=viewer, edition__notice__in=[notice.pk for notice in rows])
    readings = list(own.values_list("edition__notice", "edition", "acknowledged_at"))
    acknowledged: dict[int | None, bool] = {edition: at is not None for _notice, edition, at in readings}
    read_before = {notice for notice, _edition, _at in readings}
    return {
        notice.pk: Progress(
            _mark(viewer, notice, is_read=notice.edition_id in acknowledged, was_read=notice.pk in read_before),
            can_read_at_once(viewer, notice) or acknowledged.get(notice.edition_id, False),
        )
        for notice in rows
    }


def _mark(viewer: Member, notice: Notice, *, is_read: bool, was_read: bool) -> str | Promise:
    if is_read or notice.is_stub or viewer.pk in notice.people_of_record:
        return ""
    return _("Updated") if was_read else _("New")
