"""Which notices exist for whom, and who may take which step?"""

from django.db.models import Q, QuerySet

from congress.core.labels import readable_by
from congress.core.roles import Permission
from members.models import Member
from notices.models import NOTICE_STATES, Notice


def visible_to(viewer: Member) -> QuerySet[Notice]:
    """Return the notices that exist for a viewer.

    Published ones addressed to them, those they wrote, cleared or published themselves, and those that wait for
    a step which is theirs to take. Everything derived from notices starts here.
    """
    return Notice.objects.filter(_addressed(viewer) | _of_record(viewer) | _waiting_for(viewer))


def addressed_to(viewer: Member) -> QuerySet[Notice]:
    """Return the notices in force that a viewer reads as one of the audience: the digest's and the feed's rows."""
    return Notice.objects.filter(_addressed(viewer), state__in=NOTICE_STATES.having("is_current"))


def _addressed(viewer: Member) -> Q:
    if not viewer.may(Permission.READ_NOTICES):
        return Q(pk__in=[])
    published = [*NOTICE_STATES.having("read"), *NOTICE_STATES.having("read_stub")]
    return Q(state__in=published, published_at__isnull=False) & readable_by(viewer.reader, "edition__")


def _of_record(viewer: Member) -> Q:
    if not viewer.may(Permission.READ_NOTICES):
        return Q(pk__in=[])
    return Q(author=viewer) | Q(cleared_by=viewer) | Q(published_by=viewer)


def _waiting_for(viewer: Member) -> Q:
    steps = Q(pk__in=[])
    if viewer.may(Permission.CLEAR_NOTICES):
        steps |= Q(state__in=NOTICE_STATES.having("clear"))
    if viewer.may(Permission.PUBLISH_NOTICES):
        steps |= Q(state__in=NOTICE_STATES.having("publish"))
    return steps


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
    """A publisher who neither wrote nor cleared it publishes."""
    return member.may(Permission.PUBLISH_NOTICES) and member.pk not in {
        notice.author_id,
        notice.cleared_by_id,
    }


def can_withdraw(member: Member, notice: Notice) -> bool:
    """Any publisher withdraws: taking a notice back must never wait for one person."""
    return member.may(Permission.PUBLISH_NOTICES)
