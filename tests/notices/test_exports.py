"""What does a copy taken along hold, who may take one, and what does it leave behind?"""

import csv
import io
import subprocess
from datetime import date

import pikepdf
import pytest

from congress.core.files import store
from congress.core.labels import Audience, Tlp
from congress.core.models import Entry
from notices import actions, exports
from notices.models import Edition, Notice, Scan, SectionKind
from tests import factories
from tests.notices.sent import attached, pdf, photo
from tests.notices.typed import content

pytestmark = pytest.mark.django_db

POLICE = Audience(sectors=["law_enforcement"])
TYPED = '*x* #panic() $y$ @ref \\u{41} <b>bold</b> #read("/etc/passwd")'


def notice(tlp: Tlp = Tlp.GREEN, title: str = "Hollow books", text: str = "Zyxsummary.", **fields) -> Notice:
    audience = fields.pop("audience", POLICE)
    sections = {SectionKind.SUMMARY: text, SectionKind.SIGNS: "- one\n- **two**"}
    made = factories.notice(title, audience=audience, tlp=tlp, sections=sections, **fields)
    chemical = {"name": "Chlorine", "cas": "7782-50-5"}
    Edition.objects.filter(notice=made).update(topics=["drones"], countries=["PE"], chemicals=[chemical])
    return Notice.objects.select_related("edition").get(pk=made.pk)


def pdf_of(client, number: str):
    return client.get(f"/notices/{number}.pdf")


def words_of(pdf: bytes) -> str:
    """Read a PDF's text back by the program that printers of documents use, where it is installed."""
    try:
        told = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    except FileNotFoundError:
        pytest.skip("pdftotext (poppler-utils) is not installed")
    return told.stdout.decode()


def rows_of(response) -> list[list[str]]:
    text = response.getvalue().decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def test_notice_pdf_is_a_file_without_a_word_of_the_title_in_its_name(member, signed_in, at):
    amber = notice(Tlp.AMBER)
    actions.acknowledge(amber, edition=amber.edition.number, by=member, at=at)
    response = pdf_of(signed_in(member), amber.number.lower())
    assert response.content.startswith(b"%PDF-")
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Cache-Control"] == "no-store, private"
    assert response.headers["Content-Disposition"] == f'attachment; filename="{amber.number}_TLP-AMBER.pdf"'


@pytest.mark.parametrize("tlp", [Tlp.AMBER, Tlp.AMBER_STRICT])
def test_notice_pdf_waits_for_the_acknowledgement(member, signed_in, tlp):
    strict = notice(tlp)
    response = pdf_of(signed_in(member), strict.number)
    assert (response.status_code, response.headers["Location"]) == (302, f"/notices/{strict.number}/")
    assert not Entry.objects.exists()


@pytest.mark.parametrize("state", ["draft", "cleared", "suspended", "withdrawn"])
def test_notice_pdf_needs_a_text_in_force(signed_in, state):
    kept = notice(state=state)
    response = pdf_of(signed_in(kept.author), kept.number)
    assert response.status_code == 409
    assert "Zyxsummary" not in response.content.decode()


def test_notice_pdf_does_not_exist_for_others(stranger, signed_in):
    client = signed_in(stranger)
    hidden, unknown = pdf_of(client, notice().number), pdf_of(client, "PN-2026-00000")
    assert (hidden.status_code, hidden.content) == (404, unknown.content)


def test_notice_pdf_is_kept_as_evidence(member, signed_in):
    pdf_of(signed_in(member), notice().number)
    entry = Entry.objects.get()
    assert (entry.event, entry.by_id) == ("notices.notice.exported", member.pk)
    assert entry.data == {"format": "pdf", "tlp": "TLP:GREEN"}


