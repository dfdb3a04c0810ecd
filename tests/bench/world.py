"""On which data is measured beyond the demonstration network? Larger of the same, and repeatable."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from itertools import cycle

from django.db import connection, connections, transaction
from django.db.models import Model

from congress.core.labels import Tlp
from congress.core.roles import Standing
from congress.demo import shapes
from congress.demo.people import people, spoken
from events.models import Appearance, Format, Meeting, Part, Release, Room, Session, Slot, Speaker, Track
from members.actions import refresh_search as refresh_members
from members.models import Member, Organisation, Profile

SLUG = "three-hundred-sessions"
FIRST_DAY = datetime(2027, 9, 6, 6, 0, tzinfo=UTC)
DAYS, ROOMS, SESSIONS, SPEAKERS = 3, 12, 300, 250
ABSTRACT = (
    "Practitioners from four regions compare what worked, what did not, and what they would do again: how a first "
    "report reached the right desk, which agreements had to be in place before, and where a single form saved a week. "
    "The second half is for questions from the floor. Participants leave with a checklist that fits on one page and "
    "with three people whom they can call."
)


@transaction.atomic
def large_programme() -> str:
    """Make a meeting as large as those that rivals were measured with; returns its slug."""
    meeting = Meeting.objects.create(
        slug=SLUG, title="Three hundred sessions", theme="Scale", venue="Conference Centre", city="Nairobi",
        country="KE", time_zone="Africa/Nairobi", starts_on=date(2027, 9, 6), ends_on=date(2027, 9, 8),
        is_announced=True, capacity=3000,
    )  # fmt: skip
    rooms = Room.objects.bulk_create(
        Room(meeting=meeting, name=f"Room {n + 1}", position=n, seat_count=200) for n in range(ROOMS)
    )
    tracks = Track.objects.bulk_create(
        Track(meeting=meeting, slug=f"track-{n + 1}", name=f"Track {n + 1}", position=n) for n in range(5)
    )
    sessions = Session.objects.bulk_create(_session(meeting, n, tracks[n % 5]) for n in range(SESSIONS))
    release = Release.objects.create(meeting=meeting, number=1, released_at=datetime(2026, 9, 1, tzinfo=UTC))
    Slot.objects.bulk_create(_slot(release, session, n, rooms) for n, session in enumerate(sessions))
    _speakers(meeting, sessions)
    return SLUG


def _session(meeting: Meeting, number: int, track: Track) -> Session:
    return Session(
        meeting=meeting,
        track=track,
        format=[Format.PANEL, Format.WORKSHOP, Format.CASE_STUDY][number % 3],
        title=f"What a network learns from case {number + 1} and how it tells others",
        abstract=ABSTRACT,
        tlp=[Tlp.CLEAR, Tlp.GREEN, Tlp.AMBER][number % 3],
    )


def _slot(release: Release, session: Session, number: int, rooms: list[Room]) -> Slot:
    day, place = divmod(number, SESSIONS // DAYS)
    starts_at = FIRST_DAY + timedelta(days=day, hours=place // ROOMS)
    room = rooms[place % ROOMS]
    return Slot(
        release=release, session=session, room=room, starts_at=starts_at, ends_at=starts_at + timedelta(minutes=45)
    )


def _speakers(meeting: Meeting, sessions: list[Session]) -> None:
    members = Member.objects.listed().select_related("organisation").order_by("pk")[:SPEAKERS]
    speakers = Speaker.objects.bulk_create(_speaker(meeting, member) for member in members)
    turns = cycle(speakers)
    # Every sixth session has two, as in the programmes that rivals were measured with.
    pairs = [(session, next(turns)) for n, session in enumerate(sessions) for _each in range(1 + (n % 6 == 0))]
    Appearance.objects.bulk_create(Appearance(session=s, speaker=who, part=Part.PRESENTER) for s, who in pairs)


def _speaker(meeting: Meeting, member: Member) -> Speaker:
    return Speaker(
        meeting=meeting,
        member=member,
        latin_name=member.latin_name,
        native_name=member.native_name,
        native_language=member.native_language,
        organisation_name=str(member.organisation),
        country=member.country,
    )


def grow(member_count: int) -> None:
    """Let the network grow to this size; whoever is added is a member in good standing."""
    with transaction.atomic():
        _grow_members(member_count)
    with connections["owner"].cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _grow_members(wanted: int) -> None:
    missing = max(0, wanted - Member.objects.listed().count())
    if not missing:
        return
    first = Member.objects.order_by("-pk")[0].pk + 1
    # Each time another seed than before, and than the demonstration's, so that nobody is there twice.
    bodies, newcomers = people(first, missing)
    Organisation.objects.bulk_create((_organisation(body) for body in bodies), ignore_conflicts=True)
    ids = dict(Organisation.objects.values_list("name", "pk"))
    copy_in(Member, (_member(number, person, ids) for number, person in enumerate(newcomers, first)))
    copy_in(Profile, (_profile(number, person) for number, person in enumerate(newcomers, first)))
    refresh_members(Member.objects.filter(search_text=""))


def _organisation(body: shapes.Organisation) -> Organisation:
    return Organisation(
        name=body.name,
        native_name=body.native_name,
        sector=body.sector,
        country=body.country,
        city=body.city,
        mail_domains=[body.mail_domain],
    )


def _member(number: int, person: shapes.Person, organisations: dict[str, int]) -> Member:
    return Member(
        pk=number,
        email=f"{number}.{person.email}",
        latin_name=person.latin_name,
        native_name=person.native_name,
        native_language=person.native_language,
        standing=Standing.MEMBER,
        sector=person.sector,
        country=person.country,
        organisation_id=organisations[person.organisation.name],
        joined_on=person.joined_on,
    )


def _profile(number: int, person: shapes.Person) -> Profile:
    return Profile(
        member_id=number,
        position=person.position,
        city=person.city,
        biography=person.biography,
        expertise=list(person.expertise),
        topics=list(person.topics),
        languages=spoken(person.languages),
    )


def copy_in(model: type[Model], rows: Iterable[Model]) -> None:
    """Write rows that have their keys already, by COPY: 100,000 take seconds instead of minutes."""
    fields = model._meta.concrete_fields
    names = ", ".join(field.attname for field in fields)
    statement = f"COPY {model._meta.db_table} ({names}) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(statement) as writing:
        for row in rows:
            values = (getattr(row, field.attname) for field in fields)
            writing.write_row([f.get_db_prep_save(v, connection) for f, v in zip(fields, values, strict=True)])
