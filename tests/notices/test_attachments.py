"""Does a draft carry the files that its authors chose, clean, labelled and in their order?"""

from datetime import timedelta

import pytest

from congress.core.errors import NotPermittedError
from congress.core.files import store
from congress.core.files.errors import FileRefusedError, StorageFullError
from congress.core.labels import Tlp
from congress.core.models import Entry
from congress.core.states import IllegalTransitionError
from notices import actions
from notices.actions import attaching
from notices.actions.attaching import Caption, attach, bring_forward, describe, detach
from notices.models import Attachment, Notice, Scan
from tests import factories
from tests.core.files.corpus import PLANTED
from tests.notices.sent import SHOWS, attached, kept_files, pdf, photo, text
from tests.notices.typed import content


@pytest.fixture
def draft(author, at) -> Notice:
    return actions.draft(content(), by=author, at=at)


def names(notice: Notice) -> list[str]:
    return [row.name for row in Attachment.objects.filter(edition=notice.edition_id)]


def bytes_of(attachment: Attachment) -> bytes:
    return b"".join(store.open_range(attachment.stored_as))


def test_attach_adds_a_clean_file_with_its_facts(draft, author, at):
    attach(draft, photo(), SHOWS, by=author, at=at)
    row = Attachment.objects.get()
    assert (row.name, row.description, row.tlp) == ("IMG_2041.jpg", SHOWS.description, Tlp.GREEN)
    assert (row.media_type, row.width, row.height, row.scan) == ("image/jpeg", 20, 40, Scan.NOT_SCANNED)
    assert (row.added_by, row.added_at, row.size_bytes) == (author, at, len(bytes_of(row)))
    assert PLANTED.encode() not in bytes_of(row)


def test_attach_keeps_the_words_of_a_document_for_the_gate(draft, author, at):
    row = attach(draft, pdf("تقرير.pdf"), Caption(), by=author, at=at)
    assert (row.name, row.text.split()[:2], row.text_is_whole) == ("تقرير.pdf", ["harbour", "lights"], True)
    assert row.width is None


def test_attach_makes_another_version_and_says_so_without_the_name(draft, author, at):
    later = at + timedelta(minutes=5)
    row = attach(draft, photo(), SHOWS, by=author, at=later)
    notice = Notice.objects.select_related("edition").get()
    assert (notice.edition.version, notice.changed_at) == (2, later)
    entry = Entry.objects.get(event="notices.attachment.added")
    assert (entry.target_id, entry.by) == (draft.pk, author)
    assert entry.data == {"attachment": row.public_id, "tlp": "TLP:GREEN"}


def test_attach_takes_another_name_and_label(draft, author, at):
    row = attach(draft, photo(), Caption("../the <seal>.png", "", Tlp.CLEAR), by=author, at=at)
    assert (row.name, row.tlp) == ("the _seal.jpg", Tlp.CLEAR)


@pytest.mark.parametrize("who", ["officer", "publisher", "member", "administrator"])
def test_attach_is_for_its_writers(draft, at, who, request):
    with pytest.raises(NotPermittedError):
        attach(draft, photo(), SHOWS, by=request.getfixturevalue(who), at=at)
    assert kept_files() == []


@pytest.mark.parametrize("state", ["in_review", "cleared", "scheduled", "published", "suspended", "withdrawn"])
def test_files_of_what_is_checked_or_read_stay_as_they_are(author, at, state):
    notice = factories.notice(state=state, author=author)
    row = factories.attachment(notice.edition)
    for step in (
        lambda: attach(notice, photo(), SHOWS, by=author, at=at),
        lambda: describe(row, SHOWS, by=author, at=at),
        lambda: bring_forward(row, by=author, at=at),
        lambda: detach(row, by=author, at=at),
    ):
        with pytest.raises(IllegalTransitionError):
            step()
    assert (Attachment.objects.get(), kept_files()) == (row, [])


