"""How does somebody come to hold a role, and how does it end?"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from congress.core import journal
from congress.core.errors import DomainError, permit
from congress.core.roles import Role, Standing
from members.models import Member, Recovery, RoleGrant, RoleProposal
from members.policies import can_approve_role, can_decline_role, can_end_role, can_propose_role

LONGEST = timedelta(days=2 * 365)
FEWEST_ADMINISTRATORS = 2

_SHOWN = "the page of roles shows it to every administrator and auditor"
PROPOSED = journal.event("members.role.proposed", _("An administrator proposed a role."), silent=_SHOWN)
GRANTED = journal.event("members.role.granted", _("A second administrator approved a role."), silent=_SHOWN)
DECLINED = journal.event("members.role.declined", _("An administrator declined a role."), silent=_SHOWN)
ENDED = journal.event("members.role.ended", _("An administrator ended a role before its day."), silent=_SHOWN)

SECOND_PERSON = _("Another administrator than the one who proposed must approve, and never the person concerned.")
NEVER_ONESELF = _("Nobody proposes a role for themselves.")


class RoleHeldError(DomainError):
    """The member has the role, or it is proposed already."""

    code = "role_held"
    message = _("This person holds the role already, or it is proposed for them.")


class NoMemberError(DomainError):
    """Roles are for members in good standing."""

    code = "no_member"
    message = _("Only a member in good standing can be given a role.")


class ProposalDecidedError(DomainError):
    """A colleague was faster, or the end date has passed."""

    code = "proposal_decided"
    message = _("This proposal is decided on already, or its end date has passed. Nothing was changed.")


class RoleEndedError(DomainError):
    """The role is over."""

    code = "role_ended"
    message = _("This role has ended already. Nothing was changed.")


class LastAdministratorsError(DomainError):
    """With fewer than two administrators nobody could ever be given a role again."""

    code = "last_administrators"
    message = _("Two administrators must remain, or nobody could be given a role any more.")


class BeingRecoveredError(DomainError):
    """One helper is enough for a member without a role; what was begun so must not end as the way into a role."""

    code = "being_recovered"
    message = _("This person is getting a lost second factor back. Give the role when that is over.")


@transaction.atomic
def propose_role(member: Member, role: Role, *, by: Member, at: datetime, ends_at: datetime) -> RoleProposal:
    """Propose a role until an instant, at most two years ahead; a second administrator decides.

    Raises: NotPermittedError, NoMemberError, RoleHeldError.
    """
    permit(can_propose_role(by, member), NEVER_ONESELF)
    locked = Member.objects.select_for_update().get(pk=member.pk)
    if locked.standing != Standing.MEMBER:
        raise NoMemberError
    if _holds(locked, role, at) or RoleProposal.objects.filter(member=locked, role=role, decided_at=None).exists():
        raise RoleHeldError
    made = RoleProposal.objects.create(
        member=locked, role=role, ends_at=min(ends_at, at + LONGEST), proposed_by=by, proposed_at=at
    )
    journal.record(PROPOSED, target=locked, by=by, at=at, role=role, proposal=made.pk)
    return made


@transaction.atomic
def approve_role(proposal: RoleProposal, *, by: Member, at: datetime) -> RoleGrant:
    """Make a grant of another administrator's proposal.

    Raises: NotPermittedError, ProposalDecidedError, NoMemberError, RoleHeldError, BeingRecoveredError.
    """
    locked = _locked(proposal)
    permit(can_approve_role(by, locked), SECOND_PERSON)
    if locked.ends_at <= at:
        raise ProposalDecidedError
    if locked.member.standing != Standing.MEMBER:
        raise NoMemberError
    if _holds(locked.member, locked.role, at):
        raise RoleHeldError
    if Recovery.objects.running().filter(member=locked.member).exists():
        raise BeingRecoveredError
    grant = RoleGrant.objects.create(
        member=locked.member, role=locked.role, granted_by=by, begins_at=at, ends_at=locked.ends_at
    )
    _decide(locked, by, at, grant)
    journal.record(GRANTED, target=locked.member, by=by, at=at, role=locked.role, proposal=locked.pk)
    return grant


@transaction.atomic
def decline_role(proposal: RoleProposal, *, by: Member, at: datetime) -> RoleProposal:
    """Put a proposal aside. Raises: NotPermittedError, ProposalDecidedError."""
    locked = _locked(proposal)
    permit(can_decline_role(by, locked))
    _decide(locked, by, at, None)
    journal.record(DECLINED, target=locked.member, by=by, at=at, role=locked.role, proposal=locked.pk)
    return locked


@transaction.atomic
def end_role(grant: RoleGrant, *, by: Member, at: datetime) -> RoleGrant:
    """End a role now. Raises: NotPermittedError, RoleEndedError, LastAdministratorsError."""
    permit(can_end_role(by))
    held = _locked_holders(grant.role, at)
    locked = next((each for each in held if each.pk == grant.pk), None)
    if locked is None:
        raise RoleEndedError
    _leave_enough(held)
    locked.ends_at = max(at, locked.begins_at + timedelta(microseconds=1))
    locked.save(update_fields=["ends_at"])
    journal.record(ENDED, target=locked.member, by=by, at=at, role=locked.role, grant=locked.pk)
    return locked


def require_administrators_besides(member: Member, *, at: datetime) -> None:
    """Let nobody be put out whom the network needs to give roles. Raises: LastAdministratorsError."""
    held = _locked_holders(Role.ADMINISTRATOR, at)
    if any(each.member_id == member.pk for each in held):
        _leave_enough(held)


def _locked_holders(role: str, at: datetime) -> list[RoleGrant]:
    """Lock all grants of a role, so that two administrators can't end each other's at the same instant."""
    return list(RoleGrant.objects.filter(role=role).in_force(at).order_by("pk").select_for_update())


def _leave_enough(held: list[RoleGrant]) -> None:
    holders = {each.member_id for each in held if each.role == Role.ADMINISTRATOR}
    if holders and len(holders) <= FEWEST_ADMINISTRATORS:
        raise LastAdministratorsError


def _holds(member: Member, role: str, at: datetime) -> bool:
    return RoleGrant.objects.in_force(at).filter(member=member, role=role).exists()


def _locked(proposal: RoleProposal) -> RoleProposal:
    rows = RoleProposal.objects.select_related("member").select_for_update(of=("self", "member"))
    locked = rows.get(pk=proposal.pk)
    if locked.decided_at is not None:
        raise ProposalDecidedError
    return locked


def _decide(proposal: RoleProposal, by: Member, at: datetime, grant: RoleGrant | None) -> None:
    proposal.decided_by, proposal.decided_at, proposal.grant = by, at, grant
    proposal.save(update_fields=["decided_by", "decided_at", "grant"])
