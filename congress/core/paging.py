"""How does a long list go on, at the same cost on page 1 and on page 1,000?"""

import json
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import Model, Q, QuerySet
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


def _names(order: tuple[str, ...]) -> tuple[list[str], str]:
    descending = order[0].startswith("-")
    if any(name.startswith("-") != descending for name in order):
        raise ValueError("all names of an order go the same way")
    return [name.removeprefix("-") for name in order], "lt" if descending else "gt"


def _beyond(order: tuple[str, ...], values: list[Any]) -> Q:
    names, beyond = _names(order)
    condition = Q(pk__in=[])
    for index, name in enumerate(names):
        equal = dict(zip(names[:index], values[:index], strict=True))
        condition |= Q(**equal, **{f"{name}__{beyond}": values[index]})
    # The plain bound lets PostgreSQL start in the index; the alternatives then settle ties.
    return Q(**{f"{names[0]}__{beyond}e": values[0]}) & condition


def _write(row: Model, order: tuple[str, ...]) -> str:
    names, _beyond_lookup = _names(order)
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
