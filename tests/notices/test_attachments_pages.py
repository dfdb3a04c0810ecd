"""Do the pages of files take what authors send, and give readers what is theirs?"""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from congress.core.files import limits
from congress.core.labels import Audience, Tlp
from congress.core.models import Entry
from notices import actions
from notices.models import Attachment, Edition, Notice, NoticeState, Scan
from tests import factories
from tests.core.files.corpus import PLANTED
from tests.notices.sent import ARABIC, SHOWS, attached, kept_files, pdf, photo, text
from tests.notices.typed import content


@pytest.fixture
def draft(author, at) -> Notice:
    return actions.draft(content(), by=author, at=at)


@pytest.fixture
def in_force(draft, officer, publisher, at) -> Notice:
    """A notice for law enforcement that carries a picture and a document."""
    attached(draft, photo("seal.jpg"))
    attached(draft, pdf(ARABIC.replace(".jpg", ".pdf")), actions.Caption())
    return brought_out(draft, officer, publisher, at)


def brought_out(draft: Notice, officer, publisher, at, **changes) -> Notice:
    """Bring a draft to its readers without the steps, which other tests take."""
    record = {"state": NoticeState.PUBLISHED, "cleared_by": officer, "published_by": publisher, "published_at": at}
    Notice.objects.filter(pk=draft.pk).update(**record)
    Edition.objects.filter(notice=draft).update(published_at=at, **changes)
    return Notice.objects.select_related("edition").get(pk=draft.pk)


def page(client: Client, notice: Notice, end: str = "attachments/") -> str:
    return client.get(f"/notices/{notice.number}/{end}").content.decode()


def address(row: Attachment, end: str = "") -> str:
    return f"/notices/{row.edition.notice.number}/attachments/{row.public_id}/{end}"


def body(response) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def send(client: Client, notice: Notice, file=None, **typed):
    data = {"file": file or photo(ARABIC), "description": "A seal", "tlp": "", "name": "", **typed}
    return client.post(f"/notices/{notice.number}/attachments/", data)


def test_notice_attachments_adds_a_file_and_shows_it(draft, author, signed_in):
    client = signed_in(author)
    assert "No file is attached yet" in page(client, draft)
    answer = send(client, draft)
    assert (answer.status_code, answer.url) == (303, f"/notices/{draft.number}/attachments/")
    shown = page(client, draft)
    assert "The file is attached." in shown
    assert f"<bdi>{ARABIC}</bdi>" in shown
    assert "A seal" in shown
    assert "not scanned" in shown


@pytest.mark.parametrize(
    ("file", "typed", "status", "sentence"),
    [
        (text("", "a.txt"), {}, 422, "The file is empty."),
        (text("<svg><script>1</script></svg>", "a.png"), {}, 422, "Files of this kind are not accepted."),
        (text("a list"), {"tlp": "TLP:AMBER"}, 422, "a stricter label than the notice"),
        (text("a list"), {"tlp": "TLP:PINK"}, 422, "Select a valid choice"),
        (text("a list"), {"description": "x" * 301}, 422, "at most 300 characters"),
    ],
)
def test_notice_attachments_refuses_and_keeps_what_was_typed(draft, author, signed_in, file, typed, status, sentence):
    answer = send(signed_in(author), draft, file, **{"description": "Typed with care", **typed})
    shown = answer.content.decode()
    assert (answer.status_code, sentence in shown) == (status, True)
    assert typed.get("description", "Typed with care") in shown
    assert "Choose the file once more" in shown
    assert (Attachment.objects.count(), kept_files()) == (0, [])


def test_notice_attachments_answers_30_mb_in_words(draft, author, signed_in):
    large = SimpleUploadedFile("a.pdf", b"%PDF-" + bytes(30 * limits.MEGABYTE))
    answer = send(signed_in(author), draft, large)
    assert (answer.status_code, "larger than 20 MB" in answer.content.decode()) == (422, True)


def test_notice_attachments_answers_507_where_there_is_no_room(draft, author, signed_in, small_disk, settings):
    settings.FILES_ROOT = small_disk
    small_disk.joinpath("other").write_bytes(bytes(1020 * 1024))
    answer = send(signed_in(author), draft, photo(size=(900, 900)))
    assert (answer.status_code, "has no room" in answer.content.decode()) == (507, True)
    assert ([path.name for path in kept_files()], Attachment.objects.count()) == (["other"], 0)


def test_notice_attachments_without_a_file_asks_for_one(draft, author, signed_in):
    answer = signed_in(author).post(f"/notices/{draft.number}/attachments/", {"description": "A seal"})
    assert (answer.status_code, "This field is required" in answer.content.decode()) == (422, True)


