"""How is a notice written?"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from congress.core import journal, wall
from congress.core.errors import DomainError, permit
from congress.core.labels import Audience, Tlp, strictest
from congress.core.models import Entry
from members.models import Member
from notices.actions.locking import locked_for
from notices.actions.saved import keep_text, sitting
from notices.actions.search import refresh_search
from notices.models import Edition, Notice, Section, notice_number
from notices.policies import can_draft

DRAFTED = journal.event(
    "notices.notice.drafted", _("A draft was begun."), silent="nobody but the author has anything to do yet"
)
# What is saved while somebody types is noted once in ten minutes for each person.
EDITED = journal.event("notices.notice.edited", _("The draft was changed."), silent="only its authors work on it")

REVIEW_WITHIN = timedelta(days=731)


class LabelTooLowError(DomainError):
    """A section or a file is more restricted than the notice around it."""

    code = "label_too_low"
    message = _(
        "A section or a file has a stricter label than the notice. Raise the label of the notice, or lower that one."
    )
    status = 422
    field = "tlp"


class RedNamesPeopleError(DomainError):
    """TLP:RED is for people, not for groups. Source: FIRST TLP 2.0."""

    code = "red_names_people"
    message = _(
        "TLP:RED is for people named one by one: take sectors, countries, organisations and groups out of the audience."
    )
    status = 422
    field = "tlp"


class ReviewDateError(DomainError):
    """Nothing stays published without somebody looking at it again."""

    code = "review_date"
    message = _("The day of review must lie ahead, and at most 24 months from now.")
    status = 422
    field = "review_on"


class EditConflictError(DomainError):
    """The draft was saved elsewhere after this form was opened."""

    code = "edit_conflict"
    message = _("This draft was saved elsewhere after you opened it. Compare both texts, then save again.")


@dataclass(frozen=True)
class SectionText:
    """What a form says of one section."""

    kind: str
    tlp: str
    body: str


@dataclass(frozen=True)
class Content:
    """Everything that an author decides about a notice."""

    kind: str
    urgency: str
    title: str
    tlp: str
    audience: Audience
    sections: tuple[SectionText, ...] = ()
    topics: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    chemicals: tuple[dict[str, str], ...] = field(default=())
    review_on: date | None = None
    what_changed: str = ""


@transaction.atomic
def draft(content: Content, *, by: Member, at: datetime) -> Notice:
    """Begin a notice. Raises: NotPermittedError, LabelTooLowError, RedNamesPeopleError, ReviewDateError."""
    permit(can_draft(by))
    wall.writing()
    _check(content, at.date())
    notice = Notice.objects.create(
        number=notice_number(at), author=by, created_at=at, changed_at=at, **_about_the_notice(content)
    )
    edition = Edition.objects.create(notice=notice, number=1, created_at=at, **_about_the_edition(content))
    notice.edition = edition
    notice.save(update_fields=["edition"])
    _write(edition, content.sections, by, at)
    journal.record(DRAFTED, target=notice, by=by, at=at)
    return notice


@transaction.atomic
def edit(
    notice: Notice, content: Content, *, version: int, by: Member, at: datetime, while_typing: bool = False
) -> Notice:
    """Save a draft over the version that the form was opened with.

    The journal notes what is saved while somebody types once in ten minutes; every version counts all the same.
    Raises: NotPermittedError, IllegalTransitionError, EditConflictError, and what `draft` raises.
    """
    notice = locked_for("edit", notice, by)
    edition = _current(notice)
    if edition.version != version:
        raise EditConflictError
    _check(content, at.date(), *edition.attachments.values_list("tlp", flat=True))
    changed = [
        *_assign(notice, {**_about_the_notice(content), "changed_at": at}),
        *_assign(edition, {**_about_the_edition(content), "version": version + 1}),
    ]
    edition.sections.all().delete()
    _write(edition, content.sections, by, at)
    if not (while_typing and _is_noted(notice, by, at)):
        journal.record(EDITED, target=notice, by=by, at=at, changed=sorted({*changed} - {"changed_at", "version"}))
    return notice


def _is_noted(notice: Notice, by: Member, at: datetime) -> bool:
    own = Entry.objects.filter(event=EDITED, target_kind=Notice._meta.label_lower, target_id=notice.pk, by=by)
    return own.filter(at__gte=sitting(at)).exists()


def _current(notice: Notice) -> Edition:
    if notice.edition is None:
        raise Edition.DoesNotExist
    return notice.edition


def _check(content: Content, today: date, *labels_of_files: str) -> None:
    if strictest(content.tlp, *(section.tlp for section in content.sections), *labels_of_files) != content.tlp:
        raise LabelTooLowError
    if content.tlp == Tlp.RED and not content.audience.names_people_only:
        raise RedNamesPeopleError
    if content.review_on:
        check_review_date(content.review_on, today)


def check_review_date(review_on: date, today: date) -> None:
    """Go on only if a day of review lies ahead, and not too far. Raises: ReviewDateError."""
    if not today < review_on <= today + REVIEW_WITHIN:
        raise ReviewDateError


def _about_the_notice(content: Content) -> dict[str, Any]:
    return {"kind": content.kind, "urgency": content.urgency, "review_on": content.review_on}


def _about_the_edition(content: Content) -> dict[str, Any]:
    return {
        "title": content.title,
        "what_changed": content.what_changed,
        "tlp": content.tlp,
        "topics": sorted(content.topics),
        "countries": sorted(content.countries),
        "chemicals": list(content.chemicals),
        **content.audience.columns(),
    }


def _assign(row: Notice | Edition, values: dict[str, Any]) -> list[str]:
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, values[name])
    row.save(update_fields=changed)
    return changed


def _write(edition: Edition, sections: tuple[SectionText, ...], by: Member, at: datetime) -> None:
    written = Section.objects.bulk_create(
        Section(edition=edition, kind=text.kind, tlp=text.tlp, body=text.body, position=position)
        for position, text in enumerate(sections)
    )
    keep_text(edition, written, by=by, at=at)
    refresh_search(Edition.objects.filter(pk=edition.pk))
