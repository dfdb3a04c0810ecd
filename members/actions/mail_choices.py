"""How does a member end letters that they may do without, and take that back?"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from congress.core import journal
from congress.core.errors import permit
from members.models import MailChoice, Member
from members.policies import can_choose_mail

CHOSEN = journal.event(
    "members.mail.chosen", _("A member chose which letters come."), silent="the next letters show it, and their page"
)


@transaction.atomic
def choose_mail(member: Member, *, by: Member, at: datetime, takes_digest: bool) -> MailChoice:
    """Set which letters come; what is as it was is not written again. Raises: NotPermittedError."""
    permit(can_choose_mail(by, member))
    Member.objects.select_for_update().get(pk=member.pk)
    chosen = MailChoice.objects.filter(member=member).first() or MailChoice(member=member, changed_at=at)
    if chosen.takes_digest == takes_digest:
        return chosen
    chosen.takes_digest, chosen.changed_at = takes_digest, at
    chosen.save()
    journal.record(CHOSEN, target=member, by=by, at=at, takes_digest=takes_digest)
    return chosen
