"""Which two roles does the portal have in a database, and how do they come to be?

The owner migrates; the application owns nothing, cannot bypass row security, and gets its rights from
congress.core.provision.
"""

import psycopg
from psycopg import sql


def make_pair(
    connection: psycopg.Connection, database: str, passwords: tuple[str, str], *, for_tests: bool = False
) -> tuple[str, str]:
    """Make or mend a database with its two roles and return their names: owner, application.

    The passwords are in the same order. For tests, the owner may create the databases of parallel runs.
    """
    owner, application = f"{database}_owner", f"{database}_app"
    make_role(connection, owner, passwords[0], may_create_databases=for_tests)
    make_role(connection, application, passwords[1])
    make_database(connection, database)
    give_database(connection, database, owner)
    return owner, application


def make_role(connection: psycopg.Connection, name: str, password: str, *, may_create_databases: bool = False) -> None:
    """Create a role, which by PostgreSQL's defaults may do nothing special, or give it its password again."""
    exists = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name]).fetchone()
    verb = sql.SQL("ALTER ROLE" if exists else "CREATE ROLE")
    # The server gets the verifier only: a password in clear could end up in its log.
    verifier = connection.pgconn.encrypt_password(password.encode(), name.encode(), b"scram-sha-256").decode()
    attributes = sql.SQL("LOGIN CREATEDB" if may_create_databases else "LOGIN")
    statement = sql.SQL("{} {} WITH {} PASSWORD {}")
    connection.execute(statement.format(verb, sql.Identifier(name), attributes, sql.Literal(verifier)))


def make_database(connection: psycopg.Connection, name: str) -> None:
    """Create a database unless it exists."""
    if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))


def give_database(connection: psycopg.Connection, name: str, owner: str) -> None:
    """Make a role the owner of a database; nobody else may connect unless it is granted."""
    database, role = sql.Identifier(name), sql.Identifier(owner)
    if not is_superuser(connection):
        connection.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(role))
    connection.execute(sql.SQL("ALTER DATABASE {} OWNER TO {}").format(database, role))
    connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database))


def is_superuser(connection: psycopg.Connection) -> bool:
    """Tell whether the connected role stands above all rights."""
    return own_attribute(connection, sql.SQL("rolsuper"))


def may_make_pair(connection: psycopg.Connection) -> bool:
    """Tell whether the connected role may make roles and give a database away, for which it needs both rights."""
    return own_attribute(connection, sql.SQL("rolsuper OR (rolcreaterole AND rolcreatedb)"))


def own_attribute(connection: psycopg.Connection, expression: sql.SQL) -> bool:
    """Return what pg_roles says about the connected role."""
    query = sql.SQL("SELECT {} FROM pg_roles WHERE rolname = current_user").format(expression)
    row = connection.execute(query).fetchone()
    return bool(row and row[0])
