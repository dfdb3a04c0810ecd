"""Which servers does a test run talk to? Real ones of its own, started before Django reads its settings.

A pytest plugin (`-p tests.services`). The servers live in a folder of this run and go with it; the processes of a
parallel run share those of the process that started them.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from congress.core.local.home import Home
from congress.core.local.services import Services, environment
from tests import chromium

NO_BROWSER = "no Chromium found: set CHROMIUM to one, or install it (Debian: apt-get install chromium)"


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Iterator[None]:
    """Start the servers once for the whole run."""
    if worker := os.environ.get("PYTEST_XDIST_WORKER"):
        # Each process of a parallel run empties its own cache after a test, not that of the others.
        os.environ["REDIS_URL"] = os.environ["REDIS_URL"].replace("db=0", f"db={int(worker.removeprefix('gw')) + 1}")
    else:
        start(early_config)
    return (yield)


def start(config: pytest.Config) -> None:
    """Start the servers in a fresh folder and put their addresses where settings look."""
    home = Home(Path(tempfile.mkdtemp(prefix="congress-test-")))
    # The database's account must be able to pass through when root runs the tests.
    home.root.chmod(0o711)
    home.make()
    services = Services(home, durable=False)
    config.add_cleanup(lambda: stop(services))
    addresses = services.start()
    os.environ["CONGRESS_MODE"] = "test"
    os.environ["CONGRESS_HOME"] = str(home.root)
    os.environ |= environment(home, addresses, mode="test", port=8000, host="localhost")
    os.environ["CHROMIUM"] = chromium.find() or ""


def stop(services: Services) -> None:
    """Stop the servers and delete their folder."""
    services.stop()
    shutil.rmtree(services.home.root, ignore_errors=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what needs a browser where there is none; the run's last lines say so."""
    if not os.environ.get("CHROMIUM"):
        for item in items:
            if item.get_closest_marker("journey"):
                item.add_marker(pytest.mark.skip(reason=NO_BROWSER))


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> Iterator[None]:
    """Say in the very last lines how many tests ran, how many did not, and why."""
    yield
    if reporter := session.config.pluginmanager.get_plugin("terminalreporter"):
        summarise(reporter)


def summarise(reporter: pytest.TerminalReporter) -> None:
    """Print the count of what ran, and each reason for what did not."""
    ran = sum(len(reporter.stats.get(outcome, [])) for outcome in ("passed", "failed", "xfailed", "xpassed"))
    reasons = [report.longrepr[2].removeprefix("Skipped: ") for report in reporter.stats.get("skipped", [])]
    reporter.line(f"{ran} tests ran, {len(reasons)} were skipped.", bold=True)
    for reason in sorted(set(reasons)):
        reporter.line(f"  {reasons.count(reason)} skipped: {reason}", yellow=True)
    if NO_BROWSER in reasons:
        reporter.line("THE BROWSER JOURNEYS DID NOT RUN.", red=True, bold=True)
