"""What may a program ask for, and in which shape does it get an answer?"""

import re
from collections.abc import Sequence
from typing import Any

from rest_framework import serializers

from congress.core.geography import REGION_BY_COUNTRY, Region
from congress.core.identifiers import PUBLIC_ID, SLUG
from congress.core.languages import LANGUAGE_CODES, LanguageLevel
from congress.core.sectors import Sector
from congress.core.topics import Expertise, Topic
from members.models import FIELDS, Member, Shown, Use
from members.queries.filters import ID_LIMIT, QUERY_LIMIT, Filters, Freshness, Sort


def _several(choices: Sequence[Any], help_text: str) -> serializers.ListField:
    child = serializers.ChoiceField(choices=choices)
    return serializers.ListField(child=child, required=False, max_length=len(choices), help_text=help_text)


def _ids(help_text: str, *, written: re.Pattern[str] = PUBLIC_ID) -> serializers.ListField:
    child = serializers.RegexField(rf"^{written.pattern}$")
    return serializers.ListField(child=child, required=False, max_length=ID_LIMIT, help_text=f"Ids: {help_text}")


class StrictSerializer(serializers.Serializer[Any]):
    """Input that refuses what it does not know: a misspelt filter must not return everybody."""

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        """Return clean values. Raises: ValidationError, for unknown names and empty values too."""
        # Addresses are read as forms are, where an empty field means none was sent; here it is a mistake.
        wrong = {name: ["This may not be empty."] for name in data if self._is_empty(name, data)}
        wrong |= {name: ["There is no such parameter."] for name in sorted(set(data) - set(self.fields))}
        if wrong:
            raise serializers.ValidationError(wrong)
        clean: dict[str, Any] = super().to_internal_value(data)
        return clean

    def _is_empty(self, name: str, data: Any) -> bool:
        return data[name] == "" and not getattr(self.fields.get(name), "allow_blank", False)


class PageQuery(StrictSerializer):
    """Where a list goes on."""

    after = serializers.CharField(
        required=False, max_length=2000, help_text="The cursor of the page before; take the address in `next` instead."
    )


class ListQuery(PageQuery):
    """What a program looks for in a list."""

    @property
    def filters(self) -> Filters:
        """Return the clean values as the directory knows them."""
        clean = dict(self.validated_data)
        clean.pop("after", None)
        sort = Sort(clean.pop("sort", Sort.NAME))
        q = " ".join(clean.pop("q", "").split())
        facets: dict[str, Any] = {name: tuple(values) for name, values in clean.items()}
        return Filters(q=q, sort=sort, **facets)


class MembersQuery(ListQuery):
    """Whom a program looks for. Values of one name are alternatives; names narrow each other."""

    q = serializers.CharField(
        required=False,
        allow_blank=True,
        max_length=QUERY_LIMIT,
        help_text="Names in any spelling and script, organisation, position, expertise, topics, words of the profile.",
    )
    sector = _several(Sector.choices, "Sector")
    region = _several(Region.choices, "Region of the country")
    country = _several(sorted(REGION_BY_COUNTRY), "ISO 3166-1 alpha-2")
    expertise = _several(Expertise.choices, "Field of expertise")
    topic = _several(Topic.choices, "Topic of interest")
    language = _several(sorted(LANGUAGE_CODES), "Language spoken")
    level = _several(LanguageLevel.choices, "How well it is spoken; alone it is meant of any language")
    group = _ids("Groups in which somebody sits today")
    meeting = _ids("Meetings attended, as in `/meetings/<slug>/`", written=SLUG)
    confirmed = _several(Freshness.choices, "Within how many months the profile was confirmed")
    organisation = _ids("Organisations")
    sort = serializers.ChoiceField(choices=[sort.value for sort in Sort], required=False)


class OrganisationsQuery(ListQuery):
    """Which organisations a program looks for."""

    q = serializers.CharField(
        required=False,
        allow_blank=True,
        max_length=QUERY_LIMIT,
        help_text="Words of its names, with accents or without, in any script.",
    )
    sector = _several(Sector.choices, "Sector")
    region = _several(Region.choices, "Region of the country")
    country = _several(sorted(REGION_BY_COUNTRY), "ISO 3166-1 alpha-2")


class NoQuery(StrictSerializer):
    """Nothing can be asked."""


class OrganisationName(serializers.Serializer[Any]):
    """An organisation beside a name."""

    id = serializers.CharField(source="public_id")
    name = serializers.CharField()


class MemberRow(serializers.Serializer[Member]):
    """A member as the directory lists them."""

    id = serializers.CharField(source="public_id", help_text="Random, and the one in `/members/<id>/`.")
    latin_name = serializers.CharField()
    native_name = serializers.CharField()
    native_language = serializers.CharField()
    sector = serializers.ChoiceField(choices=Sector.choices)
    country = serializers.CharField()
    region = serializers.ChoiceField(choices=Region.choices)
    organisation = OrganisationName(allow_null=True)
    joined_on = serializers.DateField()
    position = serializers.CharField(source="shown.position")
    expertise = serializers.ListField(child=serializers.CharField(), source="shown.expertise")


class MemberProfile(MemberRow):
    """A member with every field that they show to the reader; what they do not show is as if nothing was written."""

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """Return the fields of a row and those that are declared for programs."""
        shown = {name: _shown(name) for name, f in FIELDS.items() if Use.API in f.uses}
        return {**super().get_fields(), **shown, **_languages()}


def _languages() -> dict[str, serializers.Field[Any, Any, Any, Any]]:
    """Return how languages are written: their codes, and beside them the levels of those where it is known."""
    code, level = serializers.CharField(), serializers.ChoiceField(choices=LanguageLevel.choices)
    return {
        "languages": serializers.ListField(child=code, source="shown.language_codes", help_text="ISO 639-1"),
        "language_levels": serializers.DictField(child=level, source="shown.language_levels"),
    }


def _shown(name: str) -> serializers.Field[Any, Any, Any, Any]:
    """Return how one declared field is written: as a list where it is one."""
    label = str(FIELDS[name].label)
    if isinstance(getattr(Shown(), name), list):
        return serializers.ListField(child=serializers.CharField(), source=f"shown.{name}", help_text=label)
    return serializers.CharField(source=f"shown.{name}", help_text=label)


class OrganisationOut(serializers.Serializer[Any]):
    """An organisation, with how many of its people the reader sees in the directory."""

    id = serializers.CharField(source="public_id")
    name = serializers.CharField()
    native_name = serializers.CharField()
    sector = serializers.ChoiceField(choices=Sector.choices)
    country = serializers.CharField()
    city = serializers.CharField()
    people_count = serializers.IntegerField()


class CountryOut(serializers.Serializer[Any]):
    """A country, with how many of its people the reader sees in the directory, in all and by sector."""

    code = serializers.CharField()
    name = serializers.CharField()
    region = serializers.ChoiceField(choices=Region.choices)
    people_count = serializers.IntegerField()
    people = serializers.DictField(child=serializers.IntegerField())
    organisation_count = serializers.IntegerField()
    focal_point_count = serializers.IntegerField()


class MembersPage(serializers.Serializer[Any]):
    """One page of members."""

    results = MemberRow(many=True)
    next = serializers.URLField(allow_null=True)


class OrganisationsPage(serializers.Serializer[Any]):
    """One page of organisations."""

    results = OrganisationOut(many=True)
    next = serializers.URLField(allow_null=True)


class CountriesPage(serializers.Serializer[Any]):
    """All countries."""

    results = CountryOut(many=True)
    next = serializers.URLField(allow_null=True)
