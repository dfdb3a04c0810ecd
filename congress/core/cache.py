"""Where do all processes count together, and what if that place is away?"""

import logging
import time
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

log = logging.getLogger(__name__)

# For so long nobody asks again: one sign-in asks a dozen times, and each would wait for a server that hangs.
PAUSE_SECONDS = 5.0


def _patiently(name: str) -> Callable[..., Any]:
    """Return a method of the cache that falls back to this process's own memory."""

    def ask(self: "SharedCache", *args: Any, **kwargs: Any) -> Any:
        if time.monotonic() >= self.away_until:
            try:
                return getattr(RedisCache, name)(self, *args, **kwargs)
            except (RedisError, OSError) as error:
                self.away_until = time.monotonic() + PAUSE_SECONDS
                log.warning("cache.away", extra={"error": str(error)})
        return getattr(self.own, name)(*args, **kwargs)

    return ask


class SharedCache(RedisCache):
    """Redis; while it is away, a memory of this process, so that brakes hold and people can still sign in.

    Until it is back each process counts for itself: a brake lets as many more attempts through as there are processes.
    """

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self.own = LocMemCache("shared", {})
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
