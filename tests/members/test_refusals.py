"""Who is refused what? A table of role, act and case, asked of the pages with everything else in order.

Each act is done by somebody whom nothing speaks against, then by every other role, then by the right role in each case
that speaks against it: 404 for what is not seen, 403 for what may not be done, 409 for what is not so any more.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from congress.core.doors import views
from congress.core.models import Entry
from congress.core.roles import ABOVE_OFFICERS, Role, Standing
from members.actions import recoveries, tokens
from members.models import (
    Application,
    Group,
    Member,
    Recovery,
    RoleProposal,
    Scope,
    Seat,
    SeatProposal,
    Suspension,
)
from tests import factories
from tests.conftest import NOW
from tests.members.cases import application, decision, groundwork, sponsor

REVIEWER, LEAD, FOCAL, ADMINISTRATOR = (
    Role.VETTING_REVIEWER, Role.VETTING_LEAD, Role.FOCAL_POINT, Role.ADMINISTRATOR,
)  # fmt: skip
OTHER_ROLES = sorted(set(Role) - {Role.MEMBER})
CHANGING = ("post", "put", "patch", "delete")
DONE = {200, 302, 303}
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
    made = scene.proposal or _proposed(scene, by=other)
    return scene.post(f"/members/{made.member.public_id}/roles/{made.role}/approve/", {})


def _proposed(scene: Scene, by: Member, member: Member | None = None) -> RoleProposal:
    ends_at = datetime.now(UTC) + SOON
    return RoleProposal.objects.create(
        member=member or scene.person, role=Role.ANALYST, ends_at=ends_at, proposed_by=by, proposed_at=NOW - SOON
    )


def _let_in(scene: Scene) -> int:
    if not scene.person.suspensions.exists():
        _suspended(scene)
    return about("reinstate")(scene)


def _suspended(scene: Scene) -> None:
    Suspension.objects.create(
        member=scene.person, standing_before="member", reason="In doubt", begun_at=NOW, ends_at=NOW + 99 * SOON,
        begun_by=factories.member(roles=[ADMINISTRATOR]),
    )  # fmt: skip
    Member.objects.filter(pk=scene.person.pk).update(standing=Standing.SUSPENDED)


def _confirm(scene: Scene) -> int:
    return scene.post("/members/organisation/confirm/", {"people": [scene.person.public_id]})


def _seat(scene: Scene) -> Seat:
    scene.seat = scene.seat or Seat.objects.create(group=factories.group())
    return scene.seat


def _propose_seat(scene: Scene) -> int:
    seat = _seat(scene)
    data = {"member": scene.person.public_id, "begins_on": _day(timedelta()), "ends_on": _day(SOON)}
    return scene.post(f"/groups/{seat.group.public_id}/seats/{seat.public_id}/propose/", data)


def _seating(scene: Scene, by: Member, member: Member | None = None) -> SeatProposal:
    span = {"begins_on": _day(timedelta()), "ends_on": _day(SOON), "proposed_at": NOW}
    return SeatProposal.objects.create(seat=_seat(scene), member=member or scene.person, proposed_by=by, **span)


def _confirm_seat(scene: Scene) -> int:
    made = scene.seating or _seating(scene, by=factories.member())
    return scene.post(f"/groups/{made.seat.group.public_id}/proposals/{made.public_id}/confirm/", {})


def _dissolve(scene: Scene) -> int:
    return scene.post(f"/groups/{_seat(scene).group.public_id}/dissolve/", {})


def _help(scene: Scene) -> int:
    """Hand over a part of the code with which an officer's lost factor is taken away."""
    begun = scene.recovery or _lost(scene.person)
    return scene.post(f"/members/recoveries/{begun.public_id}/", {})


def _lost(person: Member) -> Recovery:
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


@pytest.fixture
def scene(db, signed_in) -> Callable[..., Scene]:
    """Return who sets a scene in which nothing speaks against an act of somebody with these roles."""

    def set_scene(act: str, *roles: str) -> Scene:
        actor = factories.member(roles=roles)
        body = {"organisation": actor.organisation} if act == "confirm people" else {}
        case = groundwork(application(), factories.member(roles=[REVIEWER]))
        client = signed_in(actor)
        return Scene(actor, lambda path, data: int(client.post(path, data).status_code), factories.member(**body), case)

    return set_scene


