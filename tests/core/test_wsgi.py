"""What has a web process done before it answers anybody?"""

import subprocess
import sys

LOOK = """
import gc, sys
import congress.wsgi
print("members.views" in sys.modules, gc.get_freeze_count() > 100_000, len(gc.get_objects()) < 10_000)
"""


def test_all_views_are_loaded_and_what_was_loaded_is_not_looked_through_for_garbage():
    answer = subprocess.run([sys.executable, "-c", LOOK], capture_output=True, text=True, check=True)
    assert answer.stdout.split() == ["True", "True", "True"]
