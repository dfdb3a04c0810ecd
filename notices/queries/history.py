"""What was done to a notice, and what was said of it, for those who work on it?"""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from congress.core import journal
from congress.core.models import Entry
from notices.models import Check, Notice, Override, Remark


@dataclass(frozen=True)
class Moment:
    """One thing that was done to a notice, or said of it."""

    at: datetime
    by: str
    sentence: str
    remark: str = ""


def history(notice: Notice) -> list[Moment]:
    """Return what was done, checked and said, also to the drafts of its updates, the newest first; five queries.

    Edits in a row are one moment.
    """
    entries = _entries(notice.pk, *_working_rows(notice)).select_related("by")
    done = [Moment(entry.at, str(entry.by or ""), _sentence(entry)) for entry in entries.order_by("-pk")]
    said = [_said(remark) for remark in notice.remarks.select_related("by")]
    once = [moment for moment, before in zip(done, [None, *done], strict=False) if not _repeats(moment, before)]
    told = [*said, *_rounds(notice), *_let_through(notice), *once]
    return sorted(told, key=lambda moment: moment.at, reverse=True)


def _said(remark: Remark) -> Moment:
    about = f"{_('Remark')}: {remark.section_label}" if remark.section else str(_("Remark"))
    text = f"“{remark.quote}”\n\n{remark.text}" if remark.quote else remark.text
    return Moment(remark.made_at, str(remark.by or ""), about, text)


def _entries(*notices: int) -> QuerySet[Entry]:
    return Entry.objects.filter(target_kind=Notice._meta.label_lower, target_id__in=notices)


def _working_rows(notice: Notice) -> list[int]:
    """Return the ids under which later editions were drafted; the rows are gone."""
    return list(_entries(notice.pk).filter(data__has_key="working").values_list("data__working", flat=True))


def _sentence(entry: Entry) -> str:
    return str(journal.EVENTS[entry.event].sentence)


def _repeats(moment: Moment, before: Moment | None) -> bool:
    return before is not None and (moment.by, moment.sentence) == (before.by, before.sentence)


def _rounds(notice: Notice) -> list[Moment]:
    checks = notice.checks.select_related("by").order_by("made_at", "pk")
    rounds = groupby(checks, key=lambda check: (check.made_at, str(check.by)))
    sentence = str(_("Every question of the checklist was answered with yes."))
    return [Moment(at, by, sentence, _noted(list(answers))) for (at, by), answers in rounds]


def _let_through(notice: Notice) -> list[Moment]:
    """Tell of passages only while there is a text: of a stub number, label and reason are left."""
    if notice.is_stub:
        return []
    overrides = Override.objects.filter(edition__notice=notice).select_related("by").order_by("pk")
    sentence = str(_("A passage that reads like instructions was let through."))
    return [Moment(override.made_at, str(override.by), sentence, override.reason) for override in overrides]


def _noted(checks: list[Check]) -> str:
    return "\n".join(f"- {check.get_question_display()} {check.note}".rstrip() for check in checks)
