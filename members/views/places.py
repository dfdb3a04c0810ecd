"""How are the bodies and the countries of the network shown, on a map, in tables and as a file?"""

from collections.abc import Iterable

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.views.decorators.http import require_safe

from congress.core.access import MemberRequest
from congress.core.budgets import Budget, spend
from congress.core.geography import REGION_BY_COUNTRY
from congress.core.sectors import Sector
from congress.core.world import Bubble, bubbles
from members import exports, policies, queries
from members.forms import OF_BODIES, read_filters
from members.queries.places import CountryFigures
from members.views.filter_words import chips, in_words, words_for


@require_safe
def organisations(request: MemberRequest) -> HttpResponse:
    read = read_filters(request.GET, OF_BODIES)
    found = queries.organisation_list(request.user, read.filters, request.GET.get("after", ""))
    # A name of an organisation, a group or a meeting is asked for in the directory only.
    words = words_for(organisation={}, group={}, meeting={})
    context = {
        "found": found,
        "filters": read.filters,
        "chips": chips(read.filters, words),
        "in_words": in_words(read.filters, words),
        "left_out_count": read.left_out_count,
    }
    return render(request, "members/organisations.html", context)


@require_safe
def organisation_record(request: MemberRequest, public_id: str) -> HttpResponse:
    bodies = queries.with_people(request.user, policies.organisations_visible_to(request.user))
    body = get_object_or_404(bodies, public_id=public_id)
    people = queries.organisation_people(request.user, body, request.GET.get("after", ""))
    speakers = queries.focal_points(request.user, request.at, organisation=body)
    spend(request.user, Budget.NAMES, [each.pk for each in {*people.rows, *speakers}], at=request.at)
    context = {"organisation": body, "page": people, "focal_points": speakers}
    return render(request, "members/organisation_record.html", context)


@require_safe
def network(request: MemberRequest) -> HttpResponse:
    countries = queries.network(request.user, _reader(), request.at)
    context = {
        "countries": countries,
        "sectors": [sector.label for sector in Sector],
        "people_count": sum(each.people_count for each in countries),
        "organisation_count": sum(each.organisation_count for each in countries),
        "bubbles": _drawn(countries),
        "unreached": queries.unreached(countries, _reader()),
    }
    return render(request, "members/network.html", context)


@require_safe
def network_csv(request: MemberRequest) -> HttpResponse:
    countries = queries.network(request.user, _reader(), request.at)
    headers = {"Content-Disposition": 'attachment; filename="network.csv"'}
    return HttpResponse(exports.network_table(countries), content_type="text/csv; charset=utf-8", headers=headers)


@require_safe
def country(request: MemberRequest, code: str) -> HttpResponse:
    if code.upper() not in REGION_BY_COUNTRY:
        raise Http404
    found = queries.country(request.user, code.upper(), _reader(), request.at)
    spend(request.user, Budget.NAMES, [each.pk for each in {*found.focal_points, *found.newest}], at=request.at)
    return render(request, "members/country.html", {"country": found, "figures": found.figures})


def _drawn(countries: Iterable[CountryFigures]) -> list[Bubble]:
    return bubbles({each.code: (each.people_count, _in_words(each), _address(each.code)) for each in countries})


def _in_words(figures: CountryFigures) -> str:
    number = figures.people_count
    return ngettext("%(country)s: %(n)d person", "%(country)s: %(n)d people", number) % {
        "country": figures.name,
        "n": number,
    }


def _address(code: str) -> str:
    return reverse("members:country", args=[code])


def _reader() -> str:
    return get_language() or "en"
