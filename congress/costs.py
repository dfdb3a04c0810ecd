"""How much of what a member may read does each page take? Every address has a cost here, or a reason for none.

What a page costs is counted before it is made, by what stands in its address. Lists of people count whom they show,
which only they know: they call `budgets.spend` with `Budget.NAMES` themselves, or `takes` for what stands beside.
Source: decision 0026.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from congress.core.access import MemberRequest
from congress.core.budgets import Budget, spend
from congress.core.errors import DomainError, answer

# What stands for one thing of a budget: a name in the address, or the whole address.
BY_NAME = {Budget.PROFILES: "public_id", Budget.NOTICES: "number"}

COSTS: dict[str, tuple[Budget, ...]] = {
    "members:api_members": (Budget.NAMES, Budget.FURTHER_PAGES),
    "members:api_member": (Budget.PROFILES,),
    "members:directory": (Budget.NAMES, Budget.FURTHER_PAGES),
    "members:organisation_record": (Budget.NAMES, Budget.FURTHER_PAGES),
    "members:country": (Budget.NAMES,),
    "members:organisations": (Budget.FURTHER_PAGES,),
    "members:api_organisations": (Budget.FURTHER_PAGES,),
    "members:directory_csv": (Budget.NAMES, Budget.EXPORTS),
    "members:suggest": (Budget.NAMES,),
    "members:profile": (Budget.PROFILES, Budget.NAMES),
    "members:visibility": (Budget.NAMES,),
    "members:introduction_ask": (Budget.NAMES,),
    "members:photograph": (Budget.NAMES,),
    "members:visiting_card": (Budget.PROFILES,),
    "members:standing": (Budget.PROFILES,),
    "members:departure": (Budget.PROFILES,),
    "members:suspend": (Budget.PROFILES,),
    "members:role_propose": (Budget.PROFILES,),
    # Counted by itself for the member whose calendar asks: nobody is signed in there.
    "events:calendar_feed": (Budget.EXPORTS,),
    "notices:notices": (Budget.FURTHER_PAGES,),
    "notices:notices_csv": (Budget.EXPORTS,),
    "notices:notice_pdf": (Budget.NOTICES, Budget.EXPORTS),
    **dict.fromkeys(
        [
            "notices:notice", "notices:notice_attachment", "notices:notice_attachments", "notices:notice_compare",
            "notices:notice_edition", "notices:notice_editions", "notices:notice_preview", "notices:notice_readers",
            "notices:notice_why",
        ],
        (Budget.NOTICES,),
    ),
}  # fmt: skip

FREE: dict[str, tuple[str, ...]] = {
    "public, the same for everybody who asks": (
        "landing", "about", "health_live", "health_ready", "styleguide", "events:meetings", "events:meeting",
        "events:programme", "events:programme_calendar", "events:session", "events:speaker",
    ),
    "before or outside membership; a private link opens what is one's own": (
        "members:onward", "members:digest_stop", "members:lost_factor", "members:recovery_stop",
        "members:apply", "members:apply_sent", "members:application_status",
        "members:sponsor", "members:sponsor_withdraw", "members:application_verify", "members:application_form",
        "members:application_withdraw", "members:application_step", "members:application_check",
        "members:application_sponsor", "members:application_sponsor_again",
        "members:application_answer", "members:application_appeal", "members:provisional",
    ),
    "one's own data, or a form of one's own": (
        "events:calendar_feeds", "events:calendar_feed_end",
        "events:register", "events:registration", "events:registration_withdraw", "members:block",
        "members:conversation", "members:conversation_address", "members:conversation_decline",
        "members:conversations", "members:introduction", "members:introduction_accept",
        "members:introduction_set_aside", "members:introductions", "members:mail_choice", "members:membership",
        "members:my_reading",
        "members:profile_edit", "members:photograph_edit", "members:photograph_remove",
        "members:erasure", "members:erasure_cancel",
        "members:own_data", "members:own_data_copy", "members:own_recovery_stop",
        "members:recoveries", "members:recovery_part", "members:report", "members:search_delete", "members:search_edit",
        "members:search_new", "members:sessions", "members:sessions_end",
        "members:device_forget",
        "members:sponsorship", "members:sponsorship_withdraw", "members:sponsorships",
        "members:token_revoke", "members:tokens",
        "members:unblock", "notices:search_delete", "notices:search_edit",
        "notices:search_new",
    ),
    "a form under a name that was found already; new conversations are limited by themselves": ("members:contact",),
    "a few lines of what is new, which the digest says too": ("home",),
    "numbers only, and nobody's name": (
        "members:network", "members:network_csv", "members:api_organisation", "members:api_countries",
        "members:api_country", "members:need_new", "members:searches",
    ),
    "how the interface for programs is built": ("members:api_schema",),
    "what members ask the few whom they mean, and their own; asking is limited by itself": (
        "members:needs", "members:need", "members:need_close", "members:need_take_away",
    ),
    "the people of one's own organisation, whom one answers for": (
        "members:organisation", "members:organisation_confirm", "members:organisation_nominate",
        "members:organisation_terms",
    ),
    "the newcomers for whom one's own organisation vouched, to whom one may object": (
        "members:newcomers", "members:newcomer",
    ),
    "the few who steer and advise the network; every member is to know them": (
        "members:groups", "members:group",
    ),
    "an officer's desk: the work comes to it, and each step is in the journal": (
        "members:vetting_queue", "members:vetting_case", "members:vetting_decide", "members:vetting_assign",
        "members:vetting_check", "members:vetting_call", "members:vetting_note", "members:vetting_ask",
        "members:vetting_go_on", "members:vetting_settle", "members:vetting_times", "members:roles",
        "members:suspensions", "members:reading", "members:reading_lift", "events:delegates",
        "events:programme_draft", "events:programme_release", "notices:exceptions", "members:reports",
        "members:members_import",
        "members:report_settle", "members:group_new", "members:group_edit", "members:seats_add",
        "members:seat_propose",
    ),
    "changes one thing that the reader has open already, or writes a text of one's own": (
        "members:seat_close", "members:seat_confirm", "members:seat_decline", "members:term_end",
        "members:group_dissolve",
        "members:role_approve", "members:role_decline", "members:role_end", "members:reinstate",
        "notices:notice_new", "notices:notice_acknowledge", "notices:notice_read", "notices:notice_edit",
        "notices:notice_edition_read",
        "notices:notice_autosave", "notices:notice_texts", "notices:notice_share", "notices:notice_discard",
        "notices:notice_update", "notices:notice_attachment_change", "notices:notice_attachment_remove",
        "notices:notice_attachment_forward", "notices:notice_submit", "notices:notice_cosponsors",
        "notices:notice_cosponsor", "notices:notice_review", "notices:notice_publish",
        "notices:notice_unschedule", "notices:notice_confirm", "notices:notice_suspend",
        "notices:notice_reinstate", "notices:notice_withdraw", "notices:notice_exceptions",
        "notices:notice_exception_end",
    ),
}  # fmt: skip


class BudgetMiddleware:
    """Counts what a page costs before it is made, once the door has let the member in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: MemberRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Return the refusal of a budget that is used up, or None to go on."""
        match = request.resolver_match
        if request.method == "POST" or match is None or not request.user.is_authenticated:
            return None
        try:
            for budget in COSTS.get(match.view_name, ()):
                spend(request.user, budget, _things(budget, request, kwargs), at=request.at)
        except DomainError as error:
            return answer(request, error)
        return None


def _things(budget: Budget, request: HttpRequest, kwargs: dict[str, Any]) -> list[str]:
    """Return what a page shows of one budget, as far as its address says it."""
    if name := BY_NAME.get(budget):
        return [str(kwargs[name]).upper()]
    if budget is Budget.NAMES or (budget is Budget.FURTHER_PAGES and "after" not in request.GET):
        return []
    return [request.get_full_path()]
