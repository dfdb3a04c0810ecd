"""What do officers decide about an application, and how long did it stay in each stage?"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from members.models.applications import Application
from members.models.people import Member
from members.models.stages import ApplicationState


class Decision(models.Model):
    """One officer's word in one round; two in favour let a person in, one against ends it."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="decisions")
    round = models.PositiveSmallIntegerField(default=1)
    officer = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    in_favour = models.BooleanField()
    reason = models.TextField(_("reason"), max_length=2000)
    decided_at = models.DateTimeField()

    class Meta:
        verbose_name = _("decision")
        constraints = [
            models.UniqueConstraint(fields=["application", "round", "officer"], name="members_decision_once_each"),
            models.CheckConstraint(name="members_decision_reasoned", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.in_favour}"


class Passage(models.Model):
    """The time of one application in one stage."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="passages")
    round = models.PositiveSmallIntegerField()
    stage = models.CharField(max_length=12, choices=ApplicationState.choices)
    entered_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("passage")
        constraints = [
            models.UniqueConstraint(
                fields=["application"], name="members_passage_one_present", condition=Q(left_at__isnull=True)
            ),
            models.CheckConstraint(
                name="members_passage_span", condition=Q(left_at__isnull=True) | Q(left_at__gte=F("entered_at"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.stage}"
