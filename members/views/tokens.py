"""Which programs read for a member?"""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from congress.core.access import MemberRequest
from congress.core.step_up import steps_up
from members import policies, queries
from members.actions.tokens import make_token, revoke_token
from members.forms.tokens import TokenForm
from members.views.answering import attempt, typed


@require_http_methods(["GET", "HEAD", "POST"])
@steps_up
def tokens(request: MemberRequest) -> HttpResponse:
    form = TokenForm(typed(request))
    made, status = attempt(form, lambda: make_token(request.user, by=request.user, at=request.at, **form.cleaned_data))
    context = {
        "form": TokenForm() if made else form,
        "made": made,
        "tokens": queries.own_tokens(request.user),
        "at": request.at,
    }
    # Not a redirect: this page is the only one that ever shows the token.
    return render(request, "members/tokens.html", context, status=201 if made else status)


@require_POST
def token_revoke(request: MemberRequest, public_id: str) -> HttpResponse:
    found = get_object_or_404(policies.tokens_of(request.user), public_id=public_id)
    revoke_token(found, by=request.user, at=request.at)
    messages.success(request, _("The token is dead."))
    return redirect("members:tokens")
