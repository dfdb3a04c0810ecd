"""On which servers do the proofs run outside of pytest? On some of their own, which go with them."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

from congress.core.local.home import Home
from congress.core.local.services import Services, environment

# What the environment was before there was a stage, for tests that start servers of their own.
OUTSIDE = dict(os.environ)
OF_ANOTHER_PORTAL = ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", "EMAIL_URL", "SITE_URL", "ALLOWED_HOSTS")


T = TypeVar("T")
R = TypeVar("R")

PROCESSES = 2


def side_by_side(work: Callable[[list[T]], R], everything: list[T]) -> list[R]:
    """Share work between processes, each with a database of its own, and return what each of them found."""
    from django.db import connections

    owner = connections["owner"]
    name, names = owner.settings_dict["NAME"], []
    connections.close_all()
    for number in range(PROCESSES):
        names.append(f"{name}_{number}")
        with owner._nodb_cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{names[-1]}" TEMPLATE "{name}"')
    connections.close_all()
    shares = [(work, everything[number::PROCESSES], names[number]) for number in range(PROCESSES)]
    with get_context("fork").Pool(PROCESSES) as pool:
        return pool.map(_in_own_database, shares, chunksize=1)


def _in_own_database(share: tuple[Callable[[list[T]], R], list[T], str]) -> R:
    from django.db import connections

    work, some, name = share
    for connection in connections.all():
        connection.close()
        connection.settings_dict["NAME"] = name
    try:
        return work(some)
    except StopIteration as stopped:  # a pool takes it for the end of the work, and answers nothing
        raise RuntimeError("The work of one process stopped early.") from stopped


@contextmanager
def stage() -> Iterator[None]:
    """Hold servers, a database as its owner made it, and the portal's code ready to read it."""
    for name in OF_ANOTHER_PORTAL:
        os.environ.pop(name, None)
    home = Home(Path(tempfile.mkdtemp(prefix="congress-proofs-")))
    home.root.chmod(0o711)  # root's database runs as another account, which must get through
    home.make()
    services = Services(home, durable=False)
    try:
        os.environ |= environment(home, services.start(), mode="test", port=8000, host="localhost")
        os.environ |= {"CONGRESS_HOME": str(home.root), "CONGRESS_MODE": "test"}
        os.environ["DJANGO_SETTINGS_MODULE"] = "congress.settings"
        _raise_portal()
        yield
    finally:
        services.stop()
        shutil.rmtree(home.root, ignore_errors=True)


def _raise_portal() -> None:
    import django

    django.setup()
    from django.conf import settings
    from django.db import connections
    from django.test.utils import setup_test_environment

    from congress.core import wall
    from congress.core.provision import set_rights

    setup_test_environment()
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # the server looks for the folder, nothing is in it
    wall.outside = wall.Somebody.PORTAL
    name = connections["owner"].creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    set_rights(owner="owner", role=settings.DATABASES["default"]["USER"])
    connections["default"].close()
    connections["default"].settings_dict["NAME"] = name
