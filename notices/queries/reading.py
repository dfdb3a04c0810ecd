"""What does the page of one notice need?"""

from django.db.models import QuerySet

from congress.core.sectors import Sector
from members.models import Member
from notices.models import Notice, NoticeState, Remark, Section, SectionKind
from notices.policies import sections_of_shown, visible_to, withdrawable_by

# Which role cards people of a sector look for first. Others see the cards in their usual order.
CARDS_OF: dict[str, tuple[SectionKind, ...]] = {
    Sector.LAW_ENFORCEMENT: (SectionKind.ADVICE_CUSTOMS, SectionKind.ADVICE_TRANSPORT),
    Sector.GOVERNMENT: (SectionKind.ADVICE_CUSTOMS, SectionKind.ADVICE_MAIL_ROOM),
    Sector.INDUSTRY: (SectionKind.ADVICE_RETAILER, SectionKind.ADVICE_TRANSPORT),
    Sector.ACADEMIA: (SectionKind.ADVICE_LABORATORY, SectionKind.ADVICE_HOSPITAL),
}


def notices_to_read(viewer: Member) -> QuerySet[Notice]:
    """Return what exists for a viewer, with edition and the publishers whom its steps name."""
    return visible_to(viewer).select_related("edition", "approved_by", "published_by")


def notices_to_withdraw(member: Member) -> QuerySet[Notice]:
    """Return what exists for a person, and for a publisher also what they may take back without reading it."""
    return (visible_to(member) | withdrawable_by(member)).select_related("edition")


def sections_of(viewer: Member, notice: Notice) -> list[Section]:
    """Return the text in force of a notice loaded for a viewer, in its order; a stub has none left. One query."""
    return own_cards_first(viewer, list(sections_of_shown(viewer, notice).order_by("position", "pk")))


def own_cards_first(viewer: Member, sections: list[Section]) -> list[Section]:
    """Return sections in their order, but among the role cards those of the viewer's sector first."""
    own = CARDS_OF.get(viewer.sector, ())
    begin = min((section.position for section in sections if section.is_card), default=0)

    def order(section: Section) -> tuple[int, bool, int]:
        if not section.is_card:
            return section.position, False, section.position
        return begin, section.kind not in own, section.position

    return sorted(sections, key=order)


def open_remarks(notice: Notice) -> list[Remark]:
    """Return what the authors have to answer: what was said at the last return, as long as it is returned; one query.

    What is said of the whole comes first.
    """
    if notice.state != NoticeState.RETURNED:
        return []
    last = notice.remarks.order_by("-made_at").values("made_at")[:1]
    return list(notice.remarks.filter(made_at=last).select_related("by").order_by("pk"))
