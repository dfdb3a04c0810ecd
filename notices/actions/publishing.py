"""How does a cleared notice reach its readers, at once or at an hour that was chosen?"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from congress.core import journal
from congress.core.errors import DomainError, permit
from members.models import Member
from notices.actions.cosponsoring import check_cosponsors
from notices.actions.gating import check_overrides
from notices.actions.locking import locked_for
from notices.actions.moving import check_complete, move
from notices.actions.updating import put_in_force
from notices.models import Edition, Notice, NoticeState, Remark
from notices.policies import can_publish

APPROVED = journal.event(
    "notices.notice.approved",
    _("It was approved by the first of two publishers."),
    silent="the second publisher sees it on the start page",
)
PUBLISHED = journal.event("notices.notice.published", _("It was published."))
SCHEDULED = journal.event(
    "notices.notice.scheduled", _("It was scheduled."), silent="beat looks each minute for what is due"
)
UNSCHEDULED = journal.event(
    "notices.notice.unscheduled", _("It was taken off the schedule."), silent="publishers see it on their start page"
)
HELD_BACK = journal.event(
    "notices.notice.held_back",
    _("It was not published at its hour."),
    silent="publishers see it on their start page, with the reason on its page",
)

SOONEST, LATEST = timedelta(minutes=5), timedelta(days=90)


class ScheduleTimeError(DomainError):
    """The hour that was chosen is past, too near or too far."""

    code = "schedule_time"
    message = _("Choose a time that is at least 5 minutes and at most 90 days ahead.")
    status = 422
    field = "publish_on"


class SecondPublisherError(DomainError):
    """A TLP:RED notice is scheduled by the second of its publishers only."""

    code = "second_publisher"
    message = _("TLP:RED needs two publishers: approve it first, then the second publisher chooses the time.")
    field = "publish_on"


@transaction.atomic
def publish(notice: Notice, *, by: Member, at: datetime) -> Notice:
    """Bring a cleared notice to its audience; the first of the two publishers that TLP:RED needs only approves it.

    An update becomes the next edition of the notice that it updates, which is returned then.
    Raises: NotPermittedError, IllegalTransitionError, CosponsorMissingError, RecipeSuspectedError, and what
    `check_complete` raises.
    """
    notice = locked_for("publish", notice, by)
    check_cosponsors(notice)
    edition = check_complete(notice, at.date())
    check_overrides(notice, edition)
    if notice.awaits_first_publisher:
        return _approve(notice, by, at)
    return _bring_out(notice, edition, by=by, at=at)


@transaction.atomic
def schedule(notice: Notice, *, publish_at: datetime, by: Member, at: datetime) -> Notice:
    """Let a cleared notice be published at an hour, in the name of this publisher.

    Raises: NotPermittedError, IllegalTransitionError, ScheduleTimeError, SecondPublisherError, CosponsorMissingError,
    RecipeSuspectedError, and what `check_complete` raises for that day.
    """
    notice = locked_for("publish", notice, by)
    check_cosponsors(notice)
    if not at + SOONEST <= publish_at <= at + LATEST:
        raise ScheduleTimeError
    if notice.awaits_first_publisher:
        raise SecondPublisherError
    check_overrides(notice, check_complete(notice, publish_at.date()))
    move(notice, NoticeState.SCHEDULED, at, published_by=by, scheduled_for=publish_at)
    journal.record(SCHEDULED, target=notice, by=by, at=at, publish_at=publish_at.isoformat())
    return notice


@transaction.atomic
def unschedule(notice: Notice, *, by: Member, at: datetime) -> Notice:
    """Take a notice off the schedule; it is cleared as before. Raises: NotPermittedError, IllegalTransitionError."""
    notice = locked_for("unschedule", notice, by)
    move(notice, NoticeState.CLEARED, at, published_by=None, scheduled_for=None)
    journal.record(UNSCHEDULED, target=notice, by=by, at=at)
    return notice


@transaction.atomic
def publish_scheduled(notice: int, *, at: datetime) -> Notice | None:
    """Publish one notice whose hour has come, in the name of its publisher; None if it is not, or no longer, due.

    No person does this: beat does. What has become impossible goes back to the publishers with the reason.
    """
    rows = Notice.objects.select_for_update(of=("self",), skip_locked=True).select_related("edition")
    due = rows.filter(pk=notice, state=NoticeState.SCHEDULED, scheduled_for__lte=at).first()
    if due is None:
        return None
    publisher = Member.objects.with_rights(at).get(pk=due.published_by_id or 0)
    try:
        permit(can_publish(publisher, due), _("Whoever scheduled it may no longer publish."))
        check_cosponsors(due)
        edition = check_complete(due, at.date())
        check_overrides(due, edition)
        return _bring_out(due, edition, by=publisher, at=at)
    except DomainError as refusal:
        return _hold_back(due, refusal, at)


def _bring_out(notice: Notice, edition: Edition, *, by: Member, at: datetime) -> Notice:
    if notice.updates_id is not None:
        return put_in_force(notice, edition, by=by, at=at)
    edition.published_at = at
    edition.save(update_fields=["published_at"])
    move(notice, NoticeState.PUBLISHED, at, published_by=by, published_at=at, scheduled_for=None)
    journal.record(PUBLISHED, target=notice, by=by, at=at, edition=edition.number, tlp=edition.tlp)
    return notice


def _hold_back(notice: Notice, refusal: DomainError, at: datetime) -> Notice:
    Remark.objects.create(notice=notice, by=None, text=str(refusal), made_at=at)
    move(notice, NoticeState.CLEARED, at, published_by=None, scheduled_for=None)
    journal.record(HELD_BACK, target=notice, by=None, at=at, reason=refusal.code)
    return notice


def _approve(notice: Notice, by: Member, at: datetime) -> Notice:
    notice.approved_by, notice.changed_at = by, at
    notice.save(update_fields=["approved_by", "changed_at"])
    journal.record(APPROVED, target=notice, by=by, at=at)
    return notice
