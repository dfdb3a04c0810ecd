"""What can the application's database role do, and what not?"""

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connections, transaction

from congress.core import provision
from congress.core.env import Mode
from congress.core.models import APPEND_ONLY

pytestmark = pytest.mark.django_db(databases=["default", "owner"])


def granted(table: str) -> set[str]:
    """Return the application role's rights on a table, as PostgreSQL sees them."""
    verbs = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER")
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT v FROM unnest(%s::text[]) v WHERE has_table_privilege(%s, v)", [list(verbs), table])
        return {verb for (verb,) in cursor.fetchall()}


def answer(statement: str) -> object:
    with connections["default"].cursor() as cursor:
        cursor.execute(statement)
        row = cursor.fetchone()
    return row[0] if row else None


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_application_adds_to_the_journal_and_changes_nothing_in_it(table):
    assert granted(table) == {"SELECT", "INSERT"}
    for statement in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}", f"TRUNCATE {table} CASCADE"):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            answer(statement)


def test_application_reads_which_migrations_were_applied_and_no_more():
    assert granted("django_migrations") == {"SELECT"}


def test_application_works_on_every_other_table():
    with connections["default"].cursor() as cursor:
        tables = set(connections["default"].introspection.table_names(cursor))
    special = {*APPEND_ONLY, *provision.READ_ONLY}
    assert {table: granted(table) for table in tables - special} == {
        table: {"SELECT", "INSERT", "UPDATE", "DELETE"} for table in tables - special
    }


def test_application_owns_nothing_and_is_bound_by_row_security():
    assert answer("SELECT count(*) FROM pg_class WHERE pg_get_userbyid(relowner) = current_user") == 0
    assert (
        answer("SELECT rolsuper OR rolbypassrls OR rolcreaterole FROM pg_roles WHERE rolname = current_user") is False
    )
    assert (
        answer("SELECT pg_has_role(current_user, datdba, 'MEMBER') FROM pg_database WHERE datname = current_database()")
        is False
    )
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        answer("CREATE TABLE mine (id int)")


def test_provisioning_again_takes_away_what_was_granted_by_hand():
    role = settings.DATABASES["default"]["USER"]
    with connections["owner"].cursor() as cursor:
        cursor.execute(f"GRANT TRUNCATE, UPDATE ON core_entry TO {role}")
    provision.set_rights(owner="owner", role=role)
    assert granted("core_entry") == {"SELECT", "INSERT"}


def test_production_refuses_one_role_for_both(settings, monkeypatch):
    monkeypatch.setitem(settings.DATABASES["owner"], "USER", settings.DATABASES["default"]["USER"])
    settings.MODE = Mode.PRODUCTION
    with pytest.raises(CommandError, match="could change its own journal"):
        call_command("provision")
