"""What may the application's database role do? Exactly what is said here, each time a new version is installed."""

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import connections, transaction
from psycopg import sql

from congress.core.env import Mode
from congress.core.models import APPEND_ONLY
from congress.core.wall import PORTAL

# Migrations belong to the owner; the application only looks whether they were applied.
READ_ONLY = ("django_migrations",)


def provision(*, verbosity: int = 1) -> None:
    """Migrate as the owner, then set the application role's rights anew.

    Raises: ImproperlyConfigured when one role is both, outside a demonstration.
    """
    same = roles_are_one()
    require_bound(settings.DATABASES["default"]["USER"])
    call_command("migrate", database="owner", interactive=False, verbosity=verbosity)
    if not same:
        set_rights(owner="owner", role=settings.DATABASES["default"]["USER"])


def roles_are_one() -> bool:
    """Tell whether owner and application are the same database role, which only a demonstration may accept."""
    owner, application = (settings.DATABASES[name]["USER"] for name in ("owner", "default"))
    if owner == application and settings.MODE is Mode.PRODUCTION:
        raise ImproperlyConfigured(
            f"DATABASE_URL and DATABASE_OWNER_URL both name the role {owner!r}: the application could change its own "
            "journal. Give it a role that owns nothing; docs/operations.md says how."
        )
    return bool(owner == application)


def require_bound(role: str) -> None:
    """Make sure that row security binds the application's role. Raises: ImproperlyConfigured outside demonstrations."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = %s", [role])
        row = cursor.fetchone()
    if row and row[0] and settings.MODE is Mode.PRODUCTION:
        raise ImproperlyConfigured(f"DATABASE_URL names the role {role!r}, which no row security binds. Take another.")


def set_rights(*, owner: str, role: str) -> None:
    """Give a role its rights on every table of the owner's connection, in one transaction."""
    connection = connections[owner]
    with transaction.atomic(using=owner), connection.cursor() as cursor:
        for statement in [*rights(connection.settings_dict["NAME"], role), *row_security()]:
            cursor.execute(statement)


def rights(database: str, role: str) -> list[sql.Composed]:
    """Return the statements that take everything from a role and give it what it needs."""
    names: dict[str, sql.Composable] = {
        "role": sql.Identifier(role),
        "database": sql.Identifier(database),
        "append_only": tables(APPEND_ONLY),
        "read_only": tables(READ_ONLY),
    }
    return [
        sql.SQL(statement).format(**names)
        for statement in (
            "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role}",
            "REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM {role}",
            "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
            "GRANT CONNECT ON DATABASE {database} TO {role}",
            "GRANT USAGE ON SCHEMA public TO {role}",
            "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
            "GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {role}",
            "REVOKE UPDATE, DELETE ON {append_only} FROM {role}",
            "REVOKE INSERT, UPDATE, DELETE ON {read_only} FROM {role}",
        )
    ]


FORGET_POLICIES = """
DO $$ DECLARE old record; BEGIN
    FOR old IN SELECT policyname, tablename FROM pg_policies WHERE schemaname = 'public' LOOP
        EXECUTE format('DROP POLICY %I ON %I', old.policyname, old.tablename);
    END LOOP;
END $$
"""


def row_security() -> list[sql.Composable]:
    """Return the statements that put every package's row_security.py into force; what was there before goes."""
    statements: list[sql.Composable] = [sql.SQL(FORGET_POLICIES)]
    for config in apps.get_app_configs():
        if find_spec(f"{config.name}.row_security"):
            statements += _of_package(import_module(f"{config.name}.row_security"))
    return statements


def _of_package(rules: Any) -> list[sql.Composable]:
    statements: list[sql.Composable] = [sql.SQL(function) for function in rules.FUNCTIONS]
    for table, shown in rules.POLICIES.items():
        names: dict[str, sql.Composable] = {
            "table": sql.Identifier(table),
            "portal": sql.SQL(PORTAL),
            "shown": sql.SQL(shown),
            "written": sql.SQL(shown if table in rules.OWN_ROWS else "false"),
        }
        statements += [
            sql.SQL(statement).format(**names)
            for statement in (
                "ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
                "CREATE POLICY reader ON {table} USING ({portal} OR ({shown})) WITH CHECK ({portal} OR ({written}))",
            )
        ]
    return statements


def tables(names: tuple[str, ...]) -> sql.Composed:
    """Return table names as a list that SQL understands."""
    return sql.SQL(", ").join(sql.Identifier(name) for name in names)
