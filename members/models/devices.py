"""Which browsers need no second factor for a while?"""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from congress.core.identifiers import public_id
from members.models.people import Member

DEVICE_LIFETIME = timedelta(days=14)


class RememberedDeviceQuerySet(models.QuerySet["RememberedDevice"]):
    """Words about many browsers."""

    def in_force(self, at: datetime) -> "RememberedDeviceQuerySet":
        """Those whose time is not over."""
        return self.filter(expires_at__gt=at)


class RememberedDevice(models.Model):
    """A browser that showed a second factor once and holds a token since; only its digest is kept."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="remembered_devices")
    digest = models.CharField(max_length=64, unique=True)
    # Of password, second factors and epoch: with a change of any of them it is dead.
    proof = models.CharField(max_length=64)
    user_agent = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    objects = RememberedDeviceQuerySet.as_manager()

    class Meta:
        verbose_name = _("remembered browser")
        constraints = [
            models.CheckConstraint(
                name="members_remembereddevice_span",
                condition=Q(expires_at__gt=F("made_at")) & Q(expires_at__lte=F("made_at") + DEVICE_LIFETIME),
            )
        ]

    def __str__(self) -> str:
        return self.public_id
