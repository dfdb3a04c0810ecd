"""One network of the full size for all tests that only look at it."""

from datetime import date

import pytest

from congress.demo.network import build
from congress.demo.shapes import Network, Person

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="session")
def network() -> Network:
    return build(seed=1, member_count=1500, notice_count=120, today=TODAY)


@pytest.fixture(scope="session")
def by_email(network: Network) -> dict[str, Person]:
    return {person.email: person for person in network.people}
