"""For whom is a fictitious notice? Every shape that an audience can take."""

from collections import defaultdict
from random import Random

from congress.core.labels import Tlp
from congress.core.roles import Standing
from congress.core.sectors import Sector
from congress.demo.reading import read
from congress.demo.shapes import Audience, Organisation, Person

EVERY_SECTOR = tuple(Sector.values)
PUBLIC_SIDE = (Sector.LAW_ENFORCEMENT.value, Sector.GOVERNMENT.value)
WITH_INDUSTRY = (*PUBLIC_SIDE, Sector.INDUSTRY.value)
NAMED = (4, 9)


class Readership:
    """Whom there is to write for."""

    def __init__(self, rng: Random, people: list[Person], organisations: list[Organisation]) -> None:
        self.rng = rng
        self.members = [person for person in people if person.standing == Standing.MEMBER]
        self.accounts = self.members[: sum("standing" not in entry for entry in read("accounts")["account"])]
        self.organisations = organisations
        self.by_topic: dict[str, list[Person]] = defaultdict(list)
        for person in self.members:
            for topic in person.topics:
                self.by_topic[topic].append(person)

    def audience(self, tlp: Tlp, area: str, topics: list[str]) -> Audience:
        """Return an audience that fits a label, an area and its topics; TLP:RED names people only."""
        if tlp == Tlp.CLEAR:
            return Audience(sectors=EVERY_SECTOR)
        if tlp == Tlp.RED:
            return Audience(people=self._experts(topics))
        countries = tuple(read("areas")[area])
        return self.rng.choice(self._shapes(tlp, countries, topics))

    def of_accounts(self, tlp: Tlp) -> Audience:
        """Return an audience that holds every demonstration account, as narrow as the label asks for."""
        if tlp == Tlp.RED:
            return Audience(people=tuple(sorted(account.email for account in self.accounts)))
        bodies = {account.organisation.name for account in self.accounts}
        return Audience(organisations=tuple(sorted({*bodies, *self._bodies(4)})))

    def without_one_account(self) -> Audience:
        """Return an audience of everybody but one plain member among the accounts, who can try what is hidden."""
        plain = [account.email for account in self.accounts if not account.roles]
        return Audience(sectors=EVERY_SECTOR, excluded_people=(plain[0],))

    def _shapes(self, tlp: Tlp, countries: tuple[str, ...], topics: list[str]) -> list[Audience]:
        wider = self._neighbours(countries)
        if tlp == Tlp.GREEN:
            return [
                Audience(sectors=EVERY_SECTOR),
                Audience(sectors=EVERY_SECTOR),
                Audience(sectors=WITH_INDUSTRY),
                Audience(sectors=EVERY_SECTOR, excluded_countries=(self.rng.choice(wider),)),
            ]
        if tlp == Tlp.AMBER:
            return [
                Audience(sectors=PUBLIC_SIDE),
                Audience(sectors=WITH_INDUSTRY, countries=wider),
                Audience(countries=wider),
                Audience(sectors=(Sector.LAW_ENFORCEMENT.value,), excluded_countries=countries[:1]),
                Audience(sectors=(Sector.INDUSTRY.value, Sector.ACADEMIA.value), people=self._experts(topics)),
                Audience(sectors=PUBLIC_SIDE, excluded_organisations=self._bodies(1)),
            ]
        return [
            Audience(sectors=(Sector.LAW_ENFORCEMENT.value,), countries=wider),
            Audience(organisations=self._bodies(8)),
            Audience(sectors=PUBLIC_SIDE, countries=countries, people=self._experts(topics)),
            Audience(organisations=self._bodies(5), people=self._experts(topics)),
        ]

    def _neighbours(self, countries: tuple[str, ...]) -> tuple[str, ...]:
        areas = read("areas")
        others = self.rng.sample(list(areas), 2)
        return tuple(sorted({*countries, *(country for area in others for country in areas[area])}))

    def _experts(self, topics: list[str]) -> tuple[str, ...]:
        """Return a few people who know the topics, one of the demonstration accounts among them."""
        known = sorted({person.email for topic in topics for person in self.by_topic[topic]})
        experts = self.rng.sample(known, min(len(known), self.rng.randint(*NAMED)))
        return tuple(sorted({*experts, self.rng.choice(self.accounts).email}))

    def _bodies(self, count: int) -> tuple[str, ...]:
        return tuple(sorted(body.name for body in self.rng.sample(self.organisations, count)))
