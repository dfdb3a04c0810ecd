"""What does the page of one notice need?"""

from django.db.models import QuerySet

from members.models import Member
from notices.models import Notice, NoticeState, Remark, Section
from notices.policies import sections_visible_to, visible_to, withdrawable_by


def notices_to_read(viewer: Member) -> QuerySet[Notice]:
    """Return what exists for a viewer, with edition and people of record loaded."""
    return visible_to(viewer).select_related("edition", "author", "cleared_by", "approved_by", "published_by")


def notices_to_withdraw(member: Member) -> QuerySet[Notice]:
    """Return what exists for a person, and for a publisher also what they may take back without reading it."""
    return (visible_to(member) | withdrawable_by(member)).select_related("edition")


def sections_of(viewer: Member, notice: Notice) -> list[Section]:
    """Return the text of the edition in force that a viewer may read, in its order; a stub has none left."""
    return list(sections_visible_to(viewer).filter(edition=notice.edition_id).order_by("position", "pk"))


def latest_remark(notice: Notice) -> Remark | None:
    """Return what an author has to answer: the last remark, as long as the notice is returned."""
    return notice.remarks.first() if notice.state == NoticeState.RETURNED else None
