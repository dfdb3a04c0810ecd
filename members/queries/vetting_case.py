"""What does the page of one case show: its checklist, and all that was said and done on one line of time?"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from members.models import CHECKLIST, TOLD, Application, Check, CheckItem, Member


@dataclass(frozen=True)
class Moment:
    """One thing on the line of time: when, in which round, by whom, of which kind, and the row itself."""

    at: datetime
    round: int
    by: Member | None
    kind: str
    row: Any


@dataclass(frozen=True)
class Line:
    """One item of the checklist with its answer, if there is one."""

    item: CheckItem
    check: Check | None


def checklist(application: Application) -> list[Line]:
    """Return the items of the present stage with their answers in this round; one query."""
    rows = application.checks.filter(round=application.round).select_related("officer")
    answered = {row.item: row for row in rows}
    return [Line(item, answered.get(item)) for item in CHECKLIST.get(application.state, ())]


def history(application: Application) -> list[Moment]:
    """Return what officers said and did in every round, the oldest first; one query for each kind."""
    return sorted(_moments(application), key=lambda moment: moment.at)


def _moments(application: Application) -> Iterator[Moment]:
    for row in application.decisions.select_related("officer__organisation"):
        yield Moment(row.decided_at, row.round, row.officer, "decision", row)
    for check in application.checks.filter(round__lt=application.round).select_related("officer"):
        yield Moment(check.answered_at, check.round, check.officer, "check", check)
    for call in application.callbacks.select_related("officer"):
        yield Moment(call.called_at, call.round, call.officer, "call", call)
    for note in application.notes.select_related("officer"):
        yield Moment(note.written_at, note.round, note.officer, "note", note)


def told_of(application: Application) -> list[str]:
    """Return what the applicant is told of why the case was refused: the network's sentences, never an officer's."""
    against = application.decisions.filter(round=application.round, in_favour=False)
    grounds = [ground for grounds in against.values_list("grounds", flat=True) for ground in grounds]
    return [str(TOLD[ground]) for ground in TOLD if ground in grounds]
