"""How do the facts of a world become rows, a word in each text? In bulk, so that hundreds of notices take seconds."""

from datetime import UTC, datetime, timedelta
from itertools import chain
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import connection
from django.db.models import Model
from django.db.models.functions import Now

from congress.core import crypto
from congress.core.files import store
from congress.core.files.kinds import Kind
from congress.core.labels import Audience
from members.models import Group, Member, Organisation, Profile, RoleGrant, Seat, Term
from notices.actions.search import refresh_search
from notices.models import (
    AccessException,
    Attachment,
    Check,
    Cosponsorship,
    Edition,
    Notice,
    Override,
    Reading,
    Remark,
    SavedSearch,
    SavedText,
    Section,
)
from tests.conftest import NOW
from tests.factories import LONG_AGO, TOTP_SECRET
from tests.proofs.facts import Case, Exempt, Label, Person, Text, World
from tests.proofs.world import GROUPS

SOON, BEFORE, DAYS = timedelta(days=30), timedelta(days=2), timedelta(days=1)
DAY = LONG_AGO.date()
READ = {"published", "suspended", "withdrawn", "expired"}


def plant(world: World) -> None:
    """Write a whole world into the database; everything commits."""
    _plant_people(world)
    cases, texts = list(world.cases.values()), [(c, t) for c in world.cases.values() for t in c.editions]
    first = sorted(cases, key=lambda case: case.updates is not None)
    insert(Notice, (notice_row(world, case) for case in first))
    insert(Edition, (edition_row(world, case, text) for case, text in texts))
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE notices_notice n SET edition_id = e.id FROM (SELECT DISTINCT ON (notice_id) notice_id, id FROM"
            " notices_edition ORDER BY notice_id, number DESC) e WHERE e.notice_id = n.id"
        )
    insert(Section, chain.from_iterable(section_rows(world, case, text) for case, text in texts))
    for make in (attachment_rows, saved_rows, override_rows, reading_rows):
        rows = list(chain.from_iterable(make(world, case, text) for case, text in texts))
        insert(type(rows[0]), rows)
    for of_case in (remark_rows, check_rows, cosponsor_rows, exception_rows):
        rows = list(chain.from_iterable(of_case(world, case) for case in cases))
        insert(type(rows[0]), rows)
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('notices_accessexception_id_seq') FROM generate_series(1, 1000)")
    refresh_search(Edition.objects.filter(pk__in=[text.pk for _case, text in texts]))


def insert(model: type[Model], rows: Any) -> None:
    """Add rows in bulk."""
    model._default_manager.bulk_create(list(rows))


def _plant_people(world: World) -> None:
    bodies = world.bodies.items()
    insert(Organisation, (Organisation(pk=pk, name=f"Body {pk}", sector=s, country=c) for pk, (s, c) in bodies))
    people = list(world.people.values())
    insert(Member, (_member(world, person) for person in people))
    insert(Profile, (Profile(member_id=person.pk) for person in people))
    addresses = (EmailAddress(user_id=p.pk, email=_email(p), verified=True, primary=True) for p in people)
    insert(EmailAddress, addresses)
    secret = {"secret": crypto.seal(TOTP_SECRET)}
    factors = (Authenticator(user_id=p.pk, type="totp", data=secret) for p in people if p.has_factor)
    insert(Authenticator, factors)
    insert(RoleGrant, chain.from_iterable(_grants(person) for person in people))
    insert(Group, (Group(pk=pk, name=f"Group {pk}", kind="working", mandate="Advice", begun_on=DAY) for pk in GROUPS))
    terms = list(chain.from_iterable(_terms(person) for person in people))
    insert(Seat, (term.seat for term in terms))
    insert(Term, terms)
    searchers = [person for person in people if person.pk % 3]
    insert(SavedSearch, (_search(world, person) for person in searchers))


def _member(world: World, person: Person) -> Member:
    # Whoever is not in the directory is named by a word: nobody else may meet it.
    name = person.name if person.standing == "member" else world.word("person", thing=person.pk)
    return Member(
        pk=person.pk, email=_email(person), latin_name=name, sort_name=name, search_text=name, password="!",
        standing=person.standing, sector=person.sector, country=person.country, organisation_id=person.body,
        joined_on=LONG_AGO.date(),
    )  # fmt: skip


def _email(person: Person) -> str:
    return f"{person.name}@members.example"


