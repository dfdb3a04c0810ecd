"""Since when does a member work where, how did that end, and who is shut out for a time?"""

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from congress.core.roles import Standing
from congress.core.sealed import SealedTextField
from members.models.people import Member, Organisation


class Departure(models.TextChoices):
    """Who said that a person works there no more."""

    LEFT = "left", _("said so themselves")
    NO_LONGER_OURS = "no_longer_ours", _("the focal point said so")
    OFFICER = "officer", _("a vetting officer said so")


class AffiliationQuerySet(models.QuerySet["Affiliation"]):
    """Words about many affiliations."""

    def present(self) -> "AffiliationQuerySet":
        """Those that have not ended."""
        return self.filter(ended_on__isnull=True)


class Affiliation(models.Model):
    """A member's time with one organisation. The database keeps the present one equal to `Member.organisation`."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="affiliations")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="affiliations")
    # Written down when it ends: until then the profile says it.
    position = models.CharField(_("position"), max_length=160, blank=True)
    began_on = models.DateField()
    confirmed_on = models.DateField(null=True)
    confirmed_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    ended_on = models.DateField(null=True)
    ended_how = models.CharField(max_length=16, choices=Departure.choices, blank=True)
    ended_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    note = SealedTextField(_("note"), max_length=2000, blank=True)
    moved_to = models.CharField(_("new organisation"), max_length=200, blank=True)

    objects = AffiliationQuerySet.as_manager()

    class Meta:
        verbose_name = _("affiliation")
        constraints = [
            models.UniqueConstraint(
                fields=["member"], name="members_affiliation_one_present", condition=Q(ended_on__isnull=True)
            ),
            models.CheckConstraint(
                name="members_affiliation_span", condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("began_on"))
            ),
            models.CheckConstraint(
                name="members_affiliation_ended",
                condition=Q(ended_on__isnull=True, ended_how="", ended_by__isnull=True, moved_to="")
                | Q(ended_on__isnull=False, ended_how__in=Departure.values),
            ),
            models.CheckConstraint(
                name="members_affiliation_confirmed",
                condition=Q(confirmed_by__isnull=True) | Q(confirmed_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} {self.organisation_id}"


class SuspensionQuerySet(models.QuerySet["Suspension"]):
    """Words about many suspensions."""

    def open(self) -> "SuspensionQuerySet":
        """Those that nobody and no date has lifted."""
        return self.filter(lifted_at__isnull=True)

    def over(self, at: datetime) -> "SuspensionQuerySet":
        """Open ones whose end has come."""
        return self.open().filter(ends_at__lte=at)


class Suspension(models.Model):
    """A member is shut out for a reason and until a date, and then is what they were before."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="suspensions")
    standing_before = models.CharField(max_length=12, choices=Standing.of_people())
    reason = SealedTextField(_("reason"), max_length=2000)
    begun_at = models.DateTimeField()
    begun_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    ends_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)
    # Empty where the date lifted it.
    lifted_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")

    objects = SuspensionQuerySet.as_manager()

    class Meta:
        verbose_name = _("suspension")
        constraints = [
            models.UniqueConstraint(
                fields=["member"], name="members_suspension_one_open", condition=Q(lifted_at__isnull=True)
            ),
            models.CheckConstraint(name="members_suspension_not_self", condition=~Q(begun_by=F("member"))),
            models.CheckConstraint(name="members_suspension_not_lifted_by_self", condition=~Q(lifted_by=F("member"))),
            models.CheckConstraint(name="members_suspension_span", condition=Q(ends_at__gt=F("begun_at"))),
            models.CheckConstraint(name="members_suspension_reasoned", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} {self.begun_at:%Y-%m-%d}"
