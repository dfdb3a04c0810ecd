"""Which tests run in the same process of a parallel run? Those of one file, and all journeys: they share a portal.

A pytest plugin (`-p tests.sharing`), because xdist's own groups have no effect under this version of pytest.
"""

from collections import Counter

import pytest
from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped]

# Few tests that take minutes: begun last, they would keep one process busy when the others have nothing left to do.
LONG = ("tests/test_hidden_fields.py", "journeys", "tests/test_leaks.py", "tests/proofs/test_sweep.py")


class Sharing(LoadScopeScheduling):
    """Hands out whole files, and the journeys as if they were one."""

    def _split_scope(self, nodeid: str) -> str:
        return scope(nodeid)


def scope(nodeid: str) -> str:
    """Return what a test shares a process with: its file, or all journeys."""
    return "journeys" if "/journeys/" in nodeid else nodeid.partition("::")[0]


def pytest_configure(config: pytest.Config) -> None:
    """Let the order below stand: xdist would begin with the files of most tests."""
    config.option.loadscopereorder = False


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest, then with the files of most tests."""
    counts = Counter(scope(item.nodeid) for item in items)
    ranks = {name: rank for rank, name in enumerate(LONG)}
    items.sort(key=lambda item: (ranks.get(scope(item.nodeid), len(LONG)), -counts[scope(item.nodeid)]))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> Sharing:
    """Tell xdist how to hand out tests."""
    return Sharing(config, log)
