"""By which keys are members found, whatever the script and spelling of their names?"""

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from members.models.people import Member, MemberQuerySet


class NameKind(models.TextChoices):
    """Which of a member's names a key was made from."""

    LATIN = "latin", _("name in Latin letters")
    NATIVE = "native", _("name in own script")
    OTHER = "other", _("another name")


class NameAudience(models.TextChoices):
    """Who sees the name from which a key was made, and may therefore find the member by it."""

    NETWORK = "network", _("everyone in the network")


class NameKeyQuerySet(models.QuerySet["NameKey"]):
    """Words about many keys."""

    def of(self, members: MemberQuerySet) -> "NameKeyQuerySet":
        """Those of these members that every reader of the directory may find them by."""
        return self.filter(audience=NameAudience.NETWORK, member__in=members)


class NameKey(models.Model):
    """One way of reading a member's name; derived by the actions, see `congress.core.names`."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="name_keys")
    version = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8, choices=NameKind.choices)
    audience = models.CharField(max_length=8, choices=NameAudience.choices, default=NameAudience.NETWORK)
    folded = models.TextField()
    skeleton = models.TextField()

    objects = NameKeyQuerySet.as_manager()

    class Meta:
        verbose_name = _("name key")
        constraints = [
            models.CheckConstraint(name="members_namekey_kind", condition=Q(kind__in=NameKind.values)),
            models.CheckConstraint(name="members_namekey_audience", condition=Q(audience__in=NameAudience.values)),
        ]
        indexes = [
            GinIndex(fields=["folded"], name="members_namekey_folded", opclasses=["gin_trgm_ops"]),
            GinIndex(fields=["skeleton"], name="members_namekey_skeleton", opclasses=["gin_trgm_ops"]),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} {self.folded}"
