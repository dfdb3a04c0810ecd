"""What does every test find: a database as the application's role sees it, and the cast."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from django.conf import settings
from django.core.cache import cache
from django.db import connections, transaction
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from congress.core import wall
from congress.core.provision import set_rights
from congress.core.roles import Role, Standing
from congress.core.sectors import Sector
from members.actions.sessions import note_presence
from members.models import Member
from tests import factories

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)

# Tests make rows and look at them as the portal; every request inside them reads as its own member.
wall.outside = wall.Somebody.PORTAL


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_modify_db_settings: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """Create the test database as its owner and use it as the application: missing rights show in every test."""
    owner, application = connections["owner"], connections["default"]
    before = application.settings_dict["NAME"]
    with django_db_blocker.unblock():
        name = owner.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        set_rights(owner="owner", role=settings.DATABASES["default"]["USER"])
        application.close()
        application.settings_dict["NAME"] = name
    yield
    with django_db_blocker.unblock():
        application.close()
        application.settings_dict["NAME"] = before
        owner.creation.destroy_test_db(before, verbosity=0)


@pytest.fixture(scope="session", autouse=True)
def _static_root() -> None:
    """Static files are found, not collected, in tests; the server still looks for the folder."""
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Let a test commit, for threads and workers that must see its rows; the owner empties the tables afterwards."""
    with django_db_blocker.unblock():
        yield
        connections["default"].close()
        _empty_tables()


@pytest.fixture(scope="module")
def staying(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Let the rows of a module's own fixtures stay for all its tests; each test takes back what it changed."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


def _empty_tables() -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT string_agg(format('%I', tablename), ', ') FROM pg_tables WHERE schemaname = 'public'"
            " AND tablename NOT IN ('django_migrations', 'django_content_type', 'auth_permission')"
        )
        cursor.execute(f"TRUNCATE {cursor.fetchone()[0]} RESTART IDENTITY CASCADE")
    connections["owner"].close()


@pytest.fixture(autouse=True)
def _forget_rate_limits() -> Iterator[None]:
    """Start every test with an empty cache, so that no brake of another test is felt."""
    yield
    cache.clear()


@pytest.fixture
def at() -> datetime:
    """The one instant of the test: a Monday morning."""
    return NOW


@pytest.fixture
def clock(at: datetime) -> Iterator[time_machine.Traveller]:
    """Let the portal's own clock show the instant of the test; the database's goes on.

    Where rows of that instant meet a view or a task that asks what time it is, a test would hold on some days only.
    """
    with time_machine.travel(at, tick=False) as traveller:
        yield traveller


# The cast. Each works for an organisation of their own, so that no conflict of interest is there by accident.


@pytest.fixture
def stranger(db: None) -> Member:
    """A plain member of industry in Peru, to whom nothing is addressed."""
    return factories.member("stranger", sector=Sector.INDUSTRY, country="PE")


@pytest.fixture
def member(db: None) -> Member:
    """A plain member of law enforcement in Thailand."""
    return factories.member("member", sector=Sector.LAW_ENFORCEMENT, country="TH")


@pytest.fixture
def author(db: None) -> Member:
    """An analyst."""
    return factories.member("author", roles=[Role.ANALYST], country="FR")


@pytest.fixture
def officer(db: None) -> Member:
    """A compliance officer."""
    return factories.member("officer", roles=[Role.COMPLIANCE_OFFICER], country="GB")


@pytest.fixture
def publisher(db: None) -> Member:
    """A publisher."""
    return factories.member("publisher", roles=[Role.PUBLISHER], country="US")


@pytest.fixture
def organiser(db: None) -> Member:
    """An organiser of meetings."""
    return factories.member("organiser", roles=[Role.ORGANISER], country="FR")


@pytest.fixture
def vetter(db: None) -> Member:
    """A vetting reviewer."""
    return factories.member("vetter", roles=[Role.VETTING_REVIEWER], country="KE")


@pytest.fixture
def second_vetter(db: None) -> Member:
    """A vetting reviewer of another organisation."""
    return factories.member("second_vetter", roles=[Role.VETTING_REVIEWER], country="CA")


@pytest.fixture
def administrator(db: None) -> Member:
    """An administrator, who reads nothing for that."""
    return factories.member("administrator", roles=[Role.ADMINISTRATOR], country="CH")


@pytest.fixture
def lapsed(db: None) -> Member:
    """A person who did not renew."""
    return factories.member("lapsed", standing=Standing.LAPSED)


@pytest.fixture
def suspended(db: None) -> Member:
    """A person who is shut out."""
    return factories.member("suspended", standing=Standing.SUSPENDED)


def sign_in(person: Member) -> Client:
    """Return a client with a session of this person, past the second factor if they have one."""
    client = Client(headers={"host": "localhost"})
    client.force_login(person)
    factories.show_factor(client, person)
    # Whether a session was seen lately is written at its first request: not in the middle of counting queries.
    note_presence(person, client.session.session_key, at=NOW)
    return client


@pytest.fixture
def signed_in() -> Callable[[Member], Client]:
    """Return who signs people in."""
    return sign_in
