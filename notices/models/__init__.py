"""What is a notice: its states, its editions, their sections and labels, and what is kept of its readers?"""

import notices.models.personal  # noqa: F401 -- declares what these tables keep about people
from notices.models.checking import Check, Cosponsorship, Override, Question, Remark
from notices.models.editions import ROLE_CARDS, TOPIC_LABELS, Attachment, Edition, SavedText, Scan, Section, SectionKind
from notices.models.notices import Kind, Notice, Urgency, notice_number
from notices.models.readers import AccessException, AccessExceptionQuerySet, Effect, Reading, SavedSearch
from notices.models.states import NOTICE_STATES, NoticeState

__all__ = [
    "NOTICE_STATES",
    "ROLE_CARDS",
    "TOPIC_LABELS",
    "AccessException",
    "AccessExceptionQuerySet",
    "Attachment",
    "Check",
    "Cosponsorship",
    "Edition",
    "Effect",
    "Kind",
    "Notice",
    "NoticeState",
    "Override",
    "Question",
    "Reading",
    "Remark",
    "SavedSearch",
    "SavedText",
    "Scan",
    "Section",
    "SectionKind",
    "Urgency",
    "notice_number",
]
