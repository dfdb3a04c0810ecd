"""What is a meeting made of: days, rooms, tracks, sessions, speakers, releases, registrations?"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from congress.core.identifiers import public_id
from congress.core.labels import Tlp
from congress.core.states import Machine, State
from members.models import Member


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


class Release(models.Model):
    """One placement of all sessions: the draft while `released_at` is empty, immutable afterwards."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="releases")
    number = models.PositiveIntegerField()
    released_at = models.DateTimeField(null=True, blank=True)
    remark = models.CharField(max_length=240, blank=True)

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
