"""What does the demonstration network consist of, before it becomes rows?

Plain values that refer to each other by address (people), by name (organisations) and by key (rooms, tracks).
"""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Organisation:
    """A fictitious body; `kind` says which position titles its people hold."""

    public_id: str
    name: str
    native_name: str
    kind: str
    sector: str
    country: str
    city: str
    mail_domain: str


@dataclass(frozen=True, slots=True)
class Person:
    """A fictitious member with what the directory tells about them."""

    public_id: str
    email: str
    latin_name: str
    native_name: str
    native_language: str
    gender: str
    standing: str
    sector: str
    country: str
    organisation: Organisation
    position: str
    city: str
    biography: str
    expertise: tuple[str, ...]
    topics: tuple[str, ...]
    languages: tuple[str, ...]
    joined_on: date
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Application:
    """A stranger's request to join, at some stage of vetting."""

    public_id: str
    token: str
    state: str
    email: str
    latin_name: str
    native_name: str
    sector: str
    country: str
    organisation_name: str
    position: str
    motivation: str
    expertise: tuple[str, ...]
    languages: tuple[tuple[str, str], ...]
    supervisor_name: str
    supervisor_contact: str
    begun_at: datetime
    casework: "Casework"
    decisions: tuple["Decision", ...] = ()
    sponsors: tuple["Sponsor", ...] = ()


@dataclass(frozen=True, slots=True)
class Casework:
    """What officers did about a case besides deciding, and what others said about it; empty where nothing was."""

    officer: str
    is_owned: bool = False
    is_called: bool = False
    note: str = ""
    question: str = ""
    answer: str = ""
    appeal: str = ""
    objection: str = ""


@dataclass(frozen=True, slots=True)
class Sponsor:
    """A member whom an applicant named, with their answer."""

    public_id: str
    member: Person
    state: str
    comment: str
    asked_at: datetime
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class Decision:
    """One officer's word on an application."""

    officer: str
    in_favour: bool
    ground: str
    reason: str
    decided_at: datetime


@dataclass(frozen=True, slots=True)
class Room:
    """A room of a venue."""

    name: str
    seat_count: int


@dataclass(frozen=True, slots=True)
class Track:
    """A thread of sessions."""

    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class Appearance:
    """Who does what in a session."""

    person: str
    part: str


@dataclass(frozen=True, slots=True)
class Session:
    """One placed session, with its instants in UTC."""

    public_id: str
    title: str
    abstract: str
    format: str
    track: str
    tlp: str
    room: str
    starts_at: datetime
    ends_at: datetime
    appearances: tuple[Appearance, ...] = ()


@dataclass(frozen=True, slots=True)
class Registration:
    """A member's seat at a meeting, or the wish for one."""

    person: str
    state: str
    applied_at: datetime
    decided_at: datetime | None
    needs: str = ""


@dataclass(frozen=True, slots=True)
class Meeting:
    """A plenary with its whole programme."""

    slug: str
    title: str
    theme: str
    summary: str
    story: str
    venue: str
    address: str
    city: str
    country: str
    time_zone: str
    starts_on: date
    ends_on: date
    capacity: int
    registration_opens_at: datetime
    registration_closes_at: datetime
    released_at: datetime
    rooms: tuple[Room, ...]
    tracks: tuple[Track, ...]
    sessions: tuple[Session, ...]
    # As the next release will place them, where the organisers are at work on one.
    draft: tuple[Session, ...]
    registrations: tuple[Registration, ...]

    @property
    def all_sessions(self) -> tuple[Session, ...]:
        """Return each session once, those that only the draft holds last."""
        return tuple({each.public_id: each for each in (*self.sessions, *self.draft)}.values())


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom a notice is for; organisations by name, people by address."""

    sectors: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    excluded_countries: tuple[str, ...] = ()
    excluded_organisations: tuple[str, ...] = ()
    excluded_people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a notice with its portion mark."""

    kind: str
    tlp: str
    body: str


@dataclass(frozen=True, slots=True)
class Chemical:
    """A substance as public control lists name it."""

    name: str
    cas: str


@dataclass(frozen=True, slots=True)
class File:
    """Something attached: one of the drawings, or without one the checklist."""

    name: str
    description: str
    tlp: str
    drawing: str


@dataclass(frozen=True, slots=True)
class Edition:
    """One version of a notice's text."""

    number: int
    sections: tuple[Section, ...]
    created_at: datetime
    published_at: datetime | None = None
    what_changed: str = ""
    files: tuple[File, ...] = ()


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice through all its editions."""

    number: str
    state: str
    kind: str
    urgency: str
    title: str
    topics: tuple[str, ...]
    countries: tuple[str, ...]
    chemicals: tuple[Chemical, ...]
    tlp: str
    audience: Audience
    author: str
    cleared_by: str
    published_by: str
    # The first of the two publishers that TLP:RED needs.
    approved_by: str
    created_at: datetime
    changed_at: datetime
    published_at: datetime | None
    editions: tuple[Edition, ...]
    withdrawal_reason: str = ""
    remark: str = ""
    remark_by: str = ""


@dataclass(frozen=True, slots=True)
class Conversation:
    """What two members wrote in turns; `shown` says who agreed to show their address: opener, both or nobody."""

    public_id: str
    opener: str
    answerer: str
    opened_at: datetime
    lines: tuple[str, ...]
    shown: str
    # Why whoever got the first line reported it, if they did; so with a need.
    report: str


@dataclass(frozen=True, slots=True)
class Introduction:
    """A member's wish to be introduced, and what the one who passed it on said."""

    public_id: str
    asker: str
    introducer: str
    wanted: str
    state: str
    reason: str
    recommendation: str
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class Need:
    """What a member asked the network, whom they meant, and what was answered."""

    public_id: str
    asker: str
    title: str
    text: str
    targets: dict[str, tuple[str, ...]]
    opened_at: datetime
    ends_on: date
    state: str
    answers: tuple[str, ...]
    # Why officers took it away, if they did.
    reason: str
    report: str


@dataclass(frozen=True, slots=True)
class Search:
    """A search of the directory that somebody keeps."""

    member: str
    name: str
    query: str
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class Reaching:
    """How members reach each other."""

    needs: tuple[Need, ...]
    introductions: tuple[Introduction, ...]
    conversations: tuple[Conversation, ...]
    searches: tuple[Search, ...]


@dataclass(frozen=True, slots=True)
class Network:
    """Everything: what one seed makes."""

    organisations: tuple[Organisation, ...]
    people: tuple[Person, ...]
    applications: tuple[Application, ...]
    meetings: tuple[Meeting, ...]
    notices: tuple[Notice, ...]
    reaching: Reaching
