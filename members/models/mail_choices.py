"""Which letters does a member want, of those that they may do without?"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from members.models.people import Member


class MailChoice(models.Model):
    """What a member has chosen; without a row everything comes."""

    member = models.OneToOneField(Member, on_delete=models.CASCADE, primary_key=True, related_name="mail_choice")
    takes_digest = models.BooleanField(_("weekly digest"), default=True)
    takes_needs = models.BooleanField(_("needs of other members"), default=True)
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("choice of letters")
        verbose_name_plural = _("choices of letters")

    def __str__(self) -> str:
        return f"{self.member_id}"
