"""Who hears of a notice by mail, when does the weekly digest begin, what is due, and what becomes of its files?"""

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import lru_cache

from celery import shared_task
from django.db.models import QuerySet
from django.utils import timezone

from congress.core import journal, mail
from congress.core.files import store
from congress.core.labels import Tlp, strictest
from congress.core.models import Delivery, Entry, Lane
from congress.core.one_a_day import timed
from events.queries import MeetingCard, next_meeting_for_each
from members.models import Member
from members.queries import NeedLine, digest_stop_links, digest_takers, needs_for_each
from notices import actions, policies, queries
from notices.models import AccessException, Attachment, Effect, Notice, Scan, Urgency
from notices.queries import storage

log = logging.getLogger(__name__)

DIGEST, ALERT = "notices.digest", "notices.alert"
REMINDER = timed("notices.reminder", may_wait=True)
NOTHING = queries.Digest((), 0)

# Monday, 06:00 UTC. A minute of grace lets publications of the last second commit, so that no window misses them.
DIGEST_HOUR = 6
GRACE = timedelta(minutes=1)
# A portal that was down on Monday sends the digest on Tuesday at the latest; after that it is part of the next one.
LATEST = timedelta(hours=24)
# However often a notice is updated, nobody gets a second alert about it within a day.
QUIET = timedelta(hours=24)
# Between the storing of a file and the commit of its row lie seconds; after an hour nothing will come.
ORPHANED_AFTER = timedelta(hours=1)


@shared_task
def open_digest() -> bool:
    """Open the digest of this week once its hour has come; tells whether this call did it."""
    now = timezone.now()
    due = due_digest(now)
    if due is None:
        return False
    return actions.open_digest(f"{due:%G-W%V}", until=due, at=now) is not None


@shared_task
def publish_scheduled() -> None:
    """Publish what is due, each notice in a transaction of its own: one that fails holds up no other."""
    now = timezone.now()
    for notice in queries.due_for_publication(now):
        try:
            actions.publish_scheduled(notice, at=now)
        except Exception:
            log.exception("notices.schedule_failed", extra={"notice": notice})


@shared_task
def scan_waiting_files() -> None:
    """Ask again about files of which the scanner has not said anything, each on its own."""
    for stored_as in storage.waiting_for_scan():
        try:
            actions.scan_file(stored_as, at=timezone.now())
        except Exception:
            log.exception("notices.scan_failed", extra={"stored_as": stored_as})


@shared_task
def sweep_files() -> int:
    """Delete the bytes that no edition carries: of transactions that were rolled back, of drafts thrown away."""
    return store.sweep(actions.SHELF, storage.stored_files(), older_than=timezone.now() - ORPHANED_AFTER)


@shared_task
def remind_of_review() -> None:
    """Remind those who answer for a notice, each in a transaction of its own: one that fails holds up no other."""
    now = timezone.now()
    for notice in queries.due_for_reminder(now.date()):
        try:
            actions.remind(notice, at=now)
        except Exception:
            log.exception("notices.reminder_failed", extra={"notice": notice})


def due_digest(at: datetime) -> datetime | None:
    """Return the instant at which a digest that may be opened now was due, or None."""
    monday = at.date() - timedelta(days=at.weekday())
    due = datetime.combine(monday, datetime.min.time(), at.tzinfo) + timedelta(hours=DIGEST_HOUR)
    return due if due + GRACE <= at < due + LATEST else None


@journal.on(actions.DIGEST_OPENED)
def announce_digest(entry: Entry) -> None:
    """Queue one letter to each listed member who takes it; what it says is decided when it is sent."""
    everybody = digest_takers().values_list("pk", flat=True)
    mail.announce(entry, everybody, kind=DIGEST, lane=Lane.DIGEST, at=timezone.now())


@journal.on(actions.PUBLISHED)
@journal.on(actions.UPDATED)
def announce_urgent_notice(entry: Entry) -> None:
    """Queue an alert to each reader of an urgent notice, or of its new edition."""
    notice = Notice.objects.get(pk=entry.target_id or 0)
    if notice.urgency != Urgency.URGENT:
        return
    now = timezone.now()
    readers = policies.readers(notice).exclude(pk__in=_alerted(entry, since=now - QUIET)).values_list("pk", flat=True)
    mail.announce(entry, readers, kind=ALERT, lane=Lane.URGENT, at=now)


@journal.on(actions.EXCEPTION_MADE)
def announce_exception(entry: Entry) -> None:
    """Queue an alert on an urgent notice to whoever reads it by a new exception; who loses it is told nothing."""
    exception = AccessException.objects.select_related("notice").get(pk=entry.data["exception"])
    if exception.effect != Effect.GRANT or exception.notice.urgency != Urgency.URGENT:
        return
    gaining = queries.touched_by(exception).values_list("pk", flat=True)
    mail.announce(entry, gaining, kind=ALERT, lane=Lane.URGENT, at=timezone.now())


