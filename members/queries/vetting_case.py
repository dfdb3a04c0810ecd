"""What does the page of one case show: its checklist, and all that was said and done on one line of time?"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from members.models import CHECKLIST, TOLD, Application, Check, CheckItem, Member, Objection, Question


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


@dataclass(frozen=True)
class Groundwork:
    """How far the work of this round has come."""

    answered_count: int
    item_count: int
    is_called_back: bool


def groundwork(application: Application, lines: list[Line]) -> Groundwork:
    """Return how much of a checklist is answered, and whether a call of this round confirms; one query."""
    is_called_back = application.callbacks.counting().filter(round=application.round).exists()
    return Groundwork(sum(line.check is not None for line in lines), len(lines), is_called_back)


def history(application: Application) -> list[Moment]:
    """Return what officers said and did in every round, the oldest first; one query for each kind."""
    return sorted([*_of_officers(application), *_of_others(application)], key=lambda moment: moment.at)


def _of_officers(application: Application) -> Iterator[Moment]:
    for row in application.decisions.select_related("officer__organisation"):
        yield Moment(row.decided_at, row.round, row.officer, "decision", row)
    if application.round > 1:
        for check in application.checks.filter(round__lt=application.round).select_related("officer"):
            yield Moment(check.answered_at, check.round, check.officer, "check", check)
    for call in application.callbacks.select_related("officer"):
        yield Moment(call.called_at, call.round, call.officer, "call", call)
    for note in application.notes.select_related("officer"):
        yield Moment(note.written_at, note.round, note.officer, "note", note)


def _of_others(application: Application) -> Iterator[Moment]:
    for asked in application.questions.select_related("officer"):
        yield Moment(asked.asked_at, asked.round, asked.officer, "question", asked)
        if asked.answered_at is not None:
            yield Moment(asked.answered_at, asked.round, None, "answer", asked)
    for objection in application.objections.select_related("member__organisation", "settled_by"):
        yield Moment(objection.raised_at, objection.round, objection.member, "objection", objection)
    for reopening in application.reopenings.select_related("officer"):
        yield Moment(reopening.reopened_at, reopening.round, reopening.officer, "reopening", reopening)


def told_of(application: Application) -> list[str]:
    """Return what the applicant is told of why the case was refused: the network's sentences, never an officer's."""
    against = application.decisions.filter(round=application.round, in_favour=False)
    grounds = [ground for grounds in against.values_list("grounds", flat=True) for ground in grounds]
    return [str(TOLD[ground]) for ground in TOLD if ground in grounds]


def thread_of(application: Application) -> list[Question]:
    """Return what the applicant was asked and answered, the oldest first: nothing that officers say to each other."""
    return list(application.questions.order_by("asked_at", "pk"))


def open_objections(application: Application) -> QuerySet[Objection]:
    """Return the objections that nobody has settled, the oldest first, with who raised them."""
    return Objection.objects.open().filter(application=application).select_related("member").order_by("raised_at", "pk")
