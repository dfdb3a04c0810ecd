"""What is an edition: a text in sections, with the label and the audience that it was written for?"""

from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from congress.core.files.kinds import Kind as FileKind
from congress.core.identifiers import public_id
from congress.core.labels import Labelled, Tlp
from congress.core.topics import Topic
from members.models import Member
from notices.models.notices import Notice

# A dictionary, because asking an enumeration for a member costs a hundred times as much, ninety times a page.
TOPIC_LABELS = dict(Topic.choices)


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
    # When it came into force; the notice itself says it of the edition in force only.
    published_at = models.DateTimeField(null=True, editable=False)
    # The number under which it was drafted, if it was drafted as the update of a notice.
    drafted_as = models.CharField(max_length=14, blank=True, editable=False)
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
            models.Index(fields=["drafted_as"], name="notices_edition_drafted_as", condition=~Q(drafted_as="")),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_restricted(self) -> bool:
        """Tell whether readers acknowledge the label first and every copy carries their name: AMBER and above."""
        return Tlp(self.tlp).rank >= Tlp.AMBER.rank

    @property
    def dated_at(self) -> datetime:
        """Return when it came into force, before that when it was begun."""
        return self.published_at or self.created_at

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
    ADVICE_MAIL_ROOM = "advice_mail_room", _("In the mail room")
    ADVICE_RETAILER = "advice_retailer", _("For retailers")
    ADVICE_CUSTOMS = "advice_customs", _("At customs")
    ADVICE_LABORATORY = "advice_laboratory", _("In the laboratory")
    ADVICE_HOSPITAL = "advice_hospital", _("In hospital")
    ADVICE_TRANSPORT = "advice_transport", _("In transport")
    ASK = "ask", _("What we ask of you")
    SOURCES = "sources", _("Sources and confidence")
    CONTACT = "contact", _("Contact")


# What to do, for each role that may come across it: short, and read on its own.
ROLE_CARDS = tuple(kind for kind in SectionKind if kind.startswith("advice_"))


class Section(models.Model):
    """One part of an edition, with its own portion mark."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="sections")
    kind = models.CharField(_("kind"), max_length=20, choices=SectionKind.choices)
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

    @property
    def heading(self) -> str:
        """Return its kind in words; Django’s own way puts all kinds in words for each section of a page."""
        return str(SectionKind(self.kind).label)

    @property
    def is_card(self) -> bool:
        """Tell whether it is advice for one role."""
        return self.kind in ROLE_CARDS


class Scan(models.TextChoices):
    """What a scanner for malicious files said of an attachment."""

    NOT_SCANNED = "not_scanned", _("not scanned")
    WAITING = "waiting", _("waiting to be scanned")
    CLEAN = "clean", _("nothing found")
    INFECTED = "infected", _("refused by the scanner")


SCAN_TONES: dict[str, str] = {
    Scan.NOT_SCANNED: "neutral",
    Scan.WAITING: "waiting",
    Scan.CLEAN: "good",
    Scan.INFECTED: "bad",
}


class Attachment(models.Model):
    """A file that belongs to an edition: cleaned when it came in, with its own portion mark."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="attachments")
    public_id = models.CharField(max_length=12, unique=True, default=public_id)
    name = models.CharField(_("file name"), max_length=200)
    description = models.CharField(_("description"), max_length=300, blank=True)
    tlp = models.CharField("TLP", max_length=16, choices=Tlp.choices)
    media_type = models.CharField(max_length=100)
    size_bytes = models.PositiveBigIntegerField()
    # Of the cleaned file, in hexadecimal: SHA-256.
    digest = models.CharField(max_length=64)
    # Under which key the store keeps the bytes; editions that share a file share the key.
    stored_as = models.CharField(max_length=64)
    # Of a picture, in pixels, so that a page holds its place before it arrives.
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    # What the file says in plain text, for the gate against recipes; never shown.
    text = models.TextField(blank=True, editable=False)
    # Whether that is all it says: a page that nobody could read, or more than the limit, is left to people.
    text_is_whole = models.BooleanField(default=True)
    scan = models.CharField(max_length=12, choices=Scan.choices, default=Scan.NOT_SCANNED)
    position = models.PositiveSmallIntegerField(default=0)
    added_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(name="notices_attachment_tlp_known", condition=Q(tlp__in=Tlp.values)),
            models.CheckConstraint(name="notices_attachment_scan", condition=Q(scan__in=Scan.values)),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_image(self) -> bool:
        """Tell whether it is a picture, which was drawn anew when it came in and may be shown in the page."""
        return self.media_type.startswith("image/")

    @property
    def file_kind(self) -> FileKind:
        """Return what the cleaner found it to be."""
        return next(kind for kind in FileKind if kind.media_type == self.media_type)

    @property
    def extension(self) -> str:
        """Return what people call its kind: PDF, DOCX."""
        return self.file_kind.suffix.removeprefix(".").upper()

    @property
    def tone(self) -> str:
        """Return how what the scanner said feels to a reader."""
        return SCAN_TONES[self.scan]

    @property
    def may_leave_quarantine(self) -> bool:
        """Tell whether its bytes may be sent: nothing was found, or no scanner is configured."""
        return self.scan in {Scan.CLEAN, Scan.NOT_SCANNED}


class SavedText(models.Model):
    """What a draft said when it was saved, so that nobody's text is lost to somebody else's."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="saved_texts")
    version = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    # The body of each section by its kind, with its portion mark: {"summary": {"tlp": …, "body": …}}.
    sections = models.JSONField(default=dict)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()

    class Meta:
        verbose_name = _("saved text")
        constraints = [
            models.UniqueConstraint(fields=["edition", "version"], name="notices_savedtext_once"),
        ]

    def __str__(self) -> str:
        return f"{self.edition_id} version {self.version}"
