"""How does a member let a program read for them, and how does that end?"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from congress.core import journal
from congress.core.errors import DomainError, permit
from congress.core.identifiers import secret_token, token_digest
from members.models import TOKENS_AT_MOST, ApiToken, Member, Scope
from members.policies import can_make_token, tokens_of

# A busy program is not written down at every request.
NOTED_EVERY = timedelta(minutes=1)

MADE = journal.event("members.token.made", _("A member made a token for a program."))
REVOKED = journal.event(
    "members.token.revoked", _("A member ended a token."), silent="the member did it and sees it in their list"
)


class TooManyTokensError(DomainError):
    """Nobody can look after so many."""

    code = "too_many_tokens"
    message = _("You have 10 tokens in force, and that is the most. Revoke one that you no longer use first.")


class TokenOverError(DomainError):
    """It is over already."""

    code = "token_over"
    message = _("This token is over already. Nothing was changed.")


@transaction.atomic
def make_token(
    member: Member, *, by: Member, at: datetime, name: str, scopes: Sequence[Scope], days: int
) -> tuple[ApiToken, str]:
    """Make a token for a number of days, at most 90; returns the row and the token, which is kept nowhere.

    Raises: NotPermittedError, TooManyTokensError.
    """
    permit(by.pk == member.pk and can_make_token(by))
    locked = Member.objects.select_for_update().get(pk=member.pk)
    if tokens_of(locked).in_force(at).count() >= TOKENS_AT_MOST:
        raise TooManyTokensError
    token = f"congress_{secret_token()}"
    made = ApiToken.objects.create(
        member=locked,
        name=name,
        scopes=list(scopes),
        digest=token_digest(token),
        proof=locked.get_session_auth_hash(),
        made_at=at,
        expires_at=at + timedelta(days=days),
    )
    journal.record(MADE, target=made, by=by, at=at, scopes=made.scopes, days=days)
    return made, token


@transaction.atomic
def revoke_token(token: ApiToken, *, by: Member, at: datetime) -> ApiToken:
    """End a token now. Raises: NotPermittedError, TokenOverError."""
    locked = tokens_of(by).select_for_update().filter(pk=token.pk).first()
    permit(locked is not None)
    if locked is None or locked.revoked_at is not None or locked.expires_at <= at:
        raise TokenOverError
    locked.revoked_at = at
    locked.save(update_fields=["revoked_at"])
    journal.record(REVOKED, target=locked, by=by, at=at)
    return locked


def note_use(token: ApiToken, *, at: datetime, address: str | None) -> None:
    """Write down that a token was used, and from where, once a minute at most."""
    stale = Q(last_used_at__isnull=True) | Q(last_used_at__lt=at - NOTED_EVERY)
    ApiToken.objects.filter(stale, pk=token.pk).update(last_used_at=at, last_used_from=address)
