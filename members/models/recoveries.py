"""Who lost their second factor, who helps them, and how far is it?"""

from datetime import datetime, timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from congress.core.identifiers import public_id
from congress.core.roles import SIGNING_IN
from members.models.people import Member

# The code is to be typed within so long; then everybody concerned has a day to say no.
CODE_LIFETIME = timedelta(days=7)
DELAY = timedelta(hours=24)
REMINDED_AFTER = timedelta(hours=12)
WRONG_AT_MOST = 5


class RecoveryEnding(models.TextChoices):
    """How a recovery ended."""

    DONE = "done", _("the factors were taken away")
    CANCELLED = "cancelled", _("somebody said no")
    FAILED = "failed", _("too many wrong codes")
    EXPIRED = "expired", _("nobody typed the code in time")


class RecoveryQuerySet(models.QuerySet["Recovery"]):
    """Words about many recoveries."""

    def running(self) -> "RecoveryQuerySet":
        """Those that have not ended, of people who were not shut out since."""
        alive = Q(member__authz_epoch=F("epoch"), member__standing__in=SIGNING_IN)
        return self.filter(alive, ended_at__isnull=True)

    def proved(self) -> "RecoveryQuerySet":
        """Those whose code was typed: the day in which everybody can say no is running."""
        return self.running().filter(proved_at__isnull=False)

    def to_remind(self, at: datetime) -> "RecoveryQuerySet":
        """Those of which half the day is over."""
        return self.proved().filter(proved_at__lte=at - REMINDED_AFTER, reminded_at__isnull=True)

    def to_complete(self, at: datetime) -> "RecoveryQuerySet":
        """Those of which the day is over, and of which the second letter is twelve hours old."""
        return self.proved().filter(proved_at__lte=at - DELAY, reminded_at__lte=at - REMINDED_AFTER)

    def overdue(self, at: datetime) -> "RecoveryQuerySet":
        """Those whose code nobody typed in time, and those that died with a suspension or a departure."""
        waiting = Q(proved_at__isnull=True, asked_at__lte=at - CODE_LIFETIME)
        return self.filter(waiting | ~Q(pk__in=self.model.objects.running()), ended_at__isnull=True)


class Recovery(models.Model):
    """A member's way back without a second factor. Codes and links are kept as hashes."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="recoveries")
    epoch = models.PositiveIntegerField()
    asked_at = models.DateTimeField()
    mailed_digest = models.CharField(max_length=64, blank=True)
    # One for each letter: the link in the first must work as long as the one in the last.
    stop_digests = ArrayField(models.CharField(max_length=64), default=list, blank=True)
    wrong_count = models.PositiveSmallIntegerField(default=0)
    proved_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ending = models.CharField(max_length=12, choices=RecoveryEnding.choices, blank=True)

    objects = RecoveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("recovery")
        verbose_name_plural = _("recoveries")
        constraints = [
            models.UniqueConstraint(
                fields=["member"], name="members_recovery_one_open", condition=Q(ended_at__isnull=True)
            ),
            models.CheckConstraint(
                name="members_recovery_ended",
                condition=Q(ended_at__isnull=True, ending="")
                | Q(ended_at__isnull=False, ending__in=RecoveryEnding.values),
            ),
            models.CheckConstraint(
                name="members_recovery_delay",
                condition=~Q(ending="done") | Q(ended_at__gte=F("proved_at") + DELAY),
            ),
            models.CheckConstraint(
                name="members_recovery_reminded", condition=Q(reminded_at__isnull=True) | Q(proved_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.public_id

    @property
    def completes_at(self) -> datetime | None:
        """Return when the factors are taken away, unless somebody says no."""
        return self.proved_at + DELAY if self.proved_at else None


class RecoveryShare(models.Model):
    """One helper's part of the code. Without a helper it waits for any administrator."""

    recovery = models.ForeignKey(Recovery, on_delete=models.CASCADE, related_name="shares")
    helper = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    digest = models.CharField(max_length=64, blank=True)
    shown_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("share of a recovery")
        constraints = [
            # Two administrators are two people.
            models.UniqueConstraint(fields=["recovery", "helper"], name="members_recoveryshare_once_each"),
            models.CheckConstraint(
                name="members_recoveryshare_shown",
                condition=Q(shown_at__isnull=True, digest="")
                | (Q(shown_at__isnull=False, helper__isnull=False) & ~Q(digest="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.recovery_id} {self.helper_id}"
