"""How does a member become a file that other programs read?"""

from collections.abc import Callable, Iterable, Iterator

from congress.core.geography import country_name
from congress.core.sectors import Sector
from congress.core.spreadsheets import csv_lines
from members.models import FIELDS, Member, Shown, Use
from members.queries.places import CountryFigures
from members.queries.vetting_times import Times

FOLD_AT_BYTES = 75


def visiting_card(member: Member, *, address: str) -> bytes:
    """Return a vCard of what a member shows the viewer for whom the row was loaded; `address` is the profile's.

    Source: RFC 6350 (vCard 4.0). Both forms of the name are one FN in two scripts (ALTID).
    """
    lines = ["BEGIN:VCARD", "VERSION:4.0", "KIND:individual", *_facts(member, address), "END:VCARD"]
    return "".join(f"{_folded(line)}\r\n" for line in lines).encode()


def _facts(member: Member, address: str) -> Iterator[str]:
    yield f"UID:{address}"
    yield from _names(member)
    if member.organisation is not None:
        yield f"ORG:{_escaped(member.organisation.name)}"
    yield from _fields(member)
    yield f"SOURCE:{address}"


def _names(member: Member) -> Iterator[str]:
    if member.latin_name:
        yield f"FN;ALTID=1;LANGUAGE=en:{_escaped(member.latin_name)}"
    if member.native_name:
        language = f";LANGUAGE={member.native_language}" if member.native_language else ""
        yield f"FN;ALTID=1{language}:{_escaped(member.native_name)}"


def _fields(member: Member) -> Iterator[str]:
    country = country_name(member.country, "en")
    yield f"ADR;TYPE=work:;;;{_escaped(member.shown.city)};;;{_escaped(country)}"
    for write in FIELD_LINES.values():
        yield from write(member.shown)


def _languages(shown: Shown) -> list[str]:
    # The order is a preference; a level has no place in the format (RFC 6350, 6.4.4).
    return [f"LANG;PREF={min(rank, 100)}:{language}" for rank, language in enumerate(shown.language_codes, start=1)]


# How each field that a card holds is written; the city stands in the address, beside the country that everybody sees.
FIELD_LINES: dict[str, Callable[[Shown], list[str]]] = {
    "email": lambda shown: [f"EMAIL;TYPE=work:{_escaped(shown.email)}"] if shown.email else [],
    "position": lambda shown: [f"TITLE:{_escaped(shown.position)}"] if shown.position else [],
    "time_zone": lambda shown: [f"TZ:{_escaped(shown.time_zone)}"] if shown.time_zone else [],
    "languages": _languages,
    "expertise": lambda shown: (
        [f"CATEGORIES:{','.join(map(_escaped, shown.expertise_labels))}"] if shown.expertise_labels else []
    ),
}


def _escaped(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;")
    return "\\n".join(escaped.splitlines())


def _folded(line: str) -> str:
    """Break a line after 75 bytes, never inside a letter."""
    parts, size = [""], 0
    for letter in line:
        width = len(letter.encode())
        if size + width > FOLD_AT_BYTES:
            parts.append(" ")
            size = 1
        parts[-1] += letter
        size += width
    return "\r\n".join(parts)


def people_table(members: Iterable[Member], *, site_url: str) -> Iterator[str]:
    """Yield the lines of a CSV of members, as far as the viewer for whom the rows were loaded sees them."""
    return csv_lines(_table(members, site_url))


def _table(members: Iterable[Member], site_url: str) -> Iterator[list[str]]:
    columns = [name for name, field in FIELDS.items() if Use.LIST_FILE in field.uses]
    yield ["latin_name", "native_name", "sector", "country", "organisation", "profile", *columns]
    for member in members:
        body = member.organisation.name if member.organisation else ""
        address = f"{site_url}/members/{member.public_id}/"
        identity = [member.latin_name, member.native_name, member.sector, member.country, body, address]
        yield [*identity, *(_cell(getattr(member.shown, name)) for name in columns)]


def _cell(value: str | list[str]) -> str:
    return value if isinstance(value, str) else "; ".join(value)


def network_table(countries: Iterable[CountryFigures]) -> Iterator[str]:
    """Yield the lines of a CSV of the figures of the network, one line for each country."""
    return csv_lines([_NETWORK, *map(_figures, countries)])


_NETWORK = ["country", "name", "region", *Sector.values, "people", "organisations", "focal_points"]


def _figures(of: CountryFigures) -> list[str]:
    numbers = [number for _value, _label, number in of.by_sector]
    totals = [of.people_count, of.organisation_count, of.focal_point_count]
    return [of.code, of.name, of.region.value, *map(str, [*numbers, *totals])]


def times_table(times: Iterable[Times]) -> Iterator[str]:
    """Yield the lines of a CSV of how long each stage takes, in days; nothing where there were too few cases."""
    return csv_lines([["region", "stage", "cases", "median_days", "90th_percentile_days"], *map(_lasting, times)])


def _lasting(row: Times) -> list[str]:
    days = [_days(row.median), _days(row.slowest_tenth)]
    return [str(row.region.label), str(row.stage.label), str(row.count), *days]


def _days(value: float | None) -> str:
    return "" if value is None else f"{value:.1f}"
