"""How does a stranger ask to become a member, and how far has the application come?"""

from datetime import datetime, timedelta

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower, Upper
from django.utils.translation import gettext_lazy as _

from congress.core.addresses import domain_of
from congress.core.identifiers import public_id
from congress.core.languages import Spoken
from congress.core.roles import Standing
from congress.core.sealed import SealedTextField
from congress.core.sectors import Sector
from congress.core.topics import Expertise, Topic
from members.models.people import Member, Organisation
from members.models.stages import APPLICATION_STATES, TONES, ApplicationState

# How long a person has to open the mailed link and send the form, and how long a decision can be looked up.
LINK_LIFETIME = timedelta(days=14)
CLOSED_LIFETIME = timedelta(days=90)
UNSENT, UNDER_WAY = APPLICATION_STATES.having("expire"), APPLICATION_STATES.having("work")


class NameOrder(models.TextChoices):
    """Which part of a name comes first."""

    GIVEN_FIRST = "given_first", _("Given name first, then the family name")
    FAMILY_FIRST = "family_first", _("Family name first, then the given name")
    ONE_NAME = "one_name", _("There is no family name")


class Purpose(models.TextChoices):
    """What an applicant agrees to, each for itself."""

    VETTING = "vetting", _("Officers of the network read my application and compare it with what is known.")
    SPONSORS = "sponsors", _("The sponsors whom I name are asked about me, and their answers are kept in confidence.")
    CALL_BACK = "call_back", _("Officers may ring my organisation or my supervisor to make sure that I work there.")
    DIRECTORY = "directory", _("If I am admitted, vetted members see my name, organisation, position and expertise.")


class Knock(models.Model):
    """Somebody gave an address to apply with, or to invite. Whose it is, a task finds out, and forgets the knock."""

    email = models.EmailField(_("e-mail address"))
    knocked_at = models.DateTimeField()
    # The focal point who invites the person behind the address, if one does.
    invited_by = models.ForeignKey(Member, on_delete=models.CASCADE, null=True, related_name="+")

    class Meta:
        verbose_name = _("knock")

    def __str__(self) -> str:
        return f"{self.knocked_at:%Y-%m-%d %H:%M}"


