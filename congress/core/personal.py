"""What does the portal keep about a person, how long, and what becomes of it? One declaration for each table.

The same declaration makes a member's copy of their own data, the table of retention that everybody can read, and the
nightly work that obeys it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.db import models
from django.utils.functional import Promise

BATCH = 5000
GONE: Mapping[str, Any] = {}


@dataclass(frozen=True)
class Retention:
    """When a row is over its time: so many days after `since`, and what is emptied then; nothing named: deleted.

    `where` says for which rows there is an end at all.
    """

    since: str
    days: int
    emptied: Mapping[str, Any] = field(default_factory=dict)
    where: Mapping[str, Any] = field(default_factory=dict)

    def over(self, rows: "models.QuerySet[Any]", at: datetime) -> "models.QuerySet[Any]":
        """Return the rows whose time is over and that still hold something."""
        last = at - timedelta(days=self.days)
        # Names tell instants (`…_at`) from days (`…_on`).
        late = rows.filter(**self.where, **{f"{self.since}__lt": last.date() if self.since.endswith("_on") else last})
        return late.exclude(**self.emptied) if self.emptied else late


@dataclass(frozen=True)
class Holding:
    """What one table keeps about a person: which rows are whose, what is given to them, what is kept how long.

    `further` are the rules of a table that has more than one. `erased` says what an erasure leaves in a row: values
    that empty it, or nothing at all (`GONE`), or None: the row stays as it is, for the reason that `kept` gives.
    """

    table: str
    whose: str
    what: str | Promise
    gives: tuple[str, ...]
    kept: str | Promise
    retention: Retention | None = None
    erased: Mapping[str, Any] | None = None
    further: tuple[Retention, ...] = ()

    @property
    def model(self) -> type[models.Model]:
        """Return the table's model."""
        return apps.get_model(self.table)

    @property
    def rows(self) -> "models.QuerySet[Any]":
        """Return all rows of the table."""
        return self.model._default_manager.all()

    def about(self, member_id: int) -> list[dict[str, Any]]:
        """Return what is given of one member's rows, the oldest first."""
        if not self.gives:
            return []
        return list(self.rows.filter(**{self.whose: member_id}).order_by("pk").values(*self.gives))

    def erase(self, member_id: int) -> None:
        """Leave in one member's rows what the declaration says."""
        if self.erased is None:
            return
        theirs = self.rows.filter(pk__in=self.rows.filter(**{self.whose: member_id}).values("pk"))
        if self.erased:
            theirs.update(**self.erased)
        else:
            theirs.delete()


HOLDINGS: dict[str, Holding] = {}


def hold(holding: Holding) -> None:
    """Declare what a table keeps about people, beside the models of its package.

    One that keeps something about two is declared for each: first about whom it mainly is.
    """
    is_first = holding.table not in HOLDINGS
    HOLDINGS[holding.table if is_first else f"{holding.table}.{holding.whose}"] = holding


def copy_of(member_id: int, *, at: datetime) -> dict[str, Any]:
    """Return everything that is given to a member about themselves, table by table; one query for each."""
    tables = {
        name: {"what": str(each.what), "kept": str(each.kept), "rows": each.about(member_id)}
        for name, each in sorted(HOLDINGS.items())
    }
    return {"made_at": at, "tables": tables}


def obey(*, at: datetime) -> int:
    """Empty or delete what is over its time, in batches; returns how many rows were."""
    rules = [(each, rule) for each in HOLDINGS.values() for rule in (each.retention, *each.further) if rule]
    return sum(_obey(each, rule, at) for each, rule in rules)


def _obey(holding: Holding, retention: Retention, at: datetime) -> int:
    count = 0
    while keys := list(retention.over(holding.rows, at).order_by("pk").values_list("pk", flat=True)[:BATCH]):
        batch = holding.rows.filter(pk__in=keys)
        if retention.emptied:
            batch.update(**retention.emptied)
        else:
            batch.delete()
        count += len(keys)
    return count
