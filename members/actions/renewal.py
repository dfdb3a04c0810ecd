"""How does a member stay: what completes a module, who is warned, and who lapses?

Each step of the night finds its own work in the rows, so that a night that failed or was missed is made up for by
the next one. Nobody lapses who was not warned three days before.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from congress.core import journal, periods
from congress.core.errors import DomainError, permit
from congress.core.roles import Standing
from members.models import (
    CODE_VERSION,
    LIFETIME_DAYS,
    WARNINGS,
    Affiliation,
    Completion,
    CompletionQuerySet,
    Member,
    Module,
    Profile,
)
from members.policies import RENEWABLE, can_renew

BATCH_SIZE = 1000
FIRST, LAST = max(WARNINGS), min(WARNINGS)

RENEWED = journal.event(
    "members.membership.renewed", _("A member renewed the membership."), silent="the page says it to the member"
)
WARNED = journal.event("members.membership.warned", _("Members were warned of what expires."))
LAPSED = journal.event(
    "members.member.lapsed",
    _("A membership lapsed: it was not renewed."),
    silent="the entry about all who lapsed together tells them",
)
LAPSED_TOGETHER = journal.event("members.membership.lapsed", _("Memberships lapsed: they were not renewed."))

# Whoever came before there were modules, or by whichever way, has them from the last anniversary of joining. Nobody is
# due before the first warning could be sent.
BEGIN = """
    INSERT INTO members_completion (member_id, module, completed_at, version, expires_on)
    SELECT m.id, kind, m.joined_on + passed * interval '1 year',
        CASE WHEN kind = 'code_of_conduct' THEN %(version)s ELSE '' END,
        GREATEST((m.joined_on + (passed + 1) * interval '1 year')::date, %(today)s::date + %(first)s + 1)
    FROM members_member m
    CROSS JOIN LATERAL (SELECT GREATEST(extract(year FROM age(%(today)s::date, m.joined_on)), 0) AS passed) AS years
    CROSS JOIN unnest(%(modules)s::text[]) AS kind
    WHERE m.standing = 'member'
        AND NOT EXISTS (SELECT FROM members_completion c WHERE c.member_id = m.id AND c.module = kind)
    ON CONFLICT DO NOTHING
"""


class NotRenewableError(DomainError):
    """The person left or was shut out."""

    code = "not_renewable"
    message = _("This membership can’t be renewed. Write to the secretariat from your work address.")


class NothingToConfirmError(DomainError):
    """There is no organisation that the member could still belong to."""

    code = "no_organisation"
    message = _("No organisation of yours is known, so there is nothing to confirm. Write to the secretariat.")


class CodeChangedError(DomainError):
    """A new code of conduct came into force while the member was reading the old one."""

    code = "code_changed"
    message = _("The code of conduct was changed while you were reading. Read it again, then agree to it.")
    field = "agrees"


@transaction.atomic
def renew(member: Member, *, by: Member, at: datetime, version: str) -> Member:
    """Complete every module: nothing changed, and the member agrees to this version of the code of conduct.

    Raises: NotPermittedError, NotRenewableError, NothingToConfirmError, CodeChangedError.
    """
    locked = Member.objects.select_for_update().get(pk=member.pk)
    permit(can_renew(by, locked))
    if locked.standing not in RENEWABLE:
        raise NotRenewableError
    if locked.organisation_id is None:
        raise NothingToConfirmError
    if version != CODE_VERSION:
        raise CodeChangedError
    for module in Module:
        complete(locked, module, by=by, at=at)
    Profile.objects.filter(member=locked).update(confirmed_on=at.date())
    was_lapsed, locked.standing = locked.standing == Standing.LAPSED, Standing.MEMBER
    locked.save(update_fields=["standing"])
    journal.record(RENEWED, target=locked, by=by, at=at, was_lapsed=was_lapsed)
    return locked


def complete(member: Member, module: Module, *, by: Member, at: datetime) -> None:
    """Note that a module is proved from now on; an organisation may ask for its people more often than yearly."""
    days = LIFETIME_DAYS
    if module == Module.AFFILIATION and member.organisation is not None:
        days = member.organisation.proof_days
        present = Affiliation.objects.present().filter(member=member)
        present.update(confirmed_on=at.date(), confirmed_by=by)
    facts = {
        "completed_at": at,
        "completed_by": by,
        "version": CODE_VERSION if module == Module.CODE_OF_CONDUCT else "",
        "expires_on": at.date() + timedelta(days=days),
        "warned_days": None,
    }
    Completion.objects.update_or_create(member=member, module=module, defaults=facts)


def open_night(today: date, *, at: datetime) -> bool:
    """Claim the night of a day; False if somebody has it already."""
    return periods.claim("members.renewal", today.isoformat(), at=at)


def sweep(*, at: datetime) -> dict[str, int]:
    """Do a night's work: begin what is missing, let lapse what expired, then warn; returns how many members each."""
    today = at.date()
    _begin(today)
    _ask_for_new_code(today)
    lapsed = sum(_lapse(today, at))
    _postpone_unwarned(today)
    return {"lapsed": lapsed, **{f"warned_{days}": sum(_warn(days, today, at)) for days in sorted(WARNINGS)}}


