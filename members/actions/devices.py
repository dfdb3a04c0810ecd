"""How does a browser come to be remembered, and how is it forgotten?"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from congress.core import journal
from congress.core.errors import DomainError, permit
from congress.core.identifiers import secret_token, token_digest
from members.models import DEVICE_LIFETIME, Member, RememberedDevice
from members.policies import can_be_remembered, devices_of
from members.queries.devices import device_proof

_OWN = "the member did it and sees it in their list"
REMEMBERED = journal.event("members.device.remembered", _("A member had a browser remembered."), silent=_OWN)
FORGOTTEN = journal.event("members.device.forgotten", _("A member had a browser forgotten."), silent=_OWN)


class DeviceForgottenError(DomainError):
    """It is forgotten already, or its time is over."""

    code = "device_forgotten"
    message = _("This browser is not remembered any more. Nothing was changed.")


@transaction.atomic
def remember_device(member: Member, *, at: datetime, user_agent: str) -> str:
    """Remember a browser that has just shown a second factor; returns its token. Raises: NotPermittedError."""
    locked = Member.objects.select_for_update().get(pk=member.pk)
    permit(can_be_remembered(locked, at))
    token = secret_token()
    made = RememberedDevice.objects.create(
        member=locked,
        digest=token_digest(token),
        proof=device_proof(locked),
        user_agent=user_agent[:200],
        made_at=at,
        expires_at=at + DEVICE_LIFETIME,
    )
    journal.record(REMEMBERED, target=made, by=locked, at=at)
    return token


@transaction.atomic
def forget_device(public_id: str, *, by: Member, at: datetime) -> None:
    """Forget one of the member's own browsers. Raises: DeviceForgottenError."""
    locked = devices_of(by).in_force(at).select_for_update().filter(public_id=public_id).first()
    if locked is None:
        raise DeviceForgottenError
    journal.record(FORGOTTEN, target=locked, by=by, at=at)
    locked.delete()
