"""How does a notice stand in a list? One row, with what its reader should see before opening it."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Protocol

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from congress.core.templatetags.ui.desk import pieces, row, terms
from congress.core.templatetags.ui.library import markup, register
from congress.core.templatetags.ui.marks import state, tlp
from congress.core.templatetags.ui.times import age

Pieces = Sequence[tuple[str, bool]]


class Edition(Protocol):
    """What a row says of the edition in force."""

    number: int
    tlp: str


class Hit(Protocol):
    """What a search found a notice by beside its title: an excerpt in pieces, or where else."""

    excerpt: Pieces
    found_in: str


class ListedNotice(Protocol):
    """What a row about a notice needs to know of it."""

    number: str
    edition: Edition
    title: Pieces
    state: str
    state_label: str | Promise
    tone: str
    kind_label: str | Promise
    mark: str | Promise
    is_urgent: bool
    is_late: bool
    is_stub: bool
    dated_at: datetime
    terms: Sequence[str]
    what_changed: str
    hit: Hit | None


@register.simple_tag
def notice_row(notice: ListedNotice, at: datetime) -> SafeString:
    """Draw one row that leads to a notice: its title and label, what it is about, and why a search found it.

    Built in Python, because thirty of them stand on a page.
    """
    line = SafeString("\n".join([*_marks(notice), *_facts(notice, at), *_hit(notice.hit)]))
    url = reverse("notices:notice", args=[notice.number])
    return row(line, pieces(notice.title), url=url, aside=tlp(notice.edition.tlp))


def _marks(notice: ListedNotice) -> Iterator[SafeString]:
    if notice.mark:
        yield state(str(notice.mark), "active")
    yield markup('<span translate="no">{}</span>', notice.number)
    if notice.state != "published":
        yield state(str(notice.state_label), notice.tone)
    if notice.is_urgent:
        yield state(gettext("Urgent"), "bad")
    if notice.is_late:
        yield state(gettext("Review overdue"), "waiting")


def _facts(notice: ListedNotice, at: datetime) -> Iterator[SafeString]:
    yield markup("<span>{}</span>", notice.kind_label)
    if notice.edition.number > 1 and not notice.is_stub:
        yield markup("<span>{}</span>", markup(gettext("Edition {}"), notice.edition.number))
    yield markup("<span>{}</span>", age(notice.dated_at, at))
    yield terms(notice.terms)
    if notice.what_changed:
        yield markup("<span>{} {}</span>", gettext("What changed:"), notice.what_changed)


def _hit(hit: Hit | None) -> Iterator[SafeString]:
    if hit and hit.excerpt:
        yield markup("<span>{}</span>", pieces(hit.excerpt))
    if hit and hit.found_in:
        yield markup("<span>{}</span>", hit.found_in)
