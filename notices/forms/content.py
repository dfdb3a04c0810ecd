"""What does an author type, and what does a notice look like in the author's form?"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from congress.core.geography import Region, countries_of
from congress.core.labels import Audience, Tlp
from congress.core.sectors import Sector
from congress.core.topics import Topic
from members.forms import LineField
from members.forms.named import bodies_meant, body_lines, group_ids, people_lines, people_meant
from members.models import Group, Member
from members.queries.naming import groups_to_name
from notices import queries
from notices.actions import Content, SectionText
from notices.forms.conflict import Difference, differences, opened_with
from notices.forms.lines import ChemicalsField, CountriesField, LinesField, chemical_lines, country_lines
from notices.models import ROLE_CARDS, Edition, Kind, Notice, SavedText, SectionKind, Urgency

ALWAYS_OPEN = frozenset({SectionKind.SUMMARY, SectionKind.EVENTS, SectionKind.SIGNS, SectionKind.ADVICE})
AS_THE_NOTICE = ("", _("as the notice"))


def _unseen() -> forms.HiddenInput:
    return forms.HiddenInput(attrs={"autocomplete": "off"})


@dataclass(frozen=True)
class Part:
    """Text and label of one section; what only some notices need is folded away until it is used."""

    kind: str
    text: BoundField
    label: BoundField
    always_open: bool

    @property
    def is_open(self) -> bool:
        """Tell whether there is something to see or to correct."""
        return bool(self.text.value() or self.text.errors or self.label.errors)


class ContentForm(forms.Form):
    """Everything that an author decides about a notice. What was typed comes back, whatever is refused."""

    kind = forms.ChoiceField(label=_("What is it?"), choices=Kind.choices, widget=forms.RadioSelect)
    urgency = forms.ChoiceField(
        label=_("When do readers hear of it?"),
        choices=Urgency.choices,
        widget=forms.RadioSelect,
        help_text=_("At once means a mail to every reader within a minute. Keep it for what cannot wait until Monday."),
    )
    title = LineField(label=_("Title"), max_length=200)
    topics = forms.MultipleChoiceField(
        label=_("Topics"), choices=Topic.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    countries = CountriesField(
        label=_("Countries concerned"), help_text=_("Where it happened or may happen: one name or code in a line.")
    )
    chemicals = ChemicalsField(
        label=_("Chemicals"), help_text=_("One in a line: name; CAS number. For instance: hydrogen peroxide; 7722-84-1")
    )
    review_on = forms.DateField(
        label=_("Review on"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=_("When somebody looks again whether it still holds: at most 24 months from now."),
    )
    tlp = forms.ChoiceField(
        label=_("Label of the notice"),
        choices=Tlp.choices,
        widget=forms.RadioSelect,
        help_text=_("At least as strict as its strictest section. TLP:RED is for people named one by one."),
    )
    sectors = forms.MultipleChoiceField(
        label=_("Sectors"),
        choices=Sector.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen means all sectors, if countries are named."),
    )
    regions = forms.MultipleChoiceField(
        label=_("Regions"), choices=Region.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    audience_countries = CountriesField(
        label=_("Countries of the readers"),
        help_text=_(
            "Added to the regions, one in a line. No region and no country means all countries, if sectors are chosen."
        ),
    )
    organisations = LinesField(label=_("Organisations"), help_text=_("Added to the above: one name in a line."))
    people = LinesField(
        label=_("People"),
        help_text=_("Added to the above: a name, an e-mail address or an id in each line."),
    )
    groups = forms.ModelMultipleChoiceField(
        label=_("Groups"),
        queryset=Group.objects.none(),
        to_field_name="public_id",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Added to the above: whoever has a seat there, as long as it lasts."),
    )
    excluded_countries = CountriesField(label=_("Not in these countries"))
    excluded_organisations = LinesField(label=_("Not in these organisations"))
    excluded_people = LinesField(label=_("Not these people"), help_text=_("Taken away from everything above."))
    what_changed = LineField(
        label=_("What changed"),
        max_length=500,
        required=False,
        help_text=_("One sentence for those who know the edition in force. They read it first."),
    )
    # A browser that fills in forms after a reload would fill in the versions from before.
    version = forms.IntegerField(widget=_unseen(), required=False, initial=0)
    opened = forms.CharField(widget=_unseen(), required=False)

    def __init__(self, *args: Any, viewer: Member, is_update: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.viewer = viewer
        self.differences: list[Difference] = []
        for kind in SectionKind:
            self.fields[f"section_{kind}"] = _section_text(kind)
            self.fields[f"section_{kind}_tlp"] = _section_label(kind)
        self.fields["groups"].queryset = groups_to_name(viewer)  # type: ignore[attr-defined]
        if not is_update:
            del self.fields["what_changed"]

    @property
    def sections(self) -> list["Part"]:
        """Return what a person sees of each section but the role cards, in the order of reading."""
        return [self._part(kind) for kind in SectionKind if kind not in ROLE_CARDS]

    @property
    def cards(self) -> list["Part"]:
        """Return what a person sees of each role card."""
        return [self._part(kind) for kind in ROLE_CARDS]

    def _part(self, kind: SectionKind) -> "Part":
        return Part(kind, self[f"section_{kind}"], self[f"section_{kind}_tlp"], kind in ALWAYS_OPEN)

    @property
    def excludes(self) -> bool:
        """Tell whether somebody is taken away from the audience, or was tried to."""
        return any(self[name].value() or self[name].errors for name in self.fields if name.startswith("excluded_"))

    def clean_people(self) -> list[int]:
        """Return whom the lines mean."""
        return people_meant(self.viewer, self.cleaned_data["people"])

    def clean_excluded_people(self) -> list[int]:
        """Return whom the lines mean."""
        return people_meant(self.viewer, self.cleaned_data["excluded_people"])

    def clean_organisations(self) -> list[int]:
        """Return which bodies the lines mean."""
        return bodies_meant(self.cleaned_data["organisations"])

    def clean_excluded_organisations(self) -> list[int]:
        """Return which bodies the lines mean."""
        return bodies_meant(self.cleaned_data["excluded_organisations"])

    def content(self) -> Content:
        """Return what was typed, as the actions take it."""
        same = ("kind", "urgency", "title", "tlp", "topics", "countries", "chemicals", "review_on")
        values = {name: self.cleaned_data[name] for name in same}
        changed = self.cleaned_data.get("what_changed", "")
        return Content(**values, what_changed=changed, audience=self._audience(), sections=tuple(self._sections()))

    def compare_with(self, notice: Notice) -> None:
        """Put what was saved elsewhere beside what was typed here, and let the next press save over it, knowingly."""
        saved = typed(notice, self.viewer)
        self.differences = differences(self, saved)
        data: Any = self.data
        data = data.copy()
        for name in ("version", "opened"):
            data[name] = saved[name]
        self.data = data

    def _audience(self) -> Audience:
        data = self.cleaned_data
        regions = [country for region in data["regions"] for country in countries_of(region)]
        return Audience(
            sectors=data["sectors"],
            countries=[*regions, *data["audience_countries"]],
            organisations=data["organisations"],
            people=data["people"],
            excluded_countries=list(data["excluded_countries"]),
            excluded_organisations=data["excluded_organisations"],
            excluded_people=data["excluded_people"],
            groups=[group.pk for group in data["groups"]],
        )

    def _sections(self) -> Iterable[SectionText]:
        for kind in SectionKind:
            body = self.cleaned_data[f"section_{kind}"]
            if body:
                label = self.cleaned_data[f"section_{kind}_tlp"] or self.cleaned_data["tlp"]
                yield SectionText(kind, label, body)


def typed(notice: Notice, viewer: Member) -> dict[str, Any]:
    """Return a saved notice as its author would type it; up to six queries, for sections and for who is named."""
    edition = notice.edition
    if edition is None:
        return {"version": 0}
    values = _typed(notice, edition) | _section_values(notice, viewer)
    return values | {"version": edition.version, "opened": opened_with(values)}


def _typed(notice: Notice, edition: Edition) -> dict[str, Any]:
    regions, countries = _regions(edition.audience_countries)
    columns = ("title", "topics", "tlp", "what_changed")
    return {
        **{name: getattr(notice, name) for name in ("kind", "urgency", "review_on")},
        **{name: getattr(edition, name) for name in columns},
        "countries": country_lines(edition.countries),
        "chemicals": chemical_lines(edition.chemicals),
        "sectors": edition.audience_sectors,
        "regions": regions,
        "audience_countries": country_lines(countries),
        "organisations": body_lines(edition.audience_organisations),
        "people": people_lines(edition.audience_people),
        "groups": group_ids(edition.audience_groups),
        "excluded_countries": country_lines(edition.excluded_countries),
        "excluded_organisations": body_lines(edition.excluded_organisations),
        "excluded_people": people_lines(edition.excluded_people),
    }


def _section_values(notice: Notice, viewer: Member) -> dict[str, str]:
    values = {}
    for section in queries.sections_of(viewer, notice):
        values[f"section_{section.kind}"] = section.body
        values[f"section_{section.kind}_tlp"] = section.tlp
    return values


def _regions(countries: Iterable[str]) -> tuple[list[str], set[str]]:
    left = set(countries)
    regions = [str(region) for region in Region if set(countries_of(region)) <= left]
    return regions, left - {country for region in regions for country in countries_of(region)}


def text_values(text: SavedText) -> dict[str, str]:
    """Return a text that was saved once as its author would type it: sections that it lacks are empty."""
    values = {"title": text.title}
    for kind in SectionKind:
        part = text.sections.get(kind, {"tlp": "", "body": ""})
        values |= {f"section_{kind}": part["body"], f"section_{kind}_tlp": part["tlp"]}
    return values


def _section_text(kind: SectionKind) -> forms.CharField:
    rows = 8 if kind in {SectionKind.SUMMARY, SectionKind.METHOD, SectionKind.ADVICE} else 5
    text = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=kind.label, required=False, max_length=20000, widget=text)


def _section_label(kind: SectionKind) -> forms.ChoiceField:
    choices = [AS_THE_NOTICE, *Tlp.choices]
    return forms.ChoiceField(
        label=_("Label of “%(section)s”") % {"section": kind.label}, required=False, choices=choices
    )
