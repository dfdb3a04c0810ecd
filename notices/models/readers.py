"""What is kept of readers: what they read and promised, what they look for, and who is an exception?"""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from congress.core.geography import country_name
from congress.core.identifiers import public_id
from congress.core.searches import KeptSearch
from members.models import Member, Organisation
from notices.models.editions import Edition
from notices.models.notices import Notice


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


class Effect(models.TextChoices):
    """What an exception does."""

    GRANT = "grant", _("may read")
    DENY = "deny", _("may not read")


class AccessExceptionQuerySet(models.QuerySet["AccessException"]):
    """Words about many exceptions."""

    def in_force(self) -> "AccessExceptionQuerySet":
        """Those that have not ended, by the clock of the database."""
        return self.filter(ended_at__isnull=True, until__gt=Now())


class AccessException(models.Model):
    """That one person, body or country may read, or may not read, one notice, whatever its audience says; for a time.

    A refusal outweighs a grant, a grant outweighs the audience and its exclusions, the label outweighs both.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="exceptions")
    effect = models.CharField(max_length=5, choices=Effect.choices)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    country = models.CharField(max_length=2, blank=True)
    reason = models.CharField(_("reason"), max_length=500)
    until = models.DateTimeField(_("until"))
    made_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    ended_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    objects = AccessExceptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("exception")
        verbose_name_plural = _("exceptions")
        constraints = [
            models.CheckConstraint(
                name="notices_accessexception_whom",
                condition=Q(member__isnull=False, organisation__isnull=True, country="")
                | Q(member__isnull=True, organisation__isnull=False, country="")
                | (Q(member__isnull=True, organisation__isnull=True) & ~Q(country="")),
            ),
            models.CheckConstraint(name="notices_accessexception_effect", condition=Q(effect__in=Effect.values)),
            models.CheckConstraint(name="notices_accessexception_reason", condition=~Q(reason="")),
            models.CheckConstraint(name="notices_accessexception_ahead", condition=Q(until__gt=F("made_at"))),
            models.CheckConstraint(
                name="notices_accessexception_ended",
                condition=Q(ended_by__isnull=True, ended_at__isnull=True)
                | Q(ended_by__isnull=False, ended_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["until"], name="notices_accessexception_due", condition=Q(ended_at__isnull=True))
        ]

    def __str__(self) -> str:
        return f"{self.notice_id} {self.effect}"

    @property
    def whom(self) -> str:
        """Return whom it is about, as long as they are loaded: a person, a body, or everybody in a country."""
        if self.country:
            return _("everybody in %(country)s") % {"country": country_name(self.country, get_language() or "en")}
        if self.organisation:
            return _("everybody of %(body)s") % {"body": self.organisation}
        return str(self.member)

    @property
    def in_words(self) -> str:
        """Return what it does, as one sentence without its end."""
        if self.effect == Effect.GRANT:
            return _("May read it, whatever its audience says: %(whom)s") % {"whom": self.whom}
        return _("May not read it, whatever its audience says: %(whom)s") % {"whom": self.whom}


class SavedSearch(KeptSearch):
    """A search of the list of notices that a member keeps under a name."""

    class Meta(KeptSearch.Meta):
        verbose_name = _("saved search")
        verbose_name_plural = _("saved searches")
        constraints = [
            models.UniqueConstraint(fields=["member", "name"], name="notices_savedsearch_once"),
        ]