def test_attach_refuses_a_stricter_label_before_it_looks_at_the_file(draft, author, at):
    with pytest.raises(attaching.FileLabelError) as refusal:
        attach(draft, text(""), Caption(tlp=Tlp.AMBER), by=author, at=at)
    assert (refusal.value.status, refusal.value.field) == (422, "tlp")


def test_attach_refuses_what_is_no_file_of_ours(draft, author, at):
    with pytest.raises(FileRefusedError):
        attach(draft, text("<svg><script>1</script></svg>", "a.png"), SHOWS, by=author, at=at)
    assert (names(draft), kept_files()) == ([], [])


@pytest.mark.parametrize(("limit", "value"), [("MOST_FILES", 1), ("MOST_BYTES", 1500)])
def test_attach_refuses_too_many_files(draft, author, at, monkeypatch, limit, value):
    attached(draft)
    monkeypatch.setattr(attaching, limit, value)
    with pytest.raises(attaching.TooManyFilesError):
        attach(draft, photo(), SHOWS, by=author, at=at)
    assert len(kept_files()) == 1


def test_attach_refuses_more_words_than_the_gate_reads_and_leaves_no_bytes(draft, author, at, monkeypatch):
    monkeypatch.setattr(attaching, "MOST_LETTERS", 12)
    attach(draft, text("six or more"), SHOWS, by=author, at=at)
    with pytest.raises(attaching.TooManyWordsError):
        attach(draft, text("two"), SHOWS, by=author, at=at)
    assert len(kept_files()) == 1


def test_attach_to_a_full_disk_leaves_nothing(draft, author, at, small_disk, settings):
    settings.FILES_ROOT = small_disk
    small_disk.joinpath("other").write_bytes(bytes(1020 * 1024))
    with pytest.raises(StorageFullError):
        attach(draft, photo(size=(900, 900)), SHOWS, by=author, at=at)
    assert [path.name for path in kept_files()] == ["other"]
    assert (names(draft), Notice.objects.get().edition.version) == ([], 1)


def test_describe_changes_what_is_said(draft, author, at):
    row = attached(draft)
    describe(row, Caption("seal", "The broken seal", Tlp.CLEAR), by=author, at=at)
    row.refresh_from_db()
    assert (row.name, row.description, row.tlp) == ("seal.jpg", "The broken seal", Tlp.CLEAR)
    assert Notice.objects.get().edition.version == 3
    with pytest.raises(attaching.FileLabelError):
        describe(row, Caption(tlp=Tlp.RED), by=author, at=at)


def test_bring_forward_changes_places(draft, author, at):
    rows = [attached(draft, text("words", f"{name}.txt")) for name in "abc"]
    bring_forward(rows[2], by=author, at=at)
    assert names(draft) == ["a.txt", "c.txt", "b.txt"]
    bring_forward(rows[0], by=author, at=at)
    assert names(draft) == ["a.txt", "c.txt", "b.txt"]


def test_detach_takes_it_away_and_says_where_the_bytes_are(draft, author, at):
    row = attached(draft)
    detach(row, by=author, at=at)
    assert names(draft) == []
    entry = Entry.objects.get(event="notices.attachment.removed")
    assert entry.data == {"attachment": row.public_id, "stored_as": row.stored_as}


def test_file_that_was_removed_meanwhile_is_a_conflict(draft, author, at):
    row = attached(draft)
    detach(row, by=author, at=at)
    for step in (detach, bring_forward):
        with pytest.raises(attaching.FileGoneError) as refusal:
            step(row, by=author, at=at)
        assert refusal.value.status == 409


def test_notice_is_found_by_the_name_of_a_file_as_long_as_it_carries_it(draft, author, at):
    row = attached(draft, text("words", "velvetmarker.txt"))
    draft.edition.refresh_from_db()
    assert "velvetmark" in draft.edition.search_vector
    detach(row, by=author, at=at)
    draft.edition.refresh_from_db()
    assert "velvetmark" not in draft.edition.search_vector
