"""Which bodies stand behind a notice of the demonstration, and for whom is an exception made?"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from congress.core.roles import Role, Standing
from congress.demo import shapes
from congress.demo.loading.members import Who
from members.models import Member
from notices.models import AccessException, Cosponsorship, Effect, Notice, NoticeState

COSPONSORED = 5
DAY = timedelta(days=1)


def load_cosponsors(notices: list[Notice], people: Iterable[shapes.Person], who: Who) -> None:
    """Let a body stand behind each of the newest notices in force, and ask the first one about what is checked."""
    speakers = [who.people[each.email] for each in people if _holds(Role.FOCAL_POINT, each)]
    in_force = _newest(notices, NoticeState.PUBLISHED)[:COSPONSORED]
    checked = [row for row in _newest(notices, NoticeState.IN_REVIEW) if _is_apart(speakers[0], row)][:1]
    pairs = [(row, next((each for each in speakers if _is_apart(each, row)), None)) for row in in_force]
    asked = [_asked(row, speaker, is_answered=True) for row, speaker in pairs if speaker]
    asked += [_asked(row, speakers[0], is_answered=False) for row in checked]
    for each in asked:
        each.notice.cosponsors = [each.organisation_id]
    Cosponsorship.objects.bulk_create(asked)
    Notice.objects.bulk_update([each.notice for each in asked], ["cosponsors"])


def load_exceptions(notices: list[Notice], people: Iterable[shapes.Person], who: Who, *, at: datetime) -> None:
    """Let a person, a body and a country read what is not for them, and one person not read what is."""
    plain = [who.people[each.email] for each in people if each.standing == Standing.MEMBER and not each.roles]
    publishers = [who.people[each.email] for each in people if _holds(Role.PUBLISHER, each)]
    # The very newest of each label shows the accounts what they read by their audience.
    rows = _newest(notices, NoticeState.PUBLISHED)[6:10]
    person, other, colleague = plain[-1], plain[-2], plain[-3]
    kinds: list[dict[str, Any]] = [
        {"effect": Effect.GRANT, "member": person, "reason": "Leads the enquiry that the notice came from."},
        {"effect": Effect.GRANT, "organisation": other.organisation, "reason": "Runs the laboratory that is asked."},
        {"effect": Effect.GRANT, "country": colleague.country, "reason": "The consignment was bound for this country."},
        {"effect": Effect.DENY, "member": other, "reason": "Works for the firm that the enquiry is about."},
    ]
    AccessException.objects.bulk_create(
        AccessException(notice=row, made_at=at - 2 * DAY, until=at + 30 * DAY, made_by=_free(publishers, row), **kind)
        for row, kind in zip(rows, kinds, strict=False)
    )


def _asked(row: Notice, speaker: Member, *, is_answered: bool) -> Cosponsorship:
    made = Cosponsorship(notice=row, organisation=speaker.organisation, asked_by=row.author, asked_at=row.created_at)
    if is_answered and row.edition:
        made.agreed, made.version = True, row.edition.version
        made.answered_by, made.answered_at = speaker, row.changed_at
    return made


def _newest(notices: list[Notice], state: NoticeState) -> list[Notice]:
    return [row for row in reversed(notices) if row.state == state]


def _holds(role: Role, person: shapes.Person) -> bool:
    return person.standing == Standing.MEMBER and role in person.roles


def _is_apart(speaker: Member, row: Notice) -> bool:
    """A body is asked by another one, and its focal point has no part in the notice."""
    return speaker.organisation_id != row.author.organisation_id and speaker.pk not in row.people_of_record


def _free(publishers: list[Member], row: Notice) -> Member:
    return next(each for each in publishers if each.pk not in {*row.writers, row.cleared_by_id})
