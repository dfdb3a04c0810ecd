"""How often may the same source do the same thing, before it has to wait?"""

from hashlib import sha256

from django.core.cache import cache

from congress.core.errors import TooManyRequestsError


def brake(name: str, source: str, *, limit: int, seconds: int) -> None:
    """Count one attempt of a source (an address, a member) within a window that begins with its first attempt.

    The source is kept as a hash only. Raises: TooManyRequestsError from the attempt after `limit` on.
    """
    slot = f"brake:{name}:{sha256(source.encode()).hexdigest()}"
    cache.add(slot, 0, seconds)
    if _counted(slot, seconds) > limit:
        raise TooManyRequestsError


def _counted(slot: str, seconds: int) -> int:
    try:
        return int(cache.incr(slot))
    except ValueError:  # the window closed between the two commands
        cache.set(slot, 1, seconds)
        return 1
