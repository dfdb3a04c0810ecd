"""What do members say about themselves, and whom do they show it?"""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from members.models.fields import FIELDS, FieldAudience
from members.models.people import Member


def _audience() -> "models.CharField[str, str]":
    return models.CharField(max_length=8, choices=FieldAudience.choices, blank=True, default="")


def _known_audiences() -> Q:
    known: dict[str, Any] = {f"{name}_audience__in": ["", *FieldAudience.values] for name in FIELDS}
    return Q(**known)


class Profile(models.Model):
    """What a member says about themselves in the directory, and for each field whom they show it."""

    member = models.OneToOneField(Member, on_delete=models.CASCADE, primary_key=True, related_name="profile")
    position = models.CharField(_("position"), max_length=160, blank=True)
    other_names = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    city = models.CharField(_("city"), max_length=100, blank=True)
    # A name of the IANA database.
    time_zone = models.CharField(_("time zone"), max_length=40, blank=True)
    biography = models.TextField(_("about"), max_length=2000, blank=True)
    expertise = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    topics = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    # Each as `congress.core.languages.Spoken` writes it: `fr`, or `fr:fluent`.
    languages = ArrayField(models.CharField(max_length=16), default=list, blank=True)
    # Which photograph it is; its bytes lie in the store, in two sizes.
    photograph = models.CharField(max_length=12, blank=True)
    photograph_large = models.CharField(max_length=64, blank=True)
    photograph_small = models.CharField(max_length=64, blank=True)
    confirmed_on = models.DateField(null=True, blank=True)
    # Empty is the network's default, so that it moves with the default.
    position_audience = _audience()
    expertise_audience = _audience()
    topics_audience = _audience()
    languages_audience = _audience()
    other_names_audience = _audience()
    city_audience = _audience()
    time_zone_audience = _audience()
    photograph_audience = _audience()
    biography_audience = _audience()
    email_audience = _audience()
    seats_audience = _audience()
    meetings_audience = _audience()
    sessions_audience = _audience()
    notices_audience = _audience()
    # The groups meant wherever a field is for groups.
    trusted_groups = ArrayField(models.BigIntegerField(), default=list, blank=True)

    class Meta:
        verbose_name = _("profile")
        constraints = [
            models.CheckConstraint(name="members_profile_audiences", condition=_known_audiences()),
            models.CheckConstraint(
                name="members_profile_photograph",
                condition=Q(photograph="", photograph_large="", photograph_small="")
                | ~(Q(photograph="") | Q(photograph_large="") | Q(photograph_small="")),
            ),
        ]
        indexes = [
            GinIndex(fields=["expertise"], name="members_profile_expertise"),
            GinIndex(fields=["languages"], name="members_profile_languages"),
            GinIndex(fields=["trusted_groups"], name="members_profile_trusted_groups"),
            # Who is like somebody is read in this order until five are found.
            models.Index(F("confirmed_on").desc(nulls_last=True), "member", name="members_profile_confirmed"),
        ]

    def __str__(self) -> str:
        return self.position

    def audience_of(self, name: str) -> FieldAudience:
        """Return whom one field is shown to: the member's choice, or else the network's default."""
        return FieldAudience(getattr(self, f"{name}_audience") or FIELDS[name].default)
