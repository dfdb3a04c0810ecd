"""Do brakes hold and do people get in while the shared cache is away?"""

import time

import pytest
from django.core.cache import cache

from congress.core.brakes import brake
from congress.core.cache import PAUSE_SECONDS, SharedCache
from congress.core.errors import TooManyRequestsError
from members.models import Knock
from tests import factories


@pytest.fixture
def away(settings):
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": "unix:///nowhere.sock?db=0"}}
    yield
    cache.clear()


def test_cache_remembers_in_this_process_while_the_server_is_away(away):
    cache.set("a", 1, 60)
    assert (cache.get("a"), cache.incr("a"), cache.add("a", 9)) == (1, 2, False)


def test_cache_asks_a_server_that_is_away_once_in_a_while_only(away, caplog):
    for _ in range(3):
        cache.get("a")
    assert [record.message for record in caplog.records] == ["cache.away"]


def test_cache_goes_back_to_the_server_after_a_pause(settings):
    shared = SharedCache(settings.REDIS_URL, {})
    shared.away_until = time.monotonic() + PAUSE_SECONDS
    shared.set("a", "here")
    assert shared.get("a") == "here"
    shared.away_until = time.monotonic()
    assert shared.get("a") is None


def test_brake_holds_while_the_server_is_away(away):
    brake("test", "one", limit=1, seconds=60)
    with pytest.raises(TooManyRequestsError):
        brake("test", "one", limit=1, seconds=60)


def test_sign_in_and_apply_work_while_the_server_is_away(client, db, away):
    typed = {"login": factories.member().email, "password": factories.PASSWORD}
    assert client.post("/accounts/login/", typed, headers={"host": "localhost"}).status_code == 302
    assert client.post("/apply/", {"email": "new@customs.example"}, headers={"host": "localhost"}).status_code == 302
    assert Knock.objects.get().email == "new@customs.example"
