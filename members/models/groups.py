"""Which groups steer and advise the network, which seats do they have, and who sits there until when?

It stands below the members, whose rights it adds to: upward relations are strings.
"""

from datetime import UTC, date, timedelta

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Now, TruncDate
from django.utils.translation import gettext_lazy as _

from congress.core.geography import Region
from congress.core.identifiers import public_id
from congress.core.sectors import Sector

# So many days before a term ends its member, the chair and the administrators hear of it, each distance once.
ROTATION_REMINDERS = (90, 30)


class GroupKind(models.TextChoices):
    """What a group is there for."""

    STEERING = "steering", _("Steering committee")
    ADVISORY = "advisory", _("Advisory group")
    WORKING = "working", _("Working group")


class GroupQuerySet(models.QuerySet["Group"]):
    """Words about many groups."""

    def open(self) -> "GroupQuerySet":
        """Those that were not dissolved."""
        return self.filter(dissolved_on__isnull=True)


class Group(models.Model):
    """Some members with a mandate. It is never deleted: audiences hold its id."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    name = models.CharField(_("name"), max_length=120, unique=True)
    kind = models.CharField(_("kind"), max_length=8, choices=GroupKind.choices)
    mandate = models.TextField(_("mandate"), max_length=3000)
    begun_on = models.DateField(_("since"))
    # From that day on it has neither seats nor terms in force, so that an audience reaches nobody through it.
    dissolved_on = models.DateField(null=True)

    objects = GroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("group")
        verbose_name_plural = _("groups")
        constraints = [
            models.CheckConstraint(name="members_group_kind", condition=Q(kind__in=GroupKind.values)),
            models.CheckConstraint(name="members_group_mandate", condition=~Q(mandate="")),
            models.CheckConstraint(
                name="members_group_span",
                condition=Q(dissolved_on__isnull=True) | Q(dissolved_on__gte=F("begun_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SeatQuerySet(models.QuerySet["Seat"]):
    """Words about many seats."""

    def open(self) -> "SeatQuerySet":
        """Those that count: a seat that is closed is kept for its history."""
        return self.filter(closed_on__isnull=True)


class Seat(models.Model):
    """A place in a group, meant for a sector, a region, both or anybody. Together they are the balance aimed at."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="seats")
    sector = models.CharField(_("sector"), max_length=32, choices=Sector.choices, blank=True)
    region = models.CharField(_("region"), max_length=32, choices=Region.choices, blank=True)
    closed_on = models.DateField(null=True)

    objects = SeatQuerySet.as_manager()

    class Meta:
        verbose_name = _("seat")
        constraints = [
            models.CheckConstraint(name="members_seat_sector", condition=Q(sector__in=["", *Sector.values])),
            models.CheckConstraint(name="members_seat_region", condition=Q(region__in=["", *Region.values])),
            # What a foreign key of the database itself refers to: a term is of its seat's group.
            models.UniqueConstraint(fields=["id", "group"], name="members_seat_of_group"),
        ]

    def __str__(self) -> str:
        return self.meant_for

    @property
    def meant_for(self) -> str:
        """Return in words for whom it is."""
        named = [self.get_sector_display(), self.get_region_display()]
        return ", ".join(str(name) for name in named if name) or str(_("Anybody"))

    def fits(self, sector: str, region: str) -> bool:
        """Tell whether somebody of a sector and a region may sit there."""
        return self.sector in {"", sector} and self.region in {"", region}


def today() -> TruncDate:
    """Return the day by the database's clock, in UTC: the one clock by which seats give and lose rights."""
    return TruncDate(Now(), tzinfo=UTC)


# Half open: on the day on which one term ends the next one begins.
_SPAN = Func("begins_on", "ends_on", function="daterange", output_field=DateRangeField())


