"""`python -m tests.bench.names [SIZE …]`: is everybody found across scripts, on 10,000 and 100,000 members?

Everything happens in a home of its own that goes away afterwards. The figures are printed; a low one is no failure.
"""

import os
import subprocess
import sys

from congress.core.local import portal
from tests.bench.__main__ import OF_ANOTHER_PORTAL, SETTINGS, scratch_home, servers


def main() -> int:
    """Start servers, make the tables, and measure."""
    for name in OF_ANOTHER_PORTAL:
        os.environ.pop(name, None)
    with scratch_home() as home, servers(home) as variables:
        subprocess.run(portal.manage("provision", "--verbosity=0"), env=variables, check=True)
        command = portal.manage("names", *sys.argv[1:], "--settings", SETTINGS)
        return subprocess.run(command, env=variables, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
