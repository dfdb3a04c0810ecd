"""For whom does the database itself show rows? Row security: one reader at a time, set once per request or task.

The second wall behind `visible_to`: what a policy forgets to leave out, the database leaves out. Which rows that are
stands in each package's row_security.py; provisioning puts it into force. Source: decision 0011.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from enum import Enum
from typing import TypeVar

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

T = TypeVar("T")

SETTINGS = ("congress.portal", "congress.reader", "congress.sector", "congress.country", "congress.organisation",
            "congress.roles", "congress.groups")  # fmt: skip
# How a policy asks whether the portal itself reads: once for each statement, unset being no.
PORTAL = "(SELECT COALESCE(current_setting('congress.portal', true), '') = 'yes')"
NOTHING = "SELECT set_config(name, '', false) FROM unnest(%s::text[]) AS name"
EVERYTHING = "SELECT set_config('congress.portal', 'yes', false)"
EVERYTHING_UNTIL_COMMIT = "SELECT set_config('congress.portal', 'yes', true)"
ONE_READER = "SELECT congress_enter(%s)"


STILL_A_READER = "SELECT current_setting('congress.reader', true) <> ''"
ASKED_AGAIN_SECONDS = 1.0


class NoReaderError(Exception):
    """Whoever is being sent something has left, lapsed or been shut out in the meantime."""


class Somebody(Enum):
    """Who reads when no member does."""

    NOBODY = "nobody"
    PORTAL = "portal"


Reader = int | Somebody
_reader: ContextVar[Reader] = ContextVar("reader")
# Who reads where nothing was said: in a shell, in a thread of one's own. Only tests change it.
outside: Reader = Somebody.NOBODY


@contextmanager
def reading_as(reader: Reader) -> Iterator[None]:
    """Let the database show what is a member's to read, by their id, or what is nobody's; afterwards as before."""
    before = _reader.get(outside)
    let_in(reader)
    try:
        yield
    finally:
        try:
            let_in(before)
        except DatabaseError:
            # Nothing stale may be left behind, and a new connection is told by itself.
            connection.close()


@contextmanager
def reading_as_portal(why: str) -> Iterator[None]:
    """Let the database show everything, for work that no single member does, and say why in a few words."""
    if not why:
        raise ValueError("say why the portal itself reads")
    with reading_as(Somebody.PORTAL):
        yield


def let_in(reader: Reader) -> None:
    """Change the reader from here on, inside a `reading_as` that ends it."""
    if reader == _reader.get(outside):
        return
    _reader.set(reader)
    if connection.connection is not None:
        _tell(connection, reader)


def kept(reader: int, rows: Iterator[T]) -> Iterator[T]:
    """Read on as this member while an answer is sent piece by piece, long after its view has returned.

    Raises: NoReaderError, within a second, once the member may read nothing any more; the answer breaks off there.
    """
    with reading_as(reader):
        asked_at = time.monotonic()
        for row in rows:
            if time.monotonic() - asked_at > ASKED_AGAIN_SECONDS:
                _require_reader(reader)
                asked_at = time.monotonic()
            yield row


def _require_reader(reader: int) -> None:
    _tell(connection, reader)
    with connection.wrap_database_errors:
        row = connection.connection.execute(STILL_A_READER).fetchone()
    if not row[0]:
        raise NoReaderError


def writing() -> None:
    """Let the rest of the transaction change what the policy has allowed, once it was asked of the locked row.

    Row security looks at a row after its change too, and whoever gives a row out of their hands sees it no more.
    Raises: TransactionManagementError outside a transaction, which would make it last.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("an action writes in a transaction")
    _run(connection, EVERYTHING_UNTIL_COMMIT)


def on_connection(*, connection: BaseDatabaseWrapper, **_more: object) -> None:
    """Tell each new connection of the application, also one from a pool, who reads at this moment."""
    if connection.alias == DEFAULT_DB_ALIAS:
        _tell(connection, _reader.get(outside))


def _tell(connection: BaseDatabaseWrapper, reader: Reader) -> None:
    if isinstance(reader, int):
        _run(connection, ONE_READER, [reader])
        return
    _run(connection, NOTHING, [list(SETTINGS)])
    if reader is Somebody.PORTAL:
        _run(connection, EVERYTHING)


def _run(connection: BaseDatabaseWrapper, statement: str, values: list[object] | None = None) -> None:
    """Below Django's cursors, so that pages keep the count of their own queries."""
    with connection.wrap_database_errors:
        connection.connection.execute(statement, values)
