"""What is a notice through all its editions, and who are its people of record?"""

from datetime import UTC, date, datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from congress.core.identifiers import random_code
from congress.core.labels import Labelled, Tlp
from members.models import Member
from notices.models.states import NOTICE_STATES, TONES, NoticeState

# Since when TLP:RED has needed a second publisher: what went out before that names nobody who did not approve it.
TWO_PUBLISHERS_SINCE = datetime(2026, 11, 22, tzinfo=UTC)


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


class Notice(Labelled):
    """One notice through all its editions; its state and its people of record.

    Its label columns are those of its edition: the database copies them, so that who may read is decided on one row.
    Nothing else writes them.
    """

    number = models.CharField(max_length=14, unique=True)
    state = models.CharField(max_length=10, choices=NoticeState.choices, default=NoticeState.DRAFT)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.WARNING)
    urgency = models.CharField(_("sent"), max_length=8, choices=Urgency.choices, default=Urgency.ROUTINE)
    author = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="notices_written")
    cleared_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    # The first of the two publishers that TLP:RED needs; `published_by` is the second.
    approved_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    published_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    # Who else writes it. An array, so that one row decides who may read.
    coauthors = ArrayField(models.BigIntegerField(), default=list, blank=True)
    # The bodies asked to stand behind it that have not declined; what each answered is a Cosponsorship.
    cosponsors = ArrayField(models.BigIntegerField(), default=list, blank=True)
    # The notice that this one, while it is drafted and checked, will be the next edition of.
    updates = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="pending_update")
    edition = models.OneToOneField("Edition", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    scheduled_for = models.DateTimeField(null=True)
    # Of the edition in force: an updated notice is news again, in the list and in the digest.
    published_at = models.DateTimeField(null=True)
    suspended_at = models.DateTimeField(null=True)
    suspension_reason = models.CharField(max_length=500, blank=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawal_reason = models.CharField(max_length=500, blank=True)
    review_on = models.DateField(_("review on"), null=True, blank=True)
    # What the edition in force is about, as words that the list filters and counts by: "topic drones", "country FR",
    # "chemical chlorine", "cas 7782-50-5". A stub has none. The database writes it.
    subjects = ArrayField(models.TextField(), default=list, blank=True, editable=False)

    class Meta(Labelled.Meta):
        abstract = False
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        constraints = [
            *Labelled.Meta.constraints,
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
            models.CheckConstraint(
                name="notices_notice_suspended",
                condition=Q(state="suspended", suspended_at__isnull=False)
                | (~Q(state="suspended") & Q(suspended_at__isnull=True)),
            ),
            # Without an edition there is no text yet that a label could stand on.
            models.CheckConstraint(
                name="notices_notice_red_approved",
                condition=~Q(tlp=Tlp.RED, state__in=["published", "suspended", "withdrawn", "expired"])
                | Q(approved_by__isnull=False)
                | Q(edition__isnull=True)
                | Q(published_at__lt=TWO_PUBLISHERS_SINCE),
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
        record = {self.author_id, self.cleared_by_id, self.approved_by_id, self.published_by_id}
        return frozenset({*record, *self.coauthors})

    @property
    def writers(self) -> frozenset[int]:
        """Return the ids of those who write it, and therefore neither clear nor publish it."""
        return frozenset({self.author_id, *self.coauthors})

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
    def kind_label(self) -> str | Promise:
        """Return what it wants of its readers, in words; Django's own way compares all kinds first, for each row."""
        return Kind(self.kind).label

    @property
    def state_label(self) -> str | Promise:
        """Return what the present state is called."""
        return NOTICE_STATES.states[self.state].label
