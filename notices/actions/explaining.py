"""How is somebody told why a person may see a notice, or why not? Kept in the journal: it says something of both."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from congress.core import journal
from congress.core.errors import permit
from members.models import Member
from notices.models import Notice
from notices.policies import can_explain
from notices.queries import Explanation, explain, person_to_explain

EXPLAINED = journal.event(
    "notices.notice.explained", _("It was asked why a person may see it."), silent="kept as evidence only"
)


@transaction.atomic
def ask_why(notice: Notice, person: Member, *, by: Member, at: datetime) -> Explanation:
    """Say why a person of the asker's directory may see a notice, or why not, and keep that it was asked.

    Raises: NotPermittedError.
    """
    permit(can_explain(by, notice))
    told = explain(notice, person_to_explain(by, person, at))
    journal.record(EXPLAINED, target=notice, by=by, at=at, person=person.pk)
    return told
