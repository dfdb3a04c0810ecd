"""Does anything of what is hidden from a person reach them, on any address?

Nothing is looked for by name: the whole portal is asked with the hidden things in the database, then without them,
and not one byte may differ. The same sweeps hold the protecting headers of every answer.
"""

import logging
from collections.abc import Callable, Iterable
from contextlib import closing
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.test import Client

from congress.core.files import store
from congress.core.labels import Audience, Tlp
from congress.core.models import Delivery, Entry
from congress.core.roles import Role, Standing
from events.models import Appearance, Meeting, Part, Session, Speaker
from members.actions.lists import DIRECTORY_EXPORTED
from members.models import Application, Member
from notices.actions.attaching import SHELF
from notices.actions.reading import EXPORTED, LIST_EXPORTED
from notices.actions.search import refresh_search
from notices.models import Edition, Notice, Reading, Remark, Section, SectionKind
from tests import factories
from tests.conftest import NOW
from tests.outside import Answer, addresses, differences, questions, sweep, sweep_with_posts, told_apart

SignIn = Callable[[Member], Client]
Sweep = Callable[[Client, Iterable[str]], dict[str, Answer]]

HIDDEN_STATES = ["draft", "returned", "published", "suspended", "withdrawn", "expired"]
WAITING_STATES = ["in_review", "cleared"]
PARTS = ["title", "chemical", *SectionKind.values, "file", "remark"]
REASON = "Zqreasonxk"
FILE = settings.BASE_DIR / "static" / "img" / "favicon.svg"
POLICY = {
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "font-src 'self'",
    "connect-src 'self'", "manifest-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
}  # fmt: skip
PROTECTING = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
NOT_STORED = {"Cache-Control": "no-store, private"}


def visitor() -> Client:
    return Client(headers={"host": "localhost"})


@pytest.fixture(autouse=True)
def _stillness():
    """Hold the clock, so that no "3 minutes ago" moves between two sweeps; a thousand refusals need no log."""
    logging.disable()
    with time_machine.travel(NOW, tick=False):
        yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def insiders(db: None) -> dict[str, Member]:
    """The people of record, and the only reader, of what is hidden from everybody else."""
    return {
        "author": factories.member("inside_author", roles=[Role.ANALYST]),
        "cleared_by": factories.member("inside_officer", roles=[Role.COMPLIANCE_OFFICER]),
        "published_by": factories.member("inside_publisher", roles=[Role.PUBLISHER]),
        "reader": factories.member("insider", country="FJ"),
    }


def plant(state: str, insiders: dict[str, Member]) -> list[str]:
    """Make a notice for the insider with a word of its own in each field; return the words."""
    words = {part: f"Zq{state}{part}xk".replace("_", "") for part in PARTS}
    notice = Notice.objects.create(
        number=f"PN-2026-{state.upper().replace('_', 'X')[:5]:Z<5}", state=state, author=insiders["author"],
        created_at=NOW - timedelta(days=2), changed_at=NOW - timedelta(days=1), **_record(state, insiders),
    )  # fmt: skip
    edition = Edition.objects.create(
        notice=notice, number=1, title=words["title"], tlp=Tlp.AMBER, created_at=NOW - timedelta(days=2),
        topics=["drones"], countries=["IS"], chemicals=[{"name": words["chemical"], "cas": "50-00-0"}],
        **Audience(people=[insiders["reader"].pk]).columns(),
    )  # fmt: skip
    for position, kind in enumerate(SectionKind.values):
        Section.objects.create(edition=edition, kind=kind, tlp=Tlp.AMBER, body=words[kind], position=position)
    kept = store.put(FILE, shelf=SHELF)
    factories.attachment(edition, f"{words['file']}.svg", description=words["file"], stored_as=kept)
    Remark.objects.create(notice=notice, by=insiders["cleared_by"], text=words["remark"], made_at=NOW)
    Notice.objects.filter(pk=notice.pk).update(edition=edition)
    refresh_search(Edition.objects.filter(pk=edition.pk))
    return list(words.values())


def plant_notices(states: list[str], insiders: dict[str, Member]) -> list[str]:
    """Make a notice in each state; return the questions for one word of each, of another part each time."""
    words = [word for state in states for word in plant(state, insiders)]
    return questions(words[:: len(PARTS) + 1])


