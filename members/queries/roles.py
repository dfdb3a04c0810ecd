"""Who holds which role, since when and until when, and what waits for a second administrator?"""

from datetime import datetime

from django.db.models import QuerySet

from members.models import Member, RoleGrant, RoleProposal
from members.policies import can_see_roles


def roles_in_force(viewer: Member, at: datetime) -> "QuerySet[RoleGrant]":
    """Return the grants in force, role by role, with holder, proposer and approver loaded; one query."""
    if not can_see_roles(viewer):
        return RoleGrant.objects.none()
    people = ("member__organisation", "granted_by", "proposal__proposed_by")
    return RoleGrant.objects.in_force(at).select_related(*people).order_by("role", "member__sort_name", "pk")


def open_proposals(viewer: Member) -> "QuerySet[RoleProposal]":
    """Return the proposals that nobody has decided on, the oldest first, with the people loaded."""
    if not can_see_roles(viewer):
        return RoleProposal.objects.none()
    return (
        RoleProposal.objects.filter(decided_at__isnull=True)
        .select_related("member__organisation", "proposed_by")
        .order_by("proposed_at", "pk")
    )
