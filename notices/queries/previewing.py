"""What would a reader of some kind see of a notice, once its present text is in force?"""

from copy import copy
from dataclasses import dataclass
from datetime import datetime

from congress.core.labels import Tlp
from members.models import Member
from notices.models import Attachment, Notice, NoticeState, Section
from notices.queries.attachments import attachments_of
from notices.queries.explaining import Rule, explain
from notices.queries.reading import own_cards_first, sections_of

# No member has it: somebody of a sector and a country, and otherwise nobody.
NOBODY = 0


@dataclass(frozen=True)
class View:
    """What one reader would see: whether anything at all and by which rule, and the parts that are theirs."""

    reader: Member
    sees: bool
    rule: Rule
    asks_promise: bool
    sections: list[Section]
    files: list[Attachment]


def somebody(sector: str, country: str, standing: str) -> Member:
    """Return a reader who is nobody in particular: no role, no body, no name in any audience."""
    return Member(pk=NOBODY, sector=sector, country=country, standing=standing)


def as_read_by(reader: Member, viewer: Member, notice: Notice, at: datetime) -> View:
    """Return what a reader, loaded with rights, would see of what a viewer sees of a notice; four queries."""
    explained = explain(_in_force(notice, at), reader)
    ceiling = reader.reader.ceiling.rank
    theirs = [part for part in sections_of(viewer, notice) if Tlp(part.tlp).rank <= ceiling]
    files = [file for file in attachments_of(viewer, notice) if Tlp(file.tlp).rank <= ceiling]
    is_restricted = notice.edition is not None and notice.edition.is_restricted
    return View(
        reader=reader,
        sees=explained.sees,
        rule=explained.decisive,
        asks_promise=is_restricted and not notice.is_stub,
        sections=own_cards_first(reader, theirs) if explained.sees else [],
        files=files if explained.sees else [],
    )


def _in_force(notice: Notice, at: datetime) -> Notice:
    """Return a copy, never saved, as if it were published now: for an update, with the exceptions of its notice."""
    published = copy(notice)
    published.pk = notice.updates_id or notice.pk
    if not (notice.is_stub or notice.allows("read")):
        published.state = NoticeState.PUBLISHED
        published.published_at = at
    return published
