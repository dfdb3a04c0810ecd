"""Who has asked whom to introduce them to somebody, and what came of it?"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from congress.core.identifiers import public_id
from congress.core.roles import STANDINGS
from congress.core.states import Machine, State
from members.models.people import Member

REASON_LIMIT = 1000
_LISTED = [standing for standing, can in STANDINGS.items() if can.is_listed]


class IntroductionState(models.TextChoices):
    """Where an introduction stands."""

    ASKED = "asked", _("asked")
    PASSED_ON = "passed_on", _("passed on")
    ACCEPTED = "accepted", _("accepted")
    SET_ASIDE = "set_aside", _("set aside")


# To whoever asked, a refusal by either of the others is the same as no answer yet. Source: decision 0031.
_NO_ANSWER = _("Waits for an answer")
INTRODUCTION_STATES = Machine(
    {
        "asked": State(
            _("Waits for you to pass it on"), _NO_ANSWER, frozenset({"pass_on"}), frozenset({"passed_on", "set_aside"})
        ),
        "passed_on": State(
            _("Waits for your answer"), _NO_ANSWER, frozenset({"accept"}), frozenset({"accepted", "set_aside"})
        ),
        "accepted": State(_("Accepted"), _("You are in touch")),
        "set_aside": State(_("Put aside"), _NO_ANSWER),
    }
)


class IntroductionQuerySet(models.QuerySet["Introduction"]):
    """Words about many introductions."""

    def known_to(self, member: Member) -> "IntroductionQuerySet":
        """Those that a member may know of: what they put aside is gone for them, and for them only."""
        introduced = Q(introducer=member) & (Q(state__in=_may("pass_on")) | Q(recommendation__isnull=False))
        return self.filter(Q(asker=member) | introduced | Q(wanted=member, state__in=_may("accept")))

    def waiting_for(self, member: Member) -> "IntroductionQuerySet":
        """Those whose next step is this member's."""
        return self.filter(Q(introducer=member, state__in=_may("pass_on")) | Q(wanted=member, state__in=_may("accept")))

    def among_members(self) -> "IntroductionQuerySet":
        """Those between three people in good standing."""
        return self.filter(asker__standing__in=_LISTED, introducer__standing__in=_LISTED, wanted__standing__in=_LISTED)


class Introduction(models.Model):
    """A member asks a second one to be introduced to a third one.

    The row is deleted on its day whatever became of it; as long as it is there, nobody asks for the same again.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    asker = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="introductions_asked")
    introducer = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="introductions_made")
    wanted = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="introductions_offered")
    state = models.CharField(max_length=12, choices=IntroductionState.choices, default=IntroductionState.ASKED)
    reason = models.TextField(max_length=REASON_LIMIT)
    asked_at = models.DateTimeField()

    objects = IntroductionQuerySet.as_manager()

    class Meta:
        verbose_name = _("introduction")
        constraints = [
            models.UniqueConstraint(fields=["asker", "wanted"], name="members_introduction_once"),
            models.CheckConstraint(
                name="members_introduction_three",
                condition=~Q(asker=F("introducer")) & ~Q(asker=F("wanted")) & ~Q(introducer=F("wanted")),
            ),
            models.CheckConstraint(name="members_introduction_state", condition=Q(state__in=IntroductionState.values)),
            models.CheckConstraint(name="members_introduction_reason", condition=~Q(reason="")),
        ]
        indexes = [models.Index(fields=["asker", "asked_at"], name="members_introduction_asked")]

    def __str__(self) -> str:
        return self.public_id

    def allows(self, capability: str) -> bool:
        """Tell whether something may be done in the present state."""
        return INTRODUCTION_STATES.allows(self.state, capability)

    def awaits(self, member: Member) -> bool:
        """Tell whether the next step is this member's."""
        passes_on = self.allows("pass_on") and self.introducer_id == member.pk
        return passes_on or (self.allows("accept") and self.wanted_id == member.pk)

    @property
    def answer(self) -> str:
        """Return what whoever asked may know of it."""
        return str(INTRODUCTION_STATES.states[self.state].public_label)


class Recommendation(models.Model):
    """What the one who introduces says of the one who asked."""

    introduction = models.OneToOneField(Introduction, on_delete=models.CASCADE, related_name="recommendation")
    by = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    text = models.TextField(max_length=REASON_LIMIT)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("recommendation")
        constraints = [models.CheckConstraint(name="members_recommendation_text", condition=~Q(text=""))]

    def __str__(self) -> str:
        return f"{self.introduction_id}"


def _may(capability: str) -> tuple[str, ...]:
    return INTRODUCTION_STATES.having(capability)
