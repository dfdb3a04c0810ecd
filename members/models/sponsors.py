"""Who vouches for an applicant, and what did they say?"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from congress.core.addresses import domain_of, one_domain
from congress.core.identifiers import public_id
from congress.core.names import folded
from congress.core.roles import SIGNING_IN
from congress.core.sealed import SealedTextField
from congress.core.states import Machine, State
from members.models.applications import Application
from members.models.people import Member

# So long a sponsor's link takes an answer, counted from the last letter.
SPONSOR_LIFETIME = timedelta(days=14)
SPONSORS_NEEDED = 2
# Nobody writes to the whole world by naming one sponsor after the other.
SPONSORS_AT_MOST = 6


class SponsorState(models.TextChoices):
    """Where a sponsor stands."""

    NAMED = "named", _("named, not asked yet")
    ASKED = "asked", _("asked")
    ATTESTED = "attested", _("vouched")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("withdrawn")


SPONSOR_STATES = Machine(
    {
        "named": State(_("Not asked yet"), _("Not asked yet"), leads_to=frozenset({"asked"})),
        "asked": State(
            _("No answer yet"),
            _("We wait for your answer"),
            frozenset({"answer"}),
            frozenset({"asked", "attested", "declined"}),
        ),
        "attested": State(_("Vouched"), _("You vouched"), frozenset({"count", "withdraw"}), frozenset({"withdrawn"})),
        "declined": State(_("Declined"), _("You declined")),
        "withdrawn": State(_("Withdrawn"), _("You withdrew what you had said")),
    }
)

_TONES = {"asked": "waiting", "attested": "good", "declined": "bad", "withdrawn": "bad"}


class Attestation(models.TextChoices):
    """The fixed sentences that a sponsor ticks."""

    KNOWS = "knows", _("I know the applicant personally, and the name above is theirs.")
    WORKS_THERE = "works_there", _("I know that they work for this organisation, in this position.")
    HAS_THE_TASK = "has_the_task", _("Their work is to keep chemicals from being misused.")
    TRUSTS = "trusts", _("I would share sensitive information with them.")
    MET = "met", _("I have met them in person more than once.")
    WORKED_TOGETHER = "worked_together", _("We have worked together in the last two years.")


# Without these nobody is vouched for; the others say how well the sponsor knows the applicant.
NEEDED_ATTESTATIONS = [
    Attestation.KNOWS.value,
    Attestation.WORKS_THERE.value,
    Attestation.HAS_THE_TASK.value,
    Attestation.TRUSTS.value,
]


class SponsorQuerySet(models.QuerySet["Sponsor"]):
    """Words about many sponsors."""

    def counting(self) -> "SponsorQuerySet":
        """Those who vouched and whose word holds: not a member's who was shut out since."""
        word_holds = Q(member__isnull=True) | Q(member__standing__in=SIGNING_IN)
        return self.filter(word_holds, state__in=SPONSOR_STATES.having("count"))

    def awaited(self, at: datetime) -> "SponsorQuerySet":
        """Those whose link still takes an answer."""
        return self.filter(state__in=SPONSOR_STATES.having("answer"), asked_at__gt=at - SPONSOR_LIFETIME)

    def of(self, member: Member) -> "SponsorQuerySet":
        """Those who are this member, by the row or by the address."""
        return self.filter(Q(member=member) | Q(email__iexact=member.email))


