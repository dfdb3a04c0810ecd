"""What do the pages of notices show, to whom, and what must they never show?"""

import re
from html import unescape

import pytest
from django.urls import reverse

from congress.core.labels import Audience, Tlp
from congress.core.models import Entry
from notices import actions
from notices.models import Edition, Notice, SectionKind
from tests import factories
from tests.notices.typed import content

EVERYBODY = Audience(sectors=["law_enforcement", "industry", "academia", "government"])
# A word for each place from which a hidden notice could leak.
PLANTED = {
    "title": "zyxatitle",
    "summary": "zyxbsummary",
    "signs": "zyxcsigns",
    "chemical": "Zyxdchemical",
    "remark": "zyxeremark",
}


def text_of(response) -> str:
    return unescape(response.content.decode())


def without_tokens(response) -> bytes:
    return re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"', b"", response.content)


@pytest.fixture
def published(at) -> Notice:
    """A notice that every member but the stranger's sector neighbours may read."""
    notice = factories.notice(
        "Hollow books in the post",
        audience=Audience(sectors=["law_enforcement"], countries=["TH"]),
        tlp=Tlp.AMBER,
        at=at,
        sections={
            SectionKind.SUMMARY: "Parcels with hollow books.",
            SectionKind.SIGNS: 'A loose <b>spine</b> & "thread".',
        },
    )
    Edition.objects.filter(notice=notice).update(
        topics=["concealment"], countries=["PE"], chemicals=[{"name": "Chlorine", "cas": "7782-50-5"}]
    )
    actions.refresh_search(Edition.objects.all())
    return notice


@pytest.fixture
def hidden(at) -> Notice:
    """A notice with a planted word in every place, addressed to one person who is not in the cast."""
    reader = factories.member("reader")
    notice = factories.notice(
        PLANTED["title"],
        audience=Audience(people=[reader.pk]),
        tlp=Tlp.RED,
        at=at,
        sections={SectionKind.SUMMARY: PLANTED["summary"], SectionKind.SIGNS: PLANTED["signs"]},
        kind="request",
    )
    Edition.objects.filter(notice=notice).update(
        topics=["drones"], countries=["FJ"], chemicals=[{"name": PLANTED["chemical"], "cas": "50-00-0"}]
    )
    notice.remarks.create(by=notice.author, text=PLANTED["remark"], made_at=at)
    actions.refresh_search(Edition.objects.all())
    return notice


def test_notices_lists_what_is_addressed_to_the_member(member, signed_in, published):
    page = text_of(signed_in(member).get("/notices/"))
    assert "Hollow books in the post" in page
    assert "TLP:AMBER" in page
    assert published.number in page
    assert "1 notice in force" in re.sub(r"<[^>]+>", "", page)


def test_notices_is_empty_for_others(stranger, signed_in, published):
    page = text_of(signed_in(stranger).get("/notices/"))
    assert "No notice is addressed to you yet" in page
    assert "Hollow" not in page


@pytest.mark.parametrize(
    ("address", "is_found"),
    [
        ("?q=book", True),
        ("?q=boo", True),
        ("?q=%22hollow+books%22", True),
        ("?q=parcel+-hollow", False),
        ("?q=chlorine", True),
        ("?q=7782-50-5", True),
        ("?q=7782505", True),
        ("?q=spine", True),
        ("?q=parachute", False),
        ("?q=%3F%21%26%7C", False),
        ("?kind=warning", True),
        ("?kind=warning&kind=request", True),
        ("?kind=request", False),
        ("?topic=concealment", True),
        ("?topic=drones", False),
        ("?chemical=Chlorine", True),
        ("?chemical=7782505", True),
        ("?chemical=7782-50-5", True),
        ("?chemical=Bromine", False),
        ("?country=PE&country=FR", True),
        ("?country=FR", False),
        ("?tlp=TLP:AMBER", True),
        ("?tlp=TLP:GREEN", False),
        ("?state=published", True),
        ("?state=withdrawn", False),
        ("?kind=warning&topic=drones", False),
    ],
)
def test_notices_filters(member, signed_in, published, address, is_found):
    page = text_of(signed_in(member).get(f"/notices/{address}"))
    assert (published.number in page) == is_found
    assert ("No notice matches" in page) == (not is_found)


def test_notices_finds_a_notice_by_its_number(member, signed_in, published):
    page = text_of(signed_in(member).get("/notices/", {"q": published.number.lower()}))
    assert "Hollow books in the post" in page


def test_notices_marks_what_was_found_and_escapes_the_rest(member, signed_in, published, at):
    actions.acknowledge(published, edition=published.edition.number, by=member, at=at)
    page = signed_in(member).get("/notices/?q=spine").content.decode()
    assert "<mark>spine</mark>" in page
    assert "&amp;" in page
    assert "<b>spine" not in page


def test_notices_counts_are_what_choosing_shows(member, signed_in, published):
    for kind in ("request", "both", "warning"):
        factories.notice(audience=EVERYBODY, kind=kind, tlp=Tlp.GREEN)
    client = signed_in(member)
    for option in client.get("/notices/").context["listing"].facets["kind"]:
        assert client.get("/notices/", {"kind": option.value}).context["listing"].count == option.count


