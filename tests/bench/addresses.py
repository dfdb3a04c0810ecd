"""`python -m tests.bench.addresses [--pairs 1000]`: can known addresses be told from unknown ones?

Each form that takes an address is asked for so many of the network's and as many that nobody has. The answers are
compared byte by byte, the times by a rank test: p below 0.01 in several runs would mean that time tells. Everything
happens in a home of its own that goes away afterwards.
"""

import os
import subprocess
import sys

from congress.core.local import portal
from congress.core.local.console import say
from congress.core.local.errors import LocalError
from congress.core.local.supervisor import stoppable
from tests.bench.__main__ import OF_ANOTHER_PORTAL, SETTINGS, prepare, scratch_home, servers


def main() -> int:
    """Set the stage, compare, clear it away."""
    for name in OF_ANOTHER_PORTAL:
        os.environ.pop(name, None)
    os.environ |= {"DEMO_MEMBERS": "1100", "DEMO_NOTICES": "12"}
    try:
        with stoppable(), scratch_home() as home, servers(home) as variables:
            prepare(variables)
            command = portal.manage("apart", *sys.argv[1:], "--settings", SETTINGS)
            return subprocess.run(command, env=variables, check=False).returncode
    except LocalError as error:
        say(str(error))
        return 1


if __name__ == "__main__":
    sys.exit(main())
