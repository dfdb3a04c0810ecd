"""What can be done with notices, and with the digest of them?"""

from notices.actions.digest import DIGEST_OPENED, open_digest
from notices.actions.drafting import (
    Content,
    EditConflictError,
    LabelTooLowError,
    RedNamesPeopleError,
    ReviewDateError,
    SectionText,
    draft,
    edit,
)
from notices.actions.locking import check_step
from notices.actions.search import refresh_search
from notices.actions.steps import (
    PUBLISHED,
    EmptyAudienceError,
    IncompleteNoticeError,
    UncheckedError,
    clear,
    publish,
    send_back,
    submit,
    withdraw,
)

__all__ = [
    "DIGEST_OPENED",
    "PUBLISHED",
    "Content",
    "EditConflictError",
    "EmptyAudienceError",
    "IncompleteNoticeError",
    "LabelTooLowError",
    "RedNamesPeopleError",
    "ReviewDateError",
    "SectionText",
    "UncheckedError",
    "check_step",
    "clear",
    "draft",
    "edit",
    "open_digest",
    "publish",
    "refresh_search",
    "send_back",
    "submit",
    "withdraw",
]
