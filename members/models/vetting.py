"""What do officers decide about an application, and how long did it stay in each stage?"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from congress.core.sealed import SealedTextField
from members.models.applications import Application
from members.models.people import Member
from members.models.stages import ApplicationState


class Ground(models.TextChoices):
    """Why an officer is for or against, from a list: the applicant is told its public sentence, and nothing else."""

    EMPLOYED = "employed", _("The organisation confirmed the person and the position")
    KNOWN = "known", _("Known from joint work")
    NEEDED = "needed", _("The network needs this expertise, region or sector")
    UNCONFIRMED = "unconfirmed", _("Identity or position could not be confirmed")
    OUTSIDE = "outside", _("The work lies outside the network’s task")
    UNKNOWN = "unknown", _("Nobody can vouch for the person well enough")
    INCOMPLETE = "incomplete", _("Questions stayed open")
    CONCERN = "concern", _("There is a concern about security")


FOR = (Ground.EMPLOYED, Ground.KNOWN, Ground.NEEDED)
AGAINST = (Ground.UNCONFIRMED, Ground.OUTSIDE, Ground.UNKNOWN, Ground.INCOMPLETE, Ground.CONCERN)
# A concern has no sentence of its own: the letter must not tell somebody that they were seen through.
TOLD = {
    Ground.UNCONFIRMED: _("We could not confirm what you told us about yourself or your position."),
    Ground.OUTSIDE: _("Your work does not meet the tasks that the network has."),
    Ground.UNKNOWN: _("We need people who know you and your work better to vouch for you."),
    Ground.INCOMPLETE: _("Some of our questions stayed open."),
}


class Decision(models.Model):
    """One officer's word in one round; two in favour let a person in, one against ends it."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="decisions")
    round = models.PositiveSmallIntegerField(default=1)
    officer = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    in_favour = models.BooleanField()
    grounds = ArrayField(models.CharField(max_length=16, choices=Ground.choices), default=list)
    reason = SealedTextField(_("reason"), max_length=2000)
    decided_at = models.DateTimeField()
    # The time of the officer's own words is over.
    is_forgotten = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("decision")
        constraints = [
            models.UniqueConstraint(fields=["application", "round", "officer"], name="members_decision_once_each"),
            models.CheckConstraint(name="members_decision_reasoned", condition=~Q(reason="") | Q(is_forgotten=True)),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.in_favour}"

    @property
    def ground_labels(self) -> list[str]:
        """Return the reasons from the list in the officers' words."""
        return [str(Ground(value).label) for value in self.grounds]


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
