"""Does the interface answer anything that a program may send, as its description says, and never with a 500?"""

from datetime import UTC, datetime
from typing import Any

import pytest
import schemathesis
from django.core import signals
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import one_of
from schemathesis import GenerationMode
from schemathesis.checks import negative_data_rejection, positive_data_acceptance

from members.actions.tokens import make_token
from members.models import Scope
from tests import factories

CASES = 15


@pytest.fixture
def token(db) -> str:
    person = factories.member("anna", country="UA")
    _made, text = make_token(person, by=person, at=datetime.now(UTC), name="x", scopes=list(Scope), days=1)
    return text


@pytest.fixture(autouse=True)
def _connection_kept():
    """The portal gives its connection back after each request; here the test's transaction is in it."""
    both = (signals.request_started, signals.request_finished)
    for signal in both:
        signal.disconnect(close_old_connections)
    yield
    for signal in both:
        signal.connect(close_old_connections)


@pytest.fixture
def described(token):
    portal = get_wsgi_application()

    def application(environ, start_response):
        return portal({**environ, "REMOTE_ADDR": "127.0.0.1"}, start_response)

    headers = {"Host": "localhost", "Authorization": f"Bearer {token}"}
    return schemathesis.openapi.from_wsgi("/api/v1/schema/", application, headers=headers)


def test_interface_answers_as_described(described, token):
    headers = {"Host": "localhost", "Authorization": f"Bearer {token}"}
    for operation in described.get_all_operations():
        ask(operation.ok(), headers)


def not_asked(case) -> list[Any]:
    """Return the checks that an answer can't pass.

    A cursor that nobody gave out is refused, which its description can't say. `null` and `0`, by which the fuzzer sends
    what is no text, may be the name of a meeting.
    """
    return [positive_data_acceptance, *([negative_data_rejection] if "meeting" in (case.query or {}) else [])]


def ask(operation, headers: dict[str, str]) -> None:
    """Ask one address with whatever its description allows, and what it forbids; a failure is an exception."""
    modes = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
    strategies = [operation.as_strategy(generation_mode=mode) for mode in modes]

    @settings(max_examples=CASES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(case=one_of(*strategies))
    def answer(case):
        case.call_and_validate(headers=headers, excluded_checks=not_asked(case))

    answer()