class Application(models.Model):
    """A stranger's request to join, with the address proved before anything else is asked."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    token_digest = models.CharField(max_length=64, unique=True)
    state = models.CharField(max_length=12, choices=ApplicationState.choices, default=ApplicationState.UNVERIFIED)
    email = models.EmailField(_("e-mail address"))
    latin_name = models.CharField(_("name in Latin letters, as in the passport"), max_length=200, blank=True)
    native_name = models.CharField(_("name in own script"), max_length=200, blank=True)
    name_order = models.CharField(_("order of names"), max_length=12, choices=NameOrder.choices, blank=True)
    other_names = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    sector = models.CharField(_("sector"), max_length=32, choices=Sector.choices, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    # Chosen from those that own the domain of the proved address; the name alone is a proposal.
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="applications")
    organisation_name = models.CharField(_("organisation"), max_length=200, blank=True)
    position = models.CharField(_("position"), max_length=160, blank=True)
    supervisor_name = SealedTextField(_("supervisor"), max_length=200, blank=True)
    supervisor_contact = SealedTextField(_("telephone or e-mail of the supervisor"), max_length=200, blank=True)
    expertise = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    topics = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    # Pairs of a code and a level, in the order given.
    languages = models.JSONField(default=list, blank=True)
    motivation = SealedTextField(_("why you want to join"), max_length=3000, blank=True)
    consents = ArrayField(models.CharField(max_length=12, choices=Purpose.choices), default=list, blank=True)
    # An invitation by a focal point stands for both sponsors.
    nominated_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="nominations")
    nominated_at = models.DateTimeField(null=True)
    begun_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    # Whoever left and applied again has several.
    member = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="applications")
    # A case that is opened again is a new round; what was said and decided in those before stays theirs.
    round = models.PositiveSmallIntegerField(default=1)
    stage_since = models.DateTimeField(null=True)
    due_on = models.DateField(null=True)
    assigned_to = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    assigned_at = models.DateTimeField(null=True)
    call_wanted_at = models.DateTimeField(null=True)
    # The vetting leads were told that this stage takes too long.
    escalated_at = models.DateTimeField(null=True)
    # Those who may object to the provisional member were told of this objection window.
    announced_at = models.DateTimeField(null=True)
    # How the names sound, so that the same person is found again under another spelling.
    sounds = ArrayField(models.CharField(max_length=400), default=list)
    # Keyed hashes of address, names and sounds of whoever was refused: what is left when the name is forgotten.
    kept_keys = ArrayField(models.CharField(max_length=64), default=list)

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="members_application_one_open",
                condition=Q(state__in=[*UNSENT, *UNDER_WAY]),
            ),
            models.CheckConstraint(
                name="members_application_submitted",
                condition=Q(state__in=UNSENT) | Q(submitted_at__isnull=False),
            ),
            models.CheckConstraint(
                name="members_application_closed",
                condition=Q(state__in=[*UNSENT, *UNDER_WAY], closed_at__isnull=True)
                | (~Q(state__in=[*UNSENT, *UNDER_WAY]) & Q(closed_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="members_application_clocked",
                condition=~Q(state__in=UNDER_WAY) | Q(stage_since__isnull=False, due_on__isnull=False),
            ),
            models.CheckConstraint(
                name="members_application_assigned",
                condition=Q(assigned_to__isnull=True, assigned_at__isnull=True)
                | Q(assigned_to__isnull=False, assigned_at__isnull=False),
            ),
            models.CheckConstraint(
                name="members_application_nominated",
                condition=Q(nominated_by__isnull=True, nominated_at__isnull=True)
                | Q(nominated_by__isnull=False, nominated_at__isnull=False, organisation__isnull=False),
            ),
        ]
        indexes = [
            models.Index(Upper("email"), name="members_application_address"),
            models.Index(fields=["state", "submitted_at"], name="members_application_queue"),
            models.Index(fields=["due_on", "id"], name="members_application_due", condition=Q(state__in=UNDER_WAY)),
            models.Index(fields=["-closed_at", "-id"], name="members_application_done"),
            GinIndex(fields=["sounds"], name="members_application_sounds"),
            GinIndex(fields=["kept_keys"], name="members_application_kept"),
        ]

    def __str__(self) -> str:
        return self.latin_name or self.public_id

    def allows(self, capability: str) -> bool:
        """Tell whether something may be done in the present state."""
        return APPLICATION_STATES.allows(self.state, capability)

    @property
    def is_of_member(self) -> bool:
        """Tell whether this is the case of somebody who was let in and has not left. Needs the member loaded."""
        return self.member is not None and self.member.standing != Standing.FORMER

    @property
    def is_forgotten(self) -> bool:
        """Tell whether the time of the names is over; only how the case ended is known."""
        return self.submitted_at is not None and not self.latin_name

    @property
    def public_label(self) -> str:
        """Return the state in the applicant's words."""
        return str(APPLICATION_STATES.states[self.state].public_label)

    @property
    def staff_label(self) -> str:
        """Return the state in the officers' words."""
        return str(APPLICATION_STATES.states[self.state].label)

    @property
    def tone(self) -> str:
        """Return how the state is drawn."""
        return TONES.get(self.state, "neutral")

    @property
    def expertise_labels(self) -> list[str]:
        """Return the fields of expertise in words."""
        return [str(Expertise(value).label) for value in self.expertise]

    @property
    def topic_labels(self) -> list[str]:
        """Return the topics of interest in words."""
        return [str(Topic(value).label) for value in self.topics]

    @property
    def spoken(self) -> list[Spoken]:
        """Return the languages with their levels, in the order given."""
        return [Spoken(code, level) for code, level in self.languages]

    @property
    def language_labels(self) -> list[str]:
        """Return the languages in the reader's language, each with its level."""
        return [each.label for each in self.spoken]

    @property
    def consent_labels(self) -> list[str]:
        """Return the sentences to which the applicant agreed."""
        return [str(each.label) for each in Purpose if each.value in self.consents]

    @property
    def mail_domain(self) -> str:
        """Return the part of the address that an organisation vouches for."""
        return domain_of(self.email)

    def link_works(self, at: datetime) -> bool:
        """Tell whether the private link still leads here: unfinished ones expire, closed ones are shown for a time."""
        if self.allows("expire"):
            return at < self.begun_at + LINK_LIFETIME
        return self.closed_at is None or at < self.closed_at + CLOSED_LIFETIME
