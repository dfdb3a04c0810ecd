"""How do tests make rows? Plainly: what is not said is the least surprising value, and nothing is random."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from itertools import count
from time import time
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.test import Client

from congress.core import crypto
from congress.core.labels import Audience, Tlp
from congress.core.names import folded
from congress.core.roles import Role, Standing
from congress.core.sectors import Sector
from events.models import Format, Meeting, Release, Room, Session, Slot, Track
from members.models import Group, GroupKind, Member, Organisation, Profile, RoleGrant, Seat, Term
from notices.models import Attachment, Edition, Notice, NoticeState, Section, SectionKind

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
PASSWORD = "a quiet harbour at dawn"
TOTP_SECRET = "JBSWY3DPEHPK3PXP"

_serial = count(1)


def organisation(name: str = "", **fields: Any) -> Organisation:
    """Make a body; without a name it gets one of its own."""
    serial = next(_serial)
    values = {"sector": Sector.LAW_ENFORCEMENT, "country": "FR", "mail_domains": [f"body{serial}.example"], **fields}
    return Organisation.objects.create(name=name or f"Body {serial}", **values)


def member(
    name: str = "", *, roles: Iterable[str] = (), factor: bool = True, profile: bool = True, **fields: Any
) -> Member:
    """Make a person with a verified address, a second factor and a profile; return them as their session loads them.

    Tests make many: what has just been said of them is not asked of the database again.
    """
    name = name or f"member{next(_serial)}"
    person = Member(**{**_vetted(name), **fields})
    if "organisation" not in fields and person.sector:
        person.organisation = organisation(sector=person.sector, country=person.country)
    person.sort_name, person.search_text = folded(person.latin_name), folded(person.latin_name, person.native_name)
    person.set_password(PASSWORD)
    person.save()
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    if factor:
        second_factor(person)
    if profile:
        Profile.objects.create(member_id=person.pk)
    held = [str(grant(person, Role(role)).role) for role in roles]
    factors = [Authenticator.Type.TOTP.value] if factor else []
    vars(person).update(
        loaded_roles=held, loaded_groups=[], loaded_meetings=[], loaded_factors=factors, loaded_recovery=False
    )
    return person


def _vetted(name: str) -> dict[str, Any]:
    return {
        "email": f"{name}@members.example",
        "latin_name": name.replace("_", " ").title(),
        "standing": Standing.MEMBER,
        "sector": Sector.LAW_ENFORCEMENT,
        "country": "FR",
        "joined_on": date(2020, 1, 1),
    }


def second_factor(person: Member) -> Authenticator:
    """Give a person a TOTP factor with the known secret, sealed as the portal seals it."""
    data = {"secret": crypto.seal(TOTP_SECRET)}
    return Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data=data)


def show_factor(client: Client, person: Member, *, minutes_ago: float = 0, kind: str = "totp") -> None:
    """Let a session have shown a second factor, as signing in does."""
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "type": kind, "at": time() - minutes_ago * 60}]
    session["account_authentication_methods_user"] = str(person.pk)
    session.save()


def grant(person: Member, role: Role) -> RoleGrant:
    """Give a person a role that has long been in force."""
    return RoleGrant.objects.create(member=person, role=role, begins_at=LONG_AGO)


def group(name: str = "", **fields: Any) -> Group:
    """Make a group without seats."""
    values = {"kind": GroupKind.WORKING, "mandate": "To advise.", "begun_on": LONG_AGO.date(), **fields}
    return Group.objects.create(name=name or f"Group {next(_serial)}", **values)


def term(person: Member, place: Group, *, days: int = 200, **fields: Any) -> Term:
    """Give a person a seat of their own that ends in some days, by the clock of the database; 0 is today."""
    ends_on = datetime.now(UTC).date() + timedelta(days=days)
    values = {"seat": Seat.objects.create(group=place), "begins_on": ends_on - timedelta(days=400), **fields}
    return Term.objects.create(member=person, group=place, ends_on=ends_on, **values)


def reloaded(person: Member) -> Member:
    """Return the person as the session loads them: with roles, factor and organisation."""
    now = datetime.now(UTC)
    return Member.objects.with_rights(now).select_related("organisation").get(pk=person.pk)


def meeting(slug: str = "plenary-2027", **fields: Any) -> Meeting:
    """Make an announced plenary that takes registrations, with 10 seats."""
    values: dict[str, Any] = {
        "title": f"Plenary {slug}",
        "theme": "Shared vigilance",
        "venue": "Conference Centre",
        "city": "Nairobi",
        "country": "KE",
        "time_zone": "Africa/Nairobi",
        "starts_on": date(2027, 4, 12),
        "ends_on": date(2027, 4, 14),
        "is_announced": True,
        "registration_opens_at": LONG_AGO,
        "registration_closes_at": datetime(2027, 4, 1, tzinfo=UTC),
        "capacity": 10,
    }
    return Meeting.objects.create(slug=slug, **{**values, **fields})


def session(place: Meeting, title: str = "", *, starts_at: datetime | None = None, **fields: Any) -> Session:
    """Make a session of a meeting and place it in the released programme, in a room of its own."""
    serial = next(_serial)
    track, _made = Track.objects.get_or_create(meeting=place, slug="main", defaults={"name": "Main"})
    values = {"track": track, "format": Format.PANEL, "tlp": Tlp.GREEN, **fields}
    made = Session.objects.create(meeting=place, title=title or f"Session {serial}", **values)
    release, _made = Release.objects.get_or_create(meeting=place, number=1, defaults={"released_at": LONG_AGO})
    begin = starts_at or datetime(2027, 4, 12, 6, 0, tzinfo=UTC)
    room = Room.objects.create(meeting=place, name=f"Room {serial}")
    Slot.objects.create(
        release=release, session=made, room=room, starts_at=begin, ends_at=begin + timedelta(minutes=60)
    )
    return made


def notice(
    title: str = "",
    *,
    audience: Audience | None = None,
    tlp: Tlp = Tlp.GREEN,
    state: str = NoticeState.PUBLISHED,
    author: Member | None = None,
    at: datetime = LONG_AGO,
    sections: dict[str, str] | None = None,
    **fields: Any,
) -> Notice:
    """Make a notice in a state, with one edition; published ones have people of record of their own."""
    serial = next(_serial)
    published = state in {"published", "suspended", "withdrawn", "expired"}
    record: dict[str, Any] = {"author": author or member(f"author{serial}", roles=[Role.ANALYST])}
    if published or state in {"cleared", "scheduled"}:
        record["cleared_by"] = member(f"clearer{serial}", roles=[Role.COMPLIANCE_OFFICER])
    if state == "scheduled":
        record |= {"published_by": member(f"publisher{serial}", roles=[Role.PUBLISHER]), "scheduled_for": at}
    if published:
        record |= {"published_by": member(f"publisher{serial}", roles=[Role.PUBLISHER]), "published_at": at}
    if tlp == Tlp.RED and (published or state == "scheduled"):
        record["approved_by"] = member(f"approver{serial}", roles=[Role.PUBLISHER])
    if state == "suspended":
        record |= {"suspended_at": at, "suspension_reason": "In doubt"}
    if state == "withdrawn":
        record |= {"withdrawn_at": at, "withdrawal_reason": "Superseded"}
    made = Notice.objects.create(
        number=f"PN-2026-{serial:05d}", state=state, created_at=at, changed_at=at, **{**record, **fields}
    )
    edition = Edition.objects.create(
        notice=made, number=1, title=title or f"Notice {serial}", tlp=tlp, created_at=at,
        **(audience or Audience()).columns(),
    )  # fmt: skip
    texts = sections if sections is not None else {SectionKind.SUMMARY: "A summary."}
    for position, (kind, body) in enumerate(texts.items()):
        Section.objects.create(edition=edition, kind=kind, tlp=tlp, body=body, position=position)
    made.edition = edition
    made.save(update_fields=["edition"])
    return made


def attachment(edition: Edition, name: str = "seal.png", **fields: Any) -> Attachment:
    """Give an edition a file, without the bytes."""
    values: dict[str, Any] = {
        "tlp": edition.tlp,
        "media_type": "image/png",
        "size_bytes": 2048,
        "digest": "0" * 64,
        "stored_as": f"file{next(_serial)}",
        "added_by": edition.notice.author,
        "added_at": LONG_AGO,
    }
    return Attachment.objects.create(edition=edition, name=name, **{**values, **fields})
