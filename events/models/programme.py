"""What is a programme made of: rooms, tracks, sessions, speakers, releases and the slots in them?"""

from datetime import timedelta

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from congress.core.identifiers import public_id
from congress.core.labels import Tlp
from events.models.meetings import Meeting
from members.models import Member


class Room(models.Model):
    """A room of the venue."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="rooms")
    name = models.CharField(_("name"), max_length=80)
    seat_count = models.PositiveIntegerField(_("seats"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("room")
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["meeting", "name"], name="events_room_name")]

    def __str__(self) -> str:
        return self.name


class Track(models.Model):
    """A thread of sessions that belong together."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="tracks")
    slug = models.SlugField()
    name = models.CharField(_("name"), max_length=80)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("track")
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["meeting", "slug"], name="events_track_slug")]

    def __str__(self) -> str:
        return self.name


class Format(models.TextChoices):
    """What kind of session it is."""

    CEREMONY = "ceremony", _("Ceremony")
    KEYNOTE = "keynote", _("Keynote")
    PANEL = "panel", _("Panel")
    WORKSHOP = "workshop", _("Workshop")
    CASE_STUDY = "case_study", _("Case study")
    BREAK = "break", _("Break")


class Session(models.Model):
    """What is said: content, independent of where and when it is placed."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="sessions")
    track = models.ForeignKey(Track, on_delete=models.PROTECT, null=True, blank=True, related_name="sessions")
    format = models.CharField(_("format"), max_length=12, choices=Format.choices)
    title = models.CharField(_("title"), max_length=200)
    abstract = models.TextField(_("abstract"), blank=True)
    tlp = models.CharField("TLP", max_length=16, choices=Tlp.choices, default=Tlp.GREEN)
    is_chatham_house = models.BooleanField(_("Chatham House Rule"), default=False)

    class Meta:
        verbose_name = _("session")
        constraints = [
            models.CheckConstraint(name="events_session_tlp_known", condition=Q(tlp__in=Tlp.values)),
        ]

    def __str__(self) -> str:
        return self.title


class Speaker(models.Model):
    """A person on the programme of one meeting; linked to the member where there is one."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="speakers")
    member = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    latin_name = models.CharField(max_length=200)
    native_name = models.CharField(max_length=200, blank=True)
    native_language = models.CharField(max_length=8, blank=True)
    position = models.CharField(max_length=160, blank=True)
    organisation_name = models.CharField(max_length=200, blank=True)
    country = models.CharField(max_length=2, blank=True)

    class Meta:
        verbose_name = _("speaker")
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "member"], name="events_speaker_once", condition=Q(member__isnull=False)
            )
        ]

    def __str__(self) -> str:
        return self.latin_name


class Part(models.TextChoices):
    """What a speaker does in a session."""

    CHAIR = "chair", _("Chair")
    KEYNOTE = "keynote", _("Keynote speaker")
    PANELLIST = "panellist", _("Panellist")
    PRESENTER = "presenter", _("Presenter")
    RAPPORTEUR = "rapporteur", _("Rapporteur")


class Appearance(models.Model):
    """A speaker's part in a session."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="appearances")
    speaker = models.ForeignKey(Speaker, on_delete=models.CASCADE, related_name="appearances")
    part = models.CharField(max_length=12, choices=Part.choices)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("appearance")
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["session", "speaker"], name="events_appearance_once")]

    def __str__(self) -> str:
        return f"{self.session_id} {self.part}"


class ReleaseQuerySet(models.QuerySet["Release"]):
    """Words about many releases."""

    def latest_released(self) -> "ReleaseQuerySet":
        """The one of each meeting that is in force: the newest that is no draft."""
        newest_first = self.filter(released_at__isnull=False).order_by("meeting", "-number")
        return newest_first.distinct("meeting")

    def draft(self) -> "ReleaseQuerySet":
        """The one of each meeting that is still being written."""
        return self.filter(released_at__isnull=True)


class Release(models.Model):
    """One placement of all sessions: the draft while `released_at` is empty, immutable afterwards."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="releases")
    number = models.PositiveIntegerField()
    released_at = models.DateTimeField(null=True, blank=True)
    remark = models.CharField(max_length=240, blank=True)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("release")
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="events_release_number"),
            models.UniqueConstraint(
                fields=["meeting"], name="events_release_one_draft", condition=Q(released_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.number}"


class _TsTzRange(Func):
    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


class Slot(models.Model):
    """Where and when a session is placed in one release."""

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="slots")
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="slots")
    room = models.ForeignKey(Room, on_delete=models.PROTECT, null=True, blank=True, related_name="slots")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        verbose_name = _("slot")
        constraints = [
            models.CheckConstraint(name="events_slot_span", condition=Q(ends_at__gt=F("starts_at"))),
            models.UniqueConstraint(fields=["release", "session"], name="events_slot_once"),
            ExclusionConstraint(
                name="events_slot_room_free",
                expressions=[
                    ("release", RangeOperators.EQUAL),
                    ("room", RangeOperators.EQUAL),
                    (_TsTzRange("starts_at", "ends_at", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        indexes = [models.Index(fields=["release", "starts_at"], name="events_slot_by_time")]

    def __str__(self) -> str:
        return f"{self.session_id} {self.starts_at:%d %b %H:%M}"

    @property
    def duration(self) -> timedelta:
        """Return how long the session takes."""
        return self.ends_at - self.starts_at
