"""What may be said in a mail to this member, now? Mail leaves the house, so the label decides how much."""

import unicodedata
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.utils.text import Truncator

from congress.core.labels import Tlp
from members.models import Member
from notices.models import Notice, Section, SectionKind
from notices.policies import addressed_to

SHOWN = 30
GREEN_SUMMARY = 400

DIRECTION_MARKS = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})

# Source: decision 0009. CLEAR in full, GREEN with a short summary, AMBER by its number; stricter ones are only counted.
IN_WORDS = frozenset({Tlp.CLEAR, Tlp.GREEN})
BY_NUMBER = frozenset({Tlp.AMBER})


@dataclass(frozen=True)
class Item:
    """One notice as a mail may name it; without title and summary where its label forbids them."""

    number: str
    tlp: str
    title: str = ""
    summary: str = ""


@dataclass(frozen=True)
class Digest:
    """What a digest says of notices: some by name or number, the others as a count."""

    items: tuple[Item, ...]
    waiting_count: int


def digest_for(viewer: Member, *, since: datetime, until: datetime) -> Digest:
    """Return what was published in a window and may be read by this member now, the strictest last; one query."""
    rows = _with_summary(addressed_to(viewer)).filter(published_at__gt=since, published_at__lte=until)
    found = list(rows.order_by("-published_at", "-pk"))
    items = [item for notice in found if (item := _item(notice)) is not None]
    items.sort(key=lambda item: Tlp(item.tlp).rank)
    return Digest(tuple(items[:SHOWN]), len(found) - len(items[:SHOWN]))


def alert_for(viewer: Member, notice: int) -> Digest | None:
    """Return what an alert may say of one notice, or None if it is not, or no longer, this member's to read."""
    found = _with_summary(addressed_to(viewer)).filter(pk=notice).first()
    if found is None:
        return None
    item = _item(found)
    return Digest((item,), 0) if item else Digest((), 1)


def _with_summary(notices: QuerySet[Notice]) -> QuerySet[Notice]:
    summaries = Section.objects.filter(edition=OuterRef("edition"), kind=SectionKind.SUMMARY).values("body")
    return notices.annotate(tlp=F("edition__tlp"), title=F("edition__title"), summary=Subquery(summaries))


def _item(notice: "Notice") -> Item | None:
    row = vars(notice)
    label = Tlp(row["tlp"])
    if label in BY_NUMBER:
        return Item(notice.number, label)
    if label not in IN_WORDS:
        return None
    summary = _plain(row["summary"] or "")
    if label is Tlp.GREEN:
        summary = Truncator(" ".join(summary.split())).chars(GREEN_SUMMARY)
    return Item(notice.number, label, " ".join(_plain(row["title"]).split()), summary)


def _plain(text: str) -> str:
    # What turns the direction of reading can make a line of a mail say something else.
    return "".join(letter for letter in text if unicodedata.bidirectional(letter) not in DIRECTION_MARKS)