def test_notices_counts_a_chosen_facet_with_its_own_filter_off(member, signed_in, published):
    factories.notice(audience=EVERYBODY, kind="request")
    options = signed_in(member).get("/notices/?kind=request").context["listing"].facets["kind"]
    assert {option.value: (option.count, option.selected) for option in options} == {
        "warning": (1, False),
        "request": (1, True),
    }


def test_notices_goes_on_by_keyset(member, signed_in):
    for _each in range(32):
        factories.notice(audience=EVERYBODY)
    client = signed_in(member)
    first = client.get("/notices/").context["listing"].page
    second = client.get("/notices/", {"after": first.after}).context["listing"].page
    assert (len(first.rows), len(second.rows), second.after) == (30, 2, "")
    assert not {notice.pk for notice in first.rows} & {notice.pk for notice in second.rows}


@pytest.mark.parametrize("after", ["x", "a:b:c", "\x00"])
def test_notices_answers_400_for_a_changed_cursor(member, signed_in, after):
    assert signed_in(member).get("/notices/", {"after": after}).status_code == 400


@pytest.mark.parametrize(
    ("params", "hint"),
    [
        ({"kind": "gossip"}, "A filter that we do not know was left out."),
        ({"country": ["PE", "XX"]}, "A filter that we do not know was left out."),
        ({"state": "nowhere"}, "A filter that we do not know was left out."),
        ({"chemical": "x" * 101}, "A filter that we do not know was left out."),
        ({"q": "book " * 2000}, "Only the first 200 characters of your search were used."),
    ],
)
def test_notices_says_what_it_left_out(member, signed_in, published, params, hint):
    response = signed_in(member).get("/notices/", params)
    assert response.status_code == 200
    assert hint in text_of(response)


@pytest.mark.parametrize("q", ["bo\x00ok", "'", '"', "a | b & !c", "\\", "%", "<script>", "\u202e", "x" * 10000])
def test_notices_takes_any_query(member, signed_in, published, q):
    assert signed_in(member).get("/notices/", {"q": q}).status_code == 200


def test_notices_shows_chips_that_take_one_filter_away(member, signed_in, published):
    response = signed_in(member).get("/notices/?kind=warning&topic=drones&q=book")
    chips = dict(response.context["chips"])
    assert chips["Warning"] == "/notices/?topic=drones&q=book"
    assert chips["“book”"] == "/notices/?kind=warning&topic=drones"


def test_notices_shows_drafts_to_their_author_only_when_asked(author, signed_in, at):
    actions.draft(content(title="Unfinished"), by=author, at=at)
    client = signed_in(author)
    assert "Unfinished" not in text_of(client.get("/notices/"))
    assert "Unfinished" in text_of(client.get("/notices/?state=draft"))


def test_notices_costs_the_same_for_one_row_and_for_three(member, signed_in, django_assert_num_queries):
    client = signed_in(member)
    factories.notice(audience=EVERYBODY)
    with django_assert_num_queries(7):
        client.get("/notices/")
    for _each in range(2):
        factories.notice(audience=EVERYBODY)
    actions.refresh_search(Edition.objects.all())
    with django_assert_num_queries(8):
        client.get("/notices/?q=notice")


def test_notice_is_a_document(member, signed_in, published, at):
    actions.acknowledge(published, edition=published.edition.number, by=member, at=at)
    page = text_of(signed_in(member).get(f"/notices/{published.number}/"))
    assert page.count("TLP:AMBER</strong>") >= 2
    assert "Hollow books in the post" in page
    assert "(TLP:AMBER)" in page
    assert "Parcels with hollow books." in page
    assert "Law enforcement in Thailand" in page
    assert "CAS 7782-50-5" in page
    assert "Edition 1" in page


def test_notice_escapes_what_was_typed(member, signed_in, published, at):
    actions.acknowledge(published, edition=published.edition.number, by=member, at=at)
    page = signed_in(member).get(f"/notices/{published.number}/").content.decode()
    assert "A loose &lt;b&gt;spine" in page


def test_notice_has_no_words_of_its_text_in_the_title(member, signed_in, published):
    page = signed_in(member).get(f"/notices/{published.number}/").content.decode()
    head = page.split("</head>")[0]
    assert published.number in head
    assert "ollow" not in head


def test_notice_is_not_kept_by_caches(member, signed_in, published):
    assert "no-store" in signed_in(member).get(f"/notices/{published.number}/").headers["Cache-Control"]


def test_notice_shows_readers_no_names_and_no_history(member, signed_in, published, at):
    published.remarks.create(by=published.author, text="Name the source.", made_at=at)
    page = text_of(signed_in(member).get(f"/notices/{published.number}/"))
    for person in (published.author, published.cleared_by, published.published_by):
        assert str(person) not in page
    assert "Name the source." not in page
    assert "Withdraw" not in page


