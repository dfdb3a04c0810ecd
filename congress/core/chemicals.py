"""How is a chemical named, so that everybody finds it? By its CAS number, written with or without hyphens.

Source: CAS Registry Number check digit (Chemical Abstracts Service).
"""

import re

_CAS = re.compile(r"([0-9]{2,7})-?([0-9]{2})-?([0-9])")


def cas_number(text: str) -> str | None:
    """Return the number as CAS writes it (7722-84-1), or None if it is none or its check digit is wrong."""
    found = _CAS.fullmatch(text.strip())
    if found is None or _check_digit(found[1] + found[2]) != int(found[3]):
        return None
    return "-".join(found.groups())


def _check_digit(digits: str) -> int:
    return sum(place * int(digit) for place, digit in enumerate(reversed(digits), start=1)) % 10
