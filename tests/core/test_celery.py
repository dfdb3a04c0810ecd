"""Does the worker know everything that the clock asks of it?"""

import subprocess
import sys

LOOK = """
from congress.celery import app
app.loader.import_default_modules()
asked = {entry["task"] for entry in app.conf.beat_schedule.values()}
print(len(asked), *sorted(asked - set(app.tasks)))
"""


def test_worker_knows_every_task_of_the_clock():
    answer = subprocess.run([sys.executable, "-c", LOOK], capture_output=True, text=True, check=True)
    count, *unknown = answer.stdout.split()
    assert int(count) > 10
    assert unknown == []
