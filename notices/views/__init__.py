"""How do notices answer over HTTP?"""

from notices.views.attaching import (
    notice_attachment,
    notice_attachment_change,
    notice_attachment_forward,
    notice_attachment_remove,
    notice_attachments,
)
from notices.views.copies import notice_pdf, notices_csv
from notices.views.cosponsoring import notice_cosponsor, notice_cosponsors
from notices.views.editions import notice_compare, notice_edition, notice_edition_read, notice_editions
from notices.views.previewing import notice_preview
from notices.views.reading import notice, notice_acknowledge, notice_read, notices
from notices.views.saving import notice_autosave
from notices.views.searches import search_delete, search_edit, search_new
from notices.views.steps import (
    notice_confirm,
    notice_publish,
    notice_reinstate,
    notice_review,
    notice_suspend,
    notice_unschedule,
    notice_withdraw,
)
from notices.views.targeting import (
    exceptions,
    notice_exception_end,
    notice_exceptions,
    notice_readers,
    notice_why,
)
from notices.views.updating import notice_discard, notice_update
from notices.views.writing import notice_edit, notice_new, notice_share, notice_submit, notice_texts

__all__ = [
    "exceptions",
    "notice",
    "notice_acknowledge",
    "notice_attachment",
    "notice_attachment_change",
    "notice_attachment_forward",
    "notice_attachment_remove",
    "notice_attachments",
    "notice_autosave",
    "notice_compare",
    "notice_confirm",
    "notice_cosponsor",
    "notice_cosponsors",
    "notice_discard",
    "notice_edit",
    "notice_edition",
    "notice_edition_read",
    "notice_editions",
    "notice_exception_end",
    "notice_exceptions",
    "notice_new",
    "notice_pdf",
    "notice_preview",
    "notice_publish",
    "notice_read",
    "notice_readers",
    "notice_reinstate",
    "notice_review",
    "notice_share",
    "notice_submit",
    "notice_suspend",
    "notice_texts",
    "notice_unschedule",
    "notice_update",
    "notice_why",
    "notice_withdraw",
    "notices",
    "notices_csv",
    "search_delete",
    "search_edit",
    "search_new",
]
