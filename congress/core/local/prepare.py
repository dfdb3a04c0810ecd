"""What happens between the servers' start and the portal's? `python -m congress.core.local.prepare`, in the portal's
environment; one process for all of it, because each start of Django costs a second.
"""

from functools import partial
from hashlib import sha256
from pathlib import Path

import django
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

from congress.core.env import Mode
from congress.core.local.console import timed


def main() -> None:
    """Bring static files, database and demonstration network up to date, then say who can sign in."""
    django.setup()
    timed("static", collect)
    timed("database", partial(call_command, "provision", verbosity=0))
    if settings.MODE is Mode.DEMONSTRATION:
        timed("demo", partial(call_command, "demo", "load", "--if-empty"))
        print(flush=True)
        call_command("demo", "accounts")


def collect() -> None:
    """Collect the static files, unless they are the same as last time."""
    stamp = Path(settings.STATIC_ROOT) / "collected"
    mark = fingerprint()
    if not stamp.is_file() or stamp.read_text() != mark:
        call_command("collectstatic", interactive=False, verbosity=0)
        stamp.write_text(mark)


def fingerprint() -> str:
    """Return a mark that changes with any static file of the project or of a library."""
    listed = (storage.path(name) for finder in get_finders() for name, storage in finder.list([]))
    states = [f"{path} {Path(path).stat().st_mtime_ns} {Path(path).stat().st_size}" for path in sorted(listed)]
    return sha256("\n".join(states).encode()).hexdigest()


if __name__ == "__main__":
    main()
