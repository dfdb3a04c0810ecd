"""Which notices exist for whom, and who may take which step?"""

from collections.abc import Callable, Iterable

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Q, QuerySet

from congress.core.labels import Reader, Tlp, readable_by
from congress.core.roles import Permission
from members.models import Member
from notices.models import NOTICE_STATES, Notice


def visible_to(viewer: Member) -> QuerySet[Notice]:
    """Return the notices that exist for a viewer.

    Published ones addressed to them, those they wrote, cleared or published themselves, and those that wait for
    a step which is theirs to take or to stop. Everything derived from notices starts here.
    """
    return Notice.objects.filter(_addressed(viewer) | _of_record(viewer) | _waiting_for(viewer) | _stoppable_by(viewer))


def addressed_to(viewer: Member) -> QuerySet[Notice]:
    """Return the notices in force that a viewer reads as one of the audience: the digest's and the feed's rows."""
    return Notice.objects.filter(_addressed(viewer), state__in=NOTICE_STATES.having("is_current"))


def addressed_to_each(viewers: Iterable[Member], notices: QuerySet[Notice]) -> dict[int, list[int]]:
    """Ask `addressed_to` for many viewers at once: which editions of some notices each may read, by member.

    The editions come in the order of the notices. Whoever may read none at all is left out. One query.
    """
    readers = {viewer.pk: viewer.reader for viewer in viewers if viewer.may(Permission.READ_NOTICES)}
    lowest = min((reader.ceiling for reader in readers.values()), key=lambda label: label.rank, default=Tlp.CLEAR)
    theirs = notices.filter(_named(Reader.of_each_row(lowest)), state__in=NOTICE_STATES.having("is_current"))
    rows = Member.objects.filter(pk__in=readers).annotate(editions=ArraySubquery(theirs.values("edition")))
    return dict(rows.exclude(editions=[]).values_list("pk", "editions"))


def _addressed(viewer: Member) -> Q:
    return _named(viewer.reader) if viewer.may(Permission.READ_NOTICES) else Q(pk__in=[])


def _named(reader: Reader) -> Q:
    published = [*NOTICE_STATES.having("read"), *NOTICE_STATES.having("read_stub")]
    return Q(state__in=published, published_at__isnull=False) & readable_by(reader, "edition__")


def _of_record(viewer: Member) -> Q:
    if not viewer.may(Permission.READ_NOTICES):
        return Q(pk__in=[])
    return Q(author=viewer) | Q(cleared_by=viewer) | Q(approved_by=viewer) | Q(published_by=viewer)


def waiting_for(viewer: Member) -> QuerySet[Notice]:
    """Return the notices whose next step is this person's to take."""
    return Notice.objects.filter(_waiting_for(viewer))


def withdrawable_by(member: Member) -> QuerySet[Notice]:
    """Return the notices that a publisher may take back, also one that is not addressed to them.

    Its text stays hidden from them: taking back needs the number and nothing else.
    """
    if not member.may(Permission.PUBLISH_NOTICES):
        return Notice.objects.none()
    return Notice.objects.filter(state__in=NOTICE_STATES.having("withdraw"))


def _waiting_for(viewer: Member) -> Q:
    steps = Q(pk__in=[])
    if viewer.may(Permission.DRAFT_NOTICES):
        steps |= Q(state__in=NOTICE_STATES.having("edit"), author=viewer)
    if viewer.may(Permission.CLEAR_NOTICES):
        steps |= Q(state__in=NOTICE_STATES.having("clear")) & ~Q(author=viewer)
    if viewer.may(Permission.PUBLISH_NOTICES):
        involved = Q(author=viewer) | Q(cleared_by=viewer) | Q(approved_by=viewer)
        steps |= Q(state__in=NOTICE_STATES.having("publish")) & ~involved
    return steps


def _stoppable_by(viewer: Member) -> Q:
    if not viewer.may(Permission.PUBLISH_NOTICES):
        return Q(pk__in=[])
    return Q(state__in=NOTICE_STATES.having("unschedule")) & ~Q(author=viewer) & ~Q(cleared_by=viewer)


def can_draft(member: Member) -> bool:
    """Analysts draft."""
    return member.may(Permission.DRAFT_NOTICES)


def can_edit(member: Member, notice: Notice) -> bool:
    """A notice is written by its author, as long as they are an analyst."""
    return member.may(Permission.DRAFT_NOTICES) and notice.author_id == member.pk


def can_clear(member: Member, notice: Notice) -> bool:
    """A compliance officer other than the author clears or returns."""
    return member.may(Permission.CLEAR_NOTICES) and notice.author_id != member.pk


def can_publish(member: Member, notice: Notice) -> bool:
    """A publisher who neither wrote nor cleared it publishes; with TLP:RED, two of them, one after the other."""
    return member.may(Permission.PUBLISH_NOTICES) and member.pk not in {
        notice.author_id,
        notice.cleared_by_id,
        notice.approved_by_id,
    }


def can_unschedule(member: Member, notice: Notice) -> bool:
    """Any publisher but its author and its officer stops it: not only the one who chose the hour."""
    return member.may(Permission.PUBLISH_NOTICES) and member.pk not in {notice.author_id, notice.cleared_by_id}


def can_confirm(member: Member, notice: Notice) -> bool:
    """Its author or its publisher says that it still holds, as long as they are analyst or publisher."""
    as_author = notice.author_id == member.pk and member.may(Permission.DRAFT_NOTICES)
    return as_author or (notice.published_by_id == member.pk and member.may(Permission.PUBLISH_NOTICES))


def can_withdraw(member: Member, notice: Notice) -> bool:
    """Any publisher withdraws and suspends: taking a notice back must never wait for one person."""
    return member.may(Permission.PUBLISH_NOTICES)


def can_reinstate(member: Member, notice: Notice) -> bool:
    """Any publisher but its author gives it back to its readers: that is publishing once more."""
    return member.may(Permission.PUBLISH_NOTICES) and notice.author_id != member.pk


def can_follow(member: Member, notice: Notice) -> bool:
    """Those of record, and those whose step comes next, see what was done and said before publication."""
    return member.pk in notice.people_of_record or bool(steps_open_to(member, notice) - TAKING_BACK)


def can_read_at_once(member: Member, notice: Notice) -> bool:
    """TLP:CLEAR and GREEN open at once, a stricter label only to those who know the text by their part in it.

    Everybody else acknowledges the label first; a stub has no text left to guard.
    """
    is_open = notice.is_stub or notice.edition is None or not notice.edition.is_restricted
    return is_open or can_follow(member, notice)


# Taking back needs no reading, so these steps open no history.
TAKING_BACK = frozenset({"suspend", "reinstate", "withdraw"})

STEPS: dict[str, Callable[[Member, Notice], bool]] = {
    "edit": can_edit,
    "submit": can_edit,
    "clear": can_clear,
    "publish": can_publish,
    "unschedule": can_unschedule,
    "confirm": can_confirm,
    "suspend": can_withdraw,
    "reinstate": can_reinstate,
    "withdraw": can_withdraw,
}


def steps_open_to(member: Member, notice: Notice) -> frozenset[str]:
    """Return the steps that this person may take in the present state."""
    return frozenset(step for step, allowed in STEPS.items() if notice.allows(step) and allowed(member, notice))
