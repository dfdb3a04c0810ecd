"""What may be said in a mail to these members, now? Mail leaves the house, so the label decides how much."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import OuterRef, Q, Subquery
from django.utils.text import Truncator

from congress.core import wall
from congress.core.labels import Tlp
from congress.core.prose import without_turns
from members.models import Member
from notices.models import Edition, Notice, Section, SectionKind
from notices.policies import addressed_to_each, granted_to_each
from notices.queries.keeping import not_overdue

SHOWN = 30
GREEN_SUMMARY = 400

# Source: decision 0009. CLEAR in full, GREEN with a short summary, AMBER by its number; stricter ones are only counted.
IN_WORDS = frozenset({Tlp.CLEAR, Tlp.GREEN})
BY_NUMBER = frozenset({Tlp.AMBER})


@dataclass(frozen=True)
class Item:
    """One notice as a mail may name it; without title, summary and what changed where its label forbids them."""

    number: str
    tlp: str
    edition: int
    title: str = ""
    summary: str = ""
    what_changed: str = ""

    @property
    def is_update(self) -> bool:
        """Tell whether its readers may know an earlier edition."""
        return self.edition > 1


@dataclass(frozen=True)
class Digest:
    """What a digest says of notices: some by name or number, the others as a count."""

    items: tuple[Item, ...]
    waiting_count: int


def digests_for(viewers: Iterable[Member], *, since: datetime, until: datetime) -> dict[int, Digest]:
    """Return what each member got to read in a window and may read now, the strictest last; three queries.

    That is what was published in it, and what was opened to them by an exception. A member for whom there is nothing
    is left out.
    """
    published = Q(published_at__gt=since, published_at__lte=until)
    news = Notice.objects.filter(published | granted_to_each(since, until), not_overdue(until.date()))
    return _said(addressed_to_each(viewers, news.order_by("-published_at", "-pk")))


def alerts_for(viewers: Iterable[Member], notice: int) -> dict[int, Digest]:
    """Return what an alert may say of one notice to each member whose it is to read now; three queries."""
    return _said(addressed_to_each(viewers, Notice.objects.filter(pk=notice)))


def item_of(edition: int) -> Item | None:
    """Return what a mail may say of one edition to those who answer for it; None if it is only counted. One query."""
    return _items([edition]).get(edition)


def _said(editions_by_member: dict[int, list[int]]) -> dict[int, Digest]:
    # The very editions that were asked about: one published in between may be for others.
    items = _items({edition for editions in editions_by_member.values() for edition in editions})
    shown = _shown_to_each(editions_by_member, items)
    theirs = {
        member: [items[edition] for edition in editions if (member, edition) in shown]
        for member, editions in editions_by_member.items()
    }
    return {member: _digest(found) for member, found in theirs.items() if found}


def _shown_to_each(members: Iterable[int], editions: Iterable[int]) -> set[tuple[int, int]]:
    """Ask the second wall too: the first was asked for many members at once, as the portal."""
    with wall.reading_as(wall.Somebody.NOBODY), connection.cursor() as cursor:
        cursor.execute(
            "SELECT reader, edition FROM notices_shown_to(%s::bigint[], %s::bigint[])", [list(members), list(editions)]
        )
        return set(cursor.fetchall())


def _digest(found: list[Item | None]) -> Digest:
    items = sorted((item for item in found if item), key=lambda item: Tlp(item.tlp).rank)[:SHOWN]
    return Digest(tuple(items), len(found) - len(items))


def _items(editions: Iterable[int]) -> dict[int, Item | None]:
    summaries = Section.objects.filter(edition=OuterRef("pk"), kind=SectionKind.SUMMARY).values("body")
    rows = Edition.objects.filter(pk__in=editions).annotate(summary=Subquery(summaries))
    found = rows.select_related("notice").only("notice__number", "tlp", "number", "title", "what_changed")
    return {edition.pk: _item(edition, edition.summary) for edition in found}


def _item(edition: Edition, summary: str | None) -> Item | None:
    label, number = Tlp(edition.tlp), edition.notice.number
    if label in BY_NUMBER:
        return Item(number, label, edition.number)
    if label not in IN_WORDS:
        return None
    text = without_turns(summary or "")
    if label is Tlp.GREEN:
        text = Truncator(" ".join(text.split())).chars(GREEN_SUMMARY)
    return Item(number, label, edition.number, _line(edition.title), text, _line(edition.what_changed))


def _line(text: str) -> str:
    return " ".join(without_turns(text).split())