def _begin(today: date) -> None:
    facts: dict[str, Any] = {"version": CODE_VERSION, "today": today, "first": FIRST, "modules": Module.values}
    with connection.cursor() as cursor:
        cursor.execute(BEGIN, facts)


def _ask_for_new_code(today: date) -> None:
    soon = today + timedelta(days=FIRST)
    signed = Completion.objects.filter(module=Module.CODE_OF_CONDUCT, expires_on__gt=soon)
    signed.exclude(version=CODE_VERSION).update(expires_on=soon, warned_days=None)


def _postpone_unwarned(today: date) -> None:
    """Give everybody the last warning's time who did not get it: the portal was down, or they were suspended."""
    soon = today + timedelta(days=LAST)
    late = Completion.objects.in_force().filter(expires_on__lt=soon).unwarned(LAST)
    Completion.objects.filter(pk__in=late.values("pk")).update(expires_on=soon, warned_days=None)


def _lapse(today: date, at: datetime) -> Iterator[int]:
    expired = Completion.objects.in_force().expiring(today).filter(warned_days=LAST)
    for ids in _batches(expired):
        yield _lapse_some(ids, expired, at)


@transaction.atomic
def _lapse_some(ids: list[int], expired: CompletionQuerySet, at: datetime) -> int:
    # Locked first, then asked again: somebody may be renewing at this moment.
    held = list(Member.objects.filter(pk__in=ids).order_by("pk").select_for_update().values_list("pk", flat=True))
    lapsing = sorted(set(expired.filter(member__in=held).values_list("member", flat=True)))
    if lapsing:
        Member.objects.filter(pk__in=lapsing).update(standing=Standing.LAPSED)
        journal.record_each(LAPSED, Member, lapsing, at=at)
        journal.record(LAPSED_TOGETHER, target=None, by=None, at=at, members=lapsing)
    return len(lapsing)


def _warn(days: int, today: date, at: datetime) -> Iterator[int]:
    near = Completion.objects.expiring(today + timedelta(days=days)).unwarned(days)
    for ids in _batches(near.in_force().first_to_expire()):
        yield _warn_some(ids, near, days, at)


@transaction.atomic
def _warn_some(ids: list[int], near: CompletionQuerySet, days: int, at: datetime) -> int:
    # Rows first, then asked again as they are changed: one statement for both would look through the whole table.
    due = list(near.filter(member__in=ids).in_force().first_to_expire().values_list("pk", flat=True))
    near.filter(pk__in=due).update(warned_days=days)
    journal.record(WARNED, target=None, by=None, at=at, days=days, members=ids)
    return len(ids)


def _batches(rows: CompletionQuerySet) -> Iterator[list[int]]:
    """Walk through members in good standing by their numbers; of each thousand return those with such rows.

    One query for everybody has a plan that may not end, in a night in which most rows have just changed.
    """
    last = 0
    while people := _in_good_standing(last):
        last = people[-1]
        if ids := sorted(set(rows.filter(member__in=people).values_list("member", flat=True))):
            yield ids


def _in_good_standing(after: int) -> list[int]:
    members = Member.objects.filter(standing=Standing.MEMBER, pk__gt=after).order_by("pk")
    return list(members.values_list("pk", flat=True)[:BATCH_SIZE])
