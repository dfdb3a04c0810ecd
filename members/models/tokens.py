"""With what does a program read for a member?"""

from datetime import datetime, timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from congress.core.identifiers import public_id
from members.models.people import Member

LONGEST_DAYS = 90
TOKENS_AT_MOST = 10


class Scope(models.TextChoices):
    """What a token opens."""

    DIRECTORY = "directory:read", _("people: the directory and profiles, as far as you see them")
    NETWORK = "network:read", _("organisations and countries, without names of people")


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    """Words about many tokens."""

    def in_force(self, at: datetime) -> "ApiTokenQuerySet":
        """Those that are neither revoked nor over."""
        return self.filter(revoked_at__isnull=True, expires_at__gt=at)


class ApiToken(models.Model):
    """A key for a program, made by a member and shown once; only its digest is kept."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="api_tokens")
    name = models.CharField(_("name"), max_length=80)
    scopes = ArrayField(models.CharField(max_length=24))
    digest = models.CharField(max_length=64, unique=True)
    # Of the password and the epoch in which it was made: with either of them it is dead.
    proof = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)
    last_used_from = models.GenericIPAddressField(null=True)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("token")
        constraints = [
            models.CheckConstraint(
                name="members_apitoken_span",
                condition=Q(expires_at__gt=F("made_at"))
                & Q(expires_at__lte=F("made_at") + timedelta(days=LONGEST_DAYS)),
            ),
            models.CheckConstraint(
                name="members_apitoken_scopes", condition=Q(scopes__contained_by=Scope.values, scopes__len__gt=0)
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def opens(self, scope: Scope) -> bool:
        """Tell whether a scope was asked for when it was made."""
        return scope in self.scopes
