"""How is the directory shown, and who is behind a name?"""

from collections.abc import Callable, Iterable, Mapping
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from congress.core import wall
from congress.core.access import MemberRequest
from congress.core.budgets import Budget, has_room, spend, takes
from congress.core.geography import Region, country_name
from congress.core.languages import LanguageLevel, language_name
from congress.core.sectors import Sector
from congress.core.topics import Expertise, Topic
from members import exports, policies, queries
from members.actions.lists import take_directory
from members.forms import read_filters
from members.queries.facets import Option
from members.queries.filters import Filters, Freshness, Sort

Words = Mapping[str, Callable[[str], str]]


@require_safe
def directory(request: MemberRequest) -> HttpResponse:
    read = read_filters(request.GET)
    filters = read.filters
    found = queries.directory(request.user, filters, request.GET.get("after", ""))
    words = _words(queries.organisation_names(filters.organisation), found.facets["group"])
    spend(request.user, Budget.NAMES, [member.pk for member in found.page.rows], at=request.at)
    context = {
        "directory": found,
        "filters": filters,
        "chips": _chips(filters, words),
        "in_words": _in_words(filters, words),
        "left_out_count": read.left_out_count,
        "is_cut": read.is_cut,
        "same": _address(filters),
        "other_sort": _address(filters, sort=_other(filters.sort)),
        # Whoever is on this page is counted already.
        "file_fits": has_room(request.user, Budget.NAMES, found.count - len(found.page.rows), at=request.at),
    }
    return render(request, "members/directory.html", context)


@require_safe
def directory_csv(request: MemberRequest) -> StreamingHttpResponse:
    people = queries.everybody_found(request.user, read_filters(request.GET).filters)
    ids = list(people.values_list("pk", flat=True))
    spend(request.user, Budget.NAMES, ids, at=request.at)
    take_directory(count=len(ids), by=request.user, at=request.at)
    rows = wall.kept(request.user.pk, people.iterator(chunk_size=500))
    lines = exports.people_table(rows, site_url=settings.SITE_URL)
    headers = {"Content-Disposition": 'attachment; filename="members.csv"'}
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)


@require_safe
def suggest(request: MemberRequest) -> HttpResponse:
    people = queries.suggestions(request.user, read_filters(request.GET).filters.q)
    spend(request.user, Budget.NAMES, [person.pk for person in people], at=request.at)
    return render(request, "members/suggestions.html", {"people": people})


@require_safe
def profile(request: MemberRequest, public_id: str) -> HttpResponse:
    member = get_object_or_404(queries.profiles(request.user), public_id=public_id)
    colleagues, similar = queries.colleagues(request.user, member), queries.similar(request.user, member)
    others = [each.pk for each in {*colleagues, *similar}]
    context = {
        "member": member,
        "colleagues": colleagues,
        "similar": similar,
        "shows_others": takes(request.user, Budget.NAMES, others, at=request.at),
        "clock": queries.local_time(request.user, member, request.at),
        "lists": queries.gathered(request.user, member, at=request.at),
        "can_contact": policies.can_contact(request.user, member),
        "can_edit": policies.can_edit_profile(request.user, member),
        "can_see_standing": policies.can_see_standing(request.user, member),
    }
    return render(request, "members/profile.html", context)


@require_safe
def visiting_card(request: MemberRequest, public_id: str) -> HttpResponse:
    member = get_object_or_404(queries.profiles(request.user), public_id=public_id)
    card = exports.visiting_card(member, address=request.build_absolute_uri(f"/members/{member.public_id}/"))
    headers = {"Content-Disposition": f'attachment; filename="{member.public_id}.vcf"'}
    return HttpResponse(card, content_type="text/vcard; charset=utf-8", headers=headers)


def _reader() -> str:
    return get_language() or "en"


def _words(organisations: Mapping[str, str], groups: Iterable[Option]) -> Words:
    """Return how to say a value of each facet."""
    named = {group.value: group.label for group in groups}
    return {
        "sector": lambda value: str(Sector(value).label),
        "region": lambda value: str(Region(value).label),
        "country": lambda value: country_name(value, _reader()),
        "expertise": lambda value: str(Expertise(value).label),
        "topic": lambda value: str(Topic(value).label),
        "language": lambda value: language_name(value, _reader()),
        "level": lambda value: str(LanguageLevel(value).label),
        "group": lambda value: named.get(value, _("unknown group")),
        "confirmed": lambda value: _("confirmed %(when)s") % {"when": Freshness(value).label},
        "organisation": lambda value: organisations.get(value, _("unknown organisation")),
    }


def _chips(filters: Filters, words: Words) -> list[tuple[str, str]]:
    """Return each filter in words with the address without it."""
    found = [(f"“{filters.q}”", _address(filters, q=""))] if filters.q else []
    for name, say in words.items():
        values = getattr(filters, name)
        found += [(say(value), _address(filters, **{name: [v for v in values if v != value]})) for value in values]
    return found


def _in_words(filters: Filters, words: Words) -> str:
    """Return all filters as one phrase: alternatives with "or", facets in a row."""
    alternatives = [f" {_('or')} ".join(map(say, getattr(filters, name))) for name, say in words.items()]
    if filters.q:
        alternatives.append(f"“{filters.q}”")
    return " · ".join(filter(None, alternatives))


def _address(filters: Filters, **changed: object) -> str:
    """Return the address of the directory with these filters, some of them changed."""
    values = {**vars(filters), **changed}
    if values["sort"] == Sort.NAME:
        del values["sort"]
    return "?" + urlencode({name: value for name, value in values.items() if value}, doseq=True)


def _other(sort: Sort) -> Sort:
    return Sort.NAME if sort is Sort.NEWEST else Sort.NEWEST
