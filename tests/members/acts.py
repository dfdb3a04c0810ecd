"""Which acts does the table of refusals know, how is each done, and whose are they?"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from congress.core.roles import Role, Standing
from members.actions import recoveries
from members.models import (
    Application,
    Member,
    Recovery,
    RoleProposal,
    Seat,
    SeatProposal,
    Suspension,
)
from tests import factories
from tests.conftest import NOW

REVIEWER, LEAD, FOCAL, ADMINISTRATOR = (
    Role.VETTING_REVIEWER, Role.VETTING_LEAD, Role.FOCAL_POINT, Role.ADMINISTRATOR,
)  # fmt: skip
SOON = timedelta(days=30)


@dataclass
class Scene:
    """Who acts, about whom, on which application, and how many decisions they had in sight."""

    actor: Member
    post: Callable[[str, dict[str, Any]], int]
    person: Member
    case: Application
    seen: int = 0
    proposal: RoleProposal | None = None
    seat: Seat | None = None
    seating: SeatProposal | None = None
    recovery: Recovery | None = None


@dataclass(frozen=True)
class Act:
    """How an act is done, who may, and who sees what it is about without being allowed to."""

    do: Callable[[Scene], int]
    roles: frozenset[str]
    seen_by: frozenset[str] = field(default_factory=lambda: frozenset({"", *Role.values}))


def _day(after: timedelta) -> str:
    return f"{(datetime.now(UTC) + after).date()}"


def decides(outcome: str, ground: str) -> Callable[[Scene], int]:
    def decide(scene: Scene) -> int:
        data = {"decision": outcome, "reason": "Known from a course.", "seen": scene.seen, "grounds": ground}
        return scene.post(f"/members/vetting/{scene.case.public_id}/decide/", data)

    return decide


def about(step: str, **data: Any) -> Callable[[Scene], int]:
    return lambda scene: scene.post(f"/members/{scene.person.public_id}/{step}/", data)


def _approve_role(scene: Scene) -> int:
    other = factories.member(roles=[ADMINISTRATOR])
    made = scene.proposal or proposed(scene, by=other)
    return scene.post(f"/members/{made.member.public_id}/roles/{made.role}/approve/", {})


def proposed(scene: Scene, by: Member, member: Member | None = None) -> RoleProposal:
    ends_at = datetime.now(UTC) + SOON
    return RoleProposal.objects.create(
        member=member or scene.person, role=Role.ANALYST, ends_at=ends_at, proposed_by=by, proposed_at=NOW - SOON
    )


def _let_in(scene: Scene) -> int:
    if not scene.person.suspensions.exists():
        suspended(scene)
    return about("reinstate")(scene)


def suspended(scene: Scene) -> None:
    Suspension.objects.create(
        member=scene.person, standing_before="member", reason="In doubt", begun_at=NOW, ends_at=NOW + 99 * SOON,
        begun_by=factories.member(roles=[ADMINISTRATOR]),
    )  # fmt: skip
    Member.objects.filter(pk=scene.person.pk).update(standing=Standing.SUSPENDED)


def _confirm(scene: Scene) -> int:
    return scene.post("/members/organisation/confirm/", {"people": [scene.person.public_id]})


def a_seat(scene: Scene) -> Seat:
    scene.seat = scene.seat or Seat.objects.create(group=factories.group())
    return scene.seat


def _propose_seat(scene: Scene) -> int:
    seat = a_seat(scene)
    data = {"member": scene.person.public_id, "begins_on": _day(timedelta()), "ends_on": _day(SOON)}
    return scene.post(f"/groups/{seat.group.public_id}/seats/{seat.public_id}/propose/", data)


def seating(scene: Scene, by: Member, member: Member | None = None) -> SeatProposal:
    span = {"begins_on": _day(timedelta()), "ends_on": _day(SOON), "proposed_at": NOW}
    return SeatProposal.objects.create(seat=a_seat(scene), member=member or scene.person, proposed_by=by, **span)


def _confirm_seat(scene: Scene) -> int:
    made = scene.seating or seating(scene, by=factories.member())
    return scene.post(f"/groups/{made.seat.group.public_id}/proposals/{made.public_id}/confirm/", {})


def _dissolve(scene: Scene) -> int:
    return scene.post(f"/groups/{a_seat(scene).group.public_id}/dissolve/", {})


def _help(scene: Scene) -> int:
    """Hand over a part of the code with which an officer's lost factor is taken away."""
    begun = scene.recovery or lost(scene.person)
    return scene.post(f"/members/recoveries/{begun.public_id}/", {})


def lost(person: Member) -> Recovery:
    if not person.role_grants.exists():
        factories.grant(person, Role.ANALYST)
    return recoveries.ask_for_recovery(person, helper=None, at=datetime.now(UTC))


def only(*roles: str) -> frozenset[str]:
    return frozenset(roles)


ACTS = {
    "approve an applicant": Act(decides("approve", "known"), only(REVIEWER, LEAD), only()),
    "refuse an applicant": Act(decides("refuse", "unconfirmed"), only(REVIEWER, LEAD), only()),
    "propose a role": Act(about("role", role="analyst", ends_on=_day(SOON)), only(ADMINISTRATOR)),
    "approve a role": Act(_approve_role, only(ADMINISTRATOR), only(Role.AUDITOR)),
    "suspend": Act(about("suspend", reason="In doubt", ends_on=_day(SOON)), only(LEAD, ADMINISTRATOR)),
    "let in again": Act(_let_in, only(LEAD, ADMINISTRATOR), only(REVIEWER)),
    "end a membership": Act(about("departure", note="Retired", confirmed="on"), only(REVIEWER, LEAD)),
    "confirm people": Act(_confirm, only(FOCAL)),
    "invite": Act(lambda scene: scene.post("/members/organisation/nominate/", {"email": "n@x.example"}), only(FOCAL)),
    "help an officer back in": Act(_help, only(ADMINISTRATOR), only()),
    "propose for a seat": Act(_propose_seat, only(ADMINISTRATOR)),
    "dissolve a group": Act(_dissolve, only(ADMINISTRATOR)),
    "confirm a seat": Act(_confirm_seat, only(ADMINISTRATOR), only()),
}
