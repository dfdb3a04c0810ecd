"""`python -m congress.core.local COMMAND`: what the Makefile calls; it needs no settings, it makes them."""

import argparse
import os
import signal
import subprocess
import sys
from collections.abc import Callable

import psycopg

from congress.core.local import checks
from congress.core.local.console import say
from congress.core.local.errors import LocalError
from congress.core.local.home import Home
from congress.core.local.portal import Address
from congress.core.local.process import follow_parent
from congress.core.local.services import Services, environment
from congress.core.local.supervisor import Stop, Supervisor, stoppable


def run(arguments: argparse.Namespace) -> int:
    """Run the portal until somebody asks for the end."""
    if arguments.with_parent:
        follow_parent(os.getppid(), signal.SIGTERM)
    home, address = Home.chosen(), Address.chosen()
    home.make()
    held = home.lock()
    address.require_free()
    home.turn_logs()
    Supervisor(home, address, os.environ.get("CONGRESS_MODE") or "demonstration", held).run()
    return 0


def services(arguments: argparse.Namespace) -> int:
    """Run one command with a home's servers up and its environment set."""
    home, address = Home.chosen(), Address.chosen()
    home.make()
    servers = Services(home, descriptors=(home.lock(),))
    with stoppable():
        try:
            mode = os.environ.get("CONGRESS_MODE") or "demonstration"
            ours = environment(home, servers.start(), mode=mode, port=address.port, host=address.host)
            home.publish(ours)
            return subprocess.run(arguments.words, env={**os.environ, **ours}, check=False).returncode
        except Stop:
            return 128 + signal.SIGTERM
        finally:
            servers.stop()


def reset(_arguments: argparse.Namespace) -> int:
    """Delete a home's state after asking."""
    home = Home.chosen()
    if not home.local.exists():
        say("There is nothing to delete.")
        return 0
    home.lock()
    if os.environ.get("FORCE") != "1" and not confirmed(f"Delete {home.local} with its database? [y/N] "):
        say("Nothing was deleted.")
        return 1
    home.forget()
    say(f"{home.local} is gone.")
    return 0


def confirmed(question: str) -> bool:
    """Ask; no terminal means no."""
    try:
        return input(question).strip().lower() in {"y", "yes"}
    except EOFError:
        return False


def check(_arguments: argparse.Namespace) -> int:
    """Look at the code with every tool."""
    return checks.run()


def parser() -> argparse.ArgumentParser:
    """Return the commands."""
    commands = argparse.ArgumentParser(prog="python -m congress.core.local")
    choices = commands.add_subparsers(required=True)
    actions: tuple[Callable[[argparse.Namespace], int], ...] = (run, services, reset, check)
    for action in actions:
        choice = choices.add_parser(action.__name__, help=action.__doc__)
        choice.set_defaults(action=action)
        if action is run:
            choice.add_argument("--with-parent", action="store_true", help="stop when the caller ends")
        if action is services:
            choice.add_argument("words", nargs="+", metavar="WORD", help="the command, after --")
    return commands


def main() -> int:
    """Run one command; what people can mend is one sentence, not a traceback."""
    arguments = parser().parse_args()
    try:
        return int(arguments.action(arguments))
    except LocalError as error:
        print(error, file=sys.stderr)
    except psycopg.OperationalError as error:
        print(f"The database does not answer: {error}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