class Sponsor(models.Model):
    """A person whom an applicant named, member or not, with their answer. The applicant never learns it."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="sponsors")
    # Empty only as long as the applicant is still writing.
    name = models.CharField(_("name"), max_length=200, blank=True)
    organisation_name = models.CharField(_("organisation"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    # Who has this address in the network, as far as that was so when they were asked.
    member = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="sponsorships")
    # The member's when the link was made: a link does not outlive a suspension.
    authz_epoch = models.PositiveIntegerField(null=True)
    state = models.CharField(max_length=12, choices=SponsorState.choices, default=SponsorState.NAMED)
    token_digest = models.CharField(max_length=64, blank=True)
    asked_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    attestations = ArrayField(models.CharField(max_length=16, choices=Attestation.choices), default=list, blank=True)
    comment = SealedTextField(_("comment"), max_length=2000, blank=True)
    withdrawal_reason = SealedTextField(_("reason"), max_length=2000, blank=True)

    objects = SponsorQuerySet.as_manager()

    class Meta:
        verbose_name = _("sponsor")
        constraints = [
            models.UniqueConstraint("application", Lower("email"), name="members_sponsor_once", condition=~Q(email="")),
            models.CheckConstraint(
                name="members_sponsor_whole",
                condition=Q(state="named") | (~Q(name="") & ~Q(organisation_name="") & ~Q(email="")),
            ),
            models.UniqueConstraint(
                fields=["token_digest"], name="members_sponsor_token", condition=~Q(token_digest="")
            ),
            models.CheckConstraint(name="members_sponsor_state", condition=Q(state__in=SponsorState.values)),
            models.CheckConstraint(
                name="members_sponsor_asked",
                condition=Q(state="named", asked_at__isnull=True) | Q(asked_at__isnull=False),
            ),
            models.CheckConstraint(
                name="members_sponsor_answered",
                condition=Q(state__in=["named", "asked"], answered_at__isnull=True)
                | (~Q(state__in=["named", "asked"]) & Q(answered_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="members_sponsor_withdrawn",
                condition=(Q(state="withdrawn", withdrawn_at__isnull=False) & ~Q(withdrawal_reason=""))
                | (~Q(state="withdrawn") & Q(withdrawn_at__isnull=True, withdrawal_reason="")),
            ),
            models.CheckConstraint(
                name="members_sponsor_attested",
                condition=~Q(state="attested") | Q(attestations__contains=NEEDED_ATTESTATIONS),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def allows(self, capability: str) -> bool:
        """Tell whether something may be done in the present state."""
        return SPONSOR_STATES.allows(self.state, capability)

    @property
    def staff_label(self) -> str:
        """Return the state in the officers' words."""
        return str(SPONSOR_STATES.states[self.state].label)

    @property
    def own_label(self) -> str:
        """Return the state in the sponsor's words."""
        return str(SPONSOR_STATES.states[self.state].public_label)

    @property
    def tone(self) -> str:
        """Return how the state is drawn."""
        return _TONES.get(self.state, "neutral")

    @property
    def mail_domain(self) -> str:
        """Return the part of the address that an organisation vouches for."""
        return domain_of(self.email)

    @property
    def attestation_labels(self) -> list[str]:
        """Return the sentences that were ticked, in their order."""
        return [str(each.label) for each in Attestation if each.value in self.attestations]

    @property
    def is_shut_out(self) -> bool:
        """Tell whether this is a member who is not let in at present. Needs the member loaded."""
        return self.member is not None and not self.member.is_active

    @property
    def expires_at(self) -> datetime | None:
        """Return until when the link takes an answer."""
        return self.asked_at + SPONSOR_LIFETIME if self.asked_at else None

    def is_awaited(self, at: datetime) -> bool:
        """Tell whether an answer can still come."""
        return self.allows("answer") and self.expires_at is not None and at < self.expires_at

    def speaks_for_the_body_of(self, other: "Sponsor") -> bool:
        """Tell whether two sponsors are of one organisation, as far as it is known. Needs both members loaded."""
        mine = self.member.organisation_id if self.member else None
        theirs = other.member.organisation_id if other.member else None
        if mine is not None and theirs is not None:
            return mine == theirs
        return folded(self.organisation_name) == folded(other.organisation_name) or one_domain(
            self.mail_domain, other.mail_domain
        )


def of_different_bodies(sponsors: Iterable[Sponsor]) -> list[Sponsor]:
    """Return the first sponsor of each organisation, in the order given."""
    chosen: list[Sponsor] = []
    for sponsor in sponsors:
        if not any(sponsor.speaks_for_the_body_of(other) for other in chosen):
            chosen.append(sponsor)
    return chosen
