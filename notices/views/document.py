"""What do the pages that read a notice and those that change it have in common?"""

from typing import TYPE_CHECKING, Any

from django.shortcuts import get_object_or_404

from congress.core.access import MemberRequest
from congress.core.audiences import audience_in_words
from notices import policies, queries

if TYPE_CHECKING:
    from notices.models import Notice


def readable(request: MemberRequest, number: str) -> "Notice":
    """Return what exists for this person, or answer 404."""
    return get_object_or_404(queries.notices_to_read(request.user), number=number.upper())


def is_readable(request: MemberRequest, notice: "Notice") -> bool:
    """Tell whether a notice exists for this person."""
    return queries.notices_to_read(request.user).filter(pk=notice.pk).exists()


def cover(request: MemberRequest, notice: "Notice") -> dict[str, Any]:
    """Return what may be said of a notice before its label is acknowledged, and the reader's own steps."""
    return {
        "notice": notice,
        "audience": audience_in_words(notice.edition.audience) if notice.edition else "",
        "steps": policies.steps_open_to(request.user, notice),
        "can_explain": policies.can_explain(request.user, notice),
        "exception": queries.own_exception(request.user, notice),
        "original": queries.notice_to_update(request.user, notice),
    }


def document(request: MemberRequest, notice: "Notice") -> dict[str, Any]:
    """Return what the templates of a notice's text, facts, steps and history need."""
    covered = cover(request, notice)
    return {
        **covered,
        "is_overdue": notice.is_overdue(request.at.date()),
        "sections": queries.sections_of(request.user, notice),
        "files": queries.attachments_of(request.user, notice),
        "suspicions": queries.suspicions_of(notice) if "submit" in covered["steps"] else [],
        "reach": None if notice.is_stub else queries.reach(notice),
        "cosponsors": queries.cosponsors(notice),
        "answers": queries.answers(notice) if policies.can_follow(request.user, notice) else [],
        "remarks": queries.open_remarks(notice) if policies.can_follow(request.user, notice) else [],
        "history": queries.history(notice) if policies.can_follow(request.user, notice) else [],
    }