@pytest.mark.parametrize("role", ["", *(role for role in Role if role != Role.MEMBER)])
@pytest.mark.parametrize("act", ACTS)
def test_each_act_is_for_its_roles(scene, act, role):
    status = ACTS[act].do(scene(act, *([role] if role else [])))
    if role in ACTS[act].roles:
        assert status in DONE
    else:
        assert status == (403 if role in ACTS[act].seen_by else 404)


# What speaks against an act of somebody with the right role


def decided_before(scene: Scene) -> None:
    decision(scene.case, scene.actor)
    scene.seen = 1


def colleague_decided(scene: Scene) -> None:
    decision(scene.case, factories.member(roles=[REVIEWER], organisation=scene.actor.organisation))
    scene.seen = 1


def decided_meanwhile(scene: Scene) -> None:
    decision(scene.case, factories.member(roles=[REVIEWER]))


def of_case(**fields: Any) -> Callable[[Scene], object]:
    return lambda scene: Application.objects.filter(pk=scene.case.pk).update(**fields)


def sponsors(scene: Scene) -> None:
    sponsor(scene.case, member=scene.actor, email=scene.actor.email)


def nominated(scene: Scene) -> None:
    of_case(nominated_by=scene.actor, nominated_at=NOW, organisation=factories.organisation())(scene)


def own_organisation(scene: Scene) -> None:
    of_case(organisation_name=scene.actor.organisation.name.upper())(scene)


def own_domain(scene: Scene) -> None:
    of_case(email=f"new@mail.{scene.actor.organisation.mail_domains[0]}")(scene)


def homeless(scene: Scene) -> None:
    Member.objects.filter(pk=scene.actor.pk).update(organisation=None)


def closed(scene: Scene) -> None:
    of_case(state="refused", closed_at=NOW)(scene)


def oneself(scene: Scene) -> None:
    scene.person = scene.actor


def higher(role: Role) -> Callable[[Scene], object]:
    return lambda scene: factories.grant(scene.person, role)


def is_recovered(scene: Scene) -> None:
    Member.objects.filter(pk=scene.person.pk).update(organisation=scene.actor.organisation)
    focal_point = factories.member(roles=[FOCAL], organisation=scene.actor.organisation)
    recoveries.ask_for_recovery(scene.person, helper=focal_point, at=datetime.now(UTC))


def lost_oneself(scene: Scene) -> None:
    scene.recovery = _lost(scene.actor)


def helped_by_two(scene: Scene) -> None:
    scene.recovery = _lost(scene.person)
    for part in scene.recovery.shares.all():
        recoveries.show_part(part, by=factories.member(roles=[ADMINISTRATOR]), at=datetime.now(UTC))


def said_no(scene: Scene) -> None:
    scene.recovery = _lost(scene.person)
    recoveries.stop(scene.recovery, by=None, at=datetime.now(UTC))


def standing(value: Standing) -> Callable[[Scene], object]:
    return lambda scene: Member.objects.filter(pk=scene.person.pk).update(standing=value)


def other_body(scene: Scene) -> None:
    scene.person = factories.member()


def proposed_oneself(scene: Scene) -> None:
    scene.proposal, scene.seating = _proposed(scene, by=scene.actor), _seating(scene, by=scene.actor)


def is_the_one_proposed(scene: Scene) -> None:
    other = factories.member(roles=[ADMINISTRATOR])
    scene.proposal = _proposed(scene, by=other, member=scene.actor)
    scene.seating = _seating(scene, by=other, member=scene.actor)


def seated(scene: Scene) -> None:
    factories.term(scene.person, _seat(scene).group)


def taken(scene: Scene) -> None:
    factories.term(factories.member(), _seat(scene).group, seat=_seat(scene))


def seat_closed(scene: Scene) -> None:
    scene.seating = _seating(scene, by=factories.member())
    Seat.objects.update(closed_on=NOW.date())


def group_dissolved(scene: Scene) -> None:
    _seat(scene)
    Group.objects.update(dissolved_on=NOW.date())


