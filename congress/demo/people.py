"""Who are the members of the demonstration network?"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import chain, repeat
from random import Random
from typing import Any

from congress.core.languages import LanguageLevel, Spoken
from congress.core.roles import Role, Standing
from congress.core.sectors import Sector
from congress.demo import names
from congress.demo.biographies import biography, expertise_of, topics_of, with_own_words
from congress.demo.organisations import Required, organisations
from congress.demo.reading import apportion, code, dice, read
from congress.demo.shapes import Organisation, Person

SMALLEST = 40
# Not everybody says it of every language.
LEVELS = (LanguageLevel.NATIVE.value, LanguageLevel.FLUENT.value, LanguageLevel.WORKING.value, "")
FOUNDED_ON = date(2018, 9, 3)
WOMEN = 0.30
SECONDED = 0.05
SECTOR_WEIGHTS = {Sector.LAW_ENFORCEMENT: 42, Sector.GOVERNMENT: 25, Sector.INDUSTRY: 18, Sector.ACADEMIA: 12}
STANDINGS = {
    Standing.MEMBER: 940,
    Standing.LAPSED: 20,
    Standing.PROVISIONAL: 15,
    Standing.FORMER: 15,
    Standing.SUSPENDED: 10,
}
JOINED = {2018: 24, 2019: 13, 2020: 5, 2021: 7, 2022: 14, 2023: 17, 2024: 10, 2025: 10, 2026: 7}
# One holder for about so many members, besides the demonstration accounts.
MEMBERS_PER_ROLE = {
    Role.FOCAL_POINT: 20,
    Role.VETTING_REVIEWER: 180,
    Role.VETTING_LEAD: 700,
    Role.ORGANISER: 250,
    Role.ANALYST: 150,
    Role.COMPLIANCE_OFFICER: 300,
    Role.PUBLISHER: 500,
    Role.AUDITOR: 700,
}


@dataclass
class Census:
    """The dice, the bodies found so far and the addresses already given away."""

    rng: Random
    bodies: list[Organisation]
    addresses: Counter[str] = field(default_factory=Counter)
    titles: Counter[tuple[str, str]] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.by_country: dict[str, list[Organisation]] = defaultdict(list)
        self.international: dict[str, Organisation] = {}
        for body in self.bodies:
            if body.sector == Sector.INTERNATIONAL_ORGANISATION:
                self.international[body.mail_domain.removesuffix(".example")] = body
            else:
                self.by_country[body.country].append(body)

    def address(self, mailbox: str, body: Organisation) -> str:
        """Return an address that nobody else has."""
        address = f"{mailbox}@{body.mail_domain}"
        self.addresses[address] += 1
        taken = self.addresses[address]
        return address if taken == 1 else f"{mailbox}{taken}@{body.mail_domain}"


def people(seed: int, count: int) -> tuple[list[Organisation], list[Person]]:
    """Return the bodies and `count` members of them: accounts first, then the remarkable, then the many.

    The accounts include an applicant, who does not count. Raises: ValueError when so few would not make a network.
    """
    if count < SMALLEST:
        raise ValueError(f"A coherent network needs at least {SMALLEST} members, not {count}.")
    accounts, remarkable = read("accounts")["account"], read("remarkable")["person"]
    weights = {country: place["weight"] for country, place in read("countries").items()}
    # An applicant has an account of the demonstration, but is not a member yet.
    known_count = len(remarkable) + sum(entry.get("standing") != Standing.APPLICANT for entry in accounts)
    shares = apportion(weights, count - known_count)
    census = Census(dice(seed, "people"), organisations(seed, shares, _required(accounts)))
    known = [_account(census, entry) for entry in accounts] + [_remarkable(census, entry) for entry in remarkable]
    many = [person for country, share in shares.items() for person in _of_country(census, country, share)]
    return census.bodies, with_own_words(_with_roles(dice(seed, "roles"), known, many))


def _required(accounts: list[dict[str, Any]]) -> Required:
    kinds = (entry["organisation"].partition("/") for entry in accounts)
    return frozenset((kind, country) for kind, _slash, country in kinds if country)


def _account(census: Census, entry: dict[str, Any]) -> Person:
    kind, _slash, where = entry["organisation"].partition("/")
    at_home = census.by_country[where]
    body = next(body for body in at_home if body.kind == kind) if where else census.international[kind]
    name = names.Name(entry["latin"], entry.get("native", ""), entry.get("language", ""), entry["mailbox"])
    standing = entry.get("standing", Standing.MEMBER)
    country = entry.get("country", body.country)
    person = _person(census, name, entry["gender"], country, body, standing)
    return replace(person, joined_on=FOUNDED_ON, roles=tuple(entry.get("roles", ())))


def _remarkable(census: Census, entry: dict[str, Any]) -> Person:
    country = entry["country"]
    choices = census.by_country.get(country) or list(census.international.values())
    name = names.Name(entry["latin"], entry.get("native", ""), entry.get("language", ""), entry["given"].lower())
    return _person(census, name, entry["gender"], country, census.rng.choice(choices), Standing.MEMBER)


def _of_country(census: Census, country: str, share: int) -> Iterator[Person]:
    place, rng = read("countries")[country], census.rng
    bodies = census.by_country[country]
    weights = _weights(bodies)
    for number in range(share):
        # Nobody founds a body without people: the first members come one from each.
        body = bodies[number] if number < len(bodies) else rng.choices(bodies, weights)[0]
        if number >= len(bodies) and rng.random() < SECONDED:
            body = rng.choice(list(census.international.values()))
        gender = "f" if rng.random() < WOMEN else "m"
        name = names.invent(rng, rng.choice(place["cultures"]), gender)
        standing = rng.choices(list(STANDINGS), list(STANDINGS.values()))[0]
        yield _person(census, name, gender, country, body, standing)


def _weights(bodies: list[Organisation]) -> list[float]:
    of_sector = Counter(body.sector for body in bodies)
    return [SECTOR_WEIGHTS[Sector(body.sector)] / of_sector[body.sector] for body in bodies]


def _person(census: Census, name: names.Name, gender: str, country: str, body: Organisation, standing: str) -> Person:
    rng = census.rng
    expertise = expertise_of(rng, body.kind)
    languages = _languages(rng, country)
    return Person(
        public_id=code(rng).lower(),
        email=census.address(name.mailbox, body),
        latin_name=name.latin,
        native_name=name.native,
        native_language=name.language if name.native else "",
        gender=gender,
        standing=standing,
        sector=body.sector,
        country=country,
        organisation=body,
        position=_position(census, body, country, gender),
        city=body.city,
        biography=biography(rng, body, expertise, languages),
        expertise=expertise,
        topics=topics_of(rng, expertise),
        languages=languages,
        joined_on=_joined_on(rng),
    )


def _position(census: Census, body: Organisation, country: str, gender: str) -> str:
    titles, rng = read("positions")[body.kind], census.rng
    spoken = read("countries")[country]["languages"]
    local = titles.get(spoken[0], []) if body.sector != Sector.INTERNATIONAL_ORGANISATION else []
    fitting = local if local and rng.random() < 0.5 else titles["en"]
    # No ministry has three national coordinators while other desks are empty.
    chosen = min(rng.sample(fitting, len(fitting)), key=lambda title: census.titles[body.name, title])
    census.titles[body.name, chosen] += 1
    return names.either(chosen, gender)


def _languages(rng: Random, country: str) -> tuple[str, ...]:
    spoken: list[str] = read("countries")[country]["languages"]
    chosen = [spoken[0], *(language for language in spoken[1:] if rng.random() < 0.85)]
    chosen += [language for language in ("en", "fr", "es", "ar", "ru") if rng.random() < 0.12]
    return tuple(dict.fromkeys(chosen))


def spoken(languages: Sequence[str]) -> list[str]:
    """Return languages as a profile writes them: the first is one's own, and the further ones are known less well."""
    levels = chain(LEVELS, repeat(LanguageLevel.BASIC.value))
    return [str(Spoken(code, level)) for code, level in zip(languages, levels, strict=False)]


def _joined_on(rng: Random) -> date:
    year = rng.choices(list(JOINED), list(JOINED.values()))[0]
    first, last = date(year, 2, 1), date(year, 9, 30)
    return first + timedelta(days=rng.randrange((last - first).days))


def _with_roles(rng: Random, known: list[Person], many: list[Person]) -> list[Person]:
    able = [number for number, person in enumerate(many) if person.standing == Standing.MEMBER]
    rng.shuffle(able)
    for role, members_each in MEMBERS_PER_ROLE.items():
        for _holder in range(len(many) // members_each):
            number = able.pop()
            many[number] = replace(many[number], roles=(role.value,))
    return known + many
