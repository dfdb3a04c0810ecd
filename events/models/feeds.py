"""By which secret addresses do a member's calendars ask for their meetings?"""

from django.db import models
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _

from congress.core.identifiers import public_id
from members.models import Member

FEEDS_AT_MOST = 5


class CalendarFeed(models.Model):
    """The address that one device or program of a member asks; shown once, only its digest is kept."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="calendar_feeds")
    name = models.CharField(_("name"), max_length=60)
    digest = models.CharField(max_length=64, unique=True)
    # Of the password and the epoch in which it was made: with either of them it is dead, as a session is.
    proof = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("calendar address")
        verbose_name_plural = _("calendar addresses")
        constraints = [models.UniqueConstraint(fields=["member", "name"], name="events_calendarfeed_once")]

    def __str__(self) -> str:
        return self.name

    def is_alive_for(self, member: Member) -> bool:
        """Tell whether it works for its member, as loaded now."""
        return member.is_active and constant_time_compare(self.proof, member.get_session_auth_hash())
