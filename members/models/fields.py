"""Which parts of a profile does a member open to whom? One declaration for each, which every surface reads.

Names, sector, country, organisation and the days of joining and confirming are no such parts: they say who was vetted,
and when. Source: decision 0025.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Func, Value
from django.utils.functional import Promise
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from congress.core.languages import Spoken
from congress.core.topics import Expertise, Topic

if TYPE_CHECKING:
    from members.models.people import Member


def labels_of(kind: type[models.TextChoices]) -> Mapping[str, str]:
    """Return all labels of a vocabulary in the reader's language: long lists would feel looking up each."""
    return _labels(kind, get_language() or settings.LANGUAGE_CODE)


@lru_cache(maxsize=64)
def _labels(kind: type[models.TextChoices], language: str) -> Mapping[str, str]:
    with override(language):
        return {value: str(label) for value, label in kind.choices}


def _in_words(kind: type[models.TextChoices], values: Iterable[str]) -> list[tuple[str, str]]:
    labels = labels_of(kind)
    return [(value, labels[value]) for value in values if value in labels]


class FieldAudience(models.TextChoices):
    """Whom a member opens a field to. The member and the officers of the network belong to each."""

    NETWORK = "network", _("everyone in the network")
    SECTOR = "sector", _("people of my sector")
    COUNTRY = "country", _("people of my country")
    MEETING = "meeting", _("people with a seat at a meeting of mine")
    GROUPS = "groups", _("people who sit in a group that I name")
    OFFICERS = "officers", _("officers of the network only")


# The column of a member in which those who belong to an audience look for words, and nobody else.
SEARCH_TEXTS = {
    FieldAudience.NETWORK: "search_text",
    FieldAudience.SECTOR: "search_text_sector",
    FieldAudience.COUNTRY: "search_text_country",
    FieldAudience.MEETING: "search_text_meeting",
    FieldAudience.GROUPS: "search_text_groups",
    FieldAudience.OFFICERS: "search_text_officers",
}
# In such a text it stands before what the member wrote about themselves, which is found after everything else. Words
# have no such sign.
PROFILE_MARK = "|"


def before_mark(column: str) -> Func:
    """Return what such a text holds besides that: names, organisation, position, expertise, topics."""
    return Func(F(column), Value(PROFILE_MARK), 1, function="split_part", output_field=models.TextField())


class Use(StrEnum):
    """Where a field is read besides the profile page. No sort order reads one, and no mail."""

    SEARCH = "search"
    FACET = "facet"
    CARD = "card"
    API = "api"
    LIST_FILE = "list_file"


@dataclass(frozen=True)
class Field:
    """One part of a profile that its member opens to an audience: `Profile.<name>_audience`, empty for the default.

    What is gathered is nothing that the member wrote: a list of what the portal knows (`congress.core.gathered`).
    """

    label: str | Promise
    uses: frozenset[Use] = frozenset()
    default: FieldAudience = FieldAudience.NETWORK
    is_gathered: bool = False
    hint: str | Promise = ""


EVERYWHERE = frozenset(Use)
READ = frozenset({Use.CARD, Use.API, Use.LIST_FILE})
FIELDS: Mapping[str, Field] = {
    "photograph": Field(_("Photograph")),
    "position": Field(_("Position"), READ | {Use.SEARCH}),
    "expertise": Field(_("Expertise"), EVERYWHERE),
    "topics": Field(_("Topics of interest"), frozenset({Use.SEARCH, Use.FACET, Use.API, Use.LIST_FILE})),
    "languages": Field(_("Languages"), READ | {Use.FACET}),
    "other_names": Field(_("Other names"), frozenset({Use.SEARCH, Use.API})),
    "city": Field(_("City"), READ),
    "time_zone": Field(_("Time zone"), READ),
    "biography": Field(_("About"), frozenset({Use.SEARCH, Use.API})),
    "email": Field(_("E-mail address"), READ, FieldAudience.OFFICERS),
    "seats": Field(
        _("Seats in groups"),
        frozenset({Use.FACET}),
        is_gathered=True,
        hint=_("On your profile, and to be found by. The page of a group names who sits there, to every member."),
    ),
    "meetings": Field(
        _("Meetings attended"),
        frozenset({Use.FACET}),
        FieldAudience.MEETING,
        is_gathered=True,
        hint=_("On your profile, and to be found by."),
    ),
    "sessions": Field(
        _("Sessions spoken at"),
        is_gathered=True,
        hint=_("On your profile. The programme of a meeting names who speaks, to those for whom it is."),
    ),
    "notices": Field(
        _("Notices written"),
        default=FieldAudience.OFFICERS,
        is_gathered=True,
        hint=_(
            "On your profile, earlier ones too: each for those who read it, none above TLP:GREEN. "
            "A notice itself does not name you."
        ),
    ),
}
EXPERTISE_IN_ROW = 2
WRITTEN = tuple(name for name, each in FIELDS.items() if not each.is_gathered)


@dataclass(frozen=True)
class Shown:
    """What one viewer sees of a member's fields; a hidden one is as if nothing had been written."""

    photograph: str = ""
    position: str = ""
    expertise: list[str] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)
    languages: list[str] = field(default_factory=list)
    other_names: list[str] = field(default_factory=list)
    city: str = ""
    time_zone: str = ""
    biography: str = ""
    email: str = ""
    # The names of the lists that are gathered.
    lists: tuple[str, ...] = ()

    @classmethod
    def of(cls, member: "Member", names: Collection[str]) -> "Shown":
        """Return these fields of a member with a profile."""
        written = [name for name in WRITTEN if name in names]
        values = {name: getattr(member if name == "email" else member.profile, name) for name in written}
        return cls(**values, lists=tuple(name for name in FIELDS if name in names and name not in WRITTEN))

    @property
    def list_labels(self) -> list[str]:
        """Return what the lists are called."""
        return [str(FIELDS[name].label) for name in self.lists]

    @property
    def expertise_labels(self) -> list[str]:
        """Return the fields of expertise in words, the main one first."""
        return [label for _value, label in self.expertise_choices]

    @property
    def expertise_choices(self) -> list[tuple[str, str]]:
        """Return the same, each with the value that the directory asks for."""
        return _in_words(Expertise, self.expertise)

    @property
    def main_expertise(self) -> list[str]:
        """Return as many of them as a row about somebody has room for."""
        return self.expertise_labels[:EXPERTISE_IN_ROW]

    @property
    def spoken(self) -> list[Spoken]:
        """Return the languages with their levels, in the member's order."""
        return [Spoken.read(text) for text in self.languages]

    @property
    def language_codes(self) -> list[str]:
        """Return the languages without their levels."""
        return [each.code for each in self.spoken]

    @property
    def language_levels(self) -> dict[str, str]:
        """Return the level of each language of which it is known."""
        return {each.code: each.level for each in self.spoken if each.level}

    @property
    def language_labels(self) -> list[str]:
        """Return the languages in the reader's language, with their levels."""
        return [each.label for each in self.spoken]

    @property
    def language_choices(self) -> list[tuple[str, str]]:
        """Return the same, each with the value that the directory asks for."""
        return [(each.code, each.label) for each in self.spoken]

    @property
    def topic_labels(self) -> list[str]:
        """Return the topics of interest in words."""
        return [label for _value, label in self.topic_choices]

    @property
    def topic_choices(self) -> list[tuple[str, str]]:
        """Return the same, each with the value that the directory asks for."""
        return _in_words(Topic, self.topics)
