"""How is the directory shown, and who is behind a name?"""

from django.conf import settings
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from congress.core import wall
from congress.core.access import MemberRequest
from congress.core.budgets import Budget, has_room, spend, takes
from congress.core.searches import Shortcut
from members import exports, policies, queries
from members.actions.lists import take_directory
from members.actions.searches import look_at_search
from members.forms import read_filters
from members.queries.directory import Directory
from members.queries.filters import Filters
from members.views.filter_words import address, chips, in_words, other_sort, other_view, single_words, words_for
from members.views.leads import leads


@require_safe
def directory(request: MemberRequest) -> HttpResponse:
    read = read_filters(request.GET)
    filters = read.filters
    found = queries.directory(request.user, filters, request.GET.get("after", ""))
    spend(request.user, Budget.NAMES, [member.pk for member in found.page.rows], at=request.at)
    shortcuts = _shortcuts(request, filters)
    context = {
        "directory": found,
        "read": read,
        "filters": filters,
        "shortcuts": shortcuts,
        "is_kept": any(shortcut.is_current for shortcut in shortcuts),
        **leads(request.user, filters, found),
        **_said(filters, found),
        # Whoever is on this page is counted already.
        "file_fits": has_room(request.user, Budget.NAMES, found.count - len(found.page.rows), at=request.at),
    }
    return render(request, "members/directory.html", context)


def _said(filters: Filters, found: Directory) -> dict[str, object]:
    """Return the filters in words, and the addresses that they lead to."""
    named = ("organisation", "group", "meeting")
    names = {name: {option.value: option.label for option in found.facets[name]} for name in named}
    words = words_for(**names)
    return {
        "chips": chips(filters, words),
        "in_words": in_words(filters, words),
        "same": address(filters),
        "next_page": address(filters, after=found.page.after),
        "single_words": single_words(filters) if found.is_narrowed or not found.count else [],
        "other_sort": address(filters, sort=other_sort(filters.sort)),
        "other_view": address(filters, view=other_view(filters.view)),
    }


def _shortcuts(request: MemberRequest, filters: Filters) -> list[Shortcut]:
    """Return the saved searches; whoever looks at one has seen who is new in it."""
    shortcuts = queries.shortcuts(request.user, filters)
    if any(shortcut.is_current for shortcut in shortcuts):
        look_at_search(filters, by=request.user, at=request.at)
    return shortcuts


@require_safe
def directory_csv(request: MemberRequest) -> StreamingHttpResponse:
    people = queries.everybody_found(request.user, read_filters(request.GET).all_used())
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
    beside = queries.beside(request.user, member)
    others = [each.pk for each in {*beside.colleagues, *beside.similar}]
    context = {
        "member": member,
        "beside": beside,
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
