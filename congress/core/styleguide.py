"""What does every component look like in every state? The gallery's view and its made-up content."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from congress.core.comparing import compare, compare_lists
from congress.core.geography import Region
from congress.core.labels import Tlp
from congress.core.searches import Shortcut
from congress.core.sectors import Sector
from congress.core.templatetags.ui.marks import TONES
from congress.core.world import bubbles

AGES = [timedelta(minutes=5), timedelta(hours=3), timedelta(days=2), timedelta(days=90)]
AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


@dataclass(frozen=True)
class Option:
    """One choice of a sample facet."""

    value: str
    label: str
    count: int
    selected: bool = False


@dataclass(frozen=True)
class Page:
    """A sample of a page in the middle of a long list."""

    after: str
    is_first: bool


@dataclass(frozen=True)
class Session:
    """A sample of a cell on a programme."""

    title: str = ""
    public_id: str = "0123456789ab"
    kind: str = "panel"
    format: str = "Panel"
    clock: str = "09:00–10:30"
    room: str = "Hall A"
    speakers: str = "Ioana Văcărescu (Chair), Suharto"
    tlp: str = Tlp.GREEN
    is_break: bool = False
    is_chatham_house: bool = False
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True)
class Edition:
    """A sample of what a row says of an edition."""

    tlp: str
    number: int = 1


@dataclass(frozen=True)
class Hit:
    """A sample of what a search found."""

    excerpt: tuple[tuple[str, bool], ...]
    found_in: str = ""


@dataclass(frozen=True)
class Notice:
    """A sample of a row of the list of notices."""

    number: str
    edition: Edition
    title: tuple[tuple[str, bool], ...]
    dated_at: datetime
    state: str = "published"
    state_label: str = ""
    tone: str = "good"
    kind_label: str = "Warning"
    mark: str = ""
    is_urgent: bool = False
    is_late: bool = False
    is_stub: bool = False
    terms: tuple[str, ...] = ()
    what_changed: str = ""
    hit: Hit | None = None


@dataclass(frozen=True)
class Body:
    """A sample of where somebody works."""

    name: str


@dataclass(frozen=True)
class Told:
    """A sample of what somebody shows of themselves."""

    position: str
    main_expertise: tuple[str, ...] = ()
    photograph: str = ""


@dataclass(frozen=True)
class Person:
    """A sample member; the names are made up."""

    latin_name: str
    native_name: str
    native_language: str
    sector: str
    shown: Told
    organisation: Body
    country: str
    found_by: str = ""
    found_in_profile: str = ""
    public_id: str = "0123456789ab"


PEOPLE = [
    Person(
        "Ioana Văcărescu", "", "ro", "law_enforcement",
        Told("Chief inspector"), Body("National Police Laboratory"), "RO",
    ),
    Person(
        "Layla al-Khatib", "ليلى الخطيب", "ar", "government",
        Told("Head of precursor control"), Body("Ministry of Industry"), "JO",
    ),
    Person(
        "Somchai Rattanaphongphaisan", "สมชาย รัตนพงษ์ไพศาล", "th", "international_organisation",
        Told("Programme officer"), Body("Regional Centre for Chemical Safety"), "TH",
    ),
    Person(
        "Yekaterina Shcherbakova", "Екатерина Щербакова", "ru", "academia",
        Told("Professor", ("Toxicology",)), Body("Institute of Toxicology"), "KZ",
        found_in_profile="… teaches the detection of toxins …",
    ),
    Person(
        "Suharto", "", "id", "industry",
        Told("Site security lead"), Body("Nusantara Peroxides"), "ID",
    ),
    Person(
        "María de los Ángeles Fernández-Villaverde Etxeberria-Goikoetxea", "", "es", "industry",
        Told("Director of corporate security and regulatory affairs for southern Europe and the Mediterranean"),
        Body("Compañía Mediterránea de Productos Químicos"), "ES",
    ),
    Person(
        "Nguyen Thi Hong Hanh", "Nguyễn Thị Hồng Hạnh", "vi", "government",
        Told("Customs analyst"), Body("General Customs Office"), "VN", found_by="Hanh",
    ),
    Person(
        "Giorgi Beridze", "გიორგი ბერიძე", "ka", "law_enforcement",
        Told("Detective"), Body("Criminal Police Department"), "GE",
    ),
]  # fmt: skip

NOTICES = [
    Notice(
        "PN-2026-7KQ3F",
        Edition(Tlp.AMBER_STRICT),
        (("Thefts of oxidising agents from unattended railway wagons, with forged seals found afterwards", False),),
        AT,
        state="in_review", state_label="In review", tone="waiting",
        is_urgent=True,
    ),
    Notice(
        "PN-2026-M2D8W",
        Edition(Tlp.GREEN, 3),
        (("Drones seen above ", False), ("chlorine", True), (" storage", False)),
        AT - AGES[2],
        mark="Updated", is_late=True, what_changed="The seals are embossed.",
        terms=("Toxic industrial chemicals", "Transport and supply chain"),
        hit=Hit((("a cylinder of ", False), ("chlorine", True)), "Chemical: Chlorine (CAS 7782-50-5)"),
    ),
]  # fmt: skip

CHOICES = [("plenary", _("The whole plenary")), ("first_day", _("The first day only")), ("remote", _("From afar"))]


class SampleForm(forms.Form):
    """Every kind of field that the portal uses."""

    name = forms.CharField(label=_("Name in Latin letters"), help_text=_("As it stands in your passport."))
    native_name = forms.CharField(label=_("Name in your own script"), required=False)
    email = forms.EmailField(label=_("Work e-mail address"), help_text=_("An address of your institution."))
    sector = forms.ChoiceField(label=_("Sector"), choices=Sector.choices)
    arrival = forms.DateField(label=_("Day of arrival"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    attendance = forms.ChoiceField(label=_("How will you attend?"), choices=CHOICES, widget=forms.RadioSelect)
    regions = forms.MultipleChoiceField(
        label=_("Regions you work with"),
        choices=Region.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Choose all that apply."),
    )
    reason = forms.CharField(label=_("Why do you wish to attend?"), widget=forms.Textarea(attrs={"rows": 4}))
    agreed = forms.BooleanField(label=_("I have read the code of conduct"), help_text=_("Last changed in May 2026."))


class CodeForm(forms.Form):
    """The field of a one-time code."""

    code = forms.CharField(
        label=_("Code"), widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"})
    )


def _facets() -> list[tuple[str, str, list[Option]]]:
    sectors = [Option(s.value, str(s.label), 312 - 40 * n, selected=n == 0) for n, s in enumerate(Sector)]
    countries = [Option(f"c{n}", f"Country number {n}", 90 - 3 * n) for n in range(1, 24)]
    return [("sector", str(_("Sector")), sectors), ("country", str(_("Country")), countries)]


def _samples() -> dict[str, object]:
    return {
        "at": AT,
        "earlier": [AT - before for before in AGES],
        "first_day": date(2027, 5, 4),
        "last_day": date(2027, 5, 6),
        "next_month": date(2027, 6, 1),
        "labels": [str(label) for label in Tlp],
        "tones": sorted(TONES),
        "sectors": list(Sector),
        "people": PEOPLE,
        "facets": _facets(),
        "filters": [(str(_("Law enforcement")), "?"), (str(_("Europe")), "?"), (str(_("“hydrogen peroxide”")), "?")],
        "shortcuts": [
            Shortcut(str(_("Drones in the Americas")), "topic=drones", is_current=True),
            Shortcut(str(_("What I have not read yet")), "unread=1", is_current=False),
        ],
        "notices": NOTICES,
        "bubbles": bubbles({"TH": (40, "Thailand: 40 people", "#"), "FR": (9, "France: 9 people", "#")}),
        "topics": [_("Toxic industrial chemicals"), _("Transport and supply chain")],
        "programme": [
            Session("Precursors in online trade", is_chatham_house=True),
            Session("What the laboratory needs from the scene", kind="keynote", format="Keynote", tlp=Tlp.CLEAR),
            Session(),
            Session("Coffee", kind="break", is_break=True, room=""),
        ],
        "middle_page": Page(after="token", is_first=False),
        **_forms(),
        **_compared(),
        "steps": [_("You"), _("Your institution"), _("Your sponsors"), _("Check and send")],
        "tabs": [
            {"label": _("Overview"), "url": "#tabs", "current": True},
            {"label": _("Programme"), "url": "#tabs"},
            {"label": _("Delegates"), "url": "#tabs", "count": 312},
        ],
    }


def _forms() -> dict[str, object]:
    return {
        "form": SampleForm(auto_id="plain_%s"),
        "wrong_form": SampleForm({"name": "", "email": "not an address", "attendance": "", "reason": "x" * 30}),
        "code_form": CodeForm(auto_id="code_%s"),
        "hints": {
            "plenary": _("Three days, with the excursion."),
            "remote": _("Sessions marked TLP:CLEAR and TLP:GREEN only."),
        },
    }


def _compared() -> dict[str, object]:
    before = "The number on the seal is printed. Feel it with a finger."
    after = "The number on the seal is embossed. Feel it with a finger. Compare it with the waybill."
    countries = compare_lists(["Peru", "Chile"], ["Peru", "Bolivia"])
    return {"comparison": compare(before, after), "compared_list": countries}


@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """Show the gallery; only a demonstration or a test has an address for it."""
    return render(request, "styleguide.html", _samples())
