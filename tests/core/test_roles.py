"""What does each standing and role allow, and what does nobody get by accident?"""

import pytest

from congress.core.roles import ROLES, STANDINGS, Permission, Role, Standing, out_of_reach, permissions_of

BASE = {Permission.BROWSE_MEMBERS, Permission.READ_NOTICES, Permission.ATTEND_MEETINGS}
DESK = {Permission.DECIDE_APPLICATIONS, Permission.END_AFFILIATIONS, Permission.READ_EVERY_FIELD}
ALLOWS = {
    Role.MEMBER: BASE,
    Role.VETTING_REVIEWER: BASE | DESK,
    Role.VETTING_LEAD: BASE | DESK | {Permission.LEAD_VETTING, Permission.SUSPEND_MEMBERS},
    Role.ORGANISER: BASE | {Permission.ORGANISE_MEETINGS, Permission.LIFT_BRAKES},
    Role.ANALYST: BASE | {Permission.DRAFT_NOTICES},
    Role.COMPLIANCE_OFFICER: BASE | {Permission.CLEAR_NOTICES},
    Role.PUBLISHER: BASE | {Permission.PUBLISH_NOTICES},
    Role.FOCAL_POINT: BASE | {Permission.COSPONSOR_NOTICES, Permission.CONFIRM_PEOPLE},
    Role.AUDITOR: BASE | {Permission.READ_JOURNAL, Permission.LIFT_BRAKES},
    Role.ADMINISTRATOR: BASE
    | {Permission.GRANT_ROLES, Permission.SUSPEND_MEMBERS, Permission.READ_EVERY_FIELD}
    | {Permission.SEAT_MEMBERS, Permission.IMPORT_MEMBERS},
}


@pytest.mark.parametrize("role", [*Role])
def test_permissions_of_a_member_with_one_role(role):
    assert permissions_of(Standing.MEMBER, [role]) == ALLOWS[role]


@pytest.mark.parametrize("standing", [standing for standing in STANDINGS if standing != Standing.MEMBER])
def test_permissions_of_other_standings_are_none_whatever_the_roles(standing):
    assert permissions_of(standing, [*Role]) == frozenset()


@pytest.mark.parametrize("standing", ["", "king", Standing.ANYONE])
def test_permissions_of_an_unknown_standing_are_none(standing):
    assert permissions_of(standing, [*Role]) == frozenset()


def test_permissions_of_an_unknown_role_add_nothing():
    assert permissions_of(Standing.MEMBER, ["king"]) == BASE


def test_roles_together_add_up():
    both = permissions_of(Standing.MEMBER, [Role.ANALYST, Role.PUBLISHER])
    assert both == BASE | {Permission.DRAFT_NOTICES, Permission.PUBLISH_NOTICES}


def test_every_permission_belongs_to_a_role_and_every_role_has_a_sentence():
    assert {permission for powers in ROLES.values() for permission in powers.permissions} == set(Permission)
    assert [role for role, powers in ROLES.items() if not str(powers.sentence).endswith(".")] == []
    assert set(ROLES) == set(Role)


def test_standings_are_those_of_people():
    assert set(STANDINGS) == {Standing(value) for value, _label in Standing.of_people()}


def test_only_members_are_listed_and_take_part():
    assert [standing for standing, can in STANDINGS.items() if can.is_listed] == [Standing.MEMBER]
    assert [standing for standing, can in STANDINGS.items() if can.takes_part] == [Standing.MEMBER]


# Whose holders each can't shut out: for a time, and for good.
ABOVE = {Role.VETTING_LEAD, Role.AUDITOR, Role.ADMINISTRATOR}
OTHERS = set(Role) - {Role.MEMBER}


@pytest.mark.parametrize(
    ("held", "for_a_time", "for_good"),
    [
        ([], ABOVE, OTHERS),
        ([Role.VETTING_REVIEWER], ABOVE, OTHERS - {Role.VETTING_REVIEWER}),
        ([Role.VETTING_LEAD], ABOVE, OTHERS - {Role.VETTING_REVIEWER}),
        ([Role.VETTING_LEAD, Role.ANALYST], ABOVE, OTHERS - {Role.VETTING_REVIEWER, Role.ANALYST}),
        ([Role.ADMINISTRATOR], set(), set()),
    ],
)
def test_who_stands_above_whom(held, for_a_time, for_good):
    assert out_of_reach(held, for_good=False) == for_a_time
    assert out_of_reach(held, for_good=True) == for_good
