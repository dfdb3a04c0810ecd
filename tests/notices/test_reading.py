"""What does a reader's own record of a notice keep, show and refuse?"""

import re
from functools import partial
from html import unescape

import pytest

from congress.core.errors import NotPermittedError
from congress.core.labels import Audience, Tlp
from congress.core.models import Entry
from notices import actions, queries
from notices.models import Edition, Notice, Reading, SectionKind
from tests import factories

pytestmark = pytest.mark.django_db

POLICE = Audience(sectors=["law_enforcement"])
STRICT = [Tlp.AMBER, Tlp.AMBER_STRICT]
WORD = "zyxsummaryword"
AGREE = "I will handle it so"


def notice(tlp: Tlp = Tlp.GREEN, **fields) -> Notice:
    made = factories.notice(
        "Hollow books", audience=POLICE, tlp=tlp, sections={SectionKind.SUMMARY: f"A {WORD} here."}, **fields
    )
    actions.refresh_search(Edition.objects.all())
    return made


def text_of(response) -> str:
    return unescape(response.content.decode())


def events() -> list[str]:
    return list(Entry.objects.order_by("pk").values_list("event", flat=True))


def new_edition(of: Notice) -> Edition:
    edition = Edition.objects.create(
        notice=of, number=2, title="Hollow books, again", tlp=of.edition.tlp, created_at=of.created_at,
        **POLICE.columns(),
    )  # fmt: skip
    Notice.objects.filter(pk=of.pk).update(edition=edition)
    return edition


def test_mark_read_is_kept_once(member, at):
    green = notice()
    actions.mark_read(green, by=member, at=at)
    actions.mark_read(green, by=member, at=at)
    assert list(Reading.objects.values_list("member", "edition", "read_at", "acknowledged_at")) == [
        (member.pk, green.edition_id, at, None)
    ]
    assert events() == ["notices.notice.read"]


@pytest.mark.parametrize("tlp", STRICT)
def test_mark_read_waits_for_the_acknowledgement(member, at, tlp):
    strict = notice(tlp)
    with pytest.raises(actions.NotAcknowledgedError):
        actions.mark_read(strict, by=member, at=at)
    assert not Reading.objects.exists()


def test_acknowledge_is_kept_once_and_counts_as_read(member, at):
    amber = notice(Tlp.AMBER)
    actions.acknowledge(amber, edition=amber.edition.number, by=member, at=at)
    actions.acknowledge(amber, edition=amber.edition.number, by=member, at=at)
    actions.mark_read(amber, by=member, at=at)
    assert Reading.objects.get().acknowledged_at == at
    assert Entry.objects.get().data == {"tlp": "TLP:AMBER"}
    assert events() == ["notices.notice.acknowledged"]


def test_acknowledge_holds_for_one_edition(member, at):
    amber = notice(Tlp.AMBER)
    actions.acknowledge(amber, edition=amber.edition.number, by=member, at=at)
    new_edition(amber)
    with pytest.raises(actions.NotAcknowledgedError):
        actions.mark_read(amber, by=member, at=at)


@pytest.mark.parametrize("act", [actions.mark_read, partial(actions.acknowledge, edition=1)])
def test_reading_is_refused_to_those_for_whom_it_does_not_exist(stranger, at, act):
    with pytest.raises(NotPermittedError):
        act(notice(), by=stranger, at=at)


@pytest.mark.parametrize("act", [actions.mark_read, partial(actions.acknowledge, edition=1)])
@pytest.mark.parametrize("state", ["draft", "suspended", "withdrawn"])
def test_reading_needs_a_text_in_force(at, act, state):
    kept = notice(state=state)
    with pytest.raises(actions.NoTextError):
        act(kept, by=factories.reloaded(kept.author), at=at)


@pytest.mark.parametrize("tlp", [Tlp.CLEAR, Tlp.GREEN])
def test_notice_with_an_open_label_opens_at_once(member, signed_in, tlp):
    page = text_of(signed_in(member).get(f"/notices/{notice(tlp).number}/"))
    assert WORD in page
    assert AGREE not in page
    assert "Opened by" not in page
    assert not Reading.objects.exists()


@pytest.mark.parametrize("tlp", STRICT)
def test_notice_with_a_strict_label_asks_first(member, signed_in, tlp):
    strict = notice(tlp)
    page = text_of(signed_in(member).get(f"/notices/{strict.number}/"))
    assert WORD not in page
    assert "Hollow books" not in page
    for shown in (AGREE, strict.number, tlp, "Law enforcement in all countries"):
        assert shown in page


def test_notice_opens_to_its_people_of_record_without_asking(signed_in):
    amber = notice(Tlp.AMBER)
    for person in (amber.author, amber.cleared_by, amber.published_by):
        page = text_of(signed_in(person).get(f"/notices/{amber.number}/"))
        assert WORD in page
        assert "Mark as read" not in page