def plant_people() -> list[str]:
    """Make people and an applicant who stand in no directory; return the questions for them."""
    body = factories.organisation()
    for standing in (Standing.APPLICANT, Standing.PROVISIONAL, Standing.LAPSED, Standing.SUSPENDED, Standing.FORMER):
        factories.member(f"zq{standing}xk", standing=standing, organisation=body)
    apply("zqapplicationxk")
    return ["/members/?q=zq", f"/members/?organisation={body.public_id}"]


def plant_sessions(meeting: Meeting) -> list[str]:
    """Make sessions for members, with a speaker each; no question is for them alone."""
    for tlp in (Tlp.GREEN, Tlp.AMBER, Tlp.AMBER_STRICT, Tlp.RED):
        session = factories.session(meeting, f"Zq{tlp}", tlp=tlp, abstract="Zqabstractxk")
        speaker = Speaker.objects.create(meeting=meeting, latin_name=f"Zqspeaker{tlp}")
        Appearance.objects.create(session=session, speaker=speaker, part=Part.PRESENTER)
    return []


def sweep_protected(client: Client, paths: Iterable[str]) -> dict[str, Answer]:
    """Ask for every address; every answer carries the protecting headers, and none to a person is stored."""
    answers = sweep(client, paths)
    expected = PROTECTING | (NOT_STORED if SESSION_KEY in client.session else {})
    assert [path for path, (_status, headers, _body) in answers.items() if not _protects(headers, expected)] == []
    return answers


def _protects(headers: dict[str, str], expected: dict[str, str]) -> bool:
    policy = set(headers.get("Content-Security-Policy", "").split("; "))
    return policy == POLICY and headers.items() >= expected.items()


def takes_back(path: str) -> bool:
    return path.endswith(("/suspend/", "/reinstate/", "/withdraw/", "/exceptions/", "/why/"))


def apply(name: str) -> Application:
    return Application.objects.create(
        token_digest=name, state="open", email=f"{name}@body.example", latin_name=name, sector="industry",
        country="PE", organisation_name="Body", begun_at=NOW, submitted_at=NOW, stage_since=NOW, due_on=NOW.date(),
    )  # fmt: skip


def _record(state: str, insiders: dict[str, Member]) -> dict[str, Any]:
    record: dict[str, Any] = {}
    if state not in {"draft", "in_review", "returned"}:
        record["cleared_by"] = insiders["cleared_by"]
    if state in {"published", "suspended", "withdrawn", "expired"}:
        record |= {"published_by": insiders["published_by"], "published_at": NOW - timedelta(days=1)}
    if state == "suspended":
        record |= {"suspended_at": NOW - timedelta(hours=1), "suspension_reason": REASON}
    if state == "withdrawn":
        record |= {"withdrawn_at": NOW - timedelta(hours=1), "withdrawal_reason": REASON}
    return record


@pytest.fixture
def ask(db: None, signed_in: SignIn, request: pytest.FixtureRequest) -> Callable[[str], Client]:
    """Return a client of somebody in the cast, or of a visitor."""
    return lambda name: visitor() if name == "visitor" else signed_in(request.getfixturevalue(name))


@pytest.mark.parametrize(
    ("reader", "hidden"),
    [
        ("visitor", ["notices", "waiting", "people", "sessions"]),
        ("lapsed", ["sessions"]),
        ("stranger", ["notices", "waiting", "people"]),
        ("organiser", ["people"]),
        ("officer", ["notices"]),
    ],
)
def test_what_is_hidden_changes_no_byte_of_the_portal(reader: str, hidden: list[str], insiders, ask):
    client, meeting = ask(reader), factories.meeting()
    factories.session(meeting, "Open to all", tlp=Tlp.CLEAR)
    plant_hidden = {
        "notices": lambda: plant_notices(HIDDEN_STATES, insiders),
        "waiting": lambda: plant_notices(WAITING_STATES, insiders),
        "people": plant_people,
        "sessions": lambda: plant_sessions(meeting),
    }
    asked = [path for kind in hidden for path in plant_hidden[kind]()]
    assert_no_byte_changes(client, [*addresses(), *dict.fromkeys(asked)])


