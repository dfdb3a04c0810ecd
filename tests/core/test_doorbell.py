"""Does every process ring the same bell, and does a silent broker hold anybody up?"""

import json

import pytest
from celery import Celery, current_app
from django.conf import settings
from django.db import transaction
from redis import Redis

from congress import celery_app
from congress.core.doorbell import ring_after_commit

TASK = "congress.core.tasks.send_due_mail"


def test_doorbell_is_the_projects_own():
    assert (current_app.main, current_app.conf.broker_url) == ("congress", settings.CELERY_BROKER_URL)


@pytest.mark.usefixtures("committed")
def test_doorbell_rings_after_commit_only():
    broker = Redis.from_url(settings.REDIS_URL)
    broker.delete("celery")
    with transaction.atomic():
        ring_after_commit(TASK, 7)
        assert broker.llen("celery") == 0
    message = json.loads(broker.lpop("celery"))
    broker.close()
    assert (message["headers"]["task"], message["headers"]["argsrepr"]) == (TASK, "(7,)")


@pytest.mark.usefixtures("committed")
def test_doorbell_that_nobody_hears_holds_nobody_up(caplog: pytest.LogCaptureFixture):
    away = Celery("away", broker="redis+socket:///nowhere.sock")
    away.conf.broker_transport_options = settings.CELERY_BROKER_TRANSPORT_OPTIONS
    away.set_current()
    try:
        ring_after_commit(TASK, 7)
    finally:
        celery_app.set_current()
    assert [record.message for record in caplog.records] == ["doorbell.unheard"]
