"""Which fictitious bodies send their people to the network?"""

from functools import cache
from itertools import chain, zip_longest
from math import isqrt
from random import Random
from typing import Any

from anyascii import anyascii

from congress.core.sectors import Sector
from congress.demo.reading import apportion, code, dice, read
from congress.demo.shapes import Organisation

PER_HUNDRED_MEMBERS = 22
SMALL = 200
# Which sector a country founds first, second, third and fourth; not every small country sends police alone.
ORDERS = ("LGIA", "GLAI", "LIGA", "LGAI", "GLIA", "LAGI", "IGLA")

# Fixed people need fixed bodies, however small the network is.
Required = frozenset[tuple[str, str]]


def organisations(seed: int, countries: dict[str, int], required: Required) -> list[Organisation]:
    """Return the bodies of the countries that send members, and the international ones.

    `countries` says how many members each country sends; `required` names (kind, country) pairs that must exist.
    """
    rng = dice(seed, "organisations")
    member_count = sum(countries.values())
    bodies = _international(rng, member_count)
    wanted = max(len(countries), member_count * PER_HUNDRED_MEMBERS // 100 - len(bodies))
    # The square root keeps large countries from founding everything and small ones from having police only.
    shares = apportion({country: isqrt(100 * count) for country, count in countries.items()}, wanted)
    national = [_national(rng, country, count, required) for country, count in shares.items()]
    extra = [
        _institution(rng, kind, country)
        for kind, country in sorted(required)
        if kind in read("institutions") and country not in shares
    ]
    return [*bodies, *chain.from_iterable(national), *extra]


def _international(rng: Random, member_count: int) -> list[Organisation]:
    bodies = read("bodies")["body"]
    return [_body(rng, entry) for entry in (bodies if member_count >= SMALL else bodies[:2])]


def _body(rng: Random, entry: dict[str, Any]) -> Organisation:
    return Organisation(
        public_id=code(rng).lower(),
        name=entry["name"],
        native_name="",
        kind="body",
        sector=Sector.INTERNATIONAL_ORGANISATION,
        country=entry["country"],
        city=entry["city"],
        mail_domain=f"{entry['domain']}.example",
    )


def _national(rng: Random, country: str, count: int, required: Required) -> list[Organisation]:
    must = [(kind, "") for kind, where in sorted(required) if where == country and kind in read("institutions")]
    rest = [candidate for candidate in _candidates(country) if candidate not in must]
    chosen = (must + rest)[: max(count, len(must))]
    return [_company(rng, country, line) if line else _institution(rng, kind, country) for kind, line in chosen]


def _candidates(country: str) -> list[tuple[str, str]]:
    """Return (kind, "") and ("", company) in the order in which a growing country founds them."""
    founded = {
        "L": [(kind, "") for kind in _kinds(Sector.LAW_ENFORCEMENT)],
        "G": [(kind, "") for kind in _kinds(Sector.GOVERNMENT)],
        "A": [(kind, "") for kind in _kinds(Sector.ACADEMIA)],
        "I": [("", line) for line in _companies().get(country, [])] + [("industry_association", "")],
    }
    order = ORDERS[sum(map(ord, country)) % len(ORDERS)]
    rounds = zip_longest(*(founded[sector] for sector in order))
    return [candidate for candidate in chain.from_iterable(rounds) if candidate]


def _kinds(sector: str) -> list[str]:
    kinds = read("institutions")
    return sorted((kind for kind in kinds if kinds[kind]["sector"] == sector), key=lambda kind: kinds[kind]["rank"])


@cache
def _companies() -> dict[str, list[str]]:
    by_country: dict[str, list[str]] = {}
    for line in read("companies")["lines"].strip().splitlines():
        by_country.setdefault(line.split("|")[2].strip(), []).append(line)
    return by_country


def _institution(rng: Random, kind: str, country: str) -> Organisation:
    entry, place = read("institutions")[kind], read("countries")[country]
    city = _city(rng, place["cities"])
    names = {"country": place["name"], "city": city}
    native = entry["native"].get(place["languages"][0], "")
    return Organisation(
        public_id=code(rng).lower(),
        name=entry["name"].format(**names),
        native_name=native.format(**names),
        kind=kind,
        sector=entry["sector"],
        country=country,
        city=city,
        mail_domain=f"{entry['domain']}.{country.lower()}.example",
    )


def _company(rng: Random, country: str, line: str) -> Organisation:
    name, kind, _country, city = (part.strip() for part in line.split("|"))
    return Organisation(
        public_id=code(rng).lower(),
        name=name,
        native_name="",
        kind=kind,
        sector=Sector.INDUSTRY,
        country=country,
        city=city,
        mail_domain=f"{_slug(name)}.example",
    )


def _slug(name: str) -> str:
    return "-".join("".join(c if c.isalnum() else " " for c in anyascii(name).lower()).split())


def _city(rng: Random, cities: list[str]) -> str:
    return cities[0] if rng.random() < 0.7 else rng.choice(cities)
