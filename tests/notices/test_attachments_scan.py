"""Does a file wait for the scanner where there is one, and do its bytes go when nobody carries it?"""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from congress.core import journal
from congress.core.files import store
from congress.core.models import Entry
from notices import actions, tasks
from notices.actions.moving import InfectedFileError
from notices.models import Attachment, Notice, Scan
from tests.core.files.fakes import SIGNATURE, scanner
from tests.notices.sent import attached, kept_files, photo, text
from tests.notices.steps import published, reloaded
from tests.notices.typed import content


@pytest.fixture
def draft(author, at) -> Notice:
    return actions.draft(content(), by=author, at=at)


@pytest.fixture
def clamd(settings, socket_enabled):
    with scanner() as address:
        settings.SCANNER_URL = address
        yield


@pytest.fixture
def nobody_scans(settings, socket_enabled):
    """A scanner that is configured and away."""
    settings.SCANNER_URL = "tcp://127.0.0.1:9"


def hear(event: str, at) -> None:
    journal.dispatch(Entry.objects.get(event=event), at)


def scans() -> set[str]:
    return set(Attachment.objects.values_list("scan", flat=True))


@pytest.mark.parametrize(("words", "result"), [(b"a list", Scan.CLEAN), (SIGNATURE, Scan.INFECTED)])
def test_new_file_waits_and_is_scanned_at_once(clamd, draft, at, words, result):
    row = attached(draft, text(words.decode()))
    assert (row.scan, row.may_leave_quarantine) == (Scan.WAITING, False)
    hear("notices.attachment.added", at)
    row.refresh_from_db()
    assert (row.scan, row.may_leave_quarantine) == (result, result == Scan.CLEAN)
    entry = Entry.objects.get(event="notices.attachment.scanned")
    assert (entry.target_id, entry.by, entry.data["scan"]) == (draft.pk, None, result)


def test_file_stays_in_quarantine_while_the_scanner_is_away_and_is_asked_about_again(nobody_scans, draft, at, settings):
    attached(draft)
    hear("notices.attachment.added", at)
    assert scans() == {Scan.WAITING}
    with scanner() as settings.SCANNER_URL:
        tasks.scan_waiting_files()
    assert scans() == {Scan.CLEAN}


def test_file_that_is_lost_holds_up_no_other(clamd, draft):
    lost, found = attached(draft), attached(draft)
    store.delete(lost.stored_as)
    tasks.scan_waiting_files()
    assert [Attachment.objects.get(pk=row.pk).scan for row in (lost, found)] == [Scan.WAITING, Scan.CLEAN]


def test_verdict_is_final(clamd, draft, at):
    row = attached(draft, scan=Scan.INFECTED)
    actions.scan_file(row.stored_as, at=at)
    assert scans() == {Scan.INFECTED}


def test_notice_with_a_refused_file_goes_nowhere(draft, author, at):
    attached(draft, scan=Scan.INFECTED)
    with pytest.raises(InfectedFileError) as refusal:
        actions.submit(draft, by=author, at=at)
    assert refusal.value.status == 422


def test_without_a_scanner_nothing_waits(draft, at):
    attached(draft)
    hear("notices.attachment.added", at)
    assert scans() == {Scan.NOT_SCANNED}


def test_verdict_holds_for_every_edition_that_carries_the_file(clamd, author, officer, publisher, at):
    notice = reloaded(published(author, officer, publisher, at))
    stored = attached(actions.draft(content(), by=author, at=at)).stored_as
    Attachment.objects.update(edition=notice.edition)
    actions.begin_update(notice, by=author, at=at)
    actions.scan_file(stored, at=at)
    assert (Attachment.objects.count(), scans()) == (2, {Scan.CLEAN})


def test_bytes_of_a_removed_file_go(draft, author, at):
    actions.detach(attached(draft), by=author, at=at)
    assert len(kept_files()) == 1
    hear("notices.attachment.removed", at)
    assert kept_files() == []


def test_bytes_stay_while_another_edition_carries_them(draft, author, at):
    row = attached(draft)
    other = attached(actions.draft(content(), by=author, at=at), stored_as=row.stored_as)
    actions.detach(row, by=author, at=at)
    hear("notices.attachment.removed", at)
    assert b"".join(store.open_range(other.stored_as))


def test_sweep_deletes_what_no_edition_carries_after_an_hour(draft, at, settings):
    kept = attached(draft)
    attached(draft, photo("b.jpg")).delete()
    assert (tasks.sweep_files(), len(kept_files())) == (0, 2)
    with time_machine.travel(datetime.now(UTC) + timedelta(hours=2), tick=False):
        assert tasks.sweep_files() == 1
    assert [path.name for path in kept_files()] == [kept.stored_as.rpartition("/")[2]]