def _grants(person: Person) -> list[RoleGrant]:
    ahead = datetime.now(UTC) + 20 * SOON
    ever = (person.roles, LONG_AGO, ahead if person.pk % 2 else None)
    over = (person.former_roles, LONG_AGO, LONG_AGO + SOON)
    coming = (person.coming_roles, ahead, None)
    spans = ((role, begins, ends) for roles, begins, ends in (ever, over, coming) for role in roles)
    return [RoleGrant(member_id=person.pk, role=role, begins_at=begins, ends_at=ends) for role, begins, ends in spans]


def _terms(person: Person) -> list[Term]:
    """Return somebody's terms, each on a seat of its own, by the clock of the database and to the day."""
    today = datetime.now(UTC).date()
    spans = (
        (person.groups, today - (person.pk % 2) * DAYS, today + DAYS),
        (person.former_groups, today - 9 * DAYS, today),
        (person.coming_groups, today + DAYS, today + 9 * DAYS),
    )
    return [
        Term(group_id=pk, seat=Seat(group_id=pk), member_id=person.pk, begins_on=begins, ends_on=ends)
        for groups, begins, ends in spans for pk in sorted(groups)
    ]  # fmt: skip


def _search(world: World, person: Person) -> SavedSearch:
    name, asked = world.word("search", thing=person.pk), world.word("search_words", thing=person.pk)
    return SavedSearch(member_id=person.pk, name=name, query=f"q={asked}", saved_at=LONG_AGO)


def notice_row(world: World, case: Case) -> Notice:
    """Return the row of a notice, without its edition."""
    at = NOW - timedelta(hours=1 + case.pk % 100)
    row = Notice(
        pk=case.pk, number=case.number, state=case.state, author_id=case.author, coauthors=list(case.coauthors),
        cleared_by_id=case.cleared_by, approved_by_id=case.approved_by, published_by_id=case.published_by,
        cosponsors=list(case.cosponsors), updates_id=case.updates, urgency="urgent" if case.is_urgent else "routine",
        created_at=at - SOON, changed_at=at,
    )  # fmt: skip
    # The state decides: an instant alone makes no draft a notice in force.
    row.published_at = at if case.state in READ or case.pk % 2 else None
    row.scheduled_for = NOW + SOON if case.state == "scheduled" else None
    if case.state in {"suspended", "withdrawn"}:
        row.suspension_reason = world.word("suspension", case.pk)
        row.suspended_at = at if case.state == "suspended" else None
    if case.state == "withdrawn":
        row.withdrawn_at, row.withdrawal_reason = at, world.word("withdrawal", case.pk)
    return row


def edition_row(world: World, case: Case, text: Text) -> Edition:
    """Return the row of an edition: its label, and a word for its title, its chemical and what changed."""
    at = NOW - SOON + timedelta(days=text.number)
    return Edition(
        pk=text.pk, notice_id=case.pk, number=text.number, title=world.word("title", case.pk, text.pk),
        chemicals=[{"name": world.word("chemical", case.pk, text.pk), "cas": "50-00-0"}], topics=["drones"],
        countries=["IS"], what_changed=world.word("changed", case.pk, text.pk) if text.number > 1 else "",
        drafted_as=text.drafted_as, tlp=text.label.tlp, created_at=at, version=max(1, len(text.saved)),
        published_at=at if case.state in READ else None, **columns(text.label),
    )  # fmt: skip


def columns(label: Label) -> dict[str, list[Any]]:
    """Return the columns of an audience."""
    return Audience(
        *map(list, (label.sectors, label.countries, label.bodies, label.people)),
        *map(list, (label.not_countries, label.not_bodies, label.not_people, label.groups)),
    ).columns()


def section_rows(world: World, case: Case, text: Text) -> list[Section]:
    """Return the sections of an edition."""
    kinds = enumerate(text.sections)
    return [
        Section(edition_id=text.pk, kind=kind, tlp=text.label.tlp, position=n, body=_section(world, case, text, kind))
        for n, kind in kinds
    ]


def _section(world: World, case: Case, text: Text, kind: str) -> str:
    return f"Seen twice: {world.word(f'section {kind}', case.pk, text.pk)}, and never again."


def attachment_rows(world: World, case: Case, text: Text) -> list[Attachment]:
    """Return the attachments of an edition, their bytes in the store; what a file says inside is for the gate only."""
    return [_attachment(world, case, text, pk) for pk in text.attachments]


