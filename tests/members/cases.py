"""How do tests of vetting make applications?"""

from datetime import datetime, timedelta
from itertools import count
from typing import Any

from congress.core.identifiers import token_digest
from congress.core.sectors import Sector
from members.actions.naming import Naming
from members.actions.stages import enter
from members.actions.vetting import Word
from members.models import (
    CHECKLIST,
    NEEDED_ATTESTATIONS,
    UNDER_WAY,
    UNSENT,
    Application,
    Callback,
    Check,
    CheckItem,
    Decision,
    Member,
    NameOrder,
    Passage,
    Purpose,
    Sponsor,
    due_on,
)
from tests.conftest import NOW

_serial = count(1)

ANSWERS = {
    "latin_name": "Amina Diallo",
    "native_name": "",
    "organisation_name": "Customs of Senegal",
    "position": "Inspector",
    "sector": Sector.LAW_ENFORCEMENT,
    "country": "SN",
    "motivation": "We control the port of Dakar.",
    "name_order": NameOrder.GIVEN_FIRST,
    "consents": Purpose.values,
}
NAMINGS = [
    Naming("Aroha Ngata", "Port Authority", "aroha@port.example"),
    Naming("Boris Petrov", "Institute of Toxicology", "boris@tox.example"),
]


def application(*, token: str = "", state: str = "open", vouched: bool = True, **fields: Any) -> Application:
    """Make an application in a state, with two sponsors who vouched; closed ones were closed an hour ago."""
    serial = next(_serial)
    values: dict[str, Any] = {
        "email": f"applicant{serial}@customs.example",
        "token_digest": token_digest(token or f"token{serial}"),
        "state": state,
        "begun_at": NOW - timedelta(days=3),
    }
    if state not in UNSENT:
        values |= {**ANSWERS, "submitted_at": NOW - timedelta(days=2)}
    if state not in {*UNSENT, *UNDER_WAY}:
        values["closed_at"] = NOW - timedelta(hours=1)
    values |= fields
    if state in UNDER_WAY:
        values = {**_clocked(state, values["submitted_at"]), **values}
    made = Application.objects.create(**values)
    if state in UNDER_WAY:
        Passage.objects.create(application=made, round=made.round, stage=state, entered_at=made.stage_since)
    if vouched and made.submitted_at:
        sponsor(made)
        sponsor(made)
    return made


def _clocked(state: str, since: datetime) -> dict[str, Any]:
    return {"stage_since": since, "due_on": due_on(state, since.date())}


def decision(case: Application, officer: Member, *, in_favour: bool = True) -> Decision:
    """Make one officer's word on a case in its present round, with a reason that names the officer."""
    if in_favour and case.state == "open":
        enter(case, "seconded", at=NOW)
    return Decision.objects.create(
        application=case,
        round=case.round,
        officer=officer,
        in_favour=in_favour,
        grounds=["known" if in_favour else "unconfirmed"],
        reason=f"Says {officer}.",
        decided_at=NOW,
    )


def groundwork(case: Application, officer: Member, second: Member | None = None) -> Application:
    """Answer the checklists of both stages, and confirm the applicant by a call."""
    for item in CheckItem:
        by = (second or officer) if item in CHECKLIST["seconded"] else officer
        Check.objects.create(application=case, round=case.round, item=item, answer="yes", officer=by, answered_at=NOW)
    Callback.objects.create(
        application=case, round=case.round, officer=officer, reached="The switchboard", number="+1 555 0100",
        number_source="public", outcome="confirmed", called_at=NOW, recorded_at=NOW,
    )  # fmt: skip
    return case


def word(reason: str = "Known from joint training.", *, seen: int = 0, grounds: tuple[str, ...] = ("known",)) -> Word:
    """Return what an officer says with a decision."""
    return Word(grounds, reason, seen)


def sponsor(case: Application, *, state: str = "attested", token: str = "", **fields: Any) -> Sponsor:
    """Make a sponsor of an organisation of their own, who was asked two days ago and answered an hour ago."""
    serial = next(_serial)
    values: dict[str, Any] = {
        "name": f"Sponsor {serial}",
        "organisation_name": f"Institute {serial}",
        "email": f"sponsor{serial}@institute{serial}.example",
        "state": state,
        "token_digest": token_digest(token) if token else "",
        "asked_at": None if state == "named" else NOW - timedelta(days=2),
    }
    if state not in {"named", "asked"}:
        values["answered_at"] = NOW - timedelta(hours=1)
    if state in {"attested", "withdrawn"}:
        values["attestations"] = NEEDED_ATTESTATIONS
    if state == "withdrawn":
        values |= {"withdrawn_at": NOW, "withdrawal_reason": "I was mistaken."}
    return Sponsor.objects.create(application=case, **{**values, **fields})