def test_notice_acknowledge_opens_the_text_with_the_readers_mark(member, signed_in):
    amber, client = notice(Tlp.AMBER), signed_in(member)
    answer = client.post(f"/notices/{amber.number}/acknowledge/", {"edition": "1"})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/notices/{amber.number}/")
    page = text_of(client.get(f"/notices/{amber.number}/"))
    assert WORD in page
    assert page.count(f"Opened by <bdi>{member.latin_name}</bdi>, <bdi>{member.organisation.name}</bdi>") == 2


@pytest.mark.parametrize("shown", ["", "0", "2", "x", "9" * 40])
def test_notice_acknowledge_of_another_edition_shows_the_one_in_force(member, signed_in, shown):
    amber = notice(Tlp.AMBER)
    answer = signed_in(member).post(f"/notices/{amber.number}/acknowledge/", {"edition": shown})
    assert (answer.status_code, Reading.objects.exists(), WORD in text_of(answer)) == (409, False, False)
    assert "There is a new edition since you opened this page." in text_of(answer)
    assert 'name="edition" value="1"' in text_of(answer)


@pytest.mark.parametrize("page", ["acknowledge", "read"])
def test_notice_acknowledge_and_read_answer_posts_of_readers_only(member, stranger, signed_in, page):
    green = notice()
    assert signed_in(member).get(f"/notices/{green.number}/{page}/").status_code == 405
    hidden = signed_in(stranger).post(f"/notices/{green.number}/{page}/")
    unknown = signed_in(stranger).post(f"/notices/PN-2026-00000/{page}/")
    assert (hidden.status_code, hidden.content) == (404, unknown.content)


def test_notice_read_works_without_scripting(member, signed_in):
    green, client = notice(), signed_in(member)
    assert "Mark as read" in text_of(client.get(f"/notices/{green.number}/"))
    assert client.post(f"/notices/{green.number}/read/").status_code == 303
    page = text_of(client.get(f"/notices/{green.number}/"))
    assert "Mark as read" not in page
    assert "You read this edition" in page


def test_notice_read_answers_htmx_with_the_line_alone(member, signed_in):
    answer = signed_in(member).post(f"/notices/{notice().number}/read/", headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert text_of(answer).strip().startswith("<p")
    assert "You read this edition" in text_of(answer)


def test_notice_read_of_a_strict_label_is_refused_before_the_promise(member, signed_in):
    assert signed_in(member).post(f"/notices/{notice(Tlp.AMBER).number}/read/").status_code == 409


def test_notices_say_new_then_nothing_then_updated(member, signed_in, at):
    green, client = notice(), signed_in(member)
    assert marks(client) == ["New"]
    actions.mark_read(green, by=member, at=at)
    assert marks(client) == [""]
    new_edition(green)
    assert marks(client) == ["Updated"]


def marks(client) -> list[str]:
    return [str(row.mark) for row in client.get("/notices/").context["listing"].page.rows]


def test_notices_are_never_new_to_their_people_of_record_nor_as_stubs(member, signed_in):
    own = notice()
    notice(state="withdrawn")
    assert marks(signed_in(own.author)) == [""]
    stubs = signed_in(member).get("/notices/?state=withdrawn").context["listing"].page.rows
    assert [row.mark for row in stubs] == [""]


def test_notices_unread_leaves_what_is_not_read_yet(member, signed_in, at):
    seen, other = notice(), notice(Tlp.AMBER)
    actions.mark_read(seen, by=member, at=at)
    response = signed_in(member).get("/notices/?unread=1")
    assert [row.pk for row in response.context["listing"].page.rows] == [other.pk]
    assert response.context["listing"].count == 1
    assert "Not read yet" in text_of(response)
    new_edition(seen)
    assert queries.listing(member, queries.Filters(unread=("1",)), at.date()).count == 2


def test_notices_quote_a_strict_text_only_after_the_promise(member, signed_in, at):
    amber, client = notice(Tlp.AMBER), signed_in(member)
    found = f"/notices/?q={WORD}"
    assert f"<mark>{WORD}</mark>" not in text_of(client.get(found))
    actions.acknowledge(amber, edition=amber.edition.number, by=member, at=at)
    assert f"<mark>{WORD}</mark>" in text_of(client.get(found))


def test_home_marks_what_is_new(member, signed_in, at):
    green, client = notice(), signed_in(member)
    assert re.search(r"New\s*</span>", text_of(client.get("/home/")))
    actions.mark_read(green, by=member, at=at)
    assert not re.search(r"New\s*</span>", text_of(client.get("/home/")))
