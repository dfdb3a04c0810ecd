"""What is kept of it when a member takes the directory along?"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from congress.core import journal
from congress.core.errors import permit
from congress.core.roles import Permission
from members.models import Member

DIRECTORY_EXPORTED = journal.event(
    "members.directory.exported", _("A list of members was taken along."), silent="kept as evidence only"
)


@transaction.atomic
def take_directory(*, count: int, by: Member, at: datetime) -> None:
    """Keep that a member takes along the people that they see, and how many. Raises: NotPermittedError."""
    permit(by.may(Permission.BROWSE_MEMBERS))
    journal.record(DIRECTORY_EXPORTED, target=None, by=by, at=at, format="csv", count=count)
