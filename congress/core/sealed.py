"""Which columns are sealed at rest, and how do all of them move to the newest key?"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection, models
from psycopg import sql

from congress.core.crypto import is_newest, reseal, seal, unseal

BATCH = 500
SELECT = sql.SQL("SELECT {key}, {value} FROM {table} WHERE {key} > %s AND {value} <> '' ORDER BY {key} LIMIT %s")
# Whoever changes a row meanwhile seals it with the newest key anyway, and is not written over.
UPDATE = sql.SQL("UPDATE {table} SET {column} = {moved} WHERE {key} = %s AND {value} = %s")


class SealedTextField(models.TextField):  # type: ignore[type-arg]
    """A text that lies sealed in the database. It can be asked whether it is empty, and nothing else."""

    def get_prep_value(self, value: Any) -> Any:
        """Seal on the way in; nothing stays nothing, so that constraints can ask for a text."""
        return seal(str(value)) if value else value

    def from_db_value(self, value: str | None, *_where: Any) -> str | None:
        """Open on the way out. Raises: UnreadableSecretError."""
        return unseal(value) if value else value


@dataclass(frozen=True)
class Column:
    """Where sealed values lie: a column of text, or one key of a column of JSON."""

    table: str
    column: str
    key: str = ""

    def reseal(self) -> int:
        """Move every value to the newest key, in batches; returns how many moved. Raises: UnreadableSecretError."""
        return sum(self._move(pk, value) for pk, value in self._values() if not is_newest(value))

    def _values(self) -> Iterator[tuple[int, str]]:
        last = 0
        with connection.cursor() as cursor:
            while rows := cursor.execute(SELECT.format(**self._names), [last, BATCH]).fetchall():
                yield from rows
                last = rows[-1][0]

    def _move(self, pk: int, value: str) -> int:
        with connection.cursor() as cursor:
            cursor.execute(UPDATE.format(**self._names), [reseal(value), pk, value])
            return int(cursor.rowcount)

    @property
    def _names(self) -> dict[str, sql.Composable]:
        model = apps.get_model(self.table)
        column = sql.Identifier(model._meta.get_field(self.column).column)
        names: dict[str, sql.Composable] = {
            "table": sql.Identifier(model._meta.db_table),
            "key": sql.Identifier(model._meta.pk.column),
            "column": column,
        }
        if not self.key:
            return {**names, "value": column, "moved": sql.SQL("%s")}
        parts = {"column": column, "inner": sql.Literal(self.key)}
        value = sql.SQL("({column} ->> {inner})").format(**parts)
        moved = sql.SQL("jsonb_set({column}, ARRAY[{inner}], to_jsonb(%s::text))").format(**parts)
        return {**names, "value": value, "moved": moved}


# Sealed by their own code, not by the kind of their column.
OTHER_COLUMNS = [
    Column("core.Delivery", "sealed_letter"),
    Column("members.DataCopy", "sealed_text"),
    Column("mfa.Authenticator", "data", "secret"),
    Column("mfa.Authenticator", "data", "seed"),
]


def columns() -> list[Column]:
    """Return every sealed column of the portal."""
    fields = (field for model in apps.get_models() for field in model._meta.local_concrete_fields)
    sealed = [field for field in fields if isinstance(field, SealedTextField)]
    return [*(Column(field.model._meta.label, field.name) for field in sealed), *OTHER_COLUMNS]
