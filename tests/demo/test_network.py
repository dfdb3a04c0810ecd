"""Is one seed one network, whatever Python's own hashes do?"""

import hashlib
import os
import subprocess
import sys
from datetime import date

from congress.demo.network import build

PRINT = """
import django; django.setup()
from datetime import date; from hashlib import sha256; from congress.demo.network import build
print(sha256(repr(build(seed=3, member_count=80, notice_count=20, today=date(2026, 11, 23))).encode()).hexdigest())
"""


def test_build_makes_the_same_network_in_another_process():
    here = build(seed=3, member_count=80, notice_count=20, today=date(2026, 11, 23))
    environment = {**os.environ, "PYTHONHASHSEED": "4711", "DJANGO_SETTINGS_MODULE": "congress.settings"}
    there = subprocess.run([sys.executable, "-c", PRINT], env=environment, capture_output=True, text=True, check=True)
    assert there.stdout.strip() == hashlib.sha256(repr(here).encode()).hexdigest()


def test_build_keeps_people_when_there_are_more_notices():
    few = build(seed=3, member_count=80, notice_count=5, today=date(2026, 11, 23))
    many = build(seed=3, member_count=80, notice_count=50, today=date(2026, 11, 23))
    assert few.people == many.people
    assert few.meetings == many.meetings


def test_applications_stand_at_several_steps(network):
    states = [application.state for application in network.applications]
    assert {"open", "seconded", "asked", "window", "refused", "withdrawn", "verified"} == set(states)
    assert any(application.decisions for application in network.applications if application.state == "seconded")
