"""What is kept of the checking of a notice: remarks, answers, and what compliance let through?"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from members.models import Member, Organisation
from notices.models.editions import Edition, SectionKind
from notices.models.notices import Notice


class Remark(models.Model):
    """What somebody says who sends a notice back; without a name, why the portal itself did."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="remarks")
    by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    text = models.TextField(_("remark"), max_length=4000)
    # Which section it is about, and the words it is about, as they stood; both may be empty.
    section = models.CharField(max_length=20, blank=True)
    quote = models.CharField(max_length=500, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("remark")
        ordering = ["-made_at", "-pk"]
        constraints = [models.CheckConstraint(name="notices_remark_says", condition=~Q(text=""))]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def section_label(self) -> str:
        """Return what the section is called that it is about, or nothing if it is about the whole."""
        return str(SectionKind(self.section).label) if self.section else ""


class Question(models.TextChoices):
    """What a compliance officer answers before a notice is cleared, each as a sentence that must be true."""

    PURPOSE = "purpose", _("It serves prevention or an enquiry of the network, and says which.")
    SOURCE = "source", _("Its sources were lawful and may be passed on to this audience.")
    PERSONAL_DATA = "personal_data", _("It holds no personal data, or only what is needed and lawful.")
    NEUTRALITY = "neutrality", _("It is neutral: no politics, no religion, no race, no military matter.")
    NO_RECIPE = "no_recipe", _("It teaches nobody how to do harm: no amounts, steps or parameters.")
    LABEL_FITS = "label_fits", _("Its label fits its audience, section by section.")


class Check(models.Model):
    """One question answered with yes by a compliance officer, for the text as it stood then; never changed."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="checks")
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="+")
    version = models.PositiveIntegerField()
    question = models.CharField(max_length=14, choices=Question.choices)
    note = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("check")
        constraints = [
            # A notice that was returned after it was cleared is checked again: another round, another instant.
            models.UniqueConstraint(fields=["notice", "made_at", "question"], name="notices_check_once_a_round"),
            models.CheckConstraint(name="notices_check_question", condition=Q(question__in=Question.values)),
        ]

    def __str__(self) -> str:
        return self.question


class Override(models.Model):
    """That a compliance officer let a passage through which reads like a recipe, and why.

    It holds for these very words: a passage that is changed is judged again.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="overrides")
    # Of the passage, as congress.core.recipes computes it.
    digest = models.CharField(max_length=64)
    passage = models.CharField(max_length=1000)
    reason = models.CharField(_("reason"), max_length=500)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("override")
        constraints = [
            models.UniqueConstraint(fields=["edition", "digest"], name="notices_override_once"),
            models.CheckConstraint(name="notices_override_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return self.reason


class Cosponsorship(models.Model):
    """That a body was asked to stand behind a notice, and what it answered."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="cosponsorships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    agreed = models.BooleanField(null=True)
    # The version of the text that was agreed to: a later one is asked about again.
    version = models.PositiveIntegerField(null=True)
    remark = models.CharField(_("remark"), max_length=500, blank=True)
    answered_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("co-sponsorship")
        constraints = [
            models.UniqueConstraint(fields=["notice", "organisation"], name="notices_cosponsorship_once"),
            models.CheckConstraint(
                name="notices_cosponsorship_answered",
                condition=Q(agreed__isnull=True, answered_by__isnull=True, answered_at__isnull=True)
                | Q(agreed__isnull=False, answered_by__isnull=False, answered_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.notice_id} {self.organisation_id}"
