"""What is a notice: its states, its editions, their sections and labels?"""

from datetime import date, datetime

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from congress.core.identifiers import random_code
from congress.core.labels import Labelled, Tlp
from congress.core.states import Machine, State
from congress.core.topics import Topic
from members.models import Member

# A dictionary, because asking an enumeration for a member costs a hundred times as much, ninety times a page.
TOPIC_LABELS = dict(Topic.choices)


class NoticeState(models.TextChoices):
    """Where a notice stands."""

    DRAFT = "draft", _("draft")
    IN_REVIEW = "in_review", _("in review")
    RETURNED = "returned", _("returned")
    CLEARED = "cleared", _("cleared")
    SCHEDULED = "scheduled", _("scheduled")
    PUBLISHED = "published", _("published")
    SUSPENDED = "suspended", _("suspended")
    WITHDRAWN = "withdrawn", _("withdrawn")
    EXPIRED = "expired", _("expired")


NOTICE_STATES = Machine(
    {
        "draft": State(
            _("Draft"),
            _("Draft"),
            frozenset({"edit", "submit"}),
            frozenset({"in_review"}),
        ),
        "in_review": State(_("In review"), _("In review"), frozenset({"clear"}), frozenset({"cleared", "returned"})),
        "returned": State(
            _("Returned with remarks"),
            _("Returned with remarks"),
            frozenset({"edit", "submit"}),
            frozenset({"in_review"}),
        ),
        "cleared": State(
            _("Cleared"),
            _("Cleared"),
            frozenset({"publish"}),
            frozenset({"published", "scheduled", "returned"}),
        ),
        "scheduled": State(
            _("Scheduled"), _("Scheduled"), frozenset({"unschedule"}), frozenset({"published", "cleared"})
        ),
        "published": State(
            _("Published"),
            _("Published"),
            frozenset({"read", "is_current", "confirm", "suspend", "withdraw"}),
            frozenset({"suspended", "withdrawn", "expired"}),
        ),
        "suspended": State(
            _("Suspended"),
            _("Suspended"),
            frozenset({"read_stub", "reinstate", "withdraw"}),
            frozenset({"published", "withdrawn"}),
        ),
        "withdrawn": State(_("Withdrawn"), _("Withdrawn"), frozenset({"read_stub"})),
        "expired": State(_("Expired"), _("Expired"), frozenset({"read", "withdraw"}), frozenset({"withdrawn"})),
    }
)


TONES = {
    "draft": "neutral",
    "in_review": "waiting",
    "returned": "waiting",
    "cleared": "active",
    "scheduled": "active",
    "published": "good",
    "suspended": "bad",
    "withdrawn": "bad",
    "expired": "neutral",
}


class Kind(models.TextChoices):
    """What a notice wants of its readers."""

    WARNING = "warning", _("Warning")
    REQUEST = "request", _("Request for information")
    BOTH = "both", _("Warning and request")


class Urgency(models.TextChoices):
    """Whether readers hear of it at once or with the digest."""

    ROUTINE = "routine", _("With the weekly digest")
    URGENT = "urgent", _("At once")


def notice_number(at: datetime) -> str:
    """Return a fresh number: kind, year, a random part that gives no gap away."""
    return f"PN-{at:%Y}-{random_code(5)}"


