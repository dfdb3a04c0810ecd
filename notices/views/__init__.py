"""How do notices answer over HTTP?"""

from notices.views.reading import notice, notices
from notices.views.steps import notice_publish, notice_review, notice_unschedule, notice_withdraw
from notices.views.writing import notice_edit, notice_new, notice_submit

__all__ = [
    "notice",
    "notice_edit",
    "notice_new",
    "notice_publish",
    "notice_review",
    "notice_submit",
    "notice_unschedule",
    "notice_withdraw",
    "notices",
]
