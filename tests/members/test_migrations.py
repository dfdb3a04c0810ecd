"""Do both ways to the tables of members lead to the same ones: the migration that stands for many, and the many?"""

from importlib import import_module
from typing import Any

import pytest
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import RunSQL
from django.db.migrations.state import ProjectState

LAST = "0049_notices_audience"
SQUASHED: Any = import_module(f"members.migrations.0001_squashed_{LAST}").Migration


@pytest.fixture
def replaced() -> MigrationLoader:
    return MigrationLoader(None, replace_migrations=False)


def test_one_migration_stands_for_each_before_it(replaced):
    plan = [node for node in replaced.graph.forwards_plan(("members", LAST)) if node[0] == "members"]
    assert sorted(SQUASHED.replaces) == sorted(plan)


def test_one_migration_makes_the_models_that_the_many_made(replaced):
    many, one = replaced.project_state(("members", LAST)), ProjectState()
    for operation in SQUASHED.operations:
        operation.state_forwards("members", one)
    assert MigrationAutodetector(many, one).changes(replaced.graph) == {}
    assert MigrationAutodetector(one, many).changes(replaced.graph) == {}


def test_one_migration_says_in_sql_what_the_many_said_of_tables():
    names = ("0005_affiliations_kept", "0011_groups")
    operations = [one for name in names for one in import_module(f"members.migrations.{name}").Migration.operations]
    said = [one.sql for one in operations if isinstance(one, RunSQL) and not one.sql.lstrip().startswith("INSERT")]
    assert [one.sql for one in SQUASHED.operations if isinstance(one, RunSQL)] == said
