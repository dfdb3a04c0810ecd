"""Is this browser one that a member has remembered, and which ones are?"""

from datetime import datetime

from allauth.mfa.internal.flows.trust import create_config_fingerprint
from django.utils.crypto import constant_time_compare, salted_hmac

from congress.core.identifiers import token_digest
from members.models import Member, RememberedDevice
from members.policies import can_be_remembered, devices_of


def device_proof(member: Member) -> str:
    """Return what ties a browser to the member as they are: password, second factors and epoch; one query."""
    proof = f"{create_config_fingerprint(member)} {member.authz_epoch}"
    return salted_hmac("members.device", proof, algorithm="sha256").hexdigest()


def is_remembered(member: Member, token: str, at: datetime) -> bool:
    """Tell whether a token spares this member the second factor now; three queries at most."""
    if not token or not can_be_remembered(member, at):
        return False
    device = devices_of(member).in_force(at).filter(digest=token_digest(token)).first()
    return device is not None and constant_time_compare(device.proof, device_proof(member))


def remembered_devices(member: Member, at: datetime) -> list[RememberedDevice]:
    """Return the browsers that are remembered still, the newest first; three queries at most."""
    if not can_be_remembered(member, at):
        return []
    found = list(devices_of(member).in_force(at).order_by("-made_at", "-pk"))
    proof = device_proof(member) if found else ""
    return [device for device in found if device.proof == proof]
