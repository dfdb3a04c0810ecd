"""What do the tables of notices keep about a person, and how long?"""

from django.utils.translation import gettext_lazy as _

from congress.core.personal import GONE, Holding, hold

OF_RECORD = _("As long as the notice: who wrote and checked it stays with it.")

for each in (
    Holding("notices.Notice", "author", _("Notices that you wrote"), ("number", "state", "created_at"), OF_RECORD),
    Holding("notices.Remark", "by", _("Your remarks on notices"), ("notice__number", "text", "made_at"), OF_RECORD),
    Holding(
        "notices.Check", "by", _("Your answers when you checked a notice"),
        ("notice__number", "question", "note", "made_at"), OF_RECORD,
    ),
    Holding(
        "notices.Override", "by", _("Passages for which you answered"),
        ("edition__notice__number", "reason", "made_at"), OF_RECORD,
    ),
    Holding(
        "notices.Cosponsorship", "answered_by", _("Your answers for your organisation as co-sponsor"),
        ("notice__number", "agreed", "remark", "answered_at"), OF_RECORD,
    ),
    Holding(
        "notices.AccessException", "made_by", _("Exceptions that you made to who reads a notice"),
        ("notice__number", "effect", "reason", "until", "made_at", "ended_at"), OF_RECORD,
    ),
    Holding(
        "notices.Attachment", "added_by", _("Files that you added to notices"),
        ("edition__notice__number", "name", "added_at"), OF_RECORD,
    ),
    Holding(
        "notices.SavedText", "by", _("Texts that you saved while drafting; as the notice shows them to you"),
        ("edition__notice__number", "version", "saved_at"), OF_RECORD,
    ),
    Holding(
        "notices.Reading", "member", _("Which notices you read, and what you promised"),
        ("edition__notice__number", "read_at", "acknowledged_at"),
        _("As long as the notice: whoever published it can ask who promised to handle it."),
    ),
    Holding(
        "notices.SavedSearch", "member", _("Searches that you keep"), ("name", "query", "saved_at"),
        _("Until you delete it."),
        erased=GONE,
    ),
):  # fmt: skip
    hold(each)
