"""Is everything that happened kept, heard by everybody who listens, and impossible to change unseen?"""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connections, transaction

from congress.core import journal
from congress.core.models import Dispatch, Entry, Seal
from congress.core.tasks import forget_sessions
from tests.factories import LONG_AGO


@pytest.fixture
def happening(monkeypatch):
    """An event of this test's own, with what heard it."""
    monkeypatch.setattr(journal, "EVENTS", dict(journal.EVENTS))
    monkeypatch.setattr(journal, "LISTENERS", {})
    return journal.event("tests.thing.done", "A thing was done.")


@pytest.fixture
def heard(happening) -> list[str]:
    """What two listeners wrote down."""
    notes: list[str] = []

    @journal.on(happening)
    def first(entry: Entry) -> None:
        notes.append(f"first {entry.pk}")

    @journal.on(happening)
    def second(entry: Entry) -> None:
        notes.append(f"second {entry.pk}")

    return notes


def test_record_each_keeps_one_entry_for_each_and_rings_for_nobody(happening, member, stranger, at):
    with pytest.raises(ValueError, match="listeners"):
        journal.record_each(happening, type(member), [member.pk], at=at)
    silent = journal.event("tests.thing.seen", "A thing was seen.", silent="nobody waits for it")
    journal.record_each(silent, type(member), [member.pk, stranger.pk], at=at)
    kept = Entry.objects.filter(event=silent, by=None).values_list("target_kind", "target_id", "at")
    assert sorted(kept) == [("members.member", each.pk, at) for each in (member, stranger)]


def test_record_keeps_who_when_what(happening, member, at):
    entry = journal.record(happening, target=member, by=member, at=at, changed=["city"])
    kept = Entry.objects.get(pk=entry.pk)
    assert (kept.event, kept.at, kept.by) == ("tests.thing.done", at, member)
    assert (kept.target_kind, kept.target_id, kept.data) == ("members.member", member.pk, {"changed": ["city"]})


def test_record_without_target_or_person(happening, db, at):
    entry = journal.record(happening, target=None, by=None, at=at)
    assert (entry.target_kind, entry.target_id, entry.by) == ("", None, None)


def test_record_refuses_an_undeclared_event(db, at):
    with pytest.raises(KeyError):
        journal.record("tests.thing.undeclared", target=None, by=None, at=at)


def test_record_goes_with_its_transaction(happening, db, at):
    class ChangeOfMindError(Exception):
        pass

    def act() -> None:
        with transaction.atomic():
            journal.record(happening, target=None, by=None, at=at)
            raise ChangeOfMindError

    with pytest.raises(ChangeOfMindError):
        act()
    assert not Entry.objects.exists()


def test_record_rings_for_a_worker_only_if_somebody_listens(happening, db, at, django_capture_on_commit_callbacks):
    quiet = journal.event("tests.thing.ignored", "Nobody cares.", silent="nobody cares")
    with django_capture_on_commit_callbacks() as rung:
        journal.record(quiet, target=None, by=None, at=at)
    assert len(rung) == 0
    with django_capture_on_commit_callbacks() as rung:
        journal.record(happening, target=None, by=None, at=at)
    assert len(rung) == 1


def test_dispatch_reaches_every_listener_once(happening, heard, db, at):
    entry = journal.record(happening, target=None, by=None, at=at)
    for _twice in range(2):
        journal.dispatch(entry, at)
    assert heard == [f"first {entry.pk}", f"second {entry.pk}"]
    assert Dispatch.objects.count() == 2


def test_dispatch_goes_on_after_a_listener_that_fails(happening, heard, db, at):
    fails = True

    @journal.on(happening)
    def broken(entry: Entry) -> None:
        Dispatch.objects.create(entry=entry, listener="half done", at=at)
        if fails:
            raise ValueError("defect")

    entry = journal.record(happening, target=None, by=None, at=at)
    journal.dispatch(entry, at)
    assert len(heard) == 2
    assert not Dispatch.objects.filter(listener="half done").exists()
    fails = False
    journal.dispatch(entry, at)
    assert len(heard) == 2
    assert Dispatch.objects.filter(listener="half done").exists()


def test_undispatched_finds_what_no_bell_rang_for(happening, heard, db, at):
    window = {"since": at - timedelta(days=1), "before": at}
    old = journal.record(happening, target=None, by=None, at=at - timedelta(days=2))
    missed = journal.record(happening, target=None, by=None, at=at - timedelta(hours=1))
    done = journal.record(happening, target=None, by=None, at=at - timedelta(hours=1))
    fresh = journal.record(happening, target=None, by=None, at=at)
    journal.dispatch(done, at)
    Dispatch.objects.create(entry=missed, listener="one of two", at=at)
    assert list(journal.undispatched(**window)) == [missed]
    assert old.pk < fresh.pk


def test_seal_committed_chains_every_entry_once(happening, db, at):
    for _each in range(3):
        journal.record(happening, target=None, by=None, at=at)
    assert [journal.seal_committed(2), journal.seal_committed(), journal.seal_committed()] == [2, 1, 0]
    assert Seal.objects.count() == 3
    assert journal.first_broken_seal() is None


def test_first_broken_seal_finds_an_entry_that_was_changed(happening, committed, at):
    entries = [journal.record(happening, target=None, by=None, at=at, n=n) for n in range(3)]
    journal.seal_committed()
    with connections["owner"].cursor() as cursor:
        cursor.execute("ALTER TABLE core_entry DISABLE TRIGGER USER")
        cursor.execute("UPDATE core_entry SET data = '{\"n\": 7}' WHERE id = %s", [entries[1].pk])
        cursor.execute("ALTER TABLE core_entry ENABLE TRIGGER USER")
    connections["owner"].close()
    broken = journal.first_broken_seal()
    assert broken is not None
    assert broken.entry_id == entries[1].pk


@pytest.mark.parametrize("change", ["update", "delete"])
def test_application_cannot_change_what_happened(happening, db, at, change):
    journal.record(happening, target=None, by=None, at=at)
    with pytest.raises(DatabaseError), transaction.atomic():
        Entry.objects.update(data={}) if change == "update" else Entry.objects.all().delete()


def test_journal_verify_says_what_holds(happening, db, at, capsys):
    journal.record(happening, target=None, by=None, at=at)
    journal.seal_committed()
    journal.record(happening, target=None, by=None, at=at)
    call_command("journal", "verify")
    assert capsys.readouterr().out.startswith("1 entries are as they were sealed, 1 wait for a seal.")


def test_journal_verify_fails_on_an_entry_that_was_changed(happening, committed, at):
    entry = journal.record(happening, target=None, by=None, at=at)
    journal.seal_committed()
    with connections["owner"].cursor() as cursor:
        cursor.execute("ALTER TABLE core_entry DISABLE TRIGGER core_entry_append_only")
        cursor.execute("UPDATE core_entry SET event = 'tests.thing.forged' WHERE id = %s", [entry.pk])
        cursor.execute("ALTER TABLE core_entry ENABLE TRIGGER core_entry_append_only")
    connections["owner"].close()
    with pytest.raises(CommandError, match=f"Entry {entry.pk}"):
        call_command("journal", "verify")


def test_forget_sessions_deletes_those_that_are_over(db, at):
    for key, day in (("over", LONG_AGO), ("open", datetime.now(UTC) + timedelta(days=1))):
        Session.objects.create(session_key=key, session_data="", expire_date=day)
    forget_sessions()
    assert list(Session.objects.values_list("session_key", flat=True)) == ["open"]
