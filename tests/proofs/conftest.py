"""What do the proofs stand on? One small world, planted once and committed, and one client for each actor."""

import logging
from collections.abc import Iterator

import pytest
import time_machine
from pytest_django.plugin import DjangoDbBlocker

from tests.conftest import NOW, _empty_tables
from tests.proofs.facts import World
from tests.proofs.planting import plant
from tests.proofs.world import SMALL, generate


@pytest.fixture(scope="package")
def planted(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """Plant the small world; its rows stay until the last proof of this run."""
    world = generate(SMALL)
    with django_db_blocker.unblock():
        plant(world)
        yield world
        _empty_tables()


@pytest.fixture
def world(planted: World, db: None) -> World:
    """Return the small world inside a transaction that is rolled back."""
    return planted


@pytest.fixture
def unlocked(planted: World, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """Return the small world outside of any transaction, so that the owner may alter its tables."""
    with django_db_blocker.unblock():
        yield planted


@pytest.fixture
def still() -> Iterator[None]:
    """Hold the clock, so that no age moves between two answers; thousands of refusals need no log."""
    logging.disable()
    with time_machine.travel(NOW, tick=False):
        yield
    logging.disable(logging.NOTSET)
