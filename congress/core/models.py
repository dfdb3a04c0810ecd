"""What does the core itself remember? The journal, its seal, who was told, and what was dispatched."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

# The application's database role may add rows to these tables, and never change or delete one.
APPEND_ONLY = ("core_entry", "core_seal")


class Entry(models.Model):
    """One thing that happened: audit trail, event and outbox in one row, never changed afterwards."""

    event = models.CharField(max_length=80)
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    target_kind = models.CharField(max_length=60)
    target_id = models.BigIntegerField(null=True)
    data = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("journal entry")
        verbose_name_plural = _("journal entries")
        indexes = [
            models.Index(fields=["target_kind", "target_id", "id"], name="core_entry_target"),
            models.Index(fields=["by", "id"], name="core_entry_by"),
            models.Index(fields=["event", "id"], name="core_entry_event"),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.target_kind} {self.target_id}"


class Seal(models.Model):
    """The hash chain over committed entries, in the order in which they were found."""

    id = models.BigAutoField(primary_key=True)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="seal")
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = _("seal")

    def __str__(self) -> str:
        return self.digest


class Dispatch(models.Model):
    """A listener has dealt with an entry."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="dispatches")
    listener = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("dispatch")
        constraints = [models.UniqueConstraint(fields=["entry", "listener"], name="core_dispatch_once")]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.listener}"


class Lane(models.IntegerChoices):
    """What goes first when much is waiting."""

    ACCOUNT = 1, _("account and security")
    URGENT = 2, _("urgent notice")
    EVENT = 3, _("something happened")
    DIGEST = 4, _("digest")


class Delivery(models.Model):
    """One mail to one person, claimed before it is sent: twice run is once sent.

    Either the letter is composed at the moment of sending from the entry (so that what may be read is asked again),
    or it was composed before and is kept sealed until it is sent.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("queued")
        SENT = "sent", _("sent")
        SKIPPED = "skipped", _("nothing to say")
        FAILED = "failed", _("failed")

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, null=True, related_name="deliveries")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=80)
    lane = models.PositiveSmallIntegerField(choices=Lane.choices)
    address = models.EmailField(blank=True)
    sealed_letter = models.TextField(blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.QUEUED)
    due_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    try_count = models.PositiveSmallIntegerField(default=0)
    message_id = models.CharField(max_length=80, unique=True)
    settled_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        constraints = [
            models.UniqueConstraint(fields=["entry", "member", "kind"], name="core_delivery_once"),
            models.CheckConstraint(
                name="core_delivery_somebody",
                condition=models.Q(member__isnull=False) | ~models.Q(address=""),
            ),
            models.CheckConstraint(
                name="core_delivery_settled",
                condition=models.Q(state="queued", settled_at__isnull=True)
                | (~models.Q(state="queued") & models.Q(settled_at__isnull=False, sealed_letter="")),
            ),
        ]
        indexes = [
            models.Index(fields=["lane", "due_at", "id"], name="core_delivery_due", condition=models.Q(state="queued")),
            models.Index(fields=["settled_at"], name="core_delivery_settled_at"),
            # Before each letter that may wait it is asked what else went to the same address.
            models.Index(Upper("address"), name="core_delivery_address"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"


class ReadingLiftQuerySet(models.QuerySet["ReadingLift"]):
    """Words about many lifts."""

    def in_force(self, at: datetime) -> "ReadingLiftQuerySet":
        """Those that have not ended."""
        return self.filter(ends_at__gt=at)


class ReadingLift(models.Model):
    """An officer has lifted the budgets of reading for a member until an instant, for a reason."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    reason = models.TextField(max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ends_at = models.DateTimeField()

    objects = ReadingLiftQuerySet.as_manager()

    class Meta:
        verbose_name = _("lift of a reading budget")
        constraints = [
            models.CheckConstraint(name="core_readinglift_not_self", condition=~models.Q(by=models.F("member"))),
            models.CheckConstraint(name="core_readinglift_span", condition=models.Q(ends_at__gt=models.F("at"))),
            models.CheckConstraint(name="core_readinglift_reasoned", condition=~models.Q(reason="")),
        ]
        indexes = [models.Index(fields=["member", "ends_at"], name="core_readinglift_of")]

    def __str__(self) -> str:
        return f"{self.member_id} {self.ends_at:%Y-%m-%d}"


class Period(models.Model):
    """A periodic task has claimed a period: the second beat finds the row and does nothing."""

    task = models.CharField(max_length=80)
    name = models.CharField(max_length=40)
    claimed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("period")
        constraints = [models.UniqueConstraint(fields=["task", "name"], name="core_period_once")]

    def __str__(self) -> str:
        return f"{self.task} {self.name}"
