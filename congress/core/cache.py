"""Where do all processes count together, and what if that place is away?"""

import logging
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

log = logging.getLogger(__name__)

# For so long nobody asks again: one sign-in asks a dozen times, and each would wait for a server that hangs.
PAUSE_SECONDS = 5.0


class Bounded(NamedTuple):
    """A set of whole numbers that ends so many seconds after its first and holds no more than a limit."""

    key: str
    seconds: int
    limit: int


# Adds numbers to some sets, if what is new among them fits into each; returns 0, or which set it does not fit into.
GATHER = """
local first = 2 * #KEYS + 1
for set = 1, #KEYS do
  local new = 0
  for i = first, #ARGV do new = new + 1 - redis.call('SISMEMBER', KEYS[set], ARGV[i]) end
  if new > 0 and redis.call('SCARD', KEYS[set]) + new > tonumber(ARGV[2 * set]) then return set end
end
for set = 1, #KEYS do
  for i = first, #ARGV do redis.call('SADD', KEYS[set], ARGV[i]) end
  redis.call('EXPIRE', KEYS[set], ARGV[2 * set - 1], 'NX')
end
return 0
"""
# How much this process keeps for itself while the server is away.
OWN_ENTRIES = 100_000


class _Gathering(RedisCache):
    """Redis with sets that are counted."""

    def gather(self, sets: Sequence[Bounded], values: Iterable[int]) -> int | None:
        """Add numbers to all of some sets; return the place of the first that they do not fit into, else None.

        Then nothing was added to any. Numbers that a set holds already fit also into a full one. One round trip.
        """
        client = self._cache.get_client(write=True)
        bounds = [number for one in sets for number in (one.seconds, one.limit)]
        keys = [self.make_and_validate_key(one.key) for one in sets]
        full = int(client.eval(GATHER, len(keys), *keys, *bounds, *_enough(sets, values)))
        return full - 1 if full else None

    def held(self, key: str) -> int:
        """Return how many numbers a set holds."""
        return int(self._cache.get_client().scard(self.make_and_validate_key(key)))


def _enough(sets: Sequence[Bounded], values: Iterable[int]) -> list[int]:
    """Return each number once; one more than the largest set holds is refused like a hundred thousand."""
    return list(set(values))[: max(one.limit for one in sets) + 1]


class _OwnMemory(LocMemCache):
    """The same in the memory of this process."""

    def gather(self, sets: Sequence[Bounded], values: Iterable[int]) -> int | None:
        new = set(_enough(sets, values))
        grown: list[set[int]] = [(self.get(one.key) or set()) | new for one in sets]
        for place, (one, held) in enumerate(zip(sets, grown, strict=True)):
            if len(held) > max(one.limit, self.held(one.key)):
                return place
        for one, held in zip(sets, grown, strict=True):
            self.set(one.key, held, one.seconds)
        return None

    def held(self, key: str) -> int:
        return len(self.get(key) or ())


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
    held = _patiently("held")