def _attachment(world: World, case: Case, text: Text, pk: int) -> Attachment:
    content = f"Inside stands {world.word('file content', case.pk, text.pk, pk)}."
    with NamedTemporaryFile("w") as plain:
        plain.write(content)
        plain.flush()
        key = store.put(Path(plain.name), shelf="notices")
    return Attachment(
        pk=pk, edition_id=text.pk, public_id=f"att{pk}", tlp=text.label.tlp, media_type=Kind.TEXT.media_type,
        name=f"{world.word('file name', case.pk, text.pk, pk)}.txt", digest="0" * 64, size_bytes=len(content),
        description=world.word("file description", case.pk, text.pk, pk), stored_as=key,
        text=world.word("file text", case.pk, text.pk, pk), added_by_id=case.author, added_at=LONG_AGO,
    )  # fmt: skip


def saved_rows(world: World, case: Case, text: Text) -> list[SavedText]:
    """Return what an edition said when it was saved."""
    return [
        SavedText(
            pk=pk, edition_id=text.pk, version=n, title=world.word("saved title", case.pk, text.pk, pk),
            sections={"summary": {"tlp": text.label.tlp, "body": world.word("saved body", case.pk, text.pk, pk)}},
            by_id=case.author, saved_at=LONG_AGO,
        )
        for n, pk in enumerate(text.saved, 1)
    ]  # fmt: skip


def override_rows(world: World, case: Case, text: Text) -> list[Override]:
    """Return which passages were let through."""
    return [
        Override(
            pk=pk, edition_id=text.pk, digest=f"{pk:064d}", passage=world.word("passage", case.pk, text.pk, pk),
            reason=world.word("let through", case.pk, text.pk, pk), by_id=case.author, made_at=LONG_AGO,
        )
        for pk in text.overrides
    ]  # fmt: skip


def reading_rows(world: World, case: Case, text: Text) -> list[Reading]:
    """Return who read an edition, and who promised to handle it so."""
    return [
        Reading(edition_id=text.pk, member_id=pk, read_at=LONG_AGO, acknowledged_at=LONG_AGO if promised else None)
        for pk, promised in text.readings.items()
    ]


def remark_rows(world: World, case: Case) -> list[Remark]:
    """Return what was said when it was sent back."""
    return [
        Remark(
            pk=pk, notice_id=case.pk, by_id=case.cleared_by, text=world.word("remark", case.pk, thing=pk),
            section="summary", quote=world.word("quote", case.pk, thing=pk), made_at=NOW - BEFORE,
        )
        for pk in case.remarks
    ]  # fmt: skip


def check_rows(world: World, case: Case) -> list[Check]:
    """Return what was answered when it was checked."""
    return [
        Check(
            pk=pk, notice_id=case.pk, edition_id=case.text.pk, version=1, question="purpose",
            note=world.word("check", case.pk, thing=pk), by_id=case.cleared_by or case.author, made_at=NOW - BEFORE,
        )
        for pk in case.checks
    ]  # fmt: skip


def cosponsor_rows(world: World, case: Case) -> list[Cosponsorship]:
    """Return which bodies were asked, and what they said."""
    return [
        Cosponsorship(
            notice_id=case.pk, organisation_id=body, asked_by_id=case.author, asked_at=LONG_AGO, agreed=True, version=1,
            remark=world.word("cosponsor", case.pk, thing=body), answered_by_id=case.author, answered_at=LONG_AGO,
        )
        for body in case.cosponsors
    ]  # fmt: skip


def exception_rows(world: World, case: Case) -> list[AccessException]:
    """Return who reads it although, or does not; by the clock of the database."""
    return [_exception(world, case, exception) for exception in case.exceptions]


def _exception(world: World, case: Case, exception: Exempt) -> AccessException:
    row = AccessException(
        pk=exception.pk, public_id=f"exc{exception.pk}", notice_id=case.pk, effect=exception.effect,
        member_id=exception.person, organisation_id=exception.body, country=exception.country,
        reason=world.word("exception", case.pk, thing=exception.pk),
        until=LONG_AGO + SOON if exception.holds == "expired" else Now() + SOON, made_by_id=case.published_by,
        made_at=LONG_AGO,
    )  # fmt: skip
    if exception.holds == "ended":
        row.ended_by_id, row.ended_at = case.published_by, LONG_AGO + BEFORE
    return row
