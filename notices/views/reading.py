"""How are notices listed and read over HTTP?"""

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from congress.core.access import MemberRequest
from notices import actions, forms, policies, queries
from notices.views.answering import whole_number
from notices.views.document import cover, document, readable

if TYPE_CHECKING:
    from notices.models import Notice


@require_safe
def notices(request: MemberRequest) -> HttpResponse:
    filters, hints = forms.read_filters(request.GET)
    shortcuts = queries.shortcuts(request.user, filters)
    listing = queries.listing(request.user, filters, request.at.date(), request.GET.get("after", ""))
    context = {
        "listing": listing,
        "filters": filters,
        "hints": hints,
        "chips": _chips(request, filters),
        "ways_out": _ways_out(request, filters, listing.counted.without),
        "shortcuts": shortcuts,
        "is_kept": any(shortcut.is_current for shortcut in shortcuts),
        "query": queries.query_of(filters),
        "can_draft": policies.can_draft(request.user),
    }
    return render(request, "notices/notices.html", context)


@require_safe
def notice(request: MemberRequest, number: str) -> HttpResponse:
    try:
        found = readable(request, number)
    except Http404:
        return _drafted_as(request, number)
    if number != found.number:
        return redirect("notices:notice", found.number)
    reading = queries.own_reading(request.user, found)
    if not reading.is_open:
        return render(request, "notices/notice_acknowledge.html", cover(request, found))
    context = {**document(request, found), "reading": reading, "related": queries.related(request.user, found)}
    return render(request, "notices/notice.html", context)


@require_POST
def notice_acknowledge(request: MemberRequest, number: str) -> HttpResponse:
    found = readable(request, number)
    shown = whole_number(request.POST.get("edition", ""))
    try:
        actions.acknowledge(found, edition=shown, by=request.user, at=request.at)
    except actions.NewEditionError as error:
        context = {**cover(request, found), "error": error}
        return render(request, "notices/notice_acknowledge.html", context, status=error.status)
    return _back_to(found)


@require_POST
def notice_read(request: MemberRequest, number: str) -> HttpResponse:
    found = readable(request, number)
    actions.mark_read(found, by=request.user, at=request.at)
    if not request.headers.get("HX-Request"):
        return _back_to(found)
    context = {"notice": found, "reading": queries.own_reading(request.user, found)}
    return render(request, "notices/notice_read.html", context)


def _drafted_as(request: MemberRequest, number: str) -> HttpResponse:
    """An update had a number of its own until it was brought out: it leads on for those who see that edition."""
    updated = queries.notice_drafted_as(request.user, number.upper())
    if updated is None:
        raise Http404
    return redirect("notices:notice", updated.number)


def _back_to(notice: "Notice") -> HttpResponse:
    answer = redirect("notices:notice", notice.number)
    answer.status_code = HTTPStatus.SEE_OTHER
    return answer


def _chips(request: MemberRequest, filters: queries.Filters) -> list[tuple[str, str]]:
    chips = [(f"“{filters.q}”", _address_without(request, "q", filters.q))] if filters.q else []
    for name in ("state", "kind", "topic", "chemical", "country", "tlp", "unread"):
        values = getattr(filters, name)
        chips += [(str(queries.label_of(name, value)), _address_without(request, name, value)) for value in values]
    return chips


def _ways_out(request: MemberRequest, filters: queries.Filters, without: dict[str, int]) -> list[tuple[str, int, str]]:
    """Return which filter to drop where no notice is left: in words, what it would leave, and the address."""
    found = [(name, without[name], getattr(filters, name)) for name in without]
    return [
        (
            ", ".join(str(queries.label_of(name, value)) for value in values),
            count,
            _address_without(request, name, *values),
        )
        for name, count, values in found
        if values
    ]


def _address_without(request: MemberRequest, name: str, *values: str) -> str:
    left = request.GET.copy()
    left.pop("after", None)
    left.setlist(name, [other for other in left.getlist(name) if name != "q" and other not in values])
    return f"{request.path}?{left.urlencode()}"
