"""Who wants to be forgotten, and what remains so that whoever was erased is noticed when they come back?"""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from congress.core.roles import Standing
from members.models.people import Member

# So long everybody may change their mind.
GRACE = timedelta(days=14)


class ErasureQuerySet(models.QuerySet["Erasure"]):
    """Words about many erasures."""

    def open(self) -> "ErasureQuerySet":
        """Those that were neither taken back nor done."""
        return self.filter(cancelled_at__isnull=True, done_at__isnull=True)

    def due(self, at: datetime) -> "ErasureQuerySet":
        """Those whose time to change one's mind is over; a suspension is not escaped by being forgotten."""
        return self.open().filter(asked_at__lte=at - GRACE).exclude(member__standing=Standing.SUSPENDED)


class Erasure(models.Model):
    """A member's wish that everything personal is emptied."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="erasures")
    asked_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)

    objects = ErasureQuerySet.as_manager()

    class Meta:
        verbose_name = _("erasure")
        constraints = [
            models.UniqueConstraint(
                fields=["member"],
                name="members_erasure_one_open",
                condition=Q(cancelled_at__isnull=True, done_at__isnull=True),
            ),
            models.CheckConstraint(
                name="members_erasure_ended", condition=Q(cancelled_at__isnull=True) | Q(done_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} {self.asked_at:%Y-%m-%d}"

    @property
    def due_at(self) -> datetime:
        """Return when nothing can be taken back any more."""
        return self.asked_at + GRACE


class ErasedKey(models.Model):
    """A keyed hash of an address or a name of somebody who was erased. It says nothing of whose it was."""

    digest = models.CharField(max_length=64, unique=True)
    noted_at = models.DateTimeField()

    class Meta:
        verbose_name = _("key of somebody erased")
        verbose_name_plural = _("keys of people erased")

    def __str__(self) -> str:
        return self.digest
