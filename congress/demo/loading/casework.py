"""How does what officers did about a case become rows?"""

from datetime import datetime, timedelta

from congress.demo import shapes
from congress.demo.loading.members import Who
from members.models import (
    CHECKLIST,
    Application,
    ApplicationState,
    Callback,
    CallOutcome,
    Check,
    CheckAnswer,
    Member,
    Note,
    NumberSource,
    Objection,
    Origin,
    Question,
    Reopening,
)

ASKED_AFTER, ANSWERED_AFTER, APPEALED_AFTER = timedelta(days=1), timedelta(days=3), timedelta(days=33)
OBJECTED_AFTER = timedelta(days=4)


def load_casework(row: Application, made: shapes.Casework, who: Who) -> None:
    """Make the owner, checks, calls, notes, questions, objections and further rounds of one case."""
    officer = who.people[made.officer]
    if made.is_owned:
        row.assigned_to, row.assigned_at = officer, row.begun_at + ASKED_AFTER
        row.save(update_fields=["assigned_to", "assigned_at"])
    if made.is_called:
        _load_groundwork(row, officer, row.begun_at + ASKED_AFTER)
    if made.note:
        Note.objects.create(
            application=row, round=row.round, officer=officer, text=made.note, written_at=row.begun_at + ASKED_AFTER
        )
    if made.question:
        _load_question(row, made, officer)
    if made.appeal:
        Reopening.objects.create(
            application=row, round=row.round, origin=Origin.APPEAL, text=made.appeal,
            reopened_at=row.begun_at + APPEALED_AFTER,
        )  # fmt: skip
    if made.objection:
        _load_objection(row, made.objection, officer)


def _load_groundwork(row: Application, officer: Member, at: datetime) -> None:
    Check.objects.bulk_create(
        Check(application=row, round=1, item=item, answer=CheckAnswer.YES, officer=officer, answered_at=at)
        for item in CHECKLIST[ApplicationState.OPEN]
    )
    Callback.objects.create(
        application=row, round=1, officer=officer, reached="The switchboard", number="+999 555 0142",
        number_source=NumberSource.PUBLIC, outcome=CallOutcome.CONFIRMED, called_at=at, recorded_at=at,
    )  # fmt: skip


def _load_question(row: Application, made: shapes.Casework, officer: Member) -> None:
    Question.objects.create(
        application=row,
        round=row.round,
        officer=officer,
        text=made.question,
        asked_at=row.begun_at + ASKED_AFTER,
        answer=made.answer,
        answered_at=row.begun_at + ANSWERED_AFTER if made.answer else None,
    )


def _load_objection(row: Application, text: str, decided: Member) -> None:
    """Let an officer object who did not decide."""
    objector = Member.objects.filter(role_grants__role__startswith="vetting").exclude(
        pk__in=row.decisions.values("officer")
    )
    Objection.objects.create(
        application=row,
        round=row.round,
        member=objector.order_by("pk").first() or decided,
        text=text,
        raised_at=row.begun_at + OBJECTED_AFTER,
    )