def test_notice_pdf_bears_label_and_reader_on_every_page(at):
    mark = exports.Mark("Somchai Wattanasuk", "สมชาย", "Police Bureau", at)
    strict = notice(Tlp.AMBER_STRICT, text="A long line of text.\n\n" * 120)
    pdf = exports.notice_pdf(strict, strict.edition.sections.all(), audience="Named people", mark=mark)
    pages = words_of(pdf).split("\f")[:-1]
    assert len(pages) > 2
    for number, page in enumerate(pages, start=1):
        assert page.count("TLP:AMBER+STRICT") >= 2
        assert page.count("Somchai Wattanasuk") == 2
        assert f"Page {number} of {len(pages)}" in page


def test_notice_pdf_of_an_open_label_names_no_reader(at):
    green = notice()
    mark = exports.Mark("Somchai Wattanasuk", "", "Police Bureau", at)
    text = words_of(exports.notice_pdf(green, green.edition.sections.all(), audience="Police", mark=mark))
    assert "Somchai" not in text
    for said in ("Hollow books", "(TLP:GREEN) Summary", "Zyxsummary.", "Chlorine (CAS 7782-50-5)", "Peru", "two"):
        assert said in text


def test_notice_pdf_sets_what_was_typed_as_text(at):
    typed = notice(title=TYPED, text=TYPED.replace("*", "\\*"))
    mark = exports.Mark(TYPED, "", TYPED, at)
    text = words_of(exports.notice_pdf(typed, typed.edition.sections.all(), audience=TYPED, mark=mark))
    assert " ".join(text.split()).count("#panic() $y$ @ref") >= 3
    assert "root:" not in text


ODD_TEXTS = [
    "نص عربي طويل",
    "ข้อความภาษาไทย",
    "Текст по-русски",
    "A" * 400,
    "- a\n  - b",
    "",
    "王小明 김민수 😀",
    "שלום\ufeff",
]


@pytest.mark.parametrize("text", ODD_TEXTS)
def test_notice_pdf_is_made_of_any_text(at, text):
    odd = notice(Tlp.AMBER, title=text[:200] or "Nothing", text=text)
    mark = exports.Mark("", f"محمد {text}", "", at)
    assert exports.notice_pdf(odd, odd.edition.sections.all(), audience=text, mark=mark).startswith(b"%PDF-")


def test_notices_csv_has_the_rows_of_the_list(member, signed_in):
    green = notice(review_on=date(2027, 6, 1))
    notice(kind="request")
    response = signed_in(member).get("/notices/list.csv?kind=warning")
    head, columns, *rows = rows_of(response)
    assert head[0].startswith("# TLP:GREEN, ")
    assert member.latin_name in head[0]
    assert columns == [
        "Number", "TLP", "Kind", "Title", "Topics", "Chemicals", "Countries", "State", "Edition", "Reading",
        "Published", "Review on",
    ]  # fmt: skip
    about = ["Hollow books", "Drones", "Chlorine (CAS 7782-50-5)", "Peru"]
    assert rows == [[green.number, "TLP:GREEN", "Warning", *about, "Published", "1", "New", "2020-01-01", "2027-06-01"]]


def test_notices_csv_names_and_heads_itself_by_the_strictest_label(member, signed_in):
    notice()
    notice(Tlp.AMBER_STRICT)
    response = signed_in(member).get("/notices/list.csv")
    assert response.headers["Content-Disposition"] == 'attachment; filename="notices_TLP-AMBER-STRICT.csv"'
    assert rows_of(response)[0][0].startswith("# TLP:AMBER+STRICT, ")


def test_notices_csv_says_only_number_and_label_of_strict_ones_and_stubs(member, signed_in):
    strict = notice(Tlp.AMBER_STRICT)
    red = notice(Tlp.RED, audience=Audience(people=[member.pk]))
    withdrawn = notice(state="withdrawn")
    rows = rows_of(signed_in(member).get("/notices/list.csv?state=published&state=withdrawn"))[2:]
    assert sorted(rows) == sorted([[n.number, n.edition.tlp] for n in (strict, red, withdrawn)])


