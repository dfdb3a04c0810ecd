"""How do officers find their cases, and do the same with many of them?"""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from congress.core.access import MemberRequest
from congress.core.errors import permit
from congress.core.geography import Region
from congress.core.sectors import Sector
from members import exports, policies, queries
from members.actions import vetting_desk
from members.forms.vetting import CLOCK_CHOICES, OWNER_CHOICES, STAGE_CHOICES, BulkForm, read_queue_filters
from members.queries.facets import Option
from members.queries.vetting import CLOCKED
from members.queries.vetting_times import vetting_times as times_of_stages
from members.views.answering import attempt, typed

STEPS = {BulkForm.TAKE: vetting_desk.take_all, BulkForm.CALL: vetting_desk.want_calls}


@require_http_methods(["GET", "HEAD", "POST"])
def vetting_queue(request: MemberRequest) -> HttpResponse:
    permit(policies.can_see_vetting_desk(request.user))
    form = BulkForm(typed(request), cases=queries.workable_cases(request.user))
    done, status = attempt(form, lambda: _do_with_all(request, form))
    if done is not None:
        return redirect(request.get_full_path())
    context = {**_desk(request), "form": form, "chosen": form["case"].value() or []}
    return render(request, "members/vetting_queue.html", context, status=status)


def _desk(request: MemberRequest) -> dict[str, Any]:
    """Return the cases that an address asks for, and what stands around them."""
    filters = read_queue_filters(request.GET)
    today = request.at.date()
    facets = _facets(filters) if filters.is_open else _facets(filters)[3:]
    return {
        "page": queries.vetting_queue(request.user, filters, today=today, after=request.GET.get("after", "")),
        "filters": filters,
        "facets": facets,
        "chips": _chips(request.GET, facets),
        "counts": queries.vetting_counts(request.user, filters, today=today),
        "clocked": CLOCKED,
        "may_see_times": policies.can_see_vetting_times(request.user),
        "today": today,
        "at": request.at,
    }


@require_safe
def vetting_times(request: MemberRequest) -> HttpResponse:
    permit(policies.can_see_vetting_times(request.user))
    headers = {"Content-Disposition": 'attachment; filename="vetting-times.csv"'}
    table = exports.times_table(times_of_stages(request.user))
    return HttpResponse(table, content_type="text/csv; charset=utf-8", headers=headers)


def _do_with_all(request: MemberRequest, form: BulkForm) -> int:
    cases = list(form.cleaned_data["case"])
    step = form.cleaned_data["step"]
    count = STEPS[step](cases, by=request.user, at=request.at)
    if step == BulkForm.TAKE:
        done = ngettext("%(n)d case is yours now.", "%(n)d cases are yours now.", count)
    else:
        done = ngettext("Call-back asked for in %(n)d case.", "Call-back asked for in %(n)d cases.", count)
    left = len(cases) - count
    rest = ngettext("%(n)d was left as it is.", "%(n)d were left as they are.", left) % {"n": left} if left else ""
    messages.success(request, f"{done % {'n': count}} {rest}".strip())
    return count


def _facets(filters: queries.QueueFilters) -> list[dict[str, Any]]:
    """Return the filters as the desk draws them; none is counted, because the queue is short enough to read."""
    return [
        _facet("clock", _("Clock"), CLOCK_CHOICES, filters.clock),
        _facet("owner", _("Whose"), OWNER_CHOICES, filters.owner),
        _facet("stage", _("Stage"), STAGE_CHOICES, filters.stage),
        _facet("region", _("Region"), Region.choices, filters.region),
        _facet("sector", _("Sector"), Sector.choices, filters.sector),
    ]


def _chips(asked: QueryDict, facets: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """Return each filter in words with the address without it."""
    found = []
    for facet in facets:
        for option in facet["options"]:
            if option.selected:
                rest = asked.copy()
                rest.setlist(facet["name"], [each for each in asked.getlist(facet["name"]) if each != option.value])
                rest.pop("after", None)
                found.append((option.label, f"?{rest.urlencode()}"))
    return found


def _facet(name: str, title: str, choices: Iterable[tuple[str, Any]], chosen: tuple[str, ...]) -> dict[str, Any]:
    options = [Option(value, str(label), None, value in chosen) for value, label in choices]
    return {"name": name, "title": title, "options": options}
