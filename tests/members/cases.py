"""How do tests of vetting make applications?"""

from datetime import timedelta
from itertools import count
from typing import Any

from congress.core.identifiers import token_digest
from congress.core.sectors import Sector
from members.models import NEEDED_ATTESTATIONS, Application, Decision, Member, Sponsor
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
}


def application(*, token: str = "", state: str = "open", vouched: bool = True, **fields: Any) -> Application:
    """Make an application in a state, with two sponsors who vouched; closed ones were closed an hour ago."""
    serial = next(_serial)
    values: dict[str, Any] = {
        "email": f"applicant{serial}@customs.example",
        "token_digest": token_digest(token or f"token{serial}"),
        "state": state,
        "begun_at": NOW - timedelta(days=3),
    }
    if state not in {"unverified", "verified"}:
        values |= {**ANSWERS, "submitted_at": NOW - timedelta(days=2)}
    if state in {"approved", "refused", "withdrawn"}:
        values["closed_at"] = NOW - timedelta(hours=1)
    case = Application.objects.create(**{**values, **fields})
    if vouched and case.submitted_at:
        sponsor(case)
        sponsor(case)
    return case


def decision(case: Application, officer: Member, *, in_favour: bool = True) -> Decision:
    """Make one officer's word on a case, with a reason that names the officer."""
    return Decision.objects.create(
        application=case, officer=officer, in_favour=in_favour, reason=f"Says {officer}.", decided_at=NOW
    )


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
        values["withdrawn_at"] = NOW
    return Sponsor.objects.create(application=case, **{**values, **fields})
