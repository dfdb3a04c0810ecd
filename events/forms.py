"""What may be typed or chosen on the pages of meetings, and what does it mean?"""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from typing import Any, cast
from urllib.parse import urlencode
from zoneinfo import ZoneInfo, available_timezones

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from congress.core.geography import REGION_BY_COUNTRY
from congress.core.sectors import Sector
from events.models import RegistrationState, Track
from events.queries.registrations import DelegateFilter
from members.forms.texts import LineField

SEARCH_LENGTH = 100
Choice = tuple[str, str | Promise]
# One place for every usual offset; any other IANA name works in the address.
ZONES = """
    Pacific/Auckland Australia/Sydney Australia/Adelaide Asia/Tokyo Asia/Shanghai Asia/Singapore Asia/Bangkok
    Asia/Yangon Asia/Dhaka Asia/Kathmandu Asia/Kolkata Asia/Tashkent Asia/Kabul Asia/Dubai Asia/Tehran
    Europe/Moscow Africa/Nairobi Asia/Riyadh Asia/Jerusalem Africa/Cairo Africa/Johannesburg Europe/Athens
    Europe/Istanbul Europe/Paris Africa/Lagos Europe/London Africa/Casablanca Africa/Dakar UTC Atlantic/Azores
    America/Sao_Paulo America/St_Johns America/Halifax America/Caracas America/New_York America/Lima
    America/Chicago America/Mexico_City America/Denver America/Los_Angeles America/Anchorage Pacific/Honolulu
""".split()  # noqa: SIM905 -- forty names read better in lines


class ProgrammeFilter(forms.Form):
    """What of the programme is shown, and in whose time. A value that is not known is said and left out."""

    day = forms.ChoiceField(required=False, widget=forms.HiddenInput)
    track = forms.ChoiceField(label=_("Track"), required=False)
    tz = forms.ChoiceField(label=_("Also show times in"), required=False)

    def __init__(self, data: MultiValueDict[str, str], *, days: Iterable[date], tracks: Iterable[Track]) -> None:
        super().__init__(data)
        all_tracks: list[Choice] = [("", _("All tracks")), *((track.slug, track.name) for track in tracks)]
        all_zones: list[Choice] = [("", _("Only the meeting’s time")), *_zones(data.get("tz", ""))]
        self._offer("day", [(day.isoformat(), "") for day in days], gettext("This day is not on the programme."))
        self._offer("track", all_tracks, gettext("This track is not on the programme. All tracks are shown."))
        self._offer("tz", all_zones, gettext("This time zone is not known. Choose one from the list."))
        self.full_clean()

    def _offer(self, name: str, choices: Sequence[Choice], unknown: str) -> None:
        field = cast("forms.ChoiceField", self.fields[name])
        field.choices = choices
        field.error_messages["invalid_choice"] = unknown

    @property
    def day_chosen(self) -> date | None:
        """Return the one day that is shown, or None for all."""
        day = self.cleaned_data.get("day")
        return date.fromisoformat(day) if day else None

    @property
    def track_chosen(self) -> str:
        """Return the slug of the one track that is shown, or nothing for all."""
        return str(self.cleaned_data.get("track", ""))

    @property
    def zone(self) -> ZoneInfo | None:
        """Return the reader's time zone, or None."""
        name = self.cleaned_data.get("tz")
        return ZoneInfo(name) if name else None

    def address(self, **changes: str) -> str:
        """Return the query of the same view of the programme with some parameters changed; always with its `?`."""
        kept = {name: self.cleaned_data.get(name, "") for name in self.fields}
        return "?" + urlencode({name: value for name, value in (kept | changes).items() if value})


@cache
def _all_zones() -> frozenset[str]:
    # The standard library walks a folder of six hundred files each time.
    return frozenset(available_timezones())


def _zones(wanted: str) -> list[tuple[str, str]]:
    names = [*ZONES, wanted] if wanted not in ZONES and wanted in _all_zones() else ZONES
    return [(name, name.replace("_", " ")) for name in names]


class RegistrationForm(forms.Form):
    """The one thing that the network does not know of a vetted member."""

    needs = forms.CharField(
        label=_("Anything the organisers should know"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("For example a diet, access to the building, or a letter for your visa. Only organisers read it."),
    )


class DecisionForm(forms.Form):
    """What is decided about the chosen delegates."""

    APPROVE, REFUSE = "approve", "refuse"

    chosen = forms.Field(required=False, widget=forms.SelectMultiple)
    everyone = forms.BooleanField(label=_("Everybody on this page"), required=False)
    shown = forms.CharField(required=False, widget=forms.HiddenInput)
    decision = forms.ChoiceField(choices=[(APPROVE, APPROVE), (REFUSE, REFUSE)])
    reason = forms.CharField(label=_("Reason"), required=False, max_length=500)

    def clean(self) -> dict[str, Any]:
        """Ask for a reason when somebody is refused."""
        cleaned = super().clean() or {}
        if cleaned.get("decision") == self.REFUSE and not cleaned.get("reason"):
            self.add_error("reason", _("Say why, so that people understand the decision."))
        return cleaned

    @property
    def ids(self) -> list[str]:
        """Return the public ids of the chosen, or of everybody on the page as it was shown."""
        said = self.cleaned_data
        ids = said.get("shown", "").split() if said.get("everyone") else said.get("chosen") or []
        return [public_id for public_id in ids if public_id.isalnum()]


def read_delegate_filter(query: MultiValueDict[str, str]) -> tuple[DelegateFilter, bool]:
    """Return what the desk is narrowed to, and whether something unknown was left out."""
    known: dict[str, set[str]] = {
        "state": set(RegistrationState.values),
        "sector": set(Sector.values),
        "country": set(REGION_BY_COUNTRY),
    }
    asked = {facet: [value for value in query.getlist(facet) if value] for facet in known}
    kept = {facet: tuple(value for value in values if value in known[facet]) for facet, values in asked.items()}
    text = " ".join(query.get("q", "").replace("\x00", "").split())[:SEARCH_LENGTH]
    return DelegateFilter(text=text, **kept), any(len(kept[facet]) < len(asked[facet]) for facet in known)


class FeedForm(forms.Form):
    """For which device or program an address is."""

    name = LineField(
        label=_("For which device or program?"),
        max_length=60,
        help_text=_("For instance: telephone. The same name again gives a new address, and the old one is dead."),
    )
