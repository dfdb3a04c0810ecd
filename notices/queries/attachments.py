"""Which files of a notice may a viewer see, and which may they take?"""

from members.models import Member
from notices.models import Attachment, Notice
from notices.policies import attachments_of_shown, attachments_visible_to
from notices.queries.editions import editions_open_to


def attachments_of(viewer: Member, notice: Notice) -> list[Attachment]:
    """Return the files in force, or of the draft, of a notice loaded for a viewer, in order; one query, no words."""
    return list(attachments_of_shown(viewer, notice).defer("text").order_by("position", "pk"))


def attachments_without_words(viewer: Member, notice: Notice) -> list[Attachment]:
    """Return the files that only people can judge: pictures, and documents of scanned pages; one query."""
    return list(attachments_of_shown(viewer, notice).filter(text="").order_by("position", "pk"))


def attachment_to_take(viewer: Member, number: str, public_id: str) -> Attachment | None:
    """Return a file with its notice loaded, if it exists for a viewer; of an earlier edition only if that is open."""
    rows = attachments_visible_to(viewer).select_related("edition__notice__edition").defer("text")
    found = rows.filter(edition__notice__number=number.upper(), public_id=public_id).first()
    if found is None or found.edition_id == found.edition.notice.edition_id:
        return found
    return found if found.edition in editions_open_to(viewer, found.edition.notice) else None
