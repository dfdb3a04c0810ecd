"""`python -m tests.bench`: how fast is each page, measured on real servers with the demonstration network?

Everything happens in a home of its own that goes away afterwards, so a running portal is not disturbed. The figures
are printed and left as JSON in `.local/bench.json`. A slow figure is a sentence, never a failure.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from congress.core.local import portal
from congress.core.local.console import say, timed
from congress.core.local.errors import LocalError, StartError
from congress.core.local.home import Home
from congress.core.local.portal import Address
from congress.core.local.process import Process, end
from congress.core.local.services import Services, environment
from congress.core.local.supervisor import Stop, stoppable
from tests.core.local import free_port

SETTINGS = "tests.bench.settings"
OF_ANOTHER_PORTAL = ("DATABASE_OWNER_URL", "CONGRESS_HOME", "SITE_URL", "ALLOWED_HOSTS")


def main() -> int:
    """Set the stage, measure, clear it away."""
    results = Home.chosen().local / "bench.json"
    results.parent.mkdir(parents=True, exist_ok=True)
    for name in OF_ANOTHER_PORTAL:
        os.environ.pop(name, None)
    try:
        with stoppable(), scratch_home() as home, servers(home) as variables:
            prepare(variables)
            owner = {**variables, "DATABASE_URL": variables["DATABASE_OWNER_URL"]}
            with web_server(home, variables) as walled, web_server(home, owner, "web-of-owner") as open_plain:
                places = walled.bind, open_plain.bind
                command = portal.manage("bench", *places, str(results), "--settings", SETTINGS)
                return subprocess.run(command, env=variables, check=False).returncode
    except Stop:
        return 128 + signal.SIGTERM
    except LocalError as error:
        say(str(error))
        return 1


@contextmanager
def scratch_home() -> Iterator[Home]:
    """Hold a home that goes away afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="congress-bench-"))
    folder.chmod(0o711)  # root's database runs as another account, which must get through
    home = Home(folder)
    try:
        home.make()
        yield home
    finally:
        home.forget()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def servers(home: Home) -> Iterator[Mapping[str, str]]:
    """Run database and broker without waits for the disk: nothing is measured that writes."""
    services = Services(home, durable=False, given={})
    try:
        addresses = timed("servers", services.start)
        ours = environment(home, addresses, mode="demonstration", port=free_port(), host="127.0.0.1")
        yield {**os.environ, **ours, "DJANGO_SETTINGS_MODULE": SETTINGS}
    finally:
        services.stop()


def prepare(variables: Mapping[str, str]) -> None:
    """Collect the static files, migrate and load the demonstration network, as `make run` does."""
    timed("network", partial(subprocess.run, portal.prepare(), env=variables, stdout=subprocess.DEVNULL, check=True))


@contextmanager
def web_server(home: Home, variables: Mapping[str, str], name: str = "web") -> Iterator[Address]:
    """Run a web server just as `make run` does, with the two floors among its addresses."""
    address = Address("127.0.0.1", free_port())
    pooled = {**variables, "DATABASE_POOL": "1"}
    process = Process(portal.program(home, name, portal.web(address), pooled))
    try:
        timed(name, partial(wait_until_ready, process, address))
        yield address
    finally:
        end([process], seconds=5)


def wait_until_ready(process: Process, address: Address) -> None:
    """Return once it answers. Raises: StartError with its last words."""
    while not address.ready():
        if not process.running:
            raise StartError(process.program.log.read_text()[-2000:])


if __name__ == "__main__":
    sys.exit(main())
