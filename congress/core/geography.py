"""Which countries does the network know, what are they called, and in which region do they lie?

Regions follow the usual grouping of international police cooperation: Israel, Türkiye and the
Caucasus count as Europe, Central Asia as Asia and South Pacific. Six uninhabited territories with
an ISO code (AQ, BV, GS, HM, TF, UM) are left out: nobody can be a member from there.
"""

import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from babel import Locale
from babel.core import UnknownLocaleError
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Region(TextChoices):
    """The five regions in which the network works."""

    AFRICA = "africa", _("Africa")
    AMERICAS = "americas", _("Americas")
    ASIA_SOUTH_PACIFIC = "asia_south_pacific", _("Asia and South Pacific")
    EUROPE = "europe", _("Europe")
    MIDDLE_EAST_NORTH_AFRICA = "middle_east_north_africa", _("Middle East and North Africa")


_CODES_BY_REGION: Final[Mapping[str, str]] = {
    Region.AFRICA: """
        AO BF BI BJ BW CD CF CG CI CM CV DJ ER ET GA GH GM GN GQ GW KE KM LR LS MG ML MR MU MW MZ
        NA NE NG RE RW SC SD SH SL SN SO SS ST SZ TD TG TZ UG YT ZA ZM ZW""",
    Region.AMERICAS: """
        AG AI AR AW BB BL BM BO BQ BR BS BZ CA CL CO CR CU CW DM DO EC FK GD GF GL GP GT GY HN HT
        JM KN KY LC MF MQ MS MX NI PA PE PM PR PY SR SV SX TC TT US UY VC VE VG VI""",
    Region.ASIA_SOUTH_PACIFIC: """
        AF AS AU BD BN BT CC CK CN CX FJ FM GU HK ID IN IO JP KG KH KI KP KR KZ LA LK MH MM MN MO
        MP MV MY NC NF NP NR NU NZ PF PG PH PK PN PW SB SG TH TJ TK TL TM TO TV TW UZ VN VU WF
        WS""",
    Region.EUROPE: """
        AD AL AM AT AX AZ BA BE BG BY CH CY CZ DE DK EE ES FI FO FR GB GE GG GI GR HR HU IE IL IM
        IS IT JE LI LT LU LV MC MD ME MK MT NL NO PL PT RO RS RU SE SI SJ SK SM TR UA VA""",
    Region.MIDDLE_EAST_NORTH_AFRICA: """
        AE BH DZ EG EH IQ IR JO KW LB LY MA OM PS QA SA SY TN YE""",
}

# Where CLDR's customary name differs from the one that governments see on a United Nations nameplate.
_UNITED_NATIONS_NAMES: Final = {
    "en": {
        "BN": "Brunei Darussalam",
        "BO": "Bolivia (Plurinational State of)",
        "CD": "Democratic Republic of the Congo",
        "CG": "Congo",
        "CI": "Côte d’Ivoire",
        "CV": "Cabo Verde",
        "FK": "Falkland Islands (Malvinas)",
        "FM": "Micronesia (Federated States of)",
        "HK": "Hong Kong, China",
        "IR": "Iran (Islamic Republic of)",
        "KP": "Democratic People’s Republic of Korea",
        "KR": "Republic of Korea",
        "LA": "Lao People’s Democratic Republic",
        "MD": "Republic of Moldova",
        "MM": "Myanmar",
        "MO": "Macao, China",
        "PS": "State of Palestine",
        "RU": "Russian Federation",
        "SY": "Syrian Arab Republic",
        "TR": "Türkiye",
        "TZ": "United Republic of Tanzania",
        "US": "United States of America",
        "VA": "Holy See",
        "VE": "Venezuela (Bolivarian Republic of)",
        "VN": "Viet Nam",
    },
    "fr": {
        "BN": "Brunéi Darussalam",
        "BO": "Bolivie (État plurinational de)",
        "CD": "République démocratique du Congo",
        "CG": "Congo",
        "CV": "Cabo Verde",
        "FM": "Micronésie (États fédérés de)",
        "HK": "Hong Kong (Chine)",
        "IR": "Iran (République islamique d’)",
        "KP": "République populaire démocratique de Corée",
        "KR": "République de Corée",
        "LA": "République démocratique populaire lao",
        "MD": "République de Moldova",
        "MM": "Myanmar",
        "MO": "Macao (Chine)",
        "PS": "État de Palestine",
        "RU": "Fédération de Russie",
        "SY": "République arabe syrienne",
        "TR": "Türkiye",
        "TZ": "République-Unie de Tanzanie",
        "US": "États-Unis d’Amérique",
        "VA": "Saint-Siège",
        "VE": "Venezuela (République bolivarienne du)",
        "VN": "Viet Nam",
    },
    "es": {
        "BN": "Brunei Darussalam",
        "BO": "Bolivia (Estado Plurinacional de)",
        "CD": "República Democrática del Congo",
        "CG": "Congo",
        "CI": "Côte d’Ivoire",
        "CV": "Cabo Verde",
        "FK": "Islas Malvinas (Falkland Islands)",
        "FM": "Micronesia (Estados Federados de)",
        "HK": "Hong Kong (China)",
        "IR": "Irán (República Islámica del)",
        "KP": "República Popular Democrática de Corea",
        "KR": "República de Corea",
        "LA": "República Democrática Popular Lao",
        "MD": "República de Moldova",
        "MM": "Myanmar",
        "MO": "Macao (China)",
        "PS": "Estado de Palestina",
        "RU": "Federación de Rusia",
        "SY": "República Árabe Siria",
        "TR": "Türkiye",
        "TZ": "República Unida de Tanzanía",
        "US": "Estados Unidos de América",
        "VA": "Santa Sede",
        "VE": "Venezuela (República Bolivariana de)",
        "VN": "Viet Nam",
    },
    "ar": {
        "BN": "بروني دار السلام",
        "CD": "جمهورية الكونغو الديمقراطية",
        "CG": "الكونغو",
        "CV": "كابو فيردي",
        "HK": "هونغ كونغ، الصين",
        "IR": "إيران (جمهورية - الإسلامية)",
        "KP": "جمهورية كوريا الشعبية الديمقراطية",
        "KR": "جمهورية كوريا",
        "LA": "جمهورية لاو الديمقراطية الشعبية",
        "MD": "جمهورية مولدوفا",
        "MM": "ميانمار",
        "MO": "ماكاو، الصين",
        "PS": "دولة فلسطين",
        "RU": "الاتحاد الروسي",
        "SY": "الجمهورية العربية السورية",
        "TR": "تركيا",
        "TZ": "جمهورية تنزانيا المتحدة",
        "US": "الولايات المتحدة الأمريكية",
        "VA": "الكرسي الرسولي",
        "VN": "فييت نام",
    },
}

