"""Who may give and take roles? Two administrators give one, never to themselves; one alone may take it."""

from congress.core.roles import Permission
from members.models import Member, RoleProposal


def can_see_roles(viewer: Member) -> bool:
    """Who holds what is for administrators, and for auditors, who check them."""
    return viewer.may(Permission.GRANT_ROLES) or viewer.may(Permission.READ_JOURNAL)


def can_propose_role(viewer: Member, member: Member) -> bool:
    """An administrator proposes others, never themselves."""
    return viewer.may(Permission.GRANT_ROLES) and viewer.pk != member.pk


def can_approve_role(viewer: Member, proposal: RoleProposal) -> bool:
    """Approving takes another administrator than the one who proposed, and than the one whom it is about."""
    return viewer.may(Permission.GRANT_ROLES) and viewer.pk not in {proposal.proposed_by_id, proposal.member_id}


def can_decline_role(viewer: Member, proposal: RoleProposal) -> bool:
    """Any administrator declines, also the one who proposed: that takes nothing but the proposal away."""
    return viewer.may(Permission.GRANT_ROLES)


def can_end_role(viewer: Member) -> bool:
    """One administrator ends a role, also their own: taking away needs no second pair of eyes."""
    return viewer.may(Permission.GRANT_ROLES)
