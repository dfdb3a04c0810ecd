"""Why was a case opened again, what was the applicant asked, and who objected?"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from congress.core.sealed import SealedTextField
from members.models.applications import Application
from members.models.people import Member


class Origin(models.TextChoices):
    """Why a case has another round."""

    OBJECTION = "objection", _("an objection was upheld")
    APPEAL = "appeal", _("the applicant appealed")
    SPONSOR = "sponsor", _("a sponsor took back their word")


class Reopening(models.Model):
    """A case was opened again: the number of the new round, why, and in whose words."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="reopenings")
    round = models.PositiveSmallIntegerField()
    origin = models.CharField(max_length=16, choices=Origin.choices)
    text = SealedTextField(max_length=2000, blank=True)
    # Empty where no officer did it: the applicant appealed, or a sponsor wrote by a private link.
    officer = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    reopened_at = models.DateTimeField()

    class Meta:
        verbose_name = _("reopening")
        constraints = [
            models.UniqueConstraint(fields=["application", "round"], name="members_reopening_once"),
            models.UniqueConstraint(
                fields=["application"], name="members_reopening_one_appeal", condition=Q(origin=Origin.APPEAL)
            ),
            models.CheckConstraint(name="members_reopening_round", condition=Q(round__gt=1)),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.round}"


class QuestionQuerySet(models.QuerySet["Question"]):
    """Words about many questions."""

    def open(self) -> "QuestionQuerySet":
        """Those that were neither answered nor given up."""
        return self.filter(answered_at__isnull=True, given_up_at__isnull=True)


class Question(models.Model):
    """What the network asks an applicant, and the answer. The only words of the desk that an applicant reads."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="questions")
    round = models.PositiveSmallIntegerField()
    officer = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    text = SealedTextField(_("question"), max_length=2000)
    asked_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True)
    answer = SealedTextField(_("answer"), max_length=3000, blank=True)
    answered_at = models.DateTimeField(null=True)
    # An officer went on without an answer, or the case was closed.
    given_up_at = models.DateTimeField(null=True)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question")
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                name="members_question_one_open",
                condition=Q(answered_at__isnull=True, given_up_at__isnull=True),
            ),
            models.CheckConstraint(name="members_question_not_empty", condition=~Q(text="")),
            models.CheckConstraint(
                name="members_question_answered",
                condition=Q(answer="", answered_at__isnull=True) | (~Q(answer="") & Q(answered_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.asked_at:%Y-%m-%d}"


class ObjectionQuerySet(models.QuerySet["Objection"]):
    """Words about many objections."""

    def open(self) -> "ObjectionQuerySet":
        """Those that nobody has settled."""
        return self.filter(settled_at__isnull=True)


class Objection(models.Model):
    """Somebody in the network is against a provisional member. Officers read it, and nobody else."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="objections")
    round = models.PositiveSmallIntegerField()
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    text = SealedTextField(_("objection"), max_length=2000)
    raised_at = models.DateTimeField()
    is_upheld = models.BooleanField(null=True)
    settlement = SealedTextField(_("reason"), max_length=2000, blank=True)
    settled_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)

    objects = ObjectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("objection")
        constraints = [
            models.UniqueConstraint(fields=["application", "round", "member"], name="members_objection_once_each"),
            models.CheckConstraint(name="members_objection_not_empty", condition=~Q(text="")),
            models.CheckConstraint(name="members_objection_not_self", condition=~Q(settled_by=F("member"))),
            models.CheckConstraint(
                name="members_objection_settled",
                condition=Q(settled_at__isnull=True, settled_by__isnull=True, is_upheld__isnull=True, settlement="")
                | (Q(settled_at__isnull=False, settled_by__isnull=False, is_upheld__isnull=False) & ~Q(settlement="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.raised_at:%Y-%m-%d}"
