"""Whose browsers are whose, and who may have one remembered?"""

from datetime import datetime

from django.conf import settings

from members.models import Member, RememberedDevice, RememberedDeviceQuerySet, RoleGrant


def devices_of(viewer: Member) -> RememberedDeviceQuerySet:
    """Return a member's own remembered browsers; nobody sees another's."""
    return RememberedDevice.objects.filter(member=viewer)


def can_be_remembered(member: Member, at: datetime) -> bool:
    """Where the installation allows it, and never for whoever holds a role; asked at each use; one query at most."""
    allowed = settings.REMEMBER_BROWSERS and member.is_active
    return allowed and not RoleGrant.objects.in_force(at).filter(member=member).exists()