class TermQuerySet(models.QuerySet["Term"]):
    """Words about many terms."""

    def in_force(self) -> "TermQuerySet":
        """Those that have begun and not ended, by the database's clock."""
        return self.filter(begins_on__lte=today(), ends_on__gt=today())

    def former(self) -> "TermQuerySet":
        """Those that are over, as far as they ever began."""
        return self.filter(ends_on__lte=today(), ends_on__gt=F("begins_on"))

    def not_over(self) -> "TermQuerySet":
        """Those in force, and those to come."""
        return self.filter(ends_on__gt=today()).exclude(ends_on=F("begins_on"))

    def overlapping(self, begins_on: date, ends_on: date) -> "TermQuerySet":
        """Those with a day of this span; a term that was ended before it began has none."""
        return self.filter(begins_on__lt=ends_on, ends_on__gt=begins_on).exclude(ends_on=F("begins_on"))

    def ending(self, *, after: date, by: date) -> "TermQuerySet":
        """Those in force at the first day that end at the second or before."""
        return self.filter(begins_on__lte=after, ends_on__gt=after, ends_on__lte=by)


class Term(models.Model):
    """A member's time on a seat: rights from the first day on, none any more on the day on which it ends."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    # The database holds that it is the seat's group.
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="terms")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="terms")
    member = models.ForeignKey("members.Member", on_delete=models.CASCADE, related_name="terms")
    is_chair = models.BooleanField(_("chair"), default=False)
    begins_on = models.DateField()
    ends_on = models.DateField()
    reminded_days = models.PositiveSmallIntegerField(null=True)

    objects = TermQuerySet.as_manager()

    class Meta:
        verbose_name = _("term")
        constraints = [
            models.CheckConstraint(name="members_term_span", condition=Q(ends_on__gte=F("begins_on"))),
            models.CheckConstraint(
                name="members_term_reminded",
                condition=Q(reminded_days__isnull=True) | Q(reminded_days__in=ROTATION_REMINDERS),
            ),
            ExclusionConstraint(
                name="members_term_one_of_member",
                expressions=[
                    ("group", RangeOperators.EQUAL),
                    ("member", RangeOperators.EQUAL),
                    (_SPAN, RangeOperators.OVERLAPS),
                ],
            ),
            ExclusionConstraint(
                name="members_term_one_of_seat",
                expressions=[("seat", RangeOperators.EQUAL), (_SPAN, RangeOperators.OVERLAPS)],
            ),
            ExclusionConstraint(
                name="members_term_one_chair",
                expressions=[("group", RangeOperators.EQUAL), (_SPAN, RangeOperators.OVERLAPS)],
                condition=Q(is_chair=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} {self.group_id}"

    @property
    def last_day(self) -> date:
        """Return the last day with rights."""
        return self.ends_on - timedelta(days=1)


class SeatProposal(models.Model):
    """Somebody's word that a member should sit there for a time; an administrator makes a term of it, or ends it."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="proposals")
    member = models.ForeignKey("members.Member", on_delete=models.CASCADE, related_name="seat_proposals")
    is_chair = models.BooleanField(default=False)
    begins_on = models.DateField()
    ends_on = models.DateField()
    proposed_by = models.ForeignKey("members.Member", on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey("members.Member", on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    # Empty where the proposal was declined, or is not decided on.
    term = models.OneToOneField(Term, on_delete=models.PROTECT, null=True, related_name="proposal")

    class Meta:
        verbose_name = _("proposal for a seat")
        constraints = [
            models.UniqueConstraint(
                fields=["seat", "member"], name="members_seatproposal_one_open", condition=Q(decided_at__isnull=True)
            ),
            models.CheckConstraint(name="members_seatproposal_not_self", condition=~Q(proposed_by=F("member"))),
            models.CheckConstraint(
                name="members_seatproposal_four_eyes",
                condition=Q(term__isnull=True) | ~Q(decided_by=F("proposed_by")) & ~Q(decided_by=F("member")),
            ),
            models.CheckConstraint(
                name="members_seatproposal_decided",
                condition=Q(decided_by__isnull=True, decided_at__isnull=True, term__isnull=True)
                | Q(decided_by__isnull=False, decided_at__isnull=False),
            ),
            models.CheckConstraint(name="members_seatproposal_span", condition=Q(ends_on__gt=F("begins_on"))),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} {self.seat_id}"

    @property
    def last_day(self) -> date:
        """Return the last day of the time proposed."""
        return self.ends_on - timedelta(days=1)
