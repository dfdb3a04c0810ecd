"""How do organisations, people, their roles and their accounts become rows?"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time

from allauth.account.models import EmailAddress
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password

from congress.core.roles import Standing
from congress.core.sectors import Sector
from congress.core.zones import zone_of
from congress.demo import shapes
from congress.demo.accounts import PASSWORD, accounts
from congress.demo.loading.portraits import load_portraits
from congress.demo.people import spoken
from members.actions import refresh_search
from members.models import FieldAudience, Member, Organisation, Profile, RoleGrant


@dataclass(frozen=True, slots=True)
class Who:
    """The rows that all others refer to: organisations by name, members by address."""

    organisations: Mapping[str, Organisation]
    people: Mapping[str, Member]


def load_members(organisations: Iterable[shapes.Organisation], people: Iterable[shapes.Person]) -> Who:
    """Make everybody but the applicants, who are no members yet."""
    members = [person for person in people if person.standing != Standing.APPLICANT]
    bodies = {body.name: body for body in Organisation.objects.bulk_create(map(_organisation, organisations))}
    passwords = _passwords(members)
    rows = Member.objects.bulk_create(
        _member(person, bodies[person.organisation.name], passwords.get(person.email)) for person in members
    )
    who = Who(bodies, {row.email: row for row in rows})
    load_portraits(Profile.objects.bulk_create(_profile(person, who) for person in members))
    EmailAddress.objects.bulk_create(
        EmailAddress(user=row, email=row.email, verified=True, primary=True) for row in rows
    )
    RoleGrant.objects.bulk_create(grant for person in members for grant in _grants(person, who))
    Authenticator.objects.bulk_create(_second_factors(members, who))
    refresh_search(Member.objects.all())
    return who


def _organisation(body: shapes.Organisation) -> Organisation:
    return Organisation(
        public_id=body.public_id,
        name=body.name,
        native_name=body.native_name,
        sector=body.sector,
        country=body.country,
        city=body.city,
        mail_domains=[body.mail_domain],
    )


def _passwords(people: Sequence[shapes.Person]) -> dict[str, str]:
    # One hash for all accounts: the password is public, and each hash would cost a tenth of a second.
    hashed = make_password(PASSWORD)
    return {account.email: hashed for account in accounts(people)}


def _member(person: shapes.Person, body: Organisation, password: str | None) -> Member:
    return Member(
        public_id=person.public_id,
        email=person.email,
        password=password or make_password(None),
        latin_name=person.latin_name,
        native_name=person.native_name,
        native_language=person.native_language,
        standing=person.standing,
        sector=person.sector,
        country=person.country,
        organisation=body,
        joined_on=person.joined_on,
    )


def _profile(person: shapes.Person, who: Who) -> Profile:
    return Profile(
        member=who.people[person.email],
        position=person.position,
        city=person.city,
        time_zone=zone_of(person.country),
        biography=person.biography,
        expertise=list(person.expertise),
        topics=list(person.topics),
        languages=spoken(person.languages),
        confirmed_on=person.joined_on,
        # Who wrote a notice is told by its author: the police keep it to themselves.
        notices_audience=FieldAudience.NETWORK if person.sector != Sector.LAW_ENFORCEMENT else "",
    )


def _grants(person: shapes.Person, who: Who) -> Iterator[RoleGrant]:
    for role in person.roles:
        begins_at = datetime.combine(person.joined_on, time(9, 0), UTC)
        yield RoleGrant(member=who.people[person.email], role=role, begins_at=begins_at)


def _second_factors(people: Sequence[shapes.Person], who: Who) -> Iterator[Authenticator]:
    for account in accounts(people):
        secret = get_adapter().encrypt(account.totp_secret)
        yield Authenticator(user=who.people[account.email], type=Authenticator.Type.TOTP, data={"secret": secret})