class Notice(models.Model):
    """One notice through all its editions; its state and its people of record."""

    number = models.CharField(max_length=14, unique=True)
    state = models.CharField(max_length=10, choices=NoticeState.choices, default=NoticeState.DRAFT)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.WARNING)
    urgency = models.CharField(_("sent"), max_length=8, choices=Urgency.choices, default=Urgency.ROUTINE)
    author = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="notices_written")
    cleared_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    # The first of the two publishers that TLP:RED needs; `published_by` is the second.
    approved_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    published_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    edition = models.OneToOneField("Edition", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    scheduled_for = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    suspended_at = models.DateTimeField(null=True)
    suspension_reason = models.CharField(max_length=500, blank=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawal_reason = models.CharField(max_length=500, blank=True)
    review_on = models.DateField(_("review on"), null=True, blank=True)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        constraints = [
            models.CheckConstraint(name="notices_notice_state", condition=Q(state__in=NoticeState.values)),
            models.CheckConstraint(
                name="notices_notice_four_eyes",
                condition=~Q(author=F("cleared_by")) & ~Q(author=F("published_by")) & ~Q(cleared_by=F("published_by")),
            ),
            models.CheckConstraint(
                name="notices_notice_two_publishers",
                condition=~Q(approved_by=F("author"))
                & ~Q(approved_by=F("cleared_by"))
                & ~Q(approved_by=F("published_by")),
            ),
            models.CheckConstraint(
                name="notices_notice_published",
                condition=~Q(state__in=["published", "suspended", "withdrawn", "expired"])
                | Q(published_at__isnull=False, published_by__isnull=False, cleared_by__isnull=False),
            ),
            models.CheckConstraint(
                name="notices_notice_scheduled",
                condition=Q(state="scheduled", scheduled_for__isnull=False, published_by__isnull=False)
                | (~Q(state="scheduled") & Q(scheduled_for__isnull=True)),
            ),
        ]
        indexes = [
            models.Index(fields=["-published_at", "-id"], name="notices_notice_newest"),
            models.Index(fields=["state", "changed_at"], name="notices_notice_queue"),
            models.Index(fields=["scheduled_for"], name="notices_notice_due", condition=Q(state="scheduled")),
        ]

    def __str__(self) -> str:
        return self.number

    def allows(self, capability: str) -> bool:
        """Tell whether something may be done in the present state."""
        return NOTICE_STATES.allows(self.state, capability)

    @property
    def is_stub(self) -> bool:
        """Tell whether only number, label and reason are left to show."""
        return self.allows("read_stub")

    def is_overdue(self, today: date) -> bool:
        """Tell whether readers should know that nobody has looked at it again since its day of review."""
        return self.allows("confirm") and self.review_on is not None and self.review_on < today

    @property
    def awaits_first_publisher(self) -> bool:
        """Tell whether the next yes of a publisher is the first of two."""
        return self.edition is not None and self.edition.tlp == Tlp.RED and self.approved_by_id is None

    @property
    def heading(self) -> str | Promise:
        """Return what a list calls it, as long as the edition is loaded; a stub keeps its title to itself."""
        if self.is_stub or self.edition is None:
            return _("Suspended notice") if self.is_suspended else _("Withdrawn notice")
        return self.edition.title

    @property
    def is_suspended(self) -> bool:
        """Tell whether it was taken back for a time, and may come again."""
        return self.allows("reinstate")

    @property
    def people_of_record(self) -> frozenset[int | None]:
        """Return the ids of those who wrote, cleared, approved and published it."""
        return frozenset({self.author_id, self.cleared_by_id, self.approved_by_id, self.published_by_id})

    @property
    def is_urgent(self) -> bool:
        """Tell whether readers hear of it at once."""
        return self.urgency == Urgency.URGENT

    @property
    def dated_at(self) -> datetime:
        """Return the instant that a list shows: of publication, before that of the last change."""
        return self.published_at or self.changed_at

    @property
    def tone(self) -> str:
        """Return how the present state feels to a reader."""
        return TONES[self.state]

    @property
    def state_label(self) -> str | Promise:
        """Return what the present state is called."""
        return NOTICE_STATES.states[self.state].label


class Edition(Labelled):
    """One version of a notice's text, with the label and the audience that it was written for."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="editions")
    number = models.PositiveIntegerField()
    title = models.CharField(_("title"), max_length=200)
    topics = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    countries = ArrayField(models.CharField(max_length=2), default=list, blank=True)
    chemicals = models.JSONField(default=list, blank=True)
    what_changed = models.CharField(_("what changed"), max_length=500, blank=True)
    created_at = models.DateTimeField()
    # Counts the times the text was saved: two windows on one draft notice each other by it.
    version = models.PositiveIntegerField(default=1, editable=False)
    # Derived by the actions from title, sections and chemicals; read by search only.
    search_text = models.TextField(blank=True, editable=False)
    search_vector = SearchVectorField(null=True, editable=False)

    class Meta(Labelled.Meta):
        abstract = False
        verbose_name = _("edition")
        constraints = [
            *Labelled.Meta.constraints,
            models.UniqueConstraint(fields=["notice", "number"], name="notices_edition_number"),
        ]
        indexes = [
            GinIndex(fields=["search_vector"], name="notices_edition_search"),
            GinIndex(fields=["topics"], name="notices_edition_topics"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_restricted(self) -> bool:
        """Tell whether readers acknowledge the label first and every copy carries their name: AMBER and above."""
        return Tlp(self.tlp).rank >= Tlp.AMBER.rank

    @property
    def topic_labels(self) -> list[str]:
        """Return the topics as people read them."""
        return [str(TOPIC_LABELS[topic]) for topic in self.topics if topic in TOPIC_LABELS]

    @property
    def chemical_names(self) -> list[str]:
        """Return the names of the chemicals concerned."""
        return [chemical["name"] for chemical in self.chemicals]


class SectionKind(models.TextChoices):
    """The parts of a notice, in the order of reading."""

    SUMMARY = "summary", _("Summary")
    EVENTS = "events", _("What happened")
    METHOD = "method", _("Method")
    OBJECTS = "objects", _("Objects and devices")
    CONCEALMENT = "concealment", _("Concealment")
    SIGNS = "signs", _("Outward signs for recognition")
    ADVICE = "advice", _("Protective advice")
    ASK = "ask", _("What we ask of you")
    SOURCES = "sources", _("Sources and confidence")
    CONTACT = "contact", _("Contact")


class Section(models.Model):
    """One part of an edition, with its own portion mark."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="sections")
    kind = models.CharField(_("kind"), max_length=12, choices=SectionKind.choices)
    tlp = models.CharField("TLP", max_length=16, choices=Tlp.choices)
    body = models.TextField(_("text"), max_length=20000)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("section")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "kind"], name="notices_section_once"),
            models.CheckConstraint(name="notices_section_tlp_known", condition=Q(tlp__in=Tlp.values)),
        ]

    def __str__(self) -> str:
        return self.kind


class Remark(models.Model):
    """What somebody says who sends a notice back; without a name, why the portal itself did."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="remarks")
    by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    text = models.TextField(_("remark"), max_length=4000)
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("remark")
        ordering = ["-made_at", "-pk"]
        constraints = [models.CheckConstraint(name="notices_remark_says", condition=~Q(text=""))]

    def __str__(self) -> str:
        return self.text[:60]


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


class Reading(models.Model):
    """That a member read an edition, and when they promised to handle it as its label says, if it asks for that."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="readings")
    # The index of the constraint below begins with it.
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+", db_index=False)
    read_at = models.DateTimeField()
    acknowledged_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("reading")
        constraints = [models.UniqueConstraint(fields=["member", "edition"], name="notices_reading_once")]

    def __str__(self) -> str:
        return f"{self.edition_id} read by {self.member_id}"
