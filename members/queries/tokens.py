"""Which tokens has a member made, and whose is the one that a program shows?"""

from dataclasses import dataclass
from datetime import datetime

from django.utils.crypto import constant_time_compare

from congress.core.identifiers import token_digest
from members.models import ApiToken, Member, Scope
from members.policies import can_make_token, tokens_of

# The scopes that an address of the interface may ask for.
PEOPLE, NETWORK = Scope.DIRECTORY, Scope.NETWORK


@dataclass(frozen=True)
class Bearer:
    """Who reads, by which token; the member as a session loads them."""

    member: Member
    token: ApiToken


def own_tokens(viewer: Member) -> list[ApiToken]:
    """Return a member's tokens, the newest first, also those that are over."""
    return list(tokens_of(viewer).order_by("-pk"))


def bearer(text: str, at: datetime) -> Bearer | None:
    """Return whose token this is, if it opens anything now; two queries.

    It must be in force; its member must be in good standing with a second factor set, and have the password and the
    epoch with which it was made. No token carries a role: an officer's program reads like any member's.
    """
    token = ApiToken.objects.in_force(at).filter(digest=token_digest(text)).first()
    if token is None:
        return None
    member = Member.objects.with_rights(at).select_related("organisation").get(pk=token.member_id)
    vars(member)["loaded_roles"] = []
    is_same = constant_time_compare(token.proof, member.get_session_auth_hash())
    return Bearer(member, token) if member.is_active and is_same and can_make_token(member) else None
