"""How does a member get a copy of everything about them: asked for, prepared by a task, fetched once?"""

import json
from datetime import datetime

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from congress.core import crypto, journal, personal
from congress.core.errors import DomainError
from congress.core.identifiers import secret_token, token_digest
from members.models import DataCopy, Member
from members.policies import own_copies

ASKED = journal.event("members.copy.asked", _("A member asked for a copy of their own data."))
FETCHED = journal.event(
    "members.copy.fetched", _("A member fetched a copy of their own data."), silent="they have just done it themselves"
)


class CopyWaitingError(DomainError):
    """One is on its way or waits to be fetched."""

    code = "copy_waiting"
    message = _("A copy is on its way, or waits to be fetched: look at your mail.")


class CopyGoneError(DomainError):
    """It was fetched, or its seven days are over."""

    code = "copy_gone"
    message = _("This copy was fetched already, or its seven days are over. Ask for a new one.")


@transaction.atomic
def ask_for_copy(*, by: Member, at: datetime) -> DataCopy:
    """Ask for a copy of one's own data. Raises: CopyWaitingError."""
    locked = Member.objects.select_for_update().get(pk=by.pk)
    if own_copies(locked).waiting(at).exists():
        raise CopyWaitingError
    made = DataCopy.objects.create(member=locked, epoch=locked.authz_epoch, asked_at=at)
    journal.record(ASKED, target=locked, by=by, at=at, copy=made.pk)
    return made


def prepare_copy(pk: int, *, at: datetime) -> tuple[DataCopy, str] | None:
    """Fill a copy that still waits, sealed; returns it with the token of its link, or None. No person does."""
    copy = DataCopy.objects.waiting(at).select_for_update(of=("self",)).select_related("member").filter(pk=pk).first()
    if copy is None or not copy.member.is_active:
        return None
    text = json.dumps(personal.copy_of(copy.member_id, at=at), cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)
    token = secret_token()
    copy.sealed_text, copy.token_digest, copy.ready_at = crypto.seal(text), token_digest(token), at
    copy.save(update_fields=["sealed_text", "token_digest", "ready_at"])
    return copy, token


@transaction.atomic
def fetch_copy(token: str, *, by: Member, at: datetime) -> str:
    """Return the text of a copy to the member whose it is, and forget it. Raises: CopyGoneError."""
    ready = own_copies(by).to_fetch(at).select_for_update(of=("self",))
    copy = ready.filter(token_digest=token_digest(token)).first()
    if copy is None:
        raise CopyGoneError
    text = crypto.unseal(copy.sealed_text)
    copy.sealed_text, copy.fetched_at = "", at
    copy.save(update_fields=["sealed_text", "fetched_at"])
    journal.record(FETCHED, target=by, by=by, at=at, copy=copy.pk)
    return text
