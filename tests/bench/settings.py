"""Which settings does the benchmark run with? The portal's own, and two more addresses."""

from congress.settings import *  # noqa: F403
from congress.settings import INSTALLED_APPS as OURS

INSTALLED_APPS = [*OURS, "tests.bench"]
ROOT_URLCONF = "tests.bench.urls"
# One reader asks for what a thousand would.
READING_FACTOR = 100_000
