"""What did a draft say whenever somebody saved it?"""

from collections.abc import Iterable
from datetime import datetime

from members.models import Member
from notices.models import Edition, SavedText, Section

SLOT_MINUTES = 10


def keep_text(edition: Edition, sections: Iterable[Section], *, by: Member, at: datetime) -> SavedText:
    """Keep what an edition says as it is saved.

    Within the same ten minutes a person's own last text is replaced, so that saving while typing does not fill the
    list; what somebody else saved never is.
    """
    last = edition.saved_texts.order_by("-version").first()
    kept = last if last and _is_same_sitting(last, by, at) else SavedText(edition=edition, by=by)
    kept.version, kept.title, kept.saved_at = edition.version, edition.title, at
    kept.sections = {section.kind: {"tlp": section.tlp, "body": section.body} for section in sections}
    kept.save()
    return kept


def sitting(at: datetime) -> datetime:
    """Return the beginning of the ten minutes that an instant belongs to."""
    return at.replace(minute=at.minute - at.minute % SLOT_MINUTES, second=0, microsecond=0)


def _is_same_sitting(last: SavedText, by: Member, at: datetime) -> bool:
    return last.by_id == by.pk and sitting(last.saved_at) == sitting(at)
