"""Who are the members, where do they work, and how were they let in? One module for each subject."""

from members.models.applications import (
    CLOSED_LIFETIME,
    LINK_LIFETIME,
    UNDER_WAY,
    UNSENT,
    Application,
    NameOrder,
    Purpose,
)
from members.models.conversations import (
    CONVERSATION_LIFETIME,
    MESSAGE_LIMIT,
    Block,
    Conversation,
    ConversationQuerySet,
    Message,
    MessageReport,
)
from members.models.fields import FIELDS, SEARCH_TEXTS, Field, FieldAudience, Shown, Use
from members.models.groups import ROTATION_REMINDERS, Group, GroupKind, Seat, SeatProposal, Term, TermQuerySet
from members.models.membership import Affiliation, Departure, Suspension
from members.models.modules import CODE_VERSION, LIFETIME_DAYS, WARNINGS, Completion, CompletionQuerySet, Module
from members.models.names import NameKey, NameKind
from members.models.people import PROOF_CHOICES, Member, MemberManager, MemberQuerySet, Organisation, RoleGrant
from members.models.profiles import Profile
from members.models.roles import RoleProposal
from members.models.sponsors import (
    NEEDED_ATTESTATIONS,
    SPONSOR_LIFETIME,
    SPONSOR_STATES,
    SPONSORS_AT_MOST,
    SPONSORS_NEEDED,
    Attestation,
    Sponsor,
    SponsorState,
    of_different_bodies,
)
from members.models.stages import APPLICATION_STATES, WORKING_DAYS, ApplicationState, due_on
from members.models.vetting import Decision, Passage

__all__ = [
    "APPLICATION_STATES",
    "CLOSED_LIFETIME",
    "CODE_VERSION",
    "CONVERSATION_LIFETIME",
    "FIELDS",
    "LIFETIME_DAYS",
    "LINK_LIFETIME",
    "MESSAGE_LIMIT",
    "NEEDED_ATTESTATIONS",
    "PROOF_CHOICES",
    "ROTATION_REMINDERS",
    "SEARCH_TEXTS",
    "SPONSORS_AT_MOST",
    "SPONSORS_NEEDED",
    "SPONSOR_LIFETIME",
    "SPONSOR_STATES",
    "UNDER_WAY",
    "UNSENT",
    "WARNINGS",
    "WORKING_DAYS",
    "Affiliation",
    "Application",
    "ApplicationState",
    "Attestation",
    "Block",
    "Completion",
    "CompletionQuerySet",
    "Conversation",
    "ConversationQuerySet",
    "Decision",
    "Departure",
    "Field",
    "FieldAudience",
    "Group",
    "GroupKind",
    "Member",
    "MemberManager",
    "MemberQuerySet",
    "Message",
    "MessageReport",
    "Module",
    "NameKey",
    "NameKind",
    "NameOrder",
    "Organisation",
    "Passage",
    "Profile",
    "Purpose",
    "RoleGrant",
    "RoleProposal",
    "Seat",
    "SeatProposal",
    "Shown",
    "Sponsor",
    "SponsorState",
    "Suspension",
    "Term",
    "TermQuerySet",
    "Use",
    "due_on",
    "of_different_bodies",
]
