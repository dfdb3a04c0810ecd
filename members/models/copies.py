"""Who asked for a copy of their own data, and how far is it?"""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from members.models.people import Member

COPY_LIFETIME = timedelta(days=7)


class DataCopyQuerySet(models.QuerySet["DataCopy"]):
    """Words about many copies."""

    def waiting(self, at: datetime) -> "DataCopyQuerySet":
        """Those that are prepared or about to be, not fetched, not too old, and from before no shutting out."""
        fresh = self.filter(asked_at__gt=at - COPY_LIFETIME, fetched_at__isnull=True)
        return fresh.filter(member__authz_epoch=F("epoch"))

    def to_fetch(self, at: datetime) -> "DataCopyQuerySet":
        """Those that are ready."""
        return self.waiting(at).filter(ready_at__isnull=False)


class DataCopy(models.Model):
    """Everything about one member in one file, kept sealed until it is fetched, once."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="data_copies")
    epoch = models.PositiveIntegerField()
    asked_at = models.DateTimeField()
    ready_at = models.DateTimeField(null=True)
    token_digest = models.CharField(max_length=64, blank=True)
    sealed_text = models.TextField(blank=True)
    fetched_at = models.DateTimeField(null=True)

    objects = DataCopyQuerySet.as_manager()

    class Meta:
        verbose_name = _("copy of own data")
        verbose_name_plural = _("copies of own data")
        constraints = [
            models.CheckConstraint(
                name="members_datacopy_fetched", condition=Q(fetched_at__isnull=True) | Q(sealed_text="")
            ),
            models.CheckConstraint(
                name="members_datacopy_ready",
                condition=Q(ready_at__isnull=True, sealed_text="", token_digest="")
                | (Q(ready_at__isnull=False) & ~Q(token_digest="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} {self.asked_at:%Y-%m-%d}"
