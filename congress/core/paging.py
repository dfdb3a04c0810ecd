"""How does a long list go on, at the same cost on page 1 and on page 1,000?"""

import json
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import Model, QuerySet
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan
from django.utils.translation import gettext_lazy as _

from congress.core import crypto
from congress.core.errors import BadRequestError

PAGE_SIZE = 30

M = TypeVar("M", bound=Model)


class BadCursorError(BadRequestError):
    """The `after` parameter was cut or changed."""

    code = "bad_cursor"
    message = _("This page address is not complete or was changed. Go back to the first page of the list.")


@dataclass(frozen=True)
class Page(Generic[M]):
    """Some rows, and the cursor of the next page or an empty string."""

    rows: list[M]
    after: str
    is_first: bool


def page(rows: "QuerySet[M]", *, order: tuple[str, ...], after: str = "", size: int = PAGE_SIZE) -> Page[M]:
    """Return one page by keyset. The last name in `order` must be unique; all go up or, with "-", all go down.

    Costs one query. Raises: BadCursorError.
    """
    selected = rows.order_by(*order)
    if after:
        selected = selected.filter(_beyond(order, _read(after, order)))
    found = list(selected[: size + 1])
    more = len(found) > size
    return Page(found[:size], _write(found[size - 1], order) if more else "", not after)


def _names(order: tuple[str, ...]) -> list[str]:
    if any(name.startswith("-") != _is_descending(order) for name in order):
        raise ValueError("all names of an order go the same way")
    return [name.removeprefix("-") for name in order]


def _is_descending(order: tuple[str, ...]) -> bool:
    return order[0].startswith("-")


def _beyond(order: tuple[str, ...], values: list[Any]) -> TupleGreaterThan | TupleLessThan:
    # As one row of values: PostgreSQL starts in the index, and what is dear to reckon with is reckoned with once.
    beyond = TupleLessThan if _is_descending(order) else TupleGreaterThan
    return beyond(Tuple(*_names(order)), values)


def _write(row: Model, order: tuple[str, ...]) -> str:
    names = _names(order)
    # Not merely signed: the distance between two ids would tell how many hidden rows lie between them.
    return crypto.opaque(json.dumps([_plain(_value(row, name)) for name in names]), _purpose(order))


def _value(row: Model, name: str) -> Any:
    value: Any = row
    for part in name.split("__"):
        value = getattr(value, part)
    return value


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def _read(after: str, order: tuple[str, ...]) -> list[Any]:
    try:
        return list(json.loads(crypto.transparent(after, _purpose(order))))
    except crypto.UnreadableSecretError as error:
        raise BadCursorError from error


def _purpose(order: tuple[str, ...]) -> str:
    return "congress.paging:" + ",".join(order)
