"""Where do all processes count together, and what if that place is away?"""

import logging
import time
from collections.abc import Callable, Sequence
from typing import Any

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

log = logging.getLogger(__name__)

# For so long nobody asks again: one sign-in asks a dozen times, and each would wait for a server that hangs.
PAUSE_SECONDS = 5.0


# Adds what is new to a set, unless it holds more than its limit already; returns how much it holds. One round trip.
GATHER = """
local size = redis.call('SCARD', KEYS[1])
if size > tonumber(ARGV[2]) then return size end
for i = 3, #ARGV do redis.call('SADD', KEYS[1], ARGV[i]) end
redis.call('EXPIRE', KEYS[1], ARGV[1], 'NX')
return redis.call('SCARD', KEYS[1])
"""
# How much this process keeps for itself while the server is away.
OWN_ENTRIES = 100_000


class _Gathering(RedisCache):
    """Redis with sets that are counted."""

    def gather(self, key: str, values: Sequence[int], seconds: int, limit: int) -> int:
        """Add whole numbers to a set that ends some time after its first; return how many different ones it holds.

        A set that holds more than the limit takes no more.
        """
        client = self._cache.get_client(write=True)
        return int(client.eval(GATHER, 1, self.make_and_validate_key(key), seconds, limit, *values[: limit + 1]))


class _OwnMemory(LocMemCache):
    """The same in the memory of this process."""

    def gather(self, key: str, values: Sequence[int], seconds: int, limit: int) -> int:
        held: set[int] = self.get(key) or set()
        if len(held) <= limit:
            held.update(values[: limit + 1])
            self.set(key, held, seconds)
        return len(held)


def _patiently(name: str) -> Callable[..., Any]:
    """Return a method of the cache that falls back to this process's own memory."""

    def ask(self: "SharedCache", *args: Any, **kwargs: Any) -> Any:
        if time.monotonic() >= self.away_until:
            try:
                return getattr(_Gathering, name)(self, *args, **kwargs)
            except (RedisError, OSError) as error:
                self.away_until = time.monotonic() + PAUSE_SECONDS
                log.warning("cache.away", extra={"error": str(error)})
        return getattr(self.own, name)(*args, **kwargs)

    return ask


class SharedCache(_Gathering):
    """Redis; while it is away, a memory of this process, so that brakes hold and people can still sign in.

    Until it is back each process counts for itself: a brake lets as many more attempts through as there are processes.
    """

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self.own = _OwnMemory("shared", {"OPTIONS": {"MAX_ENTRIES": OWN_ENTRIES}})
        self.away_until = 0.0

    def is_away(self) -> bool:
        """Ask the server itself whether it answers."""
        try:
            return not self._cache.get_client().ping()
        except (RedisError, OSError):
            return True

    add = _patiently("add")
    get = _patiently("get")
    set = _patiently("set")
    touch = _patiently("touch")
    incr = _patiently("incr")
    delete = _patiently("delete")
    has_key = _patiently("has_key")
    get_many = _patiently("get_many")
    set_many = _patiently("set_many")
    delete_many = _patiently("delete_many")
    clear = _patiently("clear")
    gather = _patiently("gather")