# As people write them in lists; no standard has them.
_SHORT_NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "uk": "GB",
        "great britain": "GB",
        "us": "US",
        "usa": "US",
        "united states": "US",
        "uae": "AE",
        "drc": "CD",
        "turkey": "TR",
        "czech republic": "CZ",
        "ivory coast": "CI",
        "burma": "MM",
        "macedonia": "MK",
    }
)

REGION_BY_COUNTRY: Final[Mapping[str, Region]] = MappingProxyType(
    {code: Region(region) for region, codes in _CODES_BY_REGION.items() for code in codes.split()}
)


def region_of(country: str) -> Region:
    """Return the region in which a country lies.

    Raises: KeyError for a code that the network does not know.
    """
    return REGION_BY_COUNTRY[country]


def countries_of(region: str) -> tuple[str, ...]:
    """Return the codes of a region's countries, in code order; none for an unknown region."""
    return tuple(sorted(_CODES_BY_REGION.get(region, "").split()))


def country_name(country: str, language: str) -> str:
    """Return a country's name in a language ("en", "pt-br"), or the code itself if unknown.

    Source: United Nations usage where it differs, otherwise Unicode CLDR.
    """
    return _names(language).get(country, country)


@lru_cache(maxsize=16)
def country_choices(language: str) -> tuple[tuple[str, str], ...]:
    """Return (code, name) pairs for a form, in the reader's alphabetical order."""
    return tuple(sorted(_names(language).items(), key=lambda pair: _sort_key(pair[1])))


def find_country(text: str) -> str | None:
    """Return the code of a country that somebody wrote down as its code or by name, accents or not.

    The names are those of the network's languages, and what spreadsheets hold instead.
    """
    written = text.strip().replace("'", "’")
    if written.upper() in REGION_BY_COUNTRY:
        return written.upper()
    return _codes_by_name().get(_sort_key(written))


@lru_cache(maxsize=16)
def _names(language: str) -> Mapping[str, str]:
    locale = _locale(language)
    overrides = _UNITED_NATIONS_NAMES.get(locale.language, {})
    names = {code: overrides.get(code) or locale.territories[code] for code in REGION_BY_COUNTRY}
    return MappingProxyType(names)


@lru_cache(maxsize=1)
def _codes_by_name() -> Mapping[str, str]:
    # CLDR's customary names too: people write South Korea and Russia. Where two languages differ, English is meant.
    names: dict[str, str] = {}
    for language in ("ar", "es", "fr", "en"):
        customary = Locale(language).territories
        names |= {_sort_key(customary[code]): code for code in REGION_BY_COUNTRY}
        names |= {_sort_key(name): code for code, name in _names(language).items()}
    return MappingProxyType({**names, **_SHORT_NAMES})


def _locale(language: str) -> Locale:
    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en")


def _sort_key(name: str) -> str:
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