@pytest.mark.parametrize(("who", "status"), [("officer", 404), ("member", 404), ("administrator", 404)])
def test_notice_attachments_of_a_draft_do_not_exist_for_others(draft, signed_in, who, status, request):
    row = attached(draft)
    client = signed_in(request.getfixturevalue(who))
    ends = ["", "change/", "remove/"]
    answers = [client.get(f"/notices/{draft.number}/attachments/"), *(client.get(address(row, end)) for end in ends)]
    assert [answer.status_code for answer in answers] == [status] * 4
    assert client.post(address(row, "forward/")).status_code == status


def test_notice_attachments_of_what_is_read_stay_as_they_are(in_force, author, member, signed_in):
    row = in_force.edition.attachments.first()
    ends = ["change/", "remove/", "forward/"]
    for who, status in ((author, 409), (member, 403)):
        client = signed_in(who)
        assert client.get(f"/notices/{in_force.number}/attachments/").status_code == status
        assert [client.post(address(row, end), {}).status_code for end in ends] == [status] * 3


def test_notice_attachment_change_saves_what_is_said(draft, author, signed_in):
    row, client = attached(draft), signed_in(author)
    assert SHOWS.description in client.get(address(row, "change/")).content.decode()
    answer = client.post(address(row, "change/"), {"name": "x", "description": "Opened", "tlp": "TLP:RED"})
    assert (answer.status_code, "stricter label" in answer.content.decode()) == (422, True)
    answer = client.post(address(row, "change/"), {"name": "x", "description": "Opened", "tlp": "TLP:CLEAR"})
    assert answer.status_code == 303
    row.refresh_from_db()
    assert (row.name, row.description, row.tlp) == ("x.jpg", "Opened", Tlp.CLEAR)


def test_notice_attachment_remove_asks_first(draft, author, signed_in):
    row, client = attached(draft), signed_in(author)
    assert "To have it back you must send it again." in client.get(address(row, "remove/")).content.decode()
    assert Attachment.objects.exists()
    assert client.post(address(row, "remove/")).status_code == 303
    assert not Attachment.objects.exists()
    assert client.post(address(row, "remove/")).status_code == 404


def test_notice_attachment_forward_moves_it_up(draft, author, signed_in):
    _first, second = attached(draft), attached(draft, pdf())
    assert signed_in(author).post(address(second, "forward/")).status_code == 303
    assert [row.pk for row in draft.edition.attachments.all()] == [second.pk, _first.pk]


def test_notice_attachment_gives_a_picture_within_the_page(in_force, member, signed_in):
    row = in_force.edition.attachments.first()
    answer = signed_in(member).get(address(row))
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/jpeg")
    assert answer.headers["Content-Disposition"] == 'inline; filename="seal.jpg"'
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["Cache-Control"] == "no-store, private"
    assert (len(got := body(answer)), PLANTED.encode() in got) == (row.size_bytes, False)


def test_notice_attachment_gives_documents_to_be_saved_by_their_name(in_force, member, signed_in):
    row = in_force.edition.attachments.last()
    answer = signed_in(member).get(address(row))
    disposition = answer.headers["Content-Disposition"]
    assert disposition.startswith("attachment; filename*=utf-8''%D8%B5")
    assert body(answer).startswith(b"%PDF")


def test_notice_attachment_answers_ranges_and_head(in_force, member, signed_in):
    row, client = in_force.edition.attachments.first(), signed_in(member)
    part = client.get(address(row), headers={"range": "bytes=0-1"})
    assert (part.status_code, body(part)) == (206, b"\xff\xd8")
    head = client.head(address(row))
    assert (head.status_code, head.headers["Content-Length"], body(head)) == (200, str(row.size_bytes), b"")


def test_notice_attachment_is_journalled_once_in_ten_minutes(in_force, member, signed_in, time_machine, at):
    row = in_force.edition.attachments.first()
    time_machine.move_to(at, tick=False)
    client = signed_in(member)
    for _ in range(3):
        client.get(address(row))
    taken = Entry.objects.filter(event="notices.notice.exported")
    assert [(e.by, e.target_id, e.data) for e in taken] == [
        (member, in_force.edition_id, {"format": "file", "attachment": row.public_id, "tlp": "TLP:GREEN"})
    ]
    time_machine.move_to(at + timedelta(minutes=11), tick=False)
    assert client.get(address(row)).status_code == 200
    assert taken.all().count() == 2


