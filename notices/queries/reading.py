"""What does the page of one notice need?"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _

from congress.core import journal
from congress.core.labels import Audience, readers_of
from congress.core.models import Entry
from members.models import Member
from notices.models import Notice, NoticeState, Remark, Section
from notices.policies import visible_to, withdrawable_by


def notices_to_read(viewer: Member) -> QuerySet[Notice]:
    """Return what exists for a viewer, with edition and people of record loaded."""
    return visible_to(viewer).select_related("edition", "author", "cleared_by", "published_by")


def notices_to_withdraw(member: Member) -> QuerySet[Notice]:
    """Return what exists for a person, and for a publisher also what they may take back without reading it."""
    return (visible_to(member) | withdrawable_by(member)).select_related("edition")


def sections_of(notice: Notice) -> list[Section]:
    """Return the text in the order of reading; a stub has none left."""
    if notice.is_stub or notice.edition is None:
        return []
    return list(notice.edition.sections.all())


@dataclass(frozen=True)
class Moment:
    """One thing that was done to a notice, or said of it."""

    at: datetime
    by: str
    sentence: str
    remark: str = ""


def history(notice: Notice) -> list[Moment]:
    """Return what was done and said, the newest first; two queries. Edits in a row by one person are one moment."""
    entries = Entry.objects.filter(target_kind=Notice._meta.label_lower, target_id=notice.pk).select_related("by")
    done = [Moment(entry.at, str(entry.by or ""), _sentence(entry)) for entry in entries.order_by("-pk")]
    said = [Moment(r.made_at, str(r.by), str(_("Remark")), r.text) for r in notice.remarks.select_related("by")]
    once = [moment for moment, before in zip(done, [None, *done], strict=False) if not _repeats(moment, before)]
    return sorted([*said, *once], key=lambda moment: moment.at, reverse=True)


def _sentence(entry: Entry) -> str:
    return str(journal.EVENTS[entry.event].sentence)


def _repeats(moment: Moment, before: Moment | None) -> bool:
    return before is not None and (moment.by, moment.sentence) == (before.by, before.sentence)


def latest_remark(notice: Notice) -> Remark | None:
    """Return what an author has to answer: the last remark, as long as the notice is returned."""
    return notice.remarks.first() if notice.state == NoticeState.RETURNED else None


@dataclass(frozen=True)
class Reach:
    """How many listed members an audience names, by sector and by country, the largest first."""

    count: int
    sectors: list[tuple[str, int]]
    countries: list[tuple[str, int]]


def reach(audience: Audience) -> Reach:
    """Count whom an audience names, by the rule that later decides who reads; one query."""
    if audience.is_empty:
        return Reach(0, [], [])
    named = Member.objects.listed().filter(readers_of(audience)).order_by()
    sectors, countries = Counter[str](), Counter[str]()
    for sector, country, count in named.values_list("sector", "country").annotate(count=Count("pk")):
        sectors[sector] += count
        countries[country] += count
    return Reach(sectors.total(), sectors.most_common(), countries.most_common())
