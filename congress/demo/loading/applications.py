"""How do the cases on the vetting desk become rows?"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from congress.core.identifiers import token_digest
from congress.core.names import sounds_of
from congress.demo import shapes
from congress.demo.loading.casework import APPEALED_AFTER, ASKED_AFTER, load_casework
from congress.demo.loading.members import Who
from members.models import (
    APPLICATION_STATES,
    Application,
    Attestation,
    Decision,
    NameOrder,
    Passage,
    Purpose,
    Sponsor,
    SponsorState,
    due_on,
)

FILLED_IN = timedelta(minutes=25)
CLOSED_AFTER = timedelta(days=3)


def load_applications(applications: Iterable[shapes.Application], who: Who) -> None:
    """Make applications with their sponsors and the decisions taken so far."""
    applications = list(applications)
    rows = Application.objects.bulk_create(_application(each, who) for each in applications)
    Passage.objects.bulk_create(
        Passage(application=row, round=row.round, stage=row.state, entered_at=row.stage_since or row.begun_at)
        for row in rows
        if row.allows("work")
    )
    Decision.objects.bulk_create(
        Decision(
            application=row,
            officer=who.people[decision.officer],
            in_favour=decision.in_favour,
            grounds=[decision.ground],
            reason=decision.reason,
            decided_at=decision.decided_at,
        )
        for row, application in zip(rows, applications, strict=True)
        for decision in application.decisions
    )
    Sponsor.objects.bulk_create(
        _sponsor(row, sponsor, who)
        for row, application in zip(rows, applications, strict=True)
        for sponsor in application.sponsors
    )
    for row, application in zip(rows, applications, strict=True):
        load_casework(row, application.casework, who)


def _sponsor(application: Application, made: shapes.Sponsor, who: Who) -> Sponsor:
    return Sponsor(
        public_id=made.public_id,
        application=application,
        name=made.member.latin_name or made.member.native_name,
        organisation_name=made.member.organisation.name,
        email=made.member.email,
        member=who.people[made.member.email],
        state=made.state,
        asked_at=made.asked_at,
        answered_at=made.answered_at,
        attestations=[each.value for each in Attestation] if made.state == SponsorState.ATTESTED else [],
        comment=made.comment,
    )


def _application(made: shapes.Application, who: Who) -> Application:
    unfinished = APPLICATION_STATES.allows(made.state, "expire")
    since = _since(made)
    is_appeal = bool(made.casework.appeal)
    return Application(
        public_id=made.public_id,
        token_digest=token_digest(made.token),
        state=made.state,
        email=made.email,
        latin_name="" if unfinished else made.latin_name,
        native_name="" if unfinished else made.native_name,
        sector="" if unfinished else made.sector,
        country="" if unfinished else made.country,
        organisation_name="" if unfinished else made.organisation_name,
        position=made.position,
        motivation=made.motivation,
        name_order="" if unfinished else NameOrder.GIVEN_FIRST,
        supervisor_name=made.supervisor_name,
        supervisor_contact=made.supervisor_contact,
        expertise=list(made.expertise),
        languages=[list(each) for each in made.languages],
        consents=[] if unfinished else Purpose.values,
        begun_at=made.begun_at,
        submitted_at=None if unfinished else made.begun_at + FILLED_IN,
        round=2 if is_appeal else 1,
        sounds=sounds_of(made.latin_name, made.native_name),
        member=who.people.get(made.email),
        stage_since=since,
        due_on=due_on(made.state, since.date()),
        closed_at=_closed_at(made),
    )


def _since(made: shapes.Application) -> datetime:
    """Return when the present stage began; the question of a case came a day after its application."""
    if made.casework.appeal:
        return made.begun_at + APPEALED_AFTER
    if made.state == "asked":
        return made.begun_at + ASKED_AFTER
    return made.decisions[-1].decided_at if made.decisions else made.begun_at + FILLED_IN


def _closed_at(made: shapes.Application) -> datetime | None:
    if APPLICATION_STATES.allows(made.state, "expire") or APPLICATION_STATES.allows(made.state, "work"):
        return None
    return made.decisions[-1].decided_at if made.decisions else made.begun_at + CLOSED_AFTER
