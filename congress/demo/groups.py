"""Which groups does the demonstration network have, and which seats? Facts that are public, people who are invented."""

from dataclasses import dataclass
from datetime import date

from congress.core.geography import Region
from congress.core.sectors import Sector
from members.models import GroupKind


@dataclass(frozen=True, slots=True)
class Plan:
    """One group and for whom its seats are meant: a sector, a region, or nobody in particular."""

    name: str
    kind: GroupKind
    begun_on: date
    mandate: str
    seats: tuple[tuple[str, str], ...]


def _in_each_region(sector: Sector) -> tuple[tuple[str, str], ...]:
    return tuple((sector.value, region.value) for region in Region)


PLANS = (
    Plan(
        "Steering Committee",
        GroupKind.STEERING,
        date(2022, 3, 1),
        "Steers the network between two plenaries: sets priorities, prepares the programme of the next plenary and "
        "follows up its recommendations. Every sector and every region has a voice.",
        (
            *_in_each_region(Sector.LAW_ENFORCEMENT),
            (Sector.GOVERNMENT, ""),
            (Sector.GOVERNMENT, ""),
            (Sector.INTERNATIONAL_ORGANISATION, ""),
            (Sector.INDUSTRY, ""),
            (Sector.ACADEMIA, ""),
        ),
    ),
    Plan(
        "Industry Advisory Group",
        GroupKind.ADVISORY,
        date(2023, 6, 1),
        "Advises on what companies that make, sell and carry chemicals can do, and on what they can’t.",
        _in_each_region(Sector.INDUSTRY),
    ),
    Plan(
        "Academic Advisory Group",
        GroupKind.ADVISORY,
        date(2023, 6, 1),
        "Advises on research, on teaching, and on technology that is about to matter.",
        _in_each_region(Sector.ACADEMIA),
    ),
    Plan(
        "Working group on chemicals of concern",
        GroupKind.WORKING,
        date(2025, 9, 1),
        "Keeps the network’s list of chemicals of concern, as the fifth plenary recommended, and brings a draft of "
        "its next edition to each plenary.",
        (*((sector.value, "") for sector in Sector), ("", ""), ("", "")),
    ),
)