def _alerted(entry: Entry, since: datetime) -> "QuerySet[Delivery, int | None]":
    of_notice = Delivery.objects.filter(
        kind=ALERT, entry__target_kind=entry.target_kind, entry__target_id=entry.target_id, member__isnull=False
    )
    return of_notice.filter(due_at__gt=since).exclude(entry=entry).values_list("member", flat=True)


@journal.on(actions.REVIEW_NEAR)
def announce_review(entry: Entry) -> None:
    """Queue a reminder to each of those who wrote or published the notice."""
    notice = Notice.objects.get(pk=entry.target_id or 0)
    answering = Member.objects.listed().filter(pk__in=[*notice.writers, notice.published_by_id or 0])
    mail.announce(entry, answering.values_list("pk", flat=True), kind=REMINDER, lane=Lane.EVENT, at=timezone.now())


@mail.composer_for_many(DIGEST)
def digest_composer(entry: Entry | None, member_ids: list[int]) -> mail.Composer:
    """Say what each member may read of the window now, and which meeting is ahead; nothing new is no letter."""
    window, members = _known(entry).data, list(digest_takers().filter(pk__in=member_ids))
    since, until = (datetime.fromisoformat(window[end]) for end in ("since", "until"))
    digests = queries.digests_for(members, since=since, until=until)
    meetings = next_meeting_for_each(members, timezone.now())
    needs = needs_for_each([member.pk for member in members], since=since, until=until)
    stops = digest_stop_links(members)

    def compose(delivery: Delivery) -> mail.Letter | None:
        member = delivery.member_id or 0
        digest, meeting = digests.get(member, NOTHING), meetings.get(member)
        if digest == NOTHING and not meeting and member not in needs:
            return None
        return replace(_digest_letter(digest, meeting, needs.get(member, ())), headers=_one_click(stops[member]))

    return compose


@mail.composer_for_many(ALERT)
def alert_composer(entry: Entry | None, member_ids: list[int]) -> mail.Composer:
    """Say of an urgent notice what its label allows, if it is still in force and still for this member."""
    alerts = queries.alerts_for(_listed(member_ids), _known(entry).target_id or 0)

    def compose(delivery: Delivery) -> mail.Letter | None:
        alert = alerts.get(delivery.member_id or 0)
        return _letter("notices/alert", alert) if alert else None

    return compose


@mail.composer_for_many(REMINDER)
def reminder_composer(entry: Entry | None, member_ids: list[int]) -> mail.Composer:
    """Say which notice is to be looked at again, as far as its label allows; nothing to those who may not confirm it.

    Nothing at all if it was confirmed or taken back in the meantime.
    """
    known, now = _known(entry), timezone.now()
    notice = Notice.objects.get(pk=known.target_id or 0)
    members = {member.pk: member for member in Member.objects.with_rights(now).filter(pk__in=member_ids)}
    is_due = notice.allows("confirm") and str(notice.review_on) == known.data["review_on"]
    item = queries.item_of(notice.edition_id or 0)
    digest = queries.Digest((item,) if item else (), 0)

    def compose(delivery: Delivery) -> mail.Letter | None:
        may_confirm = policies.can_confirm(members[delivery.member_id or 0], notice)
        return _letter("notices/reminder", digest, review_on=notice.review_on) if is_due and may_confirm else None

    return compose


def _listed(member_ids: list[int]) -> list[Member]:
    return list(Member.objects.listed().filter(pk__in=member_ids))


def _known(entry: Entry | None) -> Entry:
    if entry is None:
        raise Entry.DoesNotExist
    return entry


def _one_click(link: str) -> dict[str, str]:
    """Say where a mail program ends the digest by itself. Source: RFC 8058."""
    return {"List-Unsubscribe": f"<{link}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


# Members who may read the same get the same letter, so it is rendered once. Its content is the key: nothing goes stale.
@lru_cache(maxsize=512)
def _digest_letter(digest: queries.Digest, meeting: MeetingCard | None, needs: tuple[NeedLine, ...]) -> mail.Letter:
    return _letter("notices/digest", digest, [Tlp.GREEN] if needs else [], meeting=meeting, needs=needs)


def _letter(template: str, digest: queries.Digest, labels: Sequence[str] = (), **more: object) -> mail.Letter:
    """Render a letter under the strictest label of its texts, those of notices and those given."""
    shown = [*labels, *(item.tlp for item in digest.items if item.title)]
    label = strictest(*shown) if shown else ""
    return mail.letter(template, {"digest": digest, "label": label, **more})


@journal.on(actions.ATTACHED)
def scan_new_file(entry: Entry) -> None:
    """Have a new file scanned at once, if it waits for that."""
    new = Attachment.objects.filter(public_id=entry.data["attachment"], scan=Scan.WAITING).first()
    if new is not None:
        actions.scan_file(new.stored_as, at=timezone.now())


@journal.on(actions.DETACHED)
def forget_removed_file(entry: Entry) -> None:
    """Delete the bytes of a file that was removed, unless another edition carries it."""
    actions.forget_file(entry.data["stored_as"])
