"""How do meetings, their programmes and their delegates become rows?"""

from collections.abc import Iterable, Iterator, Mapping

from congress.demo import shapes
from congress.demo.loading.members import Who
from congress.demo.reading import code, dice
from events.models import (
    REGISTRATION_STATES,
    Appearance,
    Meeting,
    Registration,
    Release,
    Room,
    Session,
    Slot,
    Speaker,
    Track,
)

Sessions = Mapping[str, Session]


def load_meetings(meetings: Iterable[shapes.Meeting], people: Iterable[shapes.Person], who: Who) -> None:
    """Make each meeting with its released programme and, where it lies ahead, the draft of the next release."""
    known = {person.email: person for person in people}
    for made in meetings:
        meeting = Meeting.objects.create(**_meeting(made))
        sessions = _load_sessions(made, meeting)
        _load_speakers(made, meeting, sessions, known, who)
        _load_releases(made, meeting, sessions)
        Registration.objects.bulk_create(_registration(each, meeting, who) for each in made.registrations)


def _meeting(made: shapes.Meeting) -> dict[str, object]:
    holds_seat = REGISTRATION_STATES.having("holds_seat")
    same = (
        "slug title theme summary story venue address city country time_zone starts_on ends_on capacity"
        " registration_opens_at registration_closes_at"
    )
    return {
        **{name: getattr(made, name) for name in same.split()},
        "is_announced": True,
        "seats_taken": sum(each.state in holds_seat for each in made.registrations),
    }


def _load_sessions(made: shapes.Meeting, meeting: Meeting) -> Sessions:
    tracks = Track.objects.bulk_create(
        Track(meeting=meeting, slug=track.slug, name=track.name, position=position)
        for position, track in enumerate(made.tracks)
    )
    by_slug = {track.slug: track for track in tracks}
    sessions = Session.objects.bulk_create(
        Session(
            public_id=each.public_id,
            meeting=meeting,
            track=by_slug.get(each.track),
            format=each.format,
            title=each.title,
            abstract=each.abstract,
            tlp=each.tlp,
        )
        for each in made.all_sessions
    )
    return {session.public_id: session for session in sessions}


def _load_speakers(
    made: shapes.Meeting, meeting: Meeting, sessions: Sessions, known: Mapping[str, shapes.Person], who: Who
) -> None:
    emails = dict.fromkeys(each.person for session in made.all_sessions for each in session.appearances)
    speakers = Speaker.objects.bulk_create(_speaker(known[email], meeting, who) for email in emails)
    by_email = dict(zip(emails, speakers, strict=True))
    Appearance.objects.bulk_create(
        Appearance(
            session=sessions[session.public_id], speaker=by_email[each.person], part=each.part, position=position
        )
        for session in made.all_sessions
        for position, each in enumerate(session.appearances)
    )


def _speaker(person: shapes.Person, meeting: Meeting, who: Who) -> Speaker:
    return Speaker(
        public_id=_public_id("speaker", meeting, person.email),
        meeting=meeting,
        member=who.people[person.email],
        latin_name=person.latin_name,
        native_name=person.native_name,
        native_language=person.native_language,
        position=person.position,
        organisation_name=person.organisation.name,
        country=person.country,
    )


def _load_releases(made: shapes.Meeting, meeting: Meeting, sessions: Sessions) -> None:
    rooms = Room.objects.bulk_create(
        Room(meeting=meeting, name=room.name, seat_count=room.seat_count, position=position)
        for position, room in enumerate(made.rooms)
    )
    by_name = {room.name: room for room in rooms}
    for release, placed in _releases(made, meeting):
        release.save()
        Slot.objects.bulk_create(
            Slot(
                release=release,
                session=sessions[each.public_id],
                room=by_name.get(each.room),
                starts_at=each.starts_at,
                ends_at=each.ends_at,
            )
            for each in placed
        )


def _releases(made: shapes.Meeting, meeting: Meeting) -> Iterator[tuple[Release, tuple[shapes.Session, ...]]]:
    yield Release(meeting=meeting, number=1, released_at=made.released_at, remark=""), made.sessions
    if made.draft:
        yield Release(meeting=meeting, number=2), made.draft


def _registration(made: shapes.Registration, meeting: Meeting, who: Who) -> Registration:
    return Registration(
        public_id=_public_id("registration", meeting, made.person),
        meeting=meeting,
        member=who.people[made.person],
        state=made.state,
        needs=made.needs,
        applied_at=made.applied_at,
        decided_at=made.decided_at,
    )


def _public_id(kind: str, meeting: Meeting, email: str) -> str:
    """Return an id that is the same in each load, so that addresses in a demonstration stay."""
    return code(dice(0, f"{kind} {meeting.slug} {email}")).lower()
