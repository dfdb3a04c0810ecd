"""How does `make run` bring everything up in order, keep it up, and take it down?"""

import contextlib
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field

from congress.core.local import portal
from congress.core.local.console import say, show, timed
from congress.core.local.errors import StartError, TooManyDeathsError
from congress.core.local.home import Home
from congress.core.local.portal import Address
from congress.core.local.process import STOP_SIGNALS, Listener, Process, Program, end, uninterrupted
from congress.core.local.services import Services, environment

START_SECONDS = 90
STOP_SECONDS = 6
DEATHS_ALLOWED = 3
DEATHS_WITHIN_SECONDS = 60
# An exception raised in a finaliser is lost; the wish behind it must not be.
STOP_ASKED = threading.Event()


class Stop(BaseException):
    """Somebody asked for the end; not an error, so nothing catches it by accident."""


@dataclass
class Supervisor:
    """Everything that one `make run` started. `held` is the home's lock, which every process inherits."""

    home: Home
    address: Address
    mode: str
    held: int
    processes: list[Process] = field(default_factory=list)
    deaths: dict[str, deque[float]] = field(default_factory=dict)
    environment: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.services = Services(self.home, descriptors=(self.held,), listener=show_mail)

    def run(self) -> None:
        """Bring the portal up and keep it up until somebody asks for the end. Raises: LocalError."""
        with stoppable():
            try:
                self.start()
                self.introduce()
                while True:
                    self.watch()
                    time.sleep(0.2)
            except Stop:
                say("Stopping.")
            finally:
                self.stop()

    def start(self) -> None:
        """Start servers, database, then web, worker and clock."""
        addresses = timed("servers", self.services.start)
        address = self.address
        ours = environment(self.home, addresses, mode=self.mode, port=address.port, host=address.host)
        if self.home.elsewhere.exists():
            say(f"The database's account cannot enter {self.home.root}; the data is in {self.home.elsewhere}.")
        self.home.publish(ours)
        self.environment = {**os.environ, **ours}
        self.prepare()
        web, *others = portal.programs(self.home, address, self.environment, (self.held,))
        self.launch(web)
        timed("web", self.wait_until_ready)
        for program in others:
            self.launch(program)

    def launch(self, program: Program, listener: Listener = show) -> Process:
        """Start one of the portal's own processes."""
        with uninterrupted():
            self.processes.append(Process(program, listener))
        return self.processes[-1]

    def prepare(self) -> None:
        """Bring the database up to date and load the demonstration network. Raises: StartError."""
        program = portal.program(self.home, "prepare", portal.prepare(), self.environment, (self.held,))
        process = self.launch(program, lambda _name, line: say(line))
        process.popen.wait()
        process.kill()
        self.processes.remove(process)
        if process.popen.returncode:
            raise StartError(f"The preparations failed; all that they said is in {program.log}.")

    def wait_until_ready(self) -> None:
        """Wait for the web server's own word. Raises: StartError."""
        until = time.monotonic() + START_SECONDS
        while not self.address.ready():
            self.watch()
            if time.monotonic() > until:
                raise StartError(f"The portal is not ready after {START_SECONDS} s; see {self.home.local / 'log'}.")
            time.sleep(0.1)

    def introduce(self) -> None:
        """Print where the portal is."""
        say(f"\nCongress is ready: {self.address.site}/\n")
        say(f"Logs are in {self.home.local / 'log'}, mail is in {self.home.local / 'mail'}. Ctrl-C stops everything.")

    def watch(self) -> None:
        """Look at every process once and revive the dead. Raises: Stop if somebody asked for the end."""
        if STOP_ASKED.is_set():
            raise Stop
        for position, process in enumerate(self.processes):
            if not process.running:
                self.bury(process)
                with uninterrupted():
                    self.processes[position] = Process(process.program, show)
        for process in self.services.processes():
            if not process.running:
                self.bury(process)
                self.services.revive(process)

    def bury(self, process: Process) -> None:
        """Say that a process died, end what it left behind, and count. Raises: TooManyDeathsError."""
        name, now = process.program.name, time.monotonic()
        process.kill()
        say(f"\n*** {name} died ({ending(process.popen.returncode)}); its last words are in {process.program.log}\n")
        recent = self.deaths.setdefault(name, deque(maxlen=DEATHS_ALLOWED + 1))
        recent.append(now)
        if len(recent) > DEATHS_ALLOWED and now - recent[0] < DEATHS_WITHIN_SECONDS:
            raise TooManyDeathsError(f"{name} died {len(recent)} times within a minute, so everything stops.")
        say(f"*** {name} is started again")

    def stop(self) -> None:
        """Stop what serves people first, then the servers underneath; a second request changes nothing."""
        for number in STOP_SIGNALS:
            signal.signal(number, lambda *_arguments: say("Already stopping."))
        end(self.processes, seconds=STOP_SECONDS)
        self.services.stop()
        say("Stopped.")


@contextlib.contextmanager
def stoppable() -> Iterator[None]:
    """Turn the signals that ask for the end into Stop, also in the background of a shell, which ignores SIGINT."""
    STOP_ASKED.clear()
    numbers = [number for number in STOP_SIGNALS if not nohup(number)]
    before = {number: signal.signal(number, ask_to_stop) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def nohup(number: signal.Signals) -> bool:
    """Tell whether somebody wants this process to outlive the terminal."""
    return number == signal.SIGHUP and signal.getsignal(number) == signal.SIG_IGN


def ask_to_stop(*_arguments: object) -> None:
    """Leave whatever is going on."""
    STOP_ASKED.set()
    raise Stop


def show_mail(name: str, line: str) -> None:
    """Show what the mail sink says; the database and the broker talk to their logs only."""
    if name == "mail":
        show(name, line)


def ending(code: int) -> str:
    """Return in words how a process ended."""
    return f"killed by {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
