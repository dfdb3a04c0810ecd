"""Who are the members, where do they work, and how were they let in? One module for each subject."""

from members.models.applications import (
    APPLICATION_STATES,
    CLOSED_LIFETIME,
    LINK_LIFETIME,
    Application,
    ApplicationState,
    Decision,
)
from members.models.membership import Affiliation, Departure, Suspension
from members.models.modules import CODE_VERSION, LIFETIME_DAYS, WARNINGS, Completion, CompletionQuerySet, Module
from members.models.names import NameAudience, NameKey, NameKind
from members.models.people import PROOF_CHOICES, Member, MemberManager, MemberQuerySet, Organisation, RoleGrant
from members.models.profiles import Profile
from members.models.roles import RoleProposal

__all__ = [
    "APPLICATION_STATES",
    "CLOSED_LIFETIME",
    "CODE_VERSION",
    "LIFETIME_DAYS",
    "LINK_LIFETIME",
    "PROOF_CHOICES",
    "WARNINGS",
    "Affiliation",
    "Application",
    "ApplicationState",
    "Completion",
    "CompletionQuerySet",
    "Decision",
    "Departure",
    "Member",
    "MemberManager",
    "MemberQuerySet",
    "Module",
    "NameAudience",
    "NameKey",
    "NameKind",
    "Organisation",
    "Profile",
    "RoleGrant",
    "RoleProposal",
    "Suspension",
]
