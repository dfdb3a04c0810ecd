"""What does one seed make? The whole network, in memory, the same each time."""

from datetime import date

from congress.demo.applications import applications
from congress.demo.meetings import meetings
from congress.demo.notices import notices
from congress.demo.people import people
from congress.demo.reaching import reaching
from congress.demo.shapes import Network


def build(*, seed: int, member_count: int, notice_count: int, today: date) -> Network:
    """Return the network as it stands on a day. Raises: ValueError when so few would not make a network."""
    bodies, persons = people(seed, member_count)
    return Network(
        organisations=tuple(bodies),
        people=tuple(persons),
        applications=tuple(applications(seed, persons, today)),
        meetings=tuple(meetings(seed, persons, today)),
        notices=tuple(notices(seed, notice_count, persons, bodies, today)),
        reaching=reaching(seed, persons, today),
    )
