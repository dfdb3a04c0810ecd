"""What becomes of a member's wish to attend a meeting?"""

from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from congress.core.identifiers import public_id
from congress.core.states import Machine, State
from events.models.meetings import Meeting
from members.models import Member


class RegistrationState(models.TextChoices):
    """Where a registration stands."""

    APPLIED = "applied", _("applied")
    ELIGIBLE = "eligible", _("eligible")
    OFFERED = "offered", _("offered")
    CONFIRMED = "confirmed", _("confirmed")
    WAITING = "waiting", _("waiting")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("withdrawn")
    REFUSED = "refused", _("refused")
    ATTENDED = "attended", _("attended")
    ABSENT = "absent", _("absent")


REGISTRATION_STATES = Machine(
    {
        "applied": State(
            _("Applied"),
            _("We have your registration; the organisers decide on it"),
            frozenset({"is_open", "approve", "refuse", "withdraw"}),
            frozenset({"confirmed", "waiting", "refused", "withdrawn"}),
        ),
        "eligible": State(
            _("Eligible"),
            _("You are eligible; a seat follows"),
            frozenset({"is_open", "approve", "refuse", "withdraw"}),
            frozenset({"offered", "confirmed", "waiting", "refused", "withdrawn"}),
        ),
        "offered": State(
            _("Offered"),
            _("A seat is held for you"),
            frozenset({"is_open", "holds_seat", "withdraw"}),
            frozenset({"confirmed", "declined", "withdrawn"}),
        ),
        "confirmed": State(
            _("Confirmed"),
            _("You have a seat"),
            frozenset({"is_open", "holds_seat", "withdraw", "refuse"}),
            frozenset({"withdrawn", "refused", "attended", "absent"}),
        ),
        "waiting": State(
            _("Waiting list"),
            _("All seats are taken; you are on the waiting list"),
            frozenset({"is_open", "approve", "refuse", "withdraw"}),
            frozenset({"offered", "confirmed", "refused", "withdrawn"}),
        ),
        "declined": State(_("Declined"), _("You declined the seat")),
        "withdrawn": State(_("Withdrawn"), _("You withdrew your registration")),
        "refused": State(_("Refused"), _("The organisers could not give you a seat")),
        "attended": State(_("Attended"), _("You were there"), frozenset({"is_open", "holds_seat"})),
        "absent": State(_("Absent"), _("You did not come"), frozenset({"is_open", "holds_seat"})),
    }
)


def tone_of(state: str) -> str:
    """Return how good a state is for the member, in the words of the design: good, waiting, neutral or bad."""
    if REGISTRATION_STATES.allows(state, "holds_seat"):
        return "good"
    if REGISTRATION_STATES.allows(state, "is_open"):
        return "waiting"
    return "bad" if state == RegistrationState.REFUSED else "neutral"


class Registration(models.Model):
    """A member's wish to attend a meeting, and what became of it."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="registrations")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="registrations")
    state = models.CharField(max_length=10, choices=RegistrationState.choices, default=RegistrationState.APPLIED)
    needs = models.TextField(_("anything the organisers should know"), max_length=1000, blank=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    applied_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "member"],
                name="events_registration_one_open",
                condition=Q(state__in=REGISTRATION_STATES.having("is_open")),
            ),
            models.CheckConstraint(name="events_registration_state", condition=Q(state__in=RegistrationState.values)),
        ]
        indexes = [models.Index(fields=["meeting", "state", "applied_at"], name="events_registration_queue")]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.state}"

    def allows(self, capability: str) -> bool:
        """Tell whether something may be done in the present state."""
        return REGISTRATION_STATES.allows(self.state, capability)

    @property
    def label(self) -> str | Promise:
        """Return what organisers call the present state."""
        return REGISTRATION_STATES.states[self.state].label

    @property
    def public_state(self) -> str | Promise:
        """Return what the member is told about the present state."""
        return REGISTRATION_STATES.states[self.state].public_label

    @property
    def tone(self) -> str:
        """Return how good the present state is for the member."""
        return tone_of(self.state)

    @property
    def is_open(self) -> bool:
        """Tell whether this registration is neither withdrawn, refused nor declined."""
        return self.allows("is_open")