DECIDING = {
    "who decided before": (decided_before, 403),
    "whose colleague decided": (colleague_decided, 403),
    "who was asked to vouch": (sponsors, 403),
    "who invited": (nominated, 403),
    "of the own organisation": (own_organisation, 403),
    "of a domain of the own organisation": (own_domain, 403),
    "who has no organisation": (homeless, 403),
    "of a closed case": (closed, 409),
    "while a colleague decided": (decided_meanwhile, 409),
}
CASES: dict[tuple[str, str], dict[str, tuple[Callable[[Scene], object], int]]] = {
    **{(act, role): DECIDING for act in ("approve an applicant", "refuse an applicant") for role in (REVIEWER, LEAD)},
    ("propose a role", ADMINISTRATOR): {
        "to oneself": (oneself, 403),
        "that is held": (higher(Role.ANALYST), 409),
        "to who lapsed": (standing(Standing.LAPSED), 409),
    },
    ("approve a role", ADMINISTRATOR): {
        "that one proposed": (proposed_oneself, 403),
        "for oneself": (is_the_one_proposed, 403),
        "of who was suspended since": (standing(Standing.SUSPENDED), 409),
        "of who lost a factor": (is_recovered, 409),
    },
    ("suspend", LEAD): {
        "oneself": (oneself, 403),
        "another lead": (higher(LEAD), 403),
        "an administrator": (higher(ADMINISTRATOR), 403),
        "an auditor": (higher(Role.AUDITOR), 403),
        "who is suspended": (_suspended, 409),
        "who has left": (standing(Standing.FORMER), 409),
    },
    ("suspend", ADMINISTRATOR): {"oneself": (oneself, 403), "who is suspended": (_suspended, 409)},
    ("let in again", LEAD): {f"with the role {role}": (higher(role), 403) for role in sorted(ABOVE_OFFICERS)},
    ("end a membership", REVIEWER): {
        **{f"with the role {role}": (higher(role), 403) for role in OTHER_ROLES if role != REVIEWER},
        "that is over": (standing(Standing.FORMER), 409),
    },
    ("end a membership", LEAD): {
        **{f"with the role {role}": (higher(role), 403) for role in OTHER_ROLES if role != REVIEWER},
        "that is over": (standing(Standing.FORMER), 409),
    },
    ("confirm people", FOCAL): {"oneself": (oneself, 403), "of another organisation": (other_body, 403)},
    ("invite", FOCAL): {"to no organisation": (homeless, 403)},
    ("help an officer back in", ADMINISTRATOR): {
        "oneself": (lost_oneself, 404),
        "whom two others help": (helped_by_two, 404),
        "who said no": (said_no, 404),
    },
    ("propose for a seat", ADMINISTRATOR): {
        "oneself": (oneself, 403),
        "who sits there": (seated, 409),
        "where somebody sits": (taken, 409),
        "who lapsed": (standing(Standing.LAPSED), 422),
    },
    ("dissolve a group", ADMINISTRATOR): {"that is dissolved": (group_dissolved, 409)},
    ("confirm a seat", ADMINISTRATOR): {
        "that one proposed": (proposed_oneself, 403),
        "for oneself": (is_the_one_proposed, 403),
        "of who was suspended since": (standing(Standing.SUSPENDED), 409),
        "where somebody sits": (taken, 409),
        "that is closed": (seat_closed, 409),
    },
}
ROWS = [(act, role, case) for (act, role), cases in CASES.items() for case in cases]


@pytest.mark.parametrize(("act", "role", "case"), ROWS, ids=str)
def test_what_speaks_against_an_act_refuses_it(scene, act, role, case):
    speaks_against, status = CASES[act, role][case]
    setting = scene(act, role)
    speaks_against(setting)
    assert ACTS[act].do(setting) == status


def test_every_act_has_cases():
    assert {act for act, _role in CASES} == set(ACTS)


# The same acts asked by a program. A token opens what its member may read and no act; an act that gets a door for
# programs belongs into this set and needs its rows above asked there too.
ACTS_OF_PROGRAMS: set[str] = set()


@pytest.mark.parametrize("act", ACTS)
def test_no_act_is_done_with_a_token(scene, act):
    setting = scene(act, *sorted(ACTS[act].roles))
    _row, token = tokens.make_token(
        setting.actor, by=setting.actor, at=datetime.now(UTC), name="Program", scopes=list(Scope), days=30
    )
    program = Client(headers={"host": "localhost", "Authorization": f"Bearer {token}"})
    setting.post = lambda path, data: _refused(program.post(path, data))
    ACTS[act].do(setting)
    assert list(Entry.objects.filter(by=setting.actor).values_list("event", flat=True)) == [tokens.MADE]


def _refused(response: Any) -> int:
    assert response.status_code == 401 or response["Location"].startswith("/accounts/login/")
    return int(response.status_code)


def test_the_api_changes_nothing_that_the_table_does_not_know():
    classes = {name: getattr(pattern.callback, "cls", None) for name, pattern in views()}
    changing = {name for name, cls in classes.items() if any(hasattr(cls, verb) for verb in CHANGING)}
    assert changing == ACTS_OF_PROGRAMS
