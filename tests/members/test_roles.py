"""Does it take two administrators to give a role, never oneself, and one to take it?"""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from congress.core.errors import NotPermittedError
from congress.core.models import Entry
from congress.core.roles import Permission, Role, Standing
from members.actions import roles as actions
from members.models import Member, RoleGrant, RoleProposal
from members.policies import can_see_roles
from tests import factories
from tests.conftest import NOW

PATH = "/members/roles/"
ENDS_AT = NOW + timedelta(days=365)
EVERY_ROLE = [role for role in Role if role != Role.MEMBER]


@pytest.fixture
def colleague(db) -> Member:
    return factories.member("colleague", roles=[Role.ADMINISTRATOR])


def propose(member: Member, by: Member, role: Role = Role.ANALYST) -> RoleProposal:
    return actions.propose_role(member, role, by=by, at=NOW, ends_at=ENDS_AT)


def address(member: Member, step: str, role: Role = Role.ANALYST) -> str:
    return (
        f"/members/{member.public_id}/role/"
        if step == "propose"
        else f"/members/{member.public_id}/roles/{role}/{step}/"
    )


def send(client, member: Member, step: str) -> int:
    data = {"role": "analyst", "ends_on": f"{ENDS_AT:%Y-%m-%d}"} if step == "propose" else {}
    status: int = client.post(address(member, step), data).status_code
    return status


# A table of who acts, what they do, and about whom: the status of the page


@pytest.mark.parametrize("step", ["propose", "approve", "decline", "end"])
@pytest.mark.parametrize("role", ["", *(role for role in EVERY_ROLE if role != Role.ADMINISTRATOR)])
def test_no_other_role_gives_or_takes_roles(signed_in, member, administrator, role, step):
    who = factories.member(roles=[role] if role else [])
    if step == "end":
        factories.grant(member, Role.ANALYST)
    if step in {"approve", "decline"}:
        propose(member, administrator)
    expected = 403 if step == "propose" or role == Role.AUDITOR else 404
    assert send(signed_in(who), member, step) == expected


@pytest.mark.parametrize(
    ("actor", "step", "status"),
    [
        ("proposer", "approve", 403),
        ("concerned", "approve", 403),
        ("third", "approve", 302),
        ("proposer", "decline", 302),
        ("concerned", "decline", 302),
        ("third", "decline", 302),
    ],
)
def test_approving_takes_a_second_person(signed_in, administrator, colleague, actor, step, status):
    concerned = factories.member("concerned", roles=[Role.ADMINISTRATOR])
    propose(concerned, administrator)
    people = {"proposer": administrator, "concerned": concerned, "third": colleague}
    assert send(signed_in(people[actor]), concerned, step) == status
    assert RoleGrant.objects.filter(member=concerned, role=Role.ANALYST).exists() is (
        step == "approve" and status == 302
    )


@pytest.mark.parametrize("role", EVERY_ROLE)
def test_nobody_proposes_a_role_for_themselves(signed_in, administrator, role):
    with pytest.raises(NotPermittedError):
        propose(administrator, administrator, role)
    data = {"role": role, "ends_on": f"{ENDS_AT:%Y-%m-%d}"}
    assert signed_in(administrator).post(address(administrator, "propose"), data).status_code == 403


@pytest.mark.parametrize("field", ["proposed_by", "member"])
def test_the_database_wants_four_eyes_too(member, administrator, colleague, field):
    proposal = propose(member, administrator)
    grant = factories.grant(member, Role.AUDITOR)
    same = getattr(proposal, field)
    with pytest.raises(IntegrityError, match="four_eyes"), transaction.atomic():
        RoleProposal.objects.filter(pk=proposal.pk).update(decided_by=same, decided_at=NOW, grant=grant)


# Actions


def test_approve_role_grants_it_until_its_day(member, administrator, colleague):
    grant = actions.approve_role(propose(member, administrator), by=colleague, at=NOW)
    assert (grant.granted_by, grant.begins_at, grant.ends_at) == (colleague, NOW, ENDS_AT)
    assert RoleGrant.objects.in_force(NOW).filter(member=member).exists()
    assert not RoleGrant.objects.in_force(ENDS_AT).filter(member=member).exists()
    assert [entry.event for entry in Entry.objects.order_by("pk")] == [actions.PROPOSED, actions.GRANTED]


