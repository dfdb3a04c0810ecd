"""What does the address of the list ask for?"""

from collections.abc import Collection
from dataclasses import fields

from django.utils.datastructures import MultiValueDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from congress.core.geography import REGION_BY_COUNTRY
from congress.core.labels import Tlp
from congress.core.prose import one_line
from congress.core.topics import Topic
from members.forms import UnusableFilterError
from notices.models import NOTICE_STATES, Kind
from notices.queries import Filters

LONGEST_QUERY = 200
LONGEST_NAME = 100
MOST_VALUES = 50

KNOWN: dict[str, Collection[str]] = {
    "kind": Kind.values,
    "topic": Topic.values,
    "country": REGION_BY_COUNTRY.keys(),
    "tlp": Tlp.values,
    "state": NOTICE_STATES.states.keys(),
    "unread": ["1"],
}


def read_filters(params: "MultiValueDict[str, str]") -> tuple[Filters, list[str | Promise]]:
    """Return the filters of an address, and a sentence for each part of it that was left out."""
    hints: list[str | Promise] = []
    typed = one_line(_clean(params.get("q") or ""))
    if len(typed) > LONGEST_QUERY:
        hints.append(_("Only the first 200 characters of your search were used."))
    names = [field.name for field in fields(Filters) if field.name != "q"]
    asked = {name: _asked(params, name) for name in names}
    chosen = {name: tuple(value for value in values if _is_known(name, value)) for name, values in asked.items()}
    if chosen != asked or set(params) - {"q", "after", *names}:
        hints.append(_("A filter that we do not know was left out."))
    return Filters(q=typed[:LONGEST_QUERY].strip(), **chosen), hints


def all_used(params: "MultiValueDict[str, str]") -> Filters:
    """Return the filters of an address where all of it could be used. Raises: UnusableFilterError."""
    filters, hints = read_filters(params)
    if hints:
        raise UnusableFilterError
    return filters


def _asked(params: "MultiValueDict[str, str]", name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for raw in params.getlist(name)[:MOST_VALUES] if (value := _clean(raw))))


def _is_known(name: str, value: str) -> bool:
    return value in KNOWN[name] if name in KNOWN else len(value) <= LONGEST_NAME


def _clean(text: str) -> str:
    return text.replace("\x00", "").strip()
