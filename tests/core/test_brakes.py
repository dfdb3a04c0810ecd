"""Does a brake stop one source, and nobody else?"""

import time

import pytest
from django.conf import settings
from django.core.cache.backends.redis import RedisCacheClient

from congress.core.brakes import brake
from congress.core.errors import TooManyRequestsError


def pull(source: str, name: str = "test") -> None:
    brake(name, source, limit=2, seconds=60)


def test_brake_stops_a_source_after_its_limit():
    pull("one")
    pull("one")
    with pytest.raises(TooManyRequestsError):
        pull("one")


def test_brake_counts_each_source_and_each_act_for_itself():
    for source, name in [("one", "test"), ("one", "test"), ("two", "test"), ("one", "other")]:
        pull(source, name)


def test_brake_lets_go_after_its_window():
    brake("test", "one", limit=1, seconds=1)
    time.sleep(1.1)
    brake("test", "one", limit=1, seconds=1)


def test_brake_keeps_no_address_in_clear():
    pull("anna@customs.example")
    assert RedisCacheClient([settings.REDIS_URL]).get_client().keys("*anna*") == []
