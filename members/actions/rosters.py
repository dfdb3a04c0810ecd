"""How does an existing network come in, with everybody in it, at once?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models.functions import Lower
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from congress.core import journal
from congress.core.errors import DomainError, permit
from congress.core.models import Entry
from congress.core.roles import Standing
from congress.core.zones import zone_of
from members.actions.search import refresh_search
from members.models import Member, Organisation, Profile
from members.policies import can_import_members

BATCH_SIZE = 1000

ROSTER_IMPORTED = journal.event("members.roster.imported", _("A list of members was brought in from outside."))
IMPORTED = journal.event(
    "members.member.imported",
    _("A person became a member with a list from outside."),
    silent="the entry of the list as a whole writes to everybody on it",
)


@dataclass(frozen=True)
class Newcomer:
    """One line of a list: a person whom another network has vetted."""

    line: int
    latin_name: str
    native_name: str
    email: str
    sector: str
    country: str
    organisation: str
    position: str
    other_names: list[str] = field(default_factory=list)
    expertise: list[str] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)
    languages: list[str] = field(default_factory=list)
    joined_on: date | None = None


class AlreadyMembersError(DomainError):
    """Some of the people are in the network already."""

    code = "already_members"
    message: str | Promise = _("Some of these people are members already. Nothing was imported.")

    def __init__(self, newcomers: Sequence[Newcomer]) -> None:
        super().__init__()
        self.newcomers = newcomers


def already_members(newcomers: Sequence[Newcomer]) -> list[Newcomer]:
    """Return those whose address the portal knows already, whatever the person's standing; two queries."""
    wanted = [newcomer.email for newcomer in newcomers]
    members = Member.objects.annotate(address=Lower("email")).filter(address__in=wanted)
    others = EmailAddress.objects.annotate(address=Lower("email")).filter(address__in=wanted)
    known = {*members.values_list("address", flat=True), *others.values_list("address", flat=True)}
    return [newcomer for newcomer in newcomers if newcomer.email in known]


def unknown_organisations(newcomers: Sequence[Newcomer]) -> list[str]:
    """Return the bodies of these people that the portal does not know yet, in the order of the list; one query."""
    known = {name.lower() for name in Organisation.objects.values_list("name", flat=True)}
    return list(dict.fromkeys(n.organisation for n in newcomers if n.organisation.lower() not in known))


@transaction.atomic
def import_list(newcomers: Sequence[Newcomer], *, by: Member, at: datetime) -> Entry:
    """Make everybody on a list a member, or nobody. Raises: NotPermittedError, AlreadyMembersError."""
    permit(can_import_members(by))
    return _import(newcomers, by, at)


@transaction.atomic
def import_members(newcomers: Sequence[Newcomer], *, at: datetime) -> Entry:
    """Make everybody on a list a member, or nobody; for the operator of the server, who is no member.

    Raises: AlreadyMembersError.
    """
    return _import(newcomers, None, at)


def _import(newcomers: Sequence[Newcomer], by: Member | None, at: datetime) -> Entry:
    """They have no password: the listener of the entry returned sends each a link for the first one."""
    if known := already_members(newcomers):
        raise AlreadyMembersError(known)
    members = _members(newcomers, at)
    people = list(zip(members, newcomers, strict=True))
    EmailAddress.objects.bulk_create(
        (EmailAddress(user=one, email=one.email, verified=True, primary=True) for one in members), BATCH_SIZE
    )
    Profile.objects.bulk_create((_profile(member, newcomer) for member, newcomer in people), BATCH_SIZE)
    refresh_search(Member.objects.filter(pk__in=[member.pk for member in members]))
    roster = journal.record(ROSTER_IMPORTED, target=None, by=by, at=at, count=len(members))
    for member in members:
        journal.record(IMPORTED, target=member, by=by, at=at, roster=roster.pk)
    return roster


def imported_with(roster: Entry) -> list[int]:
    """Return the ids of the members who came in with a list, as the journal has them."""
    entries = Entry.objects.filter(event=IMPORTED, data__roster=roster.pk).order_by("pk")
    return [pk for pk in entries.values_list("target_id", flat=True) if pk is not None]


def _members(newcomers: Sequence[Newcomer], at: datetime) -> list[Member]:
    bodies = _organisations(newcomers)
    rows = (_member(newcomer, bodies[newcomer.organisation.lower()], at) for newcomer in newcomers)
    return Member.objects.bulk_create(rows, BATCH_SIZE)


def _member(newcomer: Newcomer, body: Organisation, at: datetime) -> Member:
    return Member(
        email=newcomer.email,
        password=make_password(None),
        latin_name=newcomer.latin_name,
        native_name=newcomer.native_name,
        standing=Standing.MEMBER,
        sector=newcomer.sector,
        country=newcomer.country,
        organisation=body,
        joined_on=newcomer.joined_on or at.date(),
    )


def _organisations(newcomers: Sequence[Newcomer]) -> dict[str, Organisation]:
    """Return the bodies by lower-case name, new ones with the sector and country of their first person."""
    bodies = {body.name.lower(): body for body in Organisation.objects.order_by("-pk")}
    missing = {n.organisation.lower(): n for n in reversed(newcomers) if n.organisation.lower() not in bodies}
    made = Organisation.objects.bulk_create(_new_bodies(missing), BATCH_SIZE)
    return bodies | {body.name.lower(): body for body in made}


def _new_bodies(missing: dict[str, Newcomer]) -> Iterator[Organisation]:
    for newcomer in missing.values():
        yield Organisation(name=newcomer.organisation, sector=newcomer.sector, country=newcomer.country)


def _profile(member: Member, newcomer: Newcomer) -> Profile:
    return Profile(
        member=member,
        position=newcomer.position,
        other_names=newcomer.other_names,
        time_zone=zone_of(newcomer.country),
        expertise=newcomer.expertise,
        topics=newcomer.topics,
        languages=newcomer.languages,
    )
