"""What do the journeys share: one portal, one browser, and visitors who complain about nothing?"""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.journeys.portal import PATIENCE_SECONDS, Portal, running_portal
from tests.journeys.visitor import Visitor

Arrive = Callable[..., Visitor]


@pytest.fixture(scope="package")
def portal() -> Iterator[Portal]:
    """A portal as `make run` starts it, with a small network."""
    with running_portal() as portal:
        yield portal


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """The machine's Chromium."""
    with sync_playwright() as playwright:
        expect.set_options(timeout=PATIENCE_SECONDS * 1000)
        chromium = playwright.chromium.launch(executable_path=os.environ["CHROMIUM"], args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture
def arrive(portal: Portal, browser: Browser) -> Iterator[Arrive]:
    """Let people arrive, with an account or without; at the end none of them may have met an error in the browser."""
    visitors: list[Visitor] = []

    def arriving(account: dict[str, Any] | None = None) -> Visitor:
        visitors.append(Visitor.arrive(portal, browser, account))
        return visitors[-1]

    yield arriving
    troubles = [trouble for visitor in visitors for trouble in visitor.troubles]
    for visitor in visitors:
        visitor.context.close()
    assert troubles == []
