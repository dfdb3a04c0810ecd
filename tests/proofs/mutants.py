"""Does each condition of both walls matter? Each is taken out and turned round in turn, and something has to notice.

First the rows of the small world are compared with the oracle, in this process; what that does not notice is tried
on a copy of the tree with the tests that stand beside the code.
"""

import importlib
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from inspect import unwrap
from itertools import chain
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

from django.db import connections, transaction

from congress.core.provision import row_security
from tests.proofs import rows, values
from tests.proofs.facts import World
from tests.proofs.python_mutations import Mutant, code_of, mutants_of
from tests.proofs.sql_mutations import sql_mutants_of
from tests.proofs.stage import OUTSIDE

ROOT = Path(__file__).resolve().parents[2]
FILES = {"notices/policies.py": "notices.policies", "congress/core/labels.py": "congress.core.labels"}
SQL = {"notices/row_security.py": "notices.row_security", "members/row_security.py": "members.row_security"}
TESTS = [
    "tests/notices/test_policies.py", "tests/notices/test_row_security.py", "tests/core/test_labels.py",
    "tests/core/test_wall.py",
]  # fmt: skip
SECONDS = 300

# What changes nothing that anybody could notice, and why.
EMPTY = "an empty condition joins nothing: with | and & Django leaves it out"
WITHOUT_BODY = "no array holds NULL, so whoever has no body is asked for in vain"
WITHOUT_COUNTRY = "whoever reads has a country: a constraint of the database holds it"
RECORD = "whoever wrote or cleared it sees it by that alone"
HOUR = "a constraint of the database gives each such state the instant"
EQUIVALENT: dict[tuple[str, str], str] = {
    ("Q(state__in=published, published_at__isnull=False)", "Q(state__in=published)"): HOUR,
    ("{row}.published_at IS NOT NULL", "true"): HOUR,
    ("Q(pk__in=[])", "Q()"): EMPTY,
    (
        (
            "if audience.sectors or audience.countries: group = among('sector', audience.sectors)"
            " if audience.sectors else Q() group &= among('country', audience.countries) if audience.countries else Q()"
        ),
        (
            "if True: group = among('sector', audience.sectors) if audience.sectors else Q()"
            " group &= among('country', audience.countries) if audience.countries else Q()"
        ),
    ): EMPTY,
    (
        "viewer.organisation_id is None or not viewer.may(Permission.COSPONSOR_NOTICES)",
        "not viewer.may(Permission.COSPONSOR_NOTICES)",
    ): WITHOUT_BODY,
    (
        (
            "if reader.organisation is not None: included |= holds('audience_organisations', reader.organisation)"
            " excluded |= holds('excluded_organisations', reader.organisation)"
        ),
        (
            "if True: included |= holds('audience_organisations', reader.organisation)"
            " excluded |= holds('excluded_organisations', reader.organisation)"
        ),
    ): WITHOUT_BODY,
    ("Q(country='')", "Q()"): WITHOUT_COUNTRY,
    ("Q(country=who.country) & ~Q(country='')", "Q(country=who.country)"): WITHOUT_COUNTRY,
    ("exception.country <> ''", "true"): WITHOUT_COUNTRY,
    ("without and without.pk or 0", "without and without.pk"): "no row has the id NULL",
    ("without and without.pk", "without"): "Django takes the row for its id",
    ("exceptions.filter(effect=Effect.GRANT)", "exceptions.filter()"): "whom it denies is left out after that",
    (
        "Q(state__in=NOTICE_STATES.having('unschedule')) & ~_wrote('', viewer) & ~Q(cleared_by=viewer)",
        "Q(state__in=NOTICE_STATES.having('unschedule')) & ~_wrote('', viewer)",
    ): RECORD,
    (
        "Q(state__in=NOTICE_STATES.having('unschedule')) & ~_wrote('', viewer)",
        "Q(state__in=NOTICE_STATES.having('unschedule'))",
    ): RECORD,
    ("Q(cleared_by=viewer)", "Q()"): RECORD,
}


def mutants() -> Iterator[Mutant]:
    """Yield every mutant of both walls."""
    for file in FILES:
        yield from mutants_of(Path(file))
    for file in SQL:
        yield from sql_mutants_of(Path(file))


