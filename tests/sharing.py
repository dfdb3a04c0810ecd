"""Which tests run in the same process of a parallel run? Those of one file, and all journeys: they share a portal.

A pytest plugin (`-p tests.sharing`), because xdist's own groups have no effect under this version of pytest.
"""

import pytest
from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped]


class Sharing(LoadScopeScheduling):
    """Hands out whole files, and the journeys as if they were one."""

    def _split_scope(self, nodeid: str) -> str:
        return "journeys" if "/journeys/" in nodeid else nodeid.partition("::")[0]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> Sharing:
    """Tell xdist how to hand out tests."""
    return Sharing(config, log)