def test_notices_csv_holds_nothing_of_others(stranger, signed_in):
    notice()
    response = signed_in(stranger).get("/notices/list.csv")
    assert response.headers["Content-Disposition"] == 'attachment; filename="notices_TLP-CLEAR.csv"'
    assert len(rows_of(response)) == 2


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_notices_csv_calculates_nothing(at, sign):
    odd = notice(title=f"{sign}1+1")
    mark = exports.Mark("", "", "", at)
    *_head, row = csv.reader(io.StringIO("".join(exports.list_csv([odd], tlp=Tlp.GREEN, mark=mark)), newline=""))
    assert row[3] == f"'{sign}1+1"


@pytest.mark.parametrize("asked", ["kind=magic", "knd=warning", f"q={'a' * 201}"])
def test_notices_csv_holds_nothing_that_was_not_asked_for(member, signed_in, asked):
    refused = signed_in(member).get(f"/notices/list.csv?{asked}")
    assert (refused.status_code, Entry.objects.count()) == (400, 0)


def test_notices_csv_is_kept_as_evidence(member, signed_in):
    notice()
    signed_in(member).get("/notices/list.csv?kind=warning").getvalue()
    entry = Entry.objects.get()
    assert entry.event == "notices.list.exported"
    assert entry.data == {"format": "csv", "tlp": "TLP:GREEN", "count": 1}


def test_notices_csv_costs_the_same_for_one_row_and_for_three(member, signed_in, django_assert_num_queries):
    client = signed_in(member)
    notice()
    with django_assert_num_queries(8):
        client.get("/notices/list.csv").getvalue()
    notice()
    notice()
    with django_assert_num_queries(8):
        client.get("/notices/list.csv").getvalue()


def test_notice_pdf_says_what_its_edition_changed(member, signed_in):
    updated = notice()
    Edition.objects.update(number=2, what_changed="Another tool was seen.")
    words = words_of(pdf_of(signed_in(member), updated.number).content)
    assert "Edition 2" in words
    assert "What changed: Another tool was seen." in words


def test_notice_pdf_names_the_files_with_their_labels(member, signed_in):
    made = notice()
    factories.attachment(made.edition, "ختم الطرد.png", description="The seal, broken")
    factories.attachment(made.edition, "list.pdf", media_type="application/pdf", tlp=Tlp.CLEAR)
    words = words_of(pdf_of(signed_in(member), made.number).content)
    assert "Attachments" in words
    assert "The seal, broken" in words
    assert ("(TLP:CLEAR)" in words, "list.pdf" in words) == (True, True)


def pictures_in(pdf: bytes) -> list[tuple[int, int]]:
    """Return width and height of what is drawn in a document."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        drawn = [each for each in document.objects if isinstance(each, pikepdf.Stream)]
        return [(int(each.Width), int(each.Height)) for each in drawn if each.get("/Subtype") == "/Image"]


def pdf_with(draft: Notice, at) -> bytes:
    mark = exports.Mark("", "", "", at)
    return exports.notice_pdf(draft, [], draft.edition.attachments.all(), audience="Police", mark=mark)


def test_notice_pdf_shows_the_pictures_no_finer_than_paper_does(author, at):
    draft = actions.draft(content(), by=author, at=at)
    attached(draft, photo(size=(3000, 600)))
    attached(draft, pdf())
    assert pictures_in(pdf_with(draft, at)) == [(280, 1400)]


@pytest.mark.parametrize(
    "fields", [{"scan": Scan.WAITING}, {"scan": Scan.INFECTED}, {"width": 10_001, "height": 10_000}]
)
def test_notice_pdf_names_a_picture_that_waits_is_refused_or_too_much(author, at, fields):
    draft = actions.draft(content(), by=author, at=at)
    attached(draft, **fields)
    made = pdf_with(draft, at)
    assert pictures_in(made) == []
    assert "The seal of the parcel" in words_of(made)


def test_notice_pdf_is_made_without_a_picture_that_is_lost(author, at):
    draft = actions.draft(content(), by=author, at=at)
    store.delete(attached(draft).stored_as)
    assert pictures_in(pdf_with(draft, at)) == []
