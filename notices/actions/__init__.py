"""What can be done with notices, and with the digest of them?"""

from notices.actions.attaching import (
    ATTACHED,
    DETACHED,
    SHELF,
    Caption,
    FileGoneError,
    FileLabelError,
    TooManyFilesError,
    TooManyWordsError,
    attach,
    bring_forward,
    describe,
    detach,
)
from notices.actions.checking import Passage, SilentReturnError, UncheckedError, clear, send_back, submit
from notices.actions.cosponsoring import (
    CosponsorMissingError,
    OwnBodyError,
    TextChangedError,
    answer_for_body,
    ask_cosponsors,
)
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
from notices.actions.excepting import (
    EXCEPTION_MADE,
    ExceptionEndError,
    NoDifferenceError,
    OwnGainError,
    RedForPeopleError,
    Terms,
    check_exception,
    end_exception,
    make_exception,
)
from notices.actions.explaining import ask_why
from notices.actions.keeping import confirm
from notices.actions.locking import check_step
from notices.actions.moving import EmptyAudienceError, IncompleteNoticeError, NothingToUpdateError
from notices.actions.publishing import (
    PUBLISHED,
    ScheduleTimeError,
    SecondPublisherError,
    publish,
    publish_scheduled,
    schedule,
    unschedule,
)
from notices.actions.reading import NotAcknowledgedError, NoTextError, acknowledge, mark_read, take_copy, take_list
from notices.actions.reminding import REVIEW_NEAR, remind
from notices.actions.scanning import forget_file, scan_file
from notices.actions.search import refresh_search
from notices.actions.searches import delete_search, rename_search, save_search
from notices.actions.sharing import NotAnAnalystError, WriterStaysError, share
from notices.actions.updating import UPDATED, PendingUpdateError, begin_update, discard
from notices.actions.withdrawal import reinstate, suspend, withdraw

__all__ = [
    "ATTACHED",
    "DETACHED",
    "DIGEST_OPENED",
    "EXCEPTION_MADE",
    "PUBLISHED",
    "REVIEW_NEAR",
    "SHELF",
    "UPDATED",
    "Caption",
    "Content",
    "CosponsorMissingError",
    "EditConflictError",
    "EmptyAudienceError",
    "ExceptionEndError",
    "FileGoneError",
    "FileLabelError",
    "IncompleteNoticeError",
    "LabelTooLowError",
    "NoDifferenceError",
    "NoTextError",
    "NotAcknowledgedError",
    "NotAnAnalystError",
    "NothingToUpdateError",
    "OwnBodyError",
    "OwnGainError",
    "Passage",
    "PendingUpdateError",
    "RedForPeopleError",
    "RedNamesPeopleError",
    "ReviewDateError",
    "ScheduleTimeError",
    "SecondPublisherError",
    "SectionText",
    "SilentReturnError",
    "Terms",
    "TextChangedError",
    "TooManyFilesError",
    "TooManyWordsError",
    "UncheckedError",
    "WriterStaysError",
    "acknowledge",
    "answer_for_body",
    "ask_cosponsors",
    "ask_why",
    "attach",
    "begin_update",
    "bring_forward",
    "check_exception",
    "check_step",
    "clear",
    "confirm",
    "delete_search",
    "describe",
    "detach",
    "discard",
    "draft",
    "edit",
    "end_exception",
    "forget_file",
    "make_exception",
    "mark_read",
    "open_digest",
    "publish",
    "publish_scheduled",
    "refresh_search",
    "reinstate",
    "remind",
    "rename_search",
    "save_search",
    "scan_file",
    "schedule",
    "send_back",
    "share",
    "submit",
    "suspend",
    "take_copy",
    "take_list",
    "unschedule",
    "withdraw",
]
