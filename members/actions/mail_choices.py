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
def choose_mail(
    member: Member, *, by: Member, at: datetime, takes_digest: bool | None = None, takes_needs: bool | None = None
) -> MailChoice:
    """Set which letters come; None leaves one as it is, and what is as it was is not written again.

    Raises: NotPermittedError.
    """
    permit(can_choose_mail(by, member))
    Member.objects.select_for_update().get(pk=member.pk)
    chosen = MailChoice.objects.filter(member=member).first() or MailChoice(member=member, changed_at=at)
    said = {"takes_digest": takes_digest, "takes_needs": takes_needs}
    changes = {name: value for name, value in said.items() if value not in {None, getattr(chosen, name)}}
    if not changes:
        return chosen
    for name, value in changes.items():
        setattr(chosen, name, value)
    chosen.changed_at = at
    chosen.save()
    journal.record(CHOSEN, target=member, by=by, at=at, **changes)
    return chosen
