"""What comes of it when several people act at the same instant? Real threads, real transactions."""

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection

from congress.core.errors import DomainError


def all_at_once(calls: Sequence[Callable[[], object]]) -> Counter[str]:
    """Run the calls in as many threads, started together; count how they ended: done, or by the code of a refusal."""
    start = Barrier(len(calls))

    def run(call: Callable[[], object]) -> str:
        try:
            start.wait(timeout=20)
            call()
        except DomainError as error:
            return error.code
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(calls)) as pool:
        return Counter(pool.map(run, calls))
