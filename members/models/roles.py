"""Which roles wait for a second administrator?"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from congress.core.roles import Role
from members.models.people import Member, RoleGrant


class RoleProposal(models.Model):
    """One administrator's word that somebody should hold a role; another one's makes a grant of it, or ends it."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="role_proposals")
    role = models.CharField(max_length=24, choices=[(r.value, r.label) for r in Role if r != Role.MEMBER])
    ends_at = models.DateTimeField()
    proposed_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    # Empty where the proposal was declined, or is not decided on.
    grant = models.OneToOneField(RoleGrant, on_delete=models.PROTECT, null=True, related_name="proposal")

    class Meta:
        verbose_name = _("role proposal")
        constraints = [
            models.UniqueConstraint(
                fields=["member", "role"], name="members_roleproposal_one_open", condition=Q(decided_at__isnull=True)
            ),
            models.CheckConstraint(name="members_roleproposal_not_self", condition=~Q(proposed_by=F("member"))),
            models.CheckConstraint(
                name="members_roleproposal_four_eyes",
                condition=Q(grant__isnull=True) | ~Q(decided_by=F("proposed_by")) & ~Q(decided_by=F("member")),
            ),
            models.CheckConstraint(
                name="members_roleproposal_decided",
                condition=Q(decided_by__isnull=True, decided_at__isnull=True, grant__isnull=True)
                | Q(decided_by__isnull=False, decided_at__isnull=False),
            ),
            models.CheckConstraint(name="members_roleproposal_span", condition=Q(ends_at__gt=F("proposed_at"))),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} {self.role}"
