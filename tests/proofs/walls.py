"""How do the proofs switch one wall off, to see whether the other holds alone? No line of the portal knows of it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FunctionType
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connections

from members.models import Member
from notices import policies
from notices.models import Attachment, Edition, Notice, Section
from notices.row_security import POLICIES


def _notices(viewer):
    return Notice.objects.all()


def _editions(viewer):
    return Edition.objects.all()


def _sections(viewer):
    return Section.objects.all()


def _attachments(viewer):
    return Attachment.objects.all()


def _sections_of_one(viewer, notice):
    return Section.objects.filter(edition=notice.edition_id)


def _attachments_of_one(viewer, notice):
    return Attachment.objects.filter(edition=notice.edition_id)


def _to_each(viewers, notices):
    everybody = Member.objects.filter(pk__in=[viewer.pk for viewer in viewers]).seated()
    return dict(everybody.annotate(found=ArraySubquery(notices.values("edition"))).values_list("pk", "found"))


def _readers(notice, audience=None, *, without=None):
    return Member.objects.all()


# What names rows. Each body runs in the place of the policy, with the globals of policies.py and no others. What a
# person may do with a row that they see (`can_…`, `steps_open_to`) stays: the database guards rows and no steps.
EVERYTHING: dict[str, Callable[..., Any]] = {
    "visible_to": _notices,
    "addressed_to": _notices,
    "waiting_for": _notices,
    "withdrawable_by": _notices,
    "editions_visible_to": _editions,
    "sections_visible_to": _sections,
    "attachments_visible_to": _attachments,
    "sections_of_shown": _sections_of_one,
    "attachments_of_shown": _attachments_of_one,
    "addressed_to_each": _to_each,
    "readers": _readers,
}


@contextmanager
def first_wall_off() -> Iterator[None]:
    """Let every policy that names rows name all of them, also where it was imported by name."""
    functions: dict[str, FunctionType] = {name: getattr(policies, name) for name in EVERYTHING}
    before = {name: function.__code__ for name, function in functions.items()}
    try:
        for name, function in functions.items():
            function.__code__ = EVERYTHING[name].__code__
        yield
    finally:
        for name, function in functions.items():
            function.__code__ = before[name]


@contextmanager
def second_wall_off() -> Iterator[None]:
    """Let the database show every row to everybody. Nothing may hold a lock on the tables of notices."""
    try:
        _alter("DISABLE")
        yield
    finally:
        _alter("ENABLE")


def _alter(how: str) -> None:
    with connections["owner"].cursor() as cursor:
        for table in POLICIES:
            cursor.execute(f"ALTER TABLE {table} {how} ROW LEVEL SECURITY")