def survivors_of_rows(world: World, some: list[Mutant]) -> list[Mutant]:
    """Return those that the comparison with the oracle does not notice; of what is unchanged it must notice nothing."""
    for file, scope in {(mutant.file, mutant.scope) for mutant in some}:
        with in_force(Mutant(file, 0, "", "", scope, _text(file))):
            pass  # whatever can't be replaced must not be taken for noticed
    for file in {mutant.file for mutant in some}:
        assert list(_disagreements(world, Mutant(file, 0, "", "", "", ""))) == []
    return [mutant for mutant in some if not _is_noticed(world, mutant)]


def _text(file: str) -> str:
    return (ROOT / file).read_text()


def _is_noticed(world: World, mutant: Mutant) -> bool:
    try:
        with in_force(mutant), transaction.atomic():
            return bool(next(_disagreements(world, mutant), None))
    except Exception:
        return True


def _disagreements(world: World, mutant: Mutant) -> Iterator[str]:
    if mutant.file in SQL:
        return chain(rows.second_wall(world), rows.shown_in_mail(world), rows.found_by_words(world))
    return chain(
        values.labels(world),
        rows.steps(world),
        rows.for_many(world),
        rows.the_other_way_round(world),
        rows.first_wall(world),
        rows.text_of_one(world),
        values.ceilings(world),
    )


@contextmanager
def in_force(mutant: Mutant) -> Iterator[None]:
    """Let the mutant stand in the place of what it was made from, in this process or in this database."""
    with (_policies_in_force if mutant.file in SQL else _code_in_force)(mutant):
        yield


@contextmanager
def _code_in_force(mutant: Mutant) -> Iterator[None]:
    module = importlib.import_module(FILES[mutant.file])
    code = code_of(mutant.source, mutant.scope)
    if code is None:
        with _value_in_force(module, mutant):
            yield
        return
    function = _function(module, mutant.scope)
    before, function.__code__ = function.__code__, code
    try:
        yield
    finally:
        function.__code__ = before


@contextmanager
def _value_in_force(module: ModuleType, mutant: Mutant) -> Iterator[None]:
    fresh: dict[str, Any] = {"__name__": module.__name__}
    exec(compile(mutant.source, mutant.file, "exec"), fresh)
    # What is computed from it when the module is read changes with it.
    before = {name: value for name, value in vars(module).items() if isinstance(value, frozenset)}
    vars(module).update({name: fresh[name] for name in before})
    try:
        yield
    finally:
        vars(module).update(before)


def _function(module: ModuleType, scope: str) -> FunctionType:
    owner: Any = module
    *classes, name = scope.split(".")
    for each in classes:
        owner = getattr(owner, each)
    found: Any = vars(owner)[name]
    inner: Callable[..., Any] = getattr(found, "fget", None) or getattr(found, "__func__", None) or found
    function = unwrap(inner)
    assert isinstance(function, FunctionType)
    return function


@contextmanager
def _policies_in_force(mutant: Mutant) -> Iterator[None]:
    module = importlib.import_module(SQL[mutant.file])
    fresh = ModuleType(module.__name__)
    fresh.__spec__ = module.__spec__
    exec(compile(mutant.source, mutant.file, "exec"), vars(fresh))
    try:
        sys.modules[module.__name__] = fresh
        _provision()
        yield
    finally:
        sys.modules[module.__name__] = module
        _provision()


def _provision() -> None:
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        for statement in row_security():
            cursor.execute(statement)


def survives_tests(mutant: Mutant) -> bool:
    """Tell whether the tests beside the code pass with the mutant in a copy of the tree."""
    with tempfile.TemporaryDirectory(prefix="congress-mutant-") as folder:
        copy = Path(folder)
        names = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True).stdout
        for name in names.split("\0"):
            if name and (ROOT / name).exists():
                (copy / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(ROOT / name, copy / name)
        (copy / mutant.file).write_text(mutant.source)
        run = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *TESTS]
        return (
            subprocess.run(run, cwd=copy, env=OUTSIDE, capture_output=True, check=False, timeout=SECONDS).returncode
            == 0
        )


def reason(mutant: Mutant) -> str:
    """Return why a mutant changes nothing, if it is known to."""
    before, after = (" ".join(text.split()) for text in (mutant.before, mutant.after))
    return EQUIVALENT.get((before, after), "")
