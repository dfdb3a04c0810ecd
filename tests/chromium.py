"""Where is a Chromium for the browser journeys? `python -m tests.chromium` also installs Debian's where it may."""

import os
import shutil
import subprocess
import sys

USUAL = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
USUAL_PATHS = ("/usr/bin/chromium", "/snap/bin/chromium", "/opt/google/chrome/chrome")


def find() -> str | None:
    """Return a browser that starts: the one that CHROMIUM names, or one in a usual place."""
    named = os.environ.get("CHROMIUM")
    candidates = [named] if named else [*map(shutil.which, USUAL), *USUAL_PATHS]
    return next((path for path in candidates if path and os.access(path, os.X_OK)), None)


def install() -> None:
    """Install Debian's package; only root on a machine with apt can."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    print("Installing Chromium for the browser journeys ...", flush=True)
    quietly = ["apt-get", "-qq", "-o", "Dpkg::Use-Pty=0"]
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for action in (["update"], ["install", "--yes", "--no-install-recommends", "chromium"]):
        result = subprocess.run(quietly + action, env=environment, capture_output=True, text=True, check=False)
        if result.returncode:
            print(f"That did not work: {result.stderr.strip()[-500:]}", file=sys.stderr)
            return


if __name__ == "__main__":
    if not find():
        install()
    print(f"Browser for the journeys: {find() or 'none, they will be skipped'}")