def test_propose_role_lasts_two_years_at_most(member, administrator):
    far = NOW + timedelta(days=5000)
    made = actions.propose_role(member, Role.ANALYST, by=administrator, at=NOW, ends_at=far)
    assert made.ends_at == NOW + actions.LONGEST


def test_a_role_that_is_held_or_proposed_is_not_proposed_again(member, author, administrator, colleague):
    propose(member, administrator)
    for who in (member, author):
        with pytest.raises(actions.RoleHeldError):
            propose(who, colleague)


@pytest.mark.parametrize("standing", [s for s in Standing if s not in {Standing.ANYONE, Standing.MEMBER}])
def test_roles_are_for_members_in_good_standing(member, administrator, colleague, standing):
    proposal = propose(member, administrator)
    Member.objects.filter(pk=member.pk).update(standing=standing)
    with pytest.raises(actions.NoMemberError):
        propose(member, administrator, Role.AUDITOR)
    with pytest.raises(actions.NoMemberError):
        actions.approve_role(proposal, by=colleague, at=NOW)


def test_a_proposal_is_decided_once_and_not_after_its_day(member, administrator, colleague):
    proposal = propose(member, administrator)
    with pytest.raises(actions.ProposalDecidedError):
        actions.approve_role(proposal, by=colleague, at=ENDS_AT)
    actions.decline_role(proposal, by=administrator, at=NOW)
    with pytest.raises(actions.ProposalDecidedError):
        actions.approve_role(proposal, by=colleague, at=NOW)


def test_end_role_leaves_two_administrators(administrator, colleague):
    third = factories.member("third", roles=[Role.ADMINISTRATOR])
    actions.end_role(third.role_grants.get(), by=administrator, at=NOW)
    with pytest.raises(actions.RoleEndedError):
        actions.end_role(third.role_grants.get(), by=administrator, at=NOW)
    with pytest.raises(actions.LastAdministratorsError):
        actions.end_role(colleague.role_grants.get(), by=administrator, at=NOW)


# Pages


@pytest.mark.parametrize("role", ["", *EVERY_ROLE])
def test_roles_is_for_administrators_and_auditors(signed_in, db, role):
    who = factories.member(roles=[role] if role else [])
    may = role in {Role.ADMINISTRATOR, Role.AUDITOR}
    assert can_see_roles(who) is may
    assert signed_in(who).get(PATH).status_code == (200 if may else 403)
    assert who.may(Permission.GRANT_ROLES) is (role == Role.ADMINISTRATOR)


def test_roles_shows_who_proposed_and_approved(signed_in, member, administrator, colleague):
    actions.approve_role(propose(member, administrator), by=colleague, at=factories.LONG_AGO)
    propose(member, administrator, Role.ORGANISER)
    text = signed_in(administrator).get(PATH).content.decode()
    assert (member.latin_name in text, "Analyst" in text, "Waiting for a second" in text) == (True, True, True)
    assert address(member, "approve", Role.ORGANISER) not in text
    assert address(member, "approve", Role.ORGANISER) in signed_in(colleague).get(PATH).content.decode()


def test_role_propose_says_what_happens_next(signed_in, member, administrator):
    client = signed_in(administrator)
    assert client.get(address(member, "propose")).status_code == 200
    assert send(client, member, "propose") == 302
    assert "Another administrator has to approve it" in client.get(PATH).content.decode()
    assert send(client, member, "propose") == 409


@pytest.mark.parametrize("change", [{"role": "king"}, {"role": "member"}, {"ends_on": ""}, {"ends_on": "2040-01-01"}])
def test_role_propose_needs_a_role_and_a_day(signed_in, member, administrator, change):
    data = {"role": "analyst", "ends_on": f"{ENDS_AT:%Y-%m-%d}", **change}
    assert signed_in(administrator).post(address(member, "propose"), data).status_code == 422


def test_role_approve_and_role_end_lead_back(signed_in, member, administrator, colleague):
    propose(member, administrator)
    assert send(signed_in(colleague), member, "approve") == 302
    assert send(signed_in(colleague), member, "approve") == 404
    assert send(signed_in(administrator), member, "end") == 302


def test_role_decline_leads_back(signed_in, member, administrator):
    propose(member, administrator)
    assert send(signed_in(administrator), member, "decline") == 302


def test_role_end_is_refused_to_auditors(signed_in, author, db):
    auditor = factories.member("auditor", roles=[Role.AUDITOR])
    assert send(signed_in(auditor), author, "end") == 403
