"""What must a member prove each year, and until when is it proved?"""

from datetime import date, timedelta

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from congress.core.roles import Standing
from members.models.people import Member

LIFETIME_DAYS = 365
# The version that is in force; whoever agreed to an older one agrees anew within the first warning's time.
CODE_VERSION = "1"
# So many days before a module expires a member hears of it, and not again for the same day.
WARNINGS = (30, 14, 3)


class Module(models.TextChoices):
    """One thing that a membership rests on."""

    IDENTITY = "identity", _("Identity")
    AFFILIATION = "affiliation", _("Organisation")
    CODE_OF_CONDUCT = "code_of_conduct", _("Code of conduct")
    PROFILE = "profile", _("Profile")
    SECOND_FACTOR = "second_factor", _("Second factor")


class CompletionQuerySet(models.QuerySet["Completion"]):
    """Words about many completions."""

    def in_force(self) -> "CompletionQuerySet":
        """Those of members in good standing: nobody else is warned, or lapses."""
        return self.filter(member__standing=Standing.MEMBER)

    def expiring(self, by: date) -> "CompletionQuerySet":
        """Those that expire on a day or before."""
        return self.filter(expires_on__lte=by)

    def unwarned(self, days: int) -> "CompletionQuerySet":
        """Those of which the member has not heard at this distance, or nearer."""
        return self.filter(Q(warned_days__isnull=True) | Q(warned_days__gt=days))

    def first_to_expire(self) -> "CompletionQuerySet":
        """Of each member those that expire first: one letter speaks of all that follow."""
        sooner = Completion.objects.filter(member=OuterRef("member"), expires_on__lt=OuterRef("expires_on"))
        return self.exclude(Exists(sooner))


class Completion(models.Model):
    """A module as a member last completed it, and the day on which that is not enough any more."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="completions")
    module = models.CharField(max_length=16, choices=Module.choices)
    completed_at = models.DateTimeField()
    # The member, or the focal point; empty where it was derived from the day of joining.
    completed_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    version = models.CharField(max_length=16, blank=True)
    expires_on = models.DateField()
    warned_days = models.PositiveSmallIntegerField(null=True)

    objects = CompletionQuerySet.as_manager()

    class Meta:
        verbose_name = _("completion")
        constraints = [
            models.UniqueConstraint(fields=["member", "module"], name="members_completion_once"),
            models.CheckConstraint(name="members_completion_module", condition=Q(module__in=Module.values)),
            models.CheckConstraint(
                name="members_completion_version",
                condition=Q(module=Module.CODE_OF_CONDUCT) & ~Q(version="")
                | ~Q(module=Module.CODE_OF_CONDUCT) & Q(version=""),
            ),
            models.CheckConstraint(
                name="members_completion_warned", condition=Q(warned_days__isnull=True) | Q(warned_days__in=WARNINGS)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} {self.module}"

    def days_left(self, today: date) -> int:
        """Return in how many days it expires; nothing or less once it has."""
        return (self.expires_on - today) // timedelta(days=1)
