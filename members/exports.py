"""How does a member become a file that other programs read?"""

from collections.abc import Iterator

from congress.core.geography import country_name
from members.models import Member

FOLD_AT_BYTES = 75


def visiting_card(member: Member, *, address: str) -> bytes:
    """Return a vCard of one member with profile and organisation loaded; `address` is the profile's.

    Source: RFC 6350 (vCard 4.0). Both forms of the name are one FN in two scripts (ALTID).
    """
    lines = ["BEGIN:VCARD", "VERSION:4.0", "KIND:individual", *_facts(member, address), "END:VCARD"]
    return "".join(f"{_folded(line)}\r\n" for line in lines).encode()


def _facts(member: Member, address: str) -> Iterator[str]:
    yield f"UID:{address}"
    yield from _names(member)
    yield f"EMAIL;TYPE=work:{_escaped(member.email)}"
    if member.organisation is not None:
        yield f"ORG:{_escaped(member.organisation.name)}"
    yield from _from_profile(member)
    yield f"SOURCE:{address}"


def _names(member: Member) -> Iterator[str]:
    if member.latin_name:
        yield f"FN;ALTID=1;LANGUAGE=en:{_escaped(member.latin_name)}"
    if member.native_name:
        language = f";LANGUAGE={member.native_language}" if member.native_language else ""
        yield f"FN;ALTID=1{language}:{_escaped(member.native_name)}"


def _from_profile(member: Member) -> Iterator[str]:
    profile = getattr(member, "profile", None)
    city = profile.city if profile else ""
    yield f"ADR;TYPE=work:;;;{_escaped(city)};;;{_escaped(country_name(member.country, 'en'))}"
    if profile is None:
        return
    if profile.position:
        yield f"TITLE:{_escaped(profile.position)}"
    for preference, language in enumerate(profile.languages, start=1):
        yield f"LANG;PREF={min(preference, 100)}:{language}"
    if profile.expertise_labels:
        yield f"CATEGORIES:{','.join(map(_escaped, profile.expertise_labels))}"


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