def test_notice_leads_any_capitals_to_one_address(member, stranger, signed_in, published):
    lower = f"/notices/{published.number.lower()}/"
    assert signed_in(member).get(lower).headers["Location"] == f"/notices/{published.number}/"
    assert signed_in(stranger).get(lower).status_code == 404


def test_notice_withdrawn_is_a_stub(member, publisher, signed_in, published, at):
    actions.withdraw(published, reason="The source was wrong.", by=publisher, at=at)
    client = signed_in(member)
    page = text_of(client.get(f"/notices/{published.number}/"))
    assert "The source was wrong." in page
    assert [w for w in ("ollow", "Parcels", "spine", "Chlorine", "Concealment", "Peru") if w in page] == []
    listed = text_of(client.get("/notices/?state=withdrawn"))
    assert "Withdrawn notice" in listed
    assert "ollow" not in listed


@pytest.mark.parametrize("address", ["?q=hollow", "?topic=concealment", "?chemical=Chlorine", "?country=PE"])
def test_notice_withdrawn_is_found_by_nothing_that_it_said(member, publisher, signed_in, published, at, address):
    actions.withdraw(published, reason="Wrong.", by=publisher, at=at)
    response = signed_in(member).get(f"/notices/{address}&state=withdrawn")
    assert response.context["listing"].count == 0
    assert response.context["listing"].page.rows == []


def test_notice_hidden_and_unknown_answer_with_the_same_bytes(member, signed_in, hidden):
    client = signed_in(member)
    for step in ("", "edit/", "submit/", "review/", "publish/", "withdraw/"):
        found, unknown = (client.get(f"/notices/{number}/{step}") for number in (hidden.number, "PN-2026-ZZZZZ"))
        assert (found.status_code, unknown.status_code) == (404, 404)
        assert without_tokens(found) == without_tokens(unknown)


def test_notice_hidden_leaks_no_word_anywhere(member, signed_in, published, hidden):
    client = signed_in(member)
    probes = [PLANTED[place] for place in PLANTED]
    addresses = [
        "/home/",
        "/notices/",
        *(f"/notices/?q={word}" for word in [*probes, hidden.number, "zyx", "50-00-0"]),
        *(f"/notices/?{name}={value}" for name, value in [("kind", "request"), ("topic", "drones"), ("country", "FJ")]),
        *(f"/notices/?state={state}" for state in ("draft", "in_review", "published", "withdrawn")),
        f"/notices/?chemical={PLANTED['chemical']}",
        "/notices/?tlp=TLP:RED",
        f"/notices/{hidden.number}/",
    ]
    for address in addresses:
        page = without_tokens(client.get(address)).decode()
        asked = address.partition("?")[2]
        leaks = [word for word in [*probes, hidden.number] if word in page and word not in asked]
        assert leaks == [], address
        if "?" in address and "state=published" not in address:
            assert hidden.pk not in [row.pk for row in client.get(address).context["listing"].page.rows]


def test_notice_hidden_changes_no_count(member, signed_in, published, hidden):
    listing = signed_in(member).get("/notices/").context["listing"]
    counted = {name: {o.value: o.count for o in options} for name, options in listing.facets.items()}
    assert counted == {
        "state": {"published": 1},
        "kind": {"warning": 1},
        "tlp": {"TLP:AMBER": 1},
        "topic": {"concealment": 1},
        "country": {"PE": 1},
        "chemical": {"Chlorine": 1},
    }


def test_notice_costs_the_same_for_one_section_and_for_three(
    member, signed_in, published, at, django_assert_num_queries
):
    actions.acknowledge(published, edition=published.edition.number, by=member, at=at)
    client = signed_in(member)
    with django_assert_num_queries(9):
        client.get(f"/notices/{published.number}/")
    for kind in (SectionKind.METHOD, SectionKind.ADVICE):
        Edition.objects.get().sections.create(kind=kind, tlp=Tlp.GREEN, body="More.", position=3)
    with django_assert_num_queries(9):
        client.get(f"/notices/{published.number}/")


def test_notice_shows_its_history_to_the_officers(author, officer, signed_in, at):
    notice = actions.draft(content(), by=author, at=at)
    actions.submit(notice, by=author, at=at)
    page = text_of(signed_in(officer).get(f"/notices/{notice.number}/"))
    assert "It was sent to be checked." in page
    assert str(author) in page


@pytest.mark.parametrize("name", ["notices", "notice_new"])
def test_pages_lead_visitors_to_the_sign_in(client, db, name):
    response = client.get(reverse(f"notices:{name}"), headers={"host": "localhost"})
    assert response.status_code == 302
    assert "/accounts/login/" in response.headers["Location"]


def test_pages_only_read_with_get(author, officer, publisher, signed_in, at):
    notice = actions.draft(content(), by=author, at=at)
    before = Entry.objects.count()
    for person in (author, officer, publisher):
        for step in ("", "edit/", "submit/", "review/", "publish/", "withdraw/"):
            signed_in(person).get(f"/notices/{notice.number}/{step}")
    assert Entry.objects.count() == before
