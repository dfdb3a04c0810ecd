"""What did officers check, whom did they ring, and what did they note about a case?"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from congress.core.sealed import SealedTextField
from members.models.applications import Application
from members.models.people import Member
from members.models.stages import ApplicationState


class CheckItem(models.TextChoices):
    """One thing that officers look at."""

    IDENTITY = "identity", _("The name is that of a person who really works in the field")
    BODY = "body", _("The organisation exists and does what the application says")
    ADDRESS = "address", _("The address belongs to the organisation")
    NAMESAKES = "namesakes", _("Earlier applications and people of the same name were looked at")
    TASK = "task", _("The work meets the network’s task")
    INDEPENDENT = "independent", _("I read the application itself, not only my colleague’s notes")
    CALL = "call", _("The number that was rung was found independently of the applicant")


# What must be answered in a stage before an officer says yes in it.
CHECKLIST: dict[str, tuple[CheckItem, ...]] = {
    ApplicationState.OPEN: (
        CheckItem.IDENTITY, CheckItem.BODY, CheckItem.ADDRESS, CheckItem.NAMESAKES, CheckItem.TASK,
    ),
    ApplicationState.SECONDED: (CheckItem.INDEPENDENT, CheckItem.CALL),
}  # fmt: skip


class CheckAnswer(models.TextChoices):
    """What came of looking at it."""

    YES = "yes", _("Yes")
    NO = "no", _("No")
    BESIDE_THE_POINT = "beside", _("Does not apply")


class Check(models.Model):
    """One item of the checklist, answered in one round."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="checks")
    round = models.PositiveSmallIntegerField()
    item = models.CharField(max_length=16, choices=CheckItem.choices)
    answer = models.CharField(max_length=8, choices=CheckAnswer.choices)
    officer = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField()

    class Meta:
        verbose_name = _("check")
        constraints = [
            models.UniqueConstraint(fields=["application", "round", "item"], name="members_check_once"),
            models.CheckConstraint(name="members_check_answer", condition=Q(answer__in=CheckAnswer.values)),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.item}"


class NumberSource(models.TextChoices):
    """Where the number came from that was rung."""

    PUBLIC = "public", _("the organisation’s public site, or a directory")
    NETWORK = "network", _("the network’s own records")
    AUTHORITY = "authority", _("an authority or embassy")
    APPLICANT = "applicant", _("the applicant")


class CallOutcome(models.TextChoices):
    """What came of the call."""

    CONFIRMED = "confirmed", _("confirmed")
    NOT_REACHED = "not_reached", _("nobody reached")
    DENIED = "denied", _("not confirmed")


class CallbackQuerySet(models.QuerySet["Callback"]):
    """Words about many calls."""

    def counting(self) -> "CallbackQuerySet":
        """Those that confirm a person: a number that the applicant gave leads to whomever the applicant wants."""
        return self.filter(outcome=CallOutcome.CONFIRMED).exclude(number_source=NumberSource.APPLICANT)


class Callback(models.Model):
    """A call on a second channel, which an impostor's mailbox does not answer."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="callbacks")
    round = models.PositiveSmallIntegerField()
    officer = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    reached = SealedTextField(_("who answered"), max_length=200, blank=True)
    number = SealedTextField(_("number"), max_length=40)
    number_source = models.CharField(_("where the number comes from"), max_length=16, choices=NumberSource.choices)
    outcome = models.CharField(_("outcome"), max_length=16, choices=CallOutcome.choices)
    called_at = models.DateTimeField(_("when"))
    recorded_at = models.DateTimeField()

    objects = CallbackQuerySet.as_manager()

    class Meta:
        verbose_name = _("call-back")
        constraints = [
            models.CheckConstraint(
                name="members_callback_reached", condition=~Q(outcome=CallOutcome.CONFIRMED) | ~Q(reached="")
            ),
            models.CheckConstraint(name="members_callback_over", condition=Q(called_at__lte=models.F("recorded_at"))),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.outcome}"


class Note(models.Model):
    """What an officer writes for the others. The applicant never reads it."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="notes")
    round = models.PositiveSmallIntegerField()
    officer = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    text = SealedTextField(_("note"), max_length=2000)
    written_at = models.DateTimeField()

    class Meta:
        verbose_name = _("note")
        constraints = [models.CheckConstraint(name="members_note_not_empty", condition=~Q(text=""))]

    def __str__(self) -> str:
        return f"{self.application_id} {self.written_at:%Y-%m-%d}"
