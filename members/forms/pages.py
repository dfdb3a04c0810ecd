"""What do people type about members and applications, and which clean values become of it?"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.datastructures import MultiValueDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from congress.core.geography import REGION_BY_COUNTRY, Region
from congress.core.identifiers import PUBLIC_ID
from congress.core.languages import LANGUAGE_CODES, language_choices
from congress.core.sectors import Sector
from congress.core.topics import Expertise, Topic
from members.forms.texts import LineField
from members.queries.directory import QUERY_LIMIT, Filters, Sort

VALUE_LIMIT = 60
EXPERTISE_LIMIT = 8


@dataclass(frozen=True)
class ReadFilters:
    """The filters of an address, and what of it could not be used."""

    filters: Filters
    left_out_count: int
    is_cut: bool


def read_filters(data: MultiValueDict[str, str]) -> ReadFilters:
    """Return what an address of the directory asks for; unknown values are left out and counted."""
    text = data.get("q") or ""
    facets = {
        "sector": _known(data, "sector", Sector.values),
        "region": _known(data, "region", Region.values),
        "country": _known(data, "country", REGION_BY_COUNTRY),
        "expertise": _known(data, "expertise", Expertise.values),
        "language": _known(data, "language", LANGUAGE_CODES),
        "organisation": tuple(value for value in _given(data, "organisation") if PUBLIC_ID.fullmatch(value)),
    }
    left_out = sum(len(_given(data, name)) - len(values) for name, values in facets.items())
    sort, is_known = _sort(data.get("sort") or "")
    filters = Filters(q=" ".join(text[:QUERY_LIMIT].replace("\x00", "").split()), sort=sort, **facets)
    return ReadFilters(filters, left_out + (not is_known), len(text) > QUERY_LIMIT)


def _given(data: MultiValueDict[str, str], name: str) -> list[str]:
    return list(dict.fromkeys(value for value in data.getlist(name) if value))[:VALUE_LIMIT]


def _known(data: MultiValueDict[str, str], name: str, allowed: Collection[str]) -> tuple[str, ...]:
    return tuple(value for value in _given(data, name) if value in allowed)


def _sort(value: str) -> tuple[Sort, bool]:
    return (Sort(value), True) if value in {*Sort} else (Sort.NAME, not value)


def _languages() -> list[tuple[str, str]]:
    return list(language_choices(get_language() or "en"))


class ProfileForm(forms.Form):
    """What a member says about themselves; the name in Latin letters only from who came in without one."""

    latin_name = LineField(
        label=_("Name in Latin letters, as in your passport"),
        max_length=200,
        help_text=_("The directory sorts by it. You can give it once; later an officer has to change it."),
    )
    native_name = LineField(
        label=_("Name in your own script"),
        max_length=200,
        required=False,
        help_text=_("For example in Arabic, Cyrillic or Thai letters. Your name in Latin letters was vetted."),
    )
    position = LineField(label=_("Position"), max_length=160, required=False)
    city = LineField(label=_("City"), max_length=100, required=False)
    expertise = forms.MultipleChoiceField(
        label=_("Expertise"),
        choices=Expertise.choices,
        required=False,
        validators=[MaxLengthValidator(EXPERTISE_LIMIT, _("Choose at most %(limit_value)s fields."))],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The fields in which colleagues can ask you for advice, at most eight."),
    )
    topics = forms.MultipleChoiceField(
        label=_("Topics of interest"), choices=Topic.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        choices=_languages,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("In which you can work with colleagues."),
    )
    biography = forms.CharField(
        label=_("About you"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("A few sentences on your work."),
    )

    def __init__(self, *args: Any, asks_latin_name: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_latin_name:
            del self.fields["latin_name"]

    def clean(self) -> dict[str, Any]:
        """Refuse what arrived without its texts: every field may be empty, so it would wipe the profile."""
        texts = (name for name, field in self.fields.items() if isinstance(field, forms.CharField))
        if not all(name in self.data for name in texts):
            raise ValidationError(_("The form did not arrive in full. Nothing was changed; send it again."))
        return super().clean() or {}
