"""Does a log keep private links and searches to itself?"""

import json
import logging
from io import StringIO

import pytest
from django.test import Client
from structlog.stdlib import ProcessorFormatter

TOKEN = "aVeryPrivateToken"


@pytest.fixture
def logged():
    """Return what the portal's own formatter writes while a test runs."""
    formatters = (handler.formatter for handler in logging.getLogger().handlers)
    stream = StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(next(each for each in formatters if isinstance(each, ProcessorFormatter)))
    logging.getLogger("django").addHandler(handler)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    logging.getLogger("django").removeHandler(handler)


def test_log_of_a_refusal_names_the_route_and_not_the_address(client, db, logged):
    client.get(f"/apply/status/{TOKEN}/?q=secret", headers={"host": "localhost"})
    [line] = logged()
    assert (line["event"], line["method"], line["route"]) == ("Not Found", "GET", "apply/status/<str:token>/")
    assert TOKEN not in str(line)
    assert "secret" not in str(line)


def test_log_of_an_address_that_leads_nowhere_does_not_repeat_it(client, db, logged):
    client.get(f"/aply/status/{TOKEN}/", headers={"host": "localhost"})
    assert [(line["event"], line["route"]) for line in logged()] == [("Not Found", "")]


def test_log_of_a_refused_form_names_the_reason(logged, db):
    strict = Client(enforce_csrf_checks=True, headers={"host": "localhost"})
    strict.post(f"/apply/status/{TOKEN}/verify/")
    [line] = logged()
    assert (line["event"], line["method"]) == ("Forbidden (CSRF cookie not set.)", "POST")
    assert TOKEN not in str(line)
