"""Where may a notice stand, what may be done there, and where does it go next?"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from congress.core.states import Machine, State


class NoticeState(models.TextChoices):
    """Where a notice stands."""

    DRAFT = "draft", _("draft")
    IN_REVIEW = "in_review", _("in review")
    RETURNED = "returned", _("returned")
    CLEARED = "cleared", _("cleared")
    SCHEDULED = "scheduled", _("scheduled")
    PUBLISHED = "published", _("published")
    SUSPENDED = "suspended", _("suspended")
    WITHDRAWN = "withdrawn", _("withdrawn")
    EXPIRED = "expired", _("expired")


NOTICE_STATES = Machine(
    {
        "draft": State(
            _("Draft"),
            _("Draft"),
            frozenset({"edit", "submit", "share", "discard"}),
            frozenset({"in_review"}),
        ),
        "in_review": State(
            _("In review"), _("In review"), frozenset({"clear", "cosponsor"}), frozenset({"cleared", "returned"})
        ),
        "returned": State(
            _("Returned with remarks"),
            _("Returned with remarks"),
            frozenset({"edit", "submit", "share", "discard"}),
            frozenset({"in_review"}),
        ),
        "cleared": State(
            _("Cleared"),
            _("Cleared"),
            frozenset({"publish", "cosponsor"}),
            frozenset({"published", "scheduled", "returned"}),
        ),
        "scheduled": State(
            _("Scheduled"), _("Scheduled"), frozenset({"unschedule"}), frozenset({"published", "cleared"})
        ),
        "published": State(
            _("Published"),
            _("Published"),
            frozenset({"read", "is_current", "confirm", "update", "except", "suspend", "withdraw"}),
            frozenset({"suspended", "withdrawn", "expired"}),
        ),
        "suspended": State(
            _("Suspended"),
            _("Suspended"),
            frozenset({"read_stub", "reinstate", "except", "withdraw"}),
            frozenset({"published", "withdrawn"}),
        ),
        "withdrawn": State(_("Withdrawn"), _("Withdrawn"), frozenset({"read_stub"})),
        "expired": State(_("Expired"), _("Expired"), frozenset({"read", "withdraw"}), frozenset({"withdrawn"})),
    }
)


TONES = {
    "draft": "neutral",
    "in_review": "waiting",
    "returned": "waiting",
    "cleared": "active",
    "scheduled": "active",
    "published": "good",
    "suspended": "bad",
    "withdrawn": "bad",
    "expired": "neutral",
}