@pytest.mark.parametrize("reader", ["author", "publisher", "administrator"])
def test_notices_of_others_change_no_byte_where_notices_are(reader: str, insiders, ask):
    # Those that wait for officers wait for publishers too, who see them.
    states = ["draft", "published", *(WAITING_STATES if reader == "author" else [])]
    paths = ["/home/", *plant_notices(states, insiders), *of_notices(addresses())]
    # A publisher takes back any notice by its number, seeing nothing of it.
    assert_no_byte_changes(ask(reader), [path for path in paths if reader != "publisher" or not takes_back(path)])


@pytest.mark.parametrize("reader", ["stranger", "author", "officer"])
def test_forms_sent_to_notices_of_others_are_answered_as_if_there_were_none(reader: str, insiders, ask):
    for state in ("draft", "published"):
        plant(state, insiders)
    assert_no_byte_changes(ask(reader), of_notices(addresses()), ask_for=sweep_with_posts)


def test_pages_to_take_back_a_notice_of_others_say_no_word_of_it(insiders, ask):
    words = [word for state in HIDDEN_STATES for word in plant(state, insiders)]
    told = sweep(ask("publisher"), [path for path in addresses() if takes_back(path)])
    assert 200 in {status for status, _headers, _body in told.values()}
    assert [path for path in told if any(word.encode() in told[path][2] for word in words)] == []


def assert_no_byte_changes(client: Client, paths: list[str], *, ask_for: Sweep = sweep_protected) -> None:
    """Compare the answers with everything hidden that there is to those with none, and with those of no notice."""
    with_it = told_apart(ask_for(client, paths))
    Notice.objects.update(edition=None)
    for hidden in (Notice.objects, Session.objects.exclude(tlp=Tlp.CLEAR), Speaker.objects, Application.objects):
        hidden.all().delete()
    Member.objects.filter(latin_name__startswith="Zq").delete()
    assert differences(with_it, ask_for(client, [path.removeprefix("POST ") for path in with_it])) == []


def of_notices(paths: list[str]) -> list[str]:
    return [path for path in paths if "PN-" in path.upper()]


def test_withdrawn_notice_tells_its_reader_the_reason_and_no_other_word(insiders, signed_in: SignIn):
    words = plant("withdrawn", insiders)
    client = signed_in(insiders["reader"])
    told = sweep(client, addresses() + questions([]))
    assert [path for path in told if any(word.encode() in told[path][2] for word in words)] == []
    assert REASON.encode() in told[f"/notices/{Notice.objects.get().number}/"][2]


@pytest.mark.parametrize("word", [0, 3, -1])
def test_withdrawn_notice_is_not_found_by_its_words(word: int, insiders, signed_in: SignIn):
    sought = plant("withdrawn", insiders)[word]
    client = signed_in(insiders["reader"])
    paths = [f"/notices/?state=withdrawn&{name}={sought}" for name in ("q", "chemical")]
    with_it = sweep(client, paths)
    Edition.objects.update(title="", chemicals=[], search_text="", search_vector=None)
    assert differences(with_it, sweep(client, paths)) == []


def test_reading_changes_nothing(insiders, signed_in: SignIn):
    client = signed_in(factories.member("reader", roles=[Role.COMPLIANCE_OFFICER, Role.VETTING_REVIEWER]))
    plant("in_review", insiders)
    apply("somebody")
    written = _written()
    sweep(client, addresses())
    assert _written() == written


def _written() -> tuple[int, int, int]:
    """Count what was written; that somebody took a copy along is evidence, which even a GET leaves."""
    changes = Entry.objects.exclude(event__in=[EXPORTED, LIST_EXPORTED, DIRECTORY_EXPORTED])
    return changes.count(), Delivery.objects.count(), Reading.objects.count()


@pytest.mark.parametrize("path", ["css/tokens.css", "js/frame.js", "img/favicon.svg"])
def test_static_files_set_no_cookie_and_say_what_they_are(path: str, ask):
    with closing(ask("member").get(f"/static/{path}")) as response:
        response.getvalue()
    assert (response.status_code, response.headers.get("Set-Cookie")) == (200, None)
    assert response.headers["X-Content-Type-Options"] == "nosniff"
