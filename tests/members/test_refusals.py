"""Who is refused what? A table of role, act and case, asked of the pages with everything else in order.

Each act is done by somebody whom nothing speaks against, then by every other role, then by the right role in each case
that speaks against it: 404 for what is not seen, 403 for what may not be done, 409 for what is not so any more.
"""

from collections.abc import Callable
from datetime import UTC, datetime
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
    Scope,
    Seat,
)
from tests import factories
from tests.conftest import NOW
from tests.members.acts import (
    ACTS,
    ADMINISTRATOR,
    FOCAL,
    LEAD,
    REVIEWER,
    Scene,
    a_seat,
    lost,
    proposed,
    seating,
    suspended,
)
from tests.members.cases import application, decision, groundwork, sponsor

OTHER_ROLES = sorted(set(Role) - {Role.MEMBER})
CHANGING = ("post", "put", "patch", "delete")
DONE = {200, 302, 303}


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
    scene.recovery = lost(scene.actor)


def helped_by_two(scene: Scene) -> None:
    scene.recovery = lost(scene.person)
    for part in scene.recovery.shares.all():
        recoveries.show_part(part, by=factories.member(roles=[ADMINISTRATOR]), at=datetime.now(UTC))


def said_no(scene: Scene) -> None:
    scene.recovery = lost(scene.person)
    recoveries.stop(scene.recovery, by=None, at=datetime.now(UTC))


def standing(value: Standing) -> Callable[[Scene], object]:
    return lambda scene: Member.objects.filter(pk=scene.person.pk).update(standing=value)


def other_body(scene: Scene) -> None:
    scene.person = factories.member()


def proposed_oneself(scene: Scene) -> None:
    scene.proposal, scene.seating = proposed(scene, by=scene.actor), seating(scene, by=scene.actor)


def is_the_one_proposed(scene: Scene) -> None:
    other = factories.member(roles=[ADMINISTRATOR])
    scene.proposal = proposed(scene, by=other, member=scene.actor)
    scene.seating = seating(scene, by=other, member=scene.actor)


def seated(scene: Scene) -> None:
    factories.term(scene.person, a_seat(scene).group)


def taken(scene: Scene) -> None:
    factories.term(factories.member(), a_seat(scene).group, seat=a_seat(scene))


def seat_closed(scene: Scene) -> None:
    scene.seating = seating(scene, by=factories.member())
    Seat.objects.update(closed_on=NOW.date())


def group_dissolved(scene: Scene) -> None:
    a_seat(scene)
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
        "who is suspended": (suspended, 409),
        "who has left": (standing(Standing.FORMER), 409),
    },
    ("suspend", ADMINISTRATOR): {"oneself": (oneself, 403), "who is suspended": (suspended, 409)},
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
