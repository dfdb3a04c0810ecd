"""Does a list go on without leaving a row out or showing one twice, and notice a changed cursor?"""

from base64 import urlsafe_b64decode
from datetime import timedelta

import pytest
from django.core import signing

from congress.core.paging import BadCursorError, page
from notices.models import Notice
from tests import factories

NEWEST = ("-published_at", "-pk")


@pytest.fixture
def seven(db, at):
    """Seven notices, three of the same instant."""
    author = factories.member()
    for hours in (0, 1, 1, 1, 2, 3, 4):
        factories.notice(at=at - timedelta(hours=hours), author=author)


def walk(order: tuple[str, ...], size: int) -> list[int]:
    seen, after = [], ""
    while True:
        found = page(Notice.objects.all(), order=order, after=after, size=size)
        seen += [row.pk for row in found.rows]
        after = found.after
        if not after:
            return seen


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8])
@pytest.mark.parametrize("order", [NEWEST, ("published_at", "pk"), ("pk",), ("author__email", "number", "pk")])
def test_page_walks_over_every_row_once_and_in_order(seven, order, size):
    assert walk(order, size) == list(Notice.objects.order_by(*order).values_list("pk", flat=True))


def test_page_says_whether_it_is_the_first(seven):
    first = page(Notice.objects.all(), order=NEWEST, size=4)
    second = page(Notice.objects.all(), order=NEWEST, after=first.after, size=4)
    assert (first.is_first, second.is_first, second.after) == (True, False, "")


def test_page_of_nothing(db):
    found = page(Notice.objects.all(), order=NEWEST)
    assert (found.rows, found.after) == ([], "")


def test_page_costs_one_query(seven, django_assert_num_queries):
    after = page(Notice.objects.all(), order=NEWEST, size=2).after
    with django_assert_num_queries(1):
        page(Notice.objects.all(), order=NEWEST, after=after, size=2)


def test_page_keeps_its_place_when_rows_come_and_go(seven, at):
    first = page(Notice.objects.all(), order=NEWEST, size=3)
    factories.notice(at=at + timedelta(hours=1))
    second = page(Notice.objects.all(), order=NEWEST, after=first.after, size=3)
    assert not {row.pk for row in first.rows} & {row.pk for row in second.rows}


@pytest.mark.parametrize("after", ["x", "\x00", "WyJhIl0:a:b", "a" * 5000])
def test_page_refuses_a_changed_cursor_with_400(seven, after):
    with pytest.raises(BadCursorError) as refusal:
        page(Notice.objects.all(), order=NEWEST, after=after)
    assert refusal.value.status == 400


def test_page_refuses_the_cursor_of_another_order(seven):
    after = page(Notice.objects.all(), order=("pk",), size=2).after
    with pytest.raises(BadCursorError):
        page(Notice.objects.all(), order=NEWEST, after=after)


def test_page_refuses_a_cursor_that_others_signed(seven):
    with pytest.raises(BadCursorError):
        page(Notice.objects.all(), order=("pk",), after=signing.dumps([1]))


def test_page_cursor_tells_nothing_of_the_rows(seven):
    cursor = page(Notice.objects.all(), order=("pk",), size=2).after
    last = Notice.objects.order_by("pk")[1].pk
    assert str(last).encode() not in urlsafe_b64decode(cursor + "==")
    assert cursor == page(Notice.objects.all(), order=("pk",), size=2).after


def test_page_refuses_an_order_that_goes_both_ways(seven):
    with pytest.raises(ValueError, match="same way"):
        page(Notice.objects.all(), order=("published_at", "-pk"), size=2)