@pytest.mark.parametrize("number", ["of the notice", "of another", "of nothing"])
def test_notice_attachment_hidden_and_unknown_answer_alike(in_force, stranger, signed_in, number):
    row = in_force.edition.attachments.first()
    numbers = {"of the notice": in_force.number, "of another": factories.notice().number, "of nothing": "PN-2026-00000"}
    client = signed_in(stranger)
    hidden = client.get(f"/notices/{numbers[number]}/attachments/{row.public_id}/")
    unknown = client.get("/notices/PN-2026-00000/attachments/nothing/")
    assert (hidden.status_code, hidden.content) == (404, unknown.content)


@pytest.mark.parametrize("state", ["suspended", "withdrawn"])
def test_notice_attachment_of_a_stub_answers_like_a_hidden_one(in_force, member, publisher, at, signed_in, state):
    row = in_force.edition.attachments.first()
    step = {"suspended": actions.suspend, "withdrawn": actions.withdraw}[state]
    step(in_force, reason="In doubt", by=publisher, at=at)
    assert signed_in(member).get(address(row)).status_code == 404
    assert row.public_id not in page(signed_in(member), in_force, "")


def test_notice_attachment_asks_for_the_promise_first(in_force, member, at, signed_in):
    Edition.objects.update(tlp=Tlp.AMBER)
    row, client = in_force.edition.attachments.first(), signed_in(member)
    answer = client.get(address(row))
    assert (answer.status_code, answer.url) == (302, f"/notices/{in_force.number}/")
    assert row.public_id not in page(client, in_force, "")
    actions.acknowledge(in_force, edition=in_force.edition.number, by=member, at=at)
    assert client.get(address(row)).status_code == 200


@pytest.mark.parametrize(
    ("scan", "sentence"),
    [(Scan.WAITING, "still waits to be scanned"), (Scan.INFECTED, "The scanner refused this file")],
)
def test_notice_attachment_in_quarantine_answers_409(in_force, author, member, signed_in, scan, sentence):
    row = in_force.edition.attachments.first()
    Attachment.objects.update(scan=scan)
    for who in (author, member):
        answer = signed_in(who).get(address(row))
        assert (answer.status_code, sentence in answer.content.decode()) == (409, True)
    shown = page(signed_in(member), in_force, "")
    assert ("<img" in shown, str(scan.label) in shown, "seal.jpg" in shown) == (False, True, True)
    assert not Entry.objects.filter(event="notices.notice.exported").exists()


def test_notice_attachment_of_an_earlier_edition_is_for_those_who_read_it(
    in_force, author, officer, publisher, member, stranger, at, signed_in
):
    row = in_force.edition.attachments.first()
    later = Edition.objects.create(
        notice=in_force,
        number=2,
        title="Later",
        tlp=Tlp.GREEN,
        created_at=at,
        **Audience(countries=["PE", "TH"]).columns(),
    )
    Notice.objects.filter(pk=in_force.pk).update(edition=later)
    assert signed_in(member).get(address(row)).status_code == 200
    assert signed_in(stranger).get(f"/notices/{in_force.number}/").status_code == 200
    assert signed_in(stranger).get(address(row)).status_code == 404
    Edition.objects.filter(pk=row.edition_id).update(tlp=Tlp.AMBER)
    assert signed_in(member).get(address(row)).status_code == 404


def test_notice_shows_pictures_with_their_description_and_room(in_force, member, signed_in):
    shown = page(signed_in(member), in_force, "")
    (picture,) = re.findall(r"<img [^>]+>", shown)
    assert f'alt="{SHOWS.description}"' in picture
    assert 'loading="lazy"' in picture
    assert 'width="20" height="40"' in picture
    assert "(TLP:GREEN)" in shown
    assert f"<bdi>{ARABIC.replace('.jpg', '.pdf')}</bdi>" in shown


def test_notice_costs_the_same_for_two_files_and_for_five(in_force, member, signed_in):
    client = signed_in(member)
    with CaptureQueriesContext(connection) as with_two:
        page(client, in_force, "")
    for name in ("a.png", "b.png", "c.png"):
        factories.attachment(in_force.edition, name)
    with CaptureQueriesContext(connection) as with_five:
        page(client, in_force, "")
    assert len(with_two) == len(with_five)


def test_notice_preview_shows_files_as_a_reader_gets_them(draft, author, signed_in):
    attached(draft)
    shown = page(signed_in(author), draft, "preview/?sector=law_enforcement&country=TH&standing=member")
    assert f'alt="{SHOWS.description}"' in shown
