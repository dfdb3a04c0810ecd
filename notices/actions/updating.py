"""How does a notice in force get its next edition?

It is drafted and checked as a notice of its own, under a number of its own. When it is brought out, its text becomes
the next edition of the notice that it updates, and its own row goes. Source: decision 0014.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max, Model
from django.utils.translation import gettext_lazy as _

from congress.core import journal
from congress.core.errors import DomainError, permit
from congress.core.identifiers import public_id
from members.models import Member
from notices.actions.drafting import DRAFTED
from notices.actions.locking import locked_for
from notices.actions.moving import NothingToUpdateError
from notices.actions.reading import NotAcknowledgedError
from notices.actions.saved import keep_text
from notices.actions.search import refresh_search
from notices.models import Attachment, Check, Cosponsorship, Edition, Notice, Remark, Section, notice_number
from notices.policies import visible_to
from notices.queries import own_reading

UPDATE_BEGUN = journal.event(
    "notices.notice.update_begun", _("An update was begun."), silent="only its authors have anything to do yet"
)
UPDATED = journal.event("notices.notice.updated", _("It was updated."))
DISCARDED = journal.event(
    "notices.notice.discarded", _("The draft was thrown away."), silent="nobody had read it but those who wrote it"
)

TEXT = ("title", "topics", "countries", "chemicals", "tlp")
# What an update says of its notice as a whole, and who answers for the text that is in force from then on.
TAKEN_OVER = ("kind", "urgency", "review_on", "cleared_by", "approved_by", "cosponsors")


class PendingUpdateError(DomainError):
    """Two updates at once would each lose what the other says."""

    code = "pending_update"
    message = _("An update of this notice is being written already. Work on that one together.")


@transaction.atomic
def begin_update(notice: Notice, *, by: Member, at: datetime) -> Notice:
    """Begin the next edition of a notice in force, as a draft with everything that the present edition says.

    All who wrote the notice write its update too, and so none of them checks it.
    Raises: NotPermittedError, IllegalTransitionError, NotAcknowledgedError, PendingUpdateError.
    """
    permit(visible_to(by).filter(pk=notice.pk).exists())
    original = locked_for("update", notice, by)
    if not own_reading(by, original).is_open:
        raise NotAcknowledgedError
    if Notice.objects.filter(updates=original).exists():
        raise PendingUpdateError
    working = _begun(original, by, at)
    _copy_text(original, working, by, at)
    journal.record(UPDATE_BEGUN, target=original, by=by, at=at)
    journal.record(DRAFTED, target=working, by=by, at=at, updates=original.pk)
    return working


def _begun(original: Notice, by: Member, at: datetime) -> Notice:
    looks_ahead = original.review_on is not None and original.review_on > at.date()
    working = Notice.objects.create(
        number=notice_number(at),
        author=by,
        updates=original,
        coauthors=sorted(original.writers - {by.pk}),
        cosponsors=original.cosponsors,
        kind=original.kind,
        urgency=original.urgency,
        review_on=original.review_on if looks_ahead else None,
        created_at=at,
        changed_at=at,
    )
    # Who stood behind the text before is asked about the new one.
    Cosponsorship.objects.bulk_create(
        Cosponsorship(notice=working, organisation_id=body, asked_by=by, asked_at=at) for body in original.cosponsors
    )
    return working


def _copy_text(original: Notice, working: Notice, by: Member, at: datetime) -> None:
    before = Edition.objects.get(pk=original.edition_id or 0)
    same: dict[str, Any] = {name: getattr(before, name) for name in TEXT} | before.audience.columns()
    edition = Edition.objects.create(notice=working, number=1, created_at=at, **same)
    working.edition = edition
    working.save(update_fields=["edition"])
    sections = Section.objects.bulk_create(Section(**_values(row, edition)) for row in before.sections.all())
    files = before.attachments.all()
    Attachment.objects.bulk_create(Attachment(**_values(row, edition) | {"public_id": public_id()}) for row in files)
    keep_text(edition, sections, by=by, at=at)
    refresh_search(Edition.objects.filter(pk=edition.pk))


def _values(row: Model, edition: Edition) -> dict[str, Any]:
    columns = [column.attname for column in row._meta.concrete_fields if not column.primary_key]
    return {name: getattr(row, name) for name in columns} | {"edition_id": edition.pk}


def put_in_force(working: Notice, edition: Edition, *, by: Member, at: datetime) -> Notice:
    """Make the edition of a checked update the next one of its notice, and return that notice; inside a transaction.

    Both rows are locked, the update first. Whoever sees the notice reads it as new: it moves up in the list and is part
    of the next digest. Raises: NothingToUpdateError.
    """
    original = Notice.objects.select_for_update(of=("self",)).get(pk=working.updates_id or 0)
    if not original.allows("update"):
        raise NothingToUpdateError
    # An edition is in force in one notice at most.
    working.edition = None
    working.save(update_fields=["edition"])
    _append(edition, original, drafted_as=working.number, at=at)
    _take_over(original, working, by=by, at=at)
    journal.record(
        UPDATED, target=original, by=by, at=at, edition=edition.number, tlp=edition.tlp, drafted_as=edition.drafted_as,
        working=working.pk,
    )  # fmt: skip
    working.delete()
    return original


def _append(edition: Edition, original: Notice, *, drafted_as: str, at: datetime) -> None:
    last: int = original.editions.aggregate(last=Max("number"))["last"] or 0
    edition.notice, edition.number = original, last + 1
    edition.published_at, edition.drafted_as = at, drafted_as
    edition.save(update_fields=["notice", "number", "published_at", "drafted_as"])
    original.edition = edition


def _take_over(original: Notice, working: Notice, *, by: Member, at: datetime) -> None:
    for name in TAKEN_OVER:
        setattr(original, name, getattr(working, name))
    original.coauthors = sorted((original.writers | working.writers) - {original.author_id})
    original.published_by, original.published_at, original.changed_at = by, at, at
    original.save(update_fields=["edition", "coauthors", "published_by", "published_at", "changed_at", *TAKEN_OVER])
    original.cosponsorships.all().delete()
    for said_of in (Check, Remark, Cosponsorship):
        said_of.objects.filter(notice=working).update(notice=original)


@transaction.atomic
def discard(notice: Notice, *, by: Member, at: datetime) -> Notice | None:
    """Throw a draft away that was never published; return the notice that it was to update, if any.

    Raises: NotPermittedError, IllegalTransitionError.
    """
    notice = locked_for("discard", notice, by)
    updated = notice.updates
    for target in filter(None, (notice, updated)):
        journal.record(DISCARDED, target=target, by=by, at=at, number=notice.number)
    notice.edition = None
    notice.save(update_fields=["edition"])
    notice.delete()
    return updated
