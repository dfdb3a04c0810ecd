"""Does the very next use obey, when somebody's place or a notice's label changes between two requests?"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from django.db.models.functions import Now
from django.test import Client

from congress.core import mail
from congress.core.labels import Audience, Tlp
from congress.core.models import Delivery, Entry
from congress.core.roles import Role, Standing
from members.models import Member, RoleGrant, Term
from notices.actions.search import refresh_search
from notices.models import AccessException, Edition, Notice, Reading, SavedSearch
from tests import factories
from tests.conftest import NOW
from tests.proofs import mails

WORD = "zqtransitionxk"
PE = Audience(sectors=["industry"], countries=["PE"])


@dataclass
class Scene:
    """A reader with an open session, what they read, and who stands around it."""

    reader: Member
    notice: Notice
    author: Member
    coauthor: Member
    client: Client


@pytest.fixture
def scene(db, signed_in) -> Scene:
    reader = factories.member("reader", sector="industry", country="PE")
    author, coauthor = (factories.member(name, roles=[Role.ANALYST]) for name in ("wrote", "helped"))
    notice = factories.notice(WORD, audience=PE, author=author, at=NOW - timedelta(days=1), sections={"summary": WORD})
    Notice.objects.filter(pk=notice.pk).update(coauthors=[coauthor.pk])
    refresh_search(Edition.objects.filter(notice=notice))
    return Scene(reader, notice, author, coauthor, signed_in(reader))


def of_reader(**fields) -> Callable[[Scene], object]:
    return lambda scene: Member.objects.filter(pk=scene.reader.pk).update(**fields)


def of_label(tlp: Tlp = Tlp.GREEN, **audience) -> Callable[[Scene], object]:
    columns = Audience(**audience).columns()
    return lambda scene: Edition.objects.filter(notice=scene.notice).update(tlp=tlp, **columns)


def of_state(state: str, **fields) -> Callable[[Scene], object]:
    return lambda scene: Notice.objects.filter(pk=scene.notice.pk).update(state=state, **fields)


def denied(scene: Scene) -> AccessException:
    return excepted(scene, "deny", scene.reader)


def excepted(scene: Scene, effect: str, member: Member) -> AccessException:
    return AccessException.objects.create(
        notice=scene.notice, effect=effect, member=member, reason="Because", until=Now() + timedelta(days=1),
        made_by=scene.author, made_at=Now(),
    )  # fmt: skip


TAKES_AWAY: dict[str, Callable[[Scene], object]] = {
    "standing lapses": of_reader(standing=Standing.LAPSED),
    "standing is suspended": of_reader(standing=Standing.SUSPENDED),
    "standing falls to provisional": of_reader(standing=Standing.PROVISIONAL),
    "sector changes": of_reader(sector="academia"),
    "country changes": of_reader(country="CL"),
    "label narrows": of_label(sectors=["industry"], countries=["CL"]),
    "label names others by name": of_label(Tlp.AMBER_STRICT, people=[1]),
    "audience is emptied": of_label(),
    "country is excluded": of_label(sectors=["industry"], excluded_countries=["PE"]),
    "state goes back": of_state("returned"),
    "notice is suspended": of_state("suspended", suspended_at=NOW, suspension_reason="In doubt"),
    "notice is withdrawn": of_state("withdrawn", withdrawn_at=NOW, withdrawal_reason="Wrong"),
    "an exception denies": denied,
}


def letter_of(kind: str, entry: Entry, reader: Member) -> str:
    letter = mail.COMPOSERS[kind](entry, [reader.pk])(Delivery(entry=entry, member_id=reader.pk))
    return f"{letter.subject} {letter.text} {letter.html}" if letter else ""


def digest_of(scene: Scene) -> str:
    window = {"since": (NOW - timedelta(days=7)).isoformat(), "until": NOW.isoformat()}
    return letter_of(mails.DIGEST, Entry(event=mails.DIGEST, at=NOW, data=window), scene.reader)


def alert_of(scene: Scene) -> str:
    entry = Entry(event="notices.notice.published", at=NOW, target_id=scene.notice.pk, data={})
    return letter_of("notices.alert", entry, scene.reader)


USES: dict[str, Callable[[Scene], str]] = {
    "page": lambda scene: scene.client.get(f"/notices/{scene.notice.number}/").text,
    "list": lambda scene: scene.client.get("/notices/").text,
    "saved search": lambda scene: scene.client.get(f"/notices/?q={WORD[:8]}").text,
    "start page": lambda scene: scene.client.get("/home/").text,
    "list as a file": lambda scene: scene.client.get("/notices/list.csv").getvalue().decode(),
    "digest": digest_of,
    "alert": alert_of,
}


@pytest.mark.parametrize("change", TAKES_AWAY)
def test_the_next_use_obeys(scene, change):
    assert {name for name, use in USES.items() if WORD in use(scene)} == set(USES)
    SavedSearch.objects.create(member=scene.reader, name="Mine", query=f"q={WORD[:8]}", saved_at=NOW)
    TAKES_AWAY[change](scene)
    assert {name for name, use in USES.items() if WORD in use(scene)} == set()


@pytest.mark.parametrize("change", TAKES_AWAY)
def test_a_file_that_is_on_its_way_says_nothing_of_what_is_taken_away(scene, change):
    on_its_way = scene.client.get("/notices/list.csv")
    assert on_its_way.streaming
    TAKES_AWAY[change](scene)
    assert WORD not in b"".join(on_its_way).decode()


def test_an_exception_gives_at_once_and_is_over_at_once(scene, signed_in):
    stranger = factories.member("elsewhere", country="CL")
    client, address = signed_in(stranger), f"/notices/{scene.notice.number}/"
    assert client.get(address).status_code == 404
    exception = excepted(scene, "grant", stranger)
    assert WORD in client.get(address).text
    AccessException.objects.filter(pk=exception.pk).update(made_at=Now() - timedelta(days=2), until=Now())
    assert client.get(address).status_code == 404


def test_a_seat_that_is_over_reads_nothing_from_the_next_use_on(scene):
    group = factories.group()
    seat = factories.term(scene.reader, group)
    of_label(groups=[group.pk])(scene)
    assert {name for name, use in USES.items() if WORD in use(scene)} == set(USES)
    Term.objects.filter(pk=seat.pk).update(ends_on=datetime.now(UTC).date())
    assert {name for name, use in USES.items() if WORD in use(scene)} == set()


def test_a_promise_opens_no_text_that_is_for_others_now(scene):
    Edition.objects.filter(notice=scene.notice).update(tlp=Tlp.AMBER)
    Reading.objects.create(edition=scene.notice.edition, member=scene.reader, read_at=NOW, acknowledged_at=NOW)
    assert WORD in USES["page"](scene)
    of_label(Tlp.AMBER, sectors=["academia"])(scene)
    assert scene.client.get(f"/notices/{scene.notice.number}/").status_code == 404
    assert scene.client.post(f"/notices/{scene.notice.number}/acknowledge/").status_code == 404


@pytest.mark.parametrize("ends", ["the role", "the place among the authors"])
def test_a_form_that_is_open_changes_nothing_for_whom_it_is_not_any_more(scene, signed_in, ends):
    of_state("draft")(scene)
    client, address = signed_in(scene.coauthor), f"/notices/{scene.notice.number}/edit/"
    assert WORD in client.get(address).text
    if ends == "the role":
        RoleGrant.objects.filter(member=scene.coauthor).update(ends_at=NOW - timedelta(days=1))
    else:
        Notice.objects.filter(pk=scene.notice.pk).update(coauthors=[])
    answer = client.post(address, {"title": "Otherwise", "version": "1"})
    assert answer.status_code == (403 if ends == "the role" else 404)
    assert Edition.objects.get(notice=scene.notice).title == WORD


def test_an_officer_without_the_role_sees_nothing_that_waits(scene, signed_in):
    of_state("in_review")(scene)
    officer = factories.member("checks", roles=[Role.COMPLIANCE_OFFICER])
    client, address = signed_in(officer), f"/notices/{scene.notice.number}/review/"
    assert WORD in client.get(address).text
    RoleGrant.objects.filter(member=officer).update(ends_at=NOW - timedelta(days=1))
    assert client.post(address, {"decision": "return", "remark": "No"}).status_code == 404
    assert WORD not in client.get("/home/").text
