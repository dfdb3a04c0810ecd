"""How do notices, their editions and their sections become rows?"""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

from congress.core.labels import Audience
from congress.demo import shapes
from congress.demo.loading.files import load_files
from congress.demo.loading.members import Who
from notices.actions import refresh_search
from notices.models import Edition, Notice, Remark, Section

REVIEW_AFTER = timedelta(days=365)
OVERDUE_EACH = 8


def load_notices(notices: Iterable[shapes.Notice], who: Who, *, today: date) -> list[Notice]:
    """Make notices with all editions, the oldest first; the last edition is the one in force."""
    notices = list(notices)
    rows = Notice.objects.bulk_create(_notice(made, who, today) for made in notices)
    pairs = list(zip(rows, notices, strict=True))
    editions = Edition.objects.bulk_create(
        _edition(row, made, edition, who) for row, made in pairs for edition in made.editions
    )
    texts = [edition.sections for made in notices for edition in made.editions]
    Section.objects.bulk_create(
        Section(edition=edition, kind=part.kind, tlp=part.tlp, body=part.body, position=position)
        for edition, text in zip(editions, texts, strict=True)
        for position, part in enumerate(text)
    )
    _point_to_latest(rows, editions)
    Remark.objects.bulk_create(_remark(row, made, who) for row, made in pairs if made.remark)
    load_files(zip(editions, (edition for made in notices for edition in made.editions), strict=True))
    refresh_search(Edition.objects.all())
    return rows


def _notice(made: shapes.Notice, who: Who, today: date) -> Notice:
    return Notice(
        number=made.number,
        state=made.state,
        kind=made.kind,
        urgency=made.urgency,
        author=who.people[made.author],
        cleared_by=who.people.get(made.cleared_by),
        approved_by=who.people.get(made.approved_by),
        published_by=who.people.get(made.published_by),
        created_at=made.created_at,
        changed_at=made.changed_at,
        published_at=made.published_at,
        withdrawn_at=made.changed_at if made.withdrawal_reason else None,
        withdrawal_reason=made.withdrawal_reason,
        review_on=_review_on((made.published_at or made.changed_at).date(), today),
    )


def _review_on(begun_on: date, today: date) -> date:
    """Return the next day of review: each was confirmed year by year, but one in eight not the last time."""
    years = max(1, -((begun_on - today) // REVIEW_AFTER))
    is_overdue = begun_on.toordinal() % OVERDUE_EACH == 0 and years > 1
    return begun_on + (years - is_overdue) * REVIEW_AFTER


def _edition(row: Notice, made: shapes.Notice, edition: shapes.Edition, who: Who) -> Edition:
    return Edition(
        notice=row,
        number=edition.number,
        title=made.title,
        tlp=made.tlp,
        topics=sorted(made.topics),
        countries=sorted(made.countries),
        chemicals=[asdict(chemical) for chemical in made.chemicals],
        what_changed=edition.what_changed,
        created_at=edition.created_at,
        published_at=edition.published_at,
        **_audience(made.audience, who).columns(),
    )


def _audience(made: shapes.Audience, who: Who) -> Audience:
    return Audience(
        sectors=list(made.sectors),
        countries=list(made.countries),
        organisations=_keys(who.organisations[name] for name in made.organisations),
        people=_keys(who.people[email] for email in made.people),
        excluded_countries=list(made.excluded_countries),
        excluded_organisations=_keys(who.organisations[name] for name in made.excluded_organisations),
        excluded_people=_keys(who.people[email] for email in made.excluded_people),
    )


def _keys(rows: Iterable[Any]) -> list[int]:
    return [row.pk for row in rows]


def _point_to_latest(rows: list[Notice], editions: list[Edition]) -> None:
    latest = {edition.notice_id: edition for edition in editions}
    for row in rows:
        row.edition = latest[row.pk]
    Notice.objects.bulk_update(rows, ["edition"])


def _remark(row: Notice, made: shapes.Notice, who: Who) -> Remark:
    return Remark(notice=row, by=who.people[made.remark_by], text=made.remark, made_at=made.changed_at)
