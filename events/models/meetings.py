"""What is a meeting: its theme, place, days and seats?"""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class MeetingQuerySet(models.QuerySet["Meeting"]):
    """Words about many meetings."""

    def announced(self) -> "MeetingQuerySet":
        """Those that the network knows of."""
        return self.filter(is_announced=True)

    def ahead(self, at: datetime) -> "MeetingQuerySet":
        """Those not yet over, the nearest first."""
        return self.filter(ends_on__gte=at.date()).order_by("starts_on", "pk")

    def past(self, at: datetime) -> "MeetingQuerySet":
        """Those that are over, the latest first."""
        return self.filter(ends_on__lt=at.date()).order_by("-starts_on", "-pk")

    def locked(self) -> "MeetingQuerySet":
        """Held until the transaction ends. Seats and programme are changed under it only, so nobody waits in a ring."""
        return self.select_for_update(no_key=True)


class Meeting(models.Model):
    """One plenary or other meeting of the network."""

    slug = models.SlugField(unique=True)
    title = models.CharField(_("title"), max_length=160)
    theme = models.CharField(_("theme"), max_length=160, blank=True)
    summary = models.TextField(_("summary"), blank=True)
    story = models.TextField(_("story"), blank=True)
    venue = models.CharField(_("venue"), max_length=160)
    address = models.CharField(_("address"), max_length=240, blank=True)
    city = models.CharField(_("city"), max_length=100)
    country = models.CharField(_("country"), max_length=2)
    time_zone = models.CharField(_("time zone"), max_length=40)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    is_announced = models.BooleanField(default=False)
    registration_opens_at = models.DateTimeField(null=True, blank=True)
    registration_closes_at = models.DateTimeField(null=True, blank=True)
    capacity = models.PositiveIntegerField(_("seats"))
    seats_taken = models.PositiveIntegerField(default=0, editable=False)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        constraints = [
            models.CheckConstraint(name="events_meeting_days", condition=Q(ends_on__gte=F("starts_on"))),
            models.CheckConstraint(name="events_meeting_seats", condition=Q(seats_taken__lte=F("capacity"))),
            models.CheckConstraint(
                name="events_meeting_registration",
                condition=Q(registration_opens_at__isnull=True, registration_closes_at__isnull=True)
                | Q(registration_closes_at__gt=F("registration_opens_at")),
            ),
        ]
        indexes = [models.Index(fields=["starts_on"], name="events_meeting_starts")]

    def __str__(self) -> str:
        return self.title

    @property
    def zone(self) -> ZoneInfo:
        """Return the zone in which the meeting's clock runs."""
        return ZoneInfo(self.time_zone)

    @property
    def seats_free(self) -> int:
        """Return how many seats are left."""
        return self.capacity - self.seats_taken

    def takes_registrations(self, at: datetime) -> bool:
        """Tell whether members may register at this instant."""
        opens, closes = self.registration_opens_at, self.registration_closes_at
        return bool(self.is_announced and opens and closes and opens <= at < closes)

    def is_over(self, at: datetime) -> bool:
        """Tell whether the last day has ended where the meeting takes place."""
        return at.astimezone(self.zone).date() > self.ends_on
