"""By which keys are members found, whatever the script and spelling of their names?"""

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from members.models.fields import FieldAudience
from members.models.people import Member


class NameKind(models.TextChoices):
    """Which of a member's names a key was made from."""

    LATIN = "latin", _("name in Latin letters")
    NATIVE = "native", _("name in own script")
    OTHER = "other", _("another name")


class NameKey(models.Model):
    """One way of reading a member's name; derived by the actions, see `congress.core.names`."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="name_keys")
    version = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8, choices=NameKind.choices)
    # Of the field in which the name stands: who does not see it does not find the member by it either.
    audience = models.CharField(max_length=8, choices=FieldAudience.choices, default=FieldAudience.NETWORK)
    folded = models.TextField()
    skeleton = models.TextField()

    class Meta:
        verbose_name = _("name key")
        constraints = [
            models.CheckConstraint(name="members_namekey_kind", condition=Q(kind__in=NameKind.values)),
            models.CheckConstraint(name="members_namekey_audience", condition=Q(audience__in=FieldAudience.values)),
        ]
        indexes = [
            GinIndex(fields=["folded"], name="members_namekey_folded", opclasses=["gin_trgm_ops"]),
            GinIndex(fields=["skeleton"], name="members_namekey_skeleton", opclasses=["gin_trgm_ops"]),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} {self.folded}"
