"""What has a member shown to the officers of what others sent them?"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from congress.core.identifiers import public_id
from members.models.conversations import Message
from members.models.introductions import Introduction
from members.models.needs import Need
from members.models.people import Member

REASON_OF_REPORT_LIMIT = 1000
Reportable = Message | Need | Introduction
# The fields of a report, one of which says what it is about.
KINDS = ("message", "need", "introduction")


class ReportQuerySet(models.QuerySet["Report"]):
    """Words about many reports."""

    def waiting(self) -> "ReportQuerySet":
        """Those at which nobody has looked."""
        return self.filter(settled_at__isnull=True)

    def apart_from(self, member: Member) -> "ReportQuerySet":
        """Those of nothing that a member wrote, and of no introduction between them and others.

        Whoever is wanted may not know of an introduction yet, and never learns that it was not passed on.
        """
        written = Q(message__author=member) | Q(need__asker=member)
        people = Q(introduction__asker=member) | Q(introduction__introducer=member) | Q(introduction__wanted=member)
        return self.exclude(written | people)


@dataclass(frozen=True)
class Said:
    """What one member wrote to another."""

    author: Member
    text: str


class Report(models.Model):
    """A member has shown to the officers one thing that was sent to them; nothing else is theirs to read.

    Each member reports a thing once; what another has said of it is not told.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    message = models.ForeignKey(Message, on_delete=models.CASCADE, null=True, related_name="reports")
    need = models.ForeignKey(Need, on_delete=models.CASCADE, null=True, related_name="reports")
    introduction = models.ForeignKey(Introduction, on_delete=models.CASCADE, null=True, related_name="reports")
    by = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    reason = models.TextField(_("reason"), max_length=REASON_OF_REPORT_LIMIT)
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report")
        constraints = [
            models.CheckConstraint(
                name="members_report_one",
                condition=Q(message__isnull=False, need__isnull=True, introduction__isnull=True)
                | Q(message__isnull=True, need__isnull=False, introduction__isnull=True)
                | Q(message__isnull=True, need__isnull=True, introduction__isnull=False),
            ),
            models.CheckConstraint(
                name="members_report_settled",
                condition=Q(settled_at__isnull=True, settled_by__isnull=True)
                | Q(settled_at__isnull=False, settled_by__isnull=False),
            ),
            *(models.UniqueConstraint(fields=[kind, "by"], name=f"members_report_once_{kind}") for kind in KINDS),
        ]

    def __str__(self) -> str:
        return self.public_id

    @property
    def said(self) -> list[Said]:
        """Return what was sent to whoever reported it: the line of an introducer only to who is to be met."""
        if self.message:
            return [Said(self.message.author, self.message.text)]
        if self.need:
            return [Said(self.need.asker, f"{self.need.title}\n\n{self.need.text}")]
        return [*_told(self.introduction, self.by)] if self.introduction else []


def _told(introduction: Introduction, reader: Member) -> Iterator[Said]:
    yield Said(introduction.asker, introduction.reason)
    recommendation = getattr(introduction, "recommendation", None)
    if recommendation and introduction.wanted_id == reader.pk:
        yield Said(introduction.introducer, recommendation.text)


def kind_of(thing: Reportable) -> str:
    """Return which field of a report is for this."""
    return str(thing._meta.model_name)
