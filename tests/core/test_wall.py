"""Who reads at each moment, and does the database know?"""

from threading import Thread

import pytest
from celery import shared_task
from django.db import connection, transaction

from congress.core import wall
from congress.core.labels import Audience
from congress.core.roles import Standing
from congress.core.wall import Somebody
from notices.models import Notice
from tests import factories


@pytest.fixture
def notice(member):
    return factories.notice(audience=Audience(people=[member.pk]))


def shown() -> int:
    return Notice.objects.count()


def test_nobody_is_shown_anything(notice):
    with wall.reading_as(Somebody.NOBODY):
        assert shown() == 0


def test_a_member_is_shown_what_is_theirs(notice, member, stranger):
    with wall.reading_as(member.pk):
        assert shown() == 1
    with wall.reading_as(stranger.pk):
        assert shown() == 0


@pytest.mark.parametrize("standing", sorted(set(Standing) - {Standing.MEMBER, Standing.ANYONE}))
def test_whoever_is_no_member_in_good_standing_is_nobody(notice, member, standing):
    type(member).objects.filter(pk=member.pk).update(standing=standing)
    with wall.reading_as(member.pk):
        assert shown() == 0


def test_an_unknown_member_is_nobody(notice, member):
    with wall.reading_as(member.pk), wall.reading_as(2**40):
        assert shown() == 0


def test_the_portal_says_why_it_reads(notice):
    with wall.reading_as(Somebody.NOBODY), wall.reading_as_portal("a test"):
        assert shown() == 1
    with pytest.raises(ValueError, match="why"), wall.reading_as_portal(""):
        pass


def test_afterwards_it_is_as_before_also_after_an_error(notice, member, stranger):
    with wall.reading_as(member.pk):
        with pytest.raises(LookupError), wall.reading_as(stranger.pk):
            raise LookupError
        assert shown() == 1
    with wall.reading_as(Somebody.NOBODY):
        assert shown() == 0


def test_another_reader_leaves_no_fact_of_the_one_before(db, member):
    with wall.reading_as(member.pk), wall.reading_as(Somebody.NOBODY), connection.cursor() as cursor:
        cursor.execute("SELECT name, current_setting(name) FROM unnest(%s::text[]) AS name", [list(wall.SETTINGS)])
        assert {value for _name, value in cursor.fetchall()} == {""}


def test_writing_ends_with_the_transaction(committed):
    factories.notice(audience=Audience())
    with wall.reading_as(factories.member().pk):
        with transaction.atomic():
            wall.writing()
            assert shown() == 1
        assert shown() == 0
        with transaction.atomic():
            wall.writing()
            transaction.set_rollback(True)
        assert shown() == 0


def test_writing_needs_a_transaction(committed):
    with pytest.raises(transaction.TransactionManagementError):
        wall.writing()


def test_a_row_is_written_by_the_portal_only(notice, member, stranger):
    # The notice is theirs to read, and nothing of it theirs to change but by an action.
    with wall.reading_as(member.pk), pytest.raises(Exception, match="row-level security"), transaction.atomic():
        Notice.objects.update(author=stranger)
    with wall.reading_as(stranger.pk):
        assert Notice.objects.update(author=stranger) == 0


def test_a_new_connection_reads_as_the_one_before(committed):
    member, stranger = factories.member(), factories.member()
    factories.notice(audience=Audience(people=[member.pk]))
    for reader, count in ((member.pk, 1), (stranger.pk, 0), (Somebody.NOBODY, 0)):
        with wall.reading_as(reader):
            connection.close()
            assert shown() == count


def test_a_thread_starts_as_nobody_in_particular(committed, monkeypatch):
    member = factories.member()
    factories.notice(audience=Audience(people=[member.pk]))
    monkeypatch.setattr(wall, "outside", Somebody.NOBODY)
    counts = []

    def read():
        counts.append(shown())
        connection.close()

    with wall.reading_as(member.pk):
        thread = Thread(target=read)
        thread.start()
        thread.join()
    assert counts == [0]


def test_rows_that_are_read_slowly_are_still_the_readers(notice, member):
    with wall.reading_as(Somebody.NOBODY):
        rows = wall.kept(member.pk, (row for row in Notice.objects.iterator()))
        assert [row.pk for row in rows] == [notice.pk]
        assert shown() == 0


@shared_task
def count_notices() -> int:
    return shown()


def test_a_task_reads_as_the_portal(notice):
    with wall.reading_as(Somebody.NOBODY):
        assert count_notices() == 1
        assert shown() == 0


def test_a_request_reads_as_its_member_and_ends_as_it_began(notice, member, stranger, signed_in):
    assert notice.number in signed_in(member).get("/notices/").text
    assert notice.number not in signed_in(stranger).get("/notices/").text
    assert shown() == 1
