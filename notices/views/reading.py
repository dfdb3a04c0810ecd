"""How are notices listed and read over HTTP?"""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from congress.core.access import MemberRequest
from notices import forms, policies, queries
from notices.views.document import document, readable


@require_safe
def notices(request: MemberRequest) -> HttpResponse:
    filters, hints = forms.read_filters(request.GET)
    context = {
        "listing": queries.listing(request.user, filters, request.GET.get("after", "")),
        "filters": filters,
        "hints": hints,
        "chips": _chips(request, filters),
        "can_draft": policies.can_draft(request.user),
    }
    return render(request, "notices/notices.html", context)


@require_safe
def notice(request: MemberRequest, number: str) -> HttpResponse:
    found = readable(request, number)
    if number != found.number:
        return redirect("notices:notice", found.number)
    return render(request, "notices/notice.html", document(request, found))


def _chips(request: MemberRequest, filters: queries.Filters) -> list[tuple[str, str]]:
    chips = [(f"“{filters.q}”", _address_without(request, "q", filters.q))] if filters.q else []
    for name in ("state", "kind", "topic", "chemical", "country", "tlp"):
        values = getattr(filters, name)
        chips += [(str(queries.label_of(name, value)), _address_without(request, name, value)) for value in values]
    return chips


def _address_without(request: MemberRequest, name: str, value: str) -> str:
    left = request.GET.copy()
    left.pop("after", None)
    left.setlist(name, [other for other in left.getlist(name) if name != "q" and other != value])
    return f"{request.path}?{left.urlencode()}"
