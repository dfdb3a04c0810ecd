"""Who writes a draft together with its author?"""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from congress.core import journal
from congress.core.errors import DomainError
from members.models import Member
from notices.actions.locking import locked_for
from notices.models import Notice
from notices.policies import can_draft

SHARED = journal.event(
    "notices.notice.shared",
    _("Who writes it was changed."),
    silent="those who were added see the draft on their start page",
)


class NotAnAnalystError(DomainError):
    """Somebody was named who may write no notices."""

    code = "not_an_analyst"
    message = _("Only analysts write notices. Take everybody else out of the list.")
    status = 422
    field = "coauthors"


class WriterStaysError(DomainError):
    """Whoever wrote the notice in force would check the next edition of their own text."""

    code = "writer_stays"
    message = _("Those who wrote the notice in force stay authors of its update, so that they do not check it.")
    status = 422
    field = "coauthors"


@transaction.atomic
def share(notice: Notice, *, coauthors: Collection[int], by: Member, at: datetime) -> Notice:
    """Say who else writes a draft, and is therefore kept out of checking and publishing it.

    Raises: NotPermittedError, IllegalTransitionError, NotAnAnalystError, WriterStaysError.
    """
    notice = locked_for("share", notice, by)
    named = set(coauthors) - {notice.author_id}
    writing = {person.pk for person in Member.objects.with_rights(at).filter(pk__in=named) if can_draft(person)}
    # Whoever is an author already may stay, also one who is no analyst any more.
    if named - writing - set(notice.coauthors):
        raise NotAnAnalystError
    if notice.updates is not None and notice.updates.writers - named - {notice.author_id}:
        raise WriterStaysError
    before, notice.coauthors = set(notice.coauthors), sorted(named)
    notice.save(update_fields=["coauthors"])
    journal.record(SHARED, target=notice, by=by, at=at, added=sorted(named - before), removed=sorted(before - named))
    return notice
