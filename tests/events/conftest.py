"""What does every test of meetings find? One open plenary with ten seats."""

import pytest

from events.models import Meeting
from tests import factories


@pytest.fixture
def plenary(db: None) -> Meeting:
    """An announced plenary in Nairobi that takes registrations."""
    return factories.meeting()
