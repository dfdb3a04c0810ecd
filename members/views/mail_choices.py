"""Which letters come, and how does one end them without signing in?"""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from congress.core.access import MemberRequest, open_to
from congress.core.roles import Standing
from members import policies, queries
from members.actions.mail_choices import choose_mail
from members.forms.mail_choices import MailChoiceForm
from members.views.answering import typed


@require_http_methods(["GET", "HEAD", "POST"])
def mail_choice(request: MemberRequest) -> HttpResponse:
    chosen = policies.mail_choice_of(request.user)
    initial = {name: chosen is None or getattr(chosen, name) for name in MailChoiceForm.base_fields}
    form = MailChoiceForm(typed(request), initial=initial)
    if form.is_valid():
        choose_mail(request.user, by=request.user, at=request.at, **form.cleaned_data)
        messages.success(request, _("Your choice is saved."))
        return redirect("members:mail_choice")
    return render(request, "members/mail_choice.html", {"form": form})


@csrf_exempt  # a mail program posts without a page of ours; the link itself is the proof. Source: RFC 8058.
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@open_to(Standing.ANYONE, why="the link in the digest that ends it; mail programs post to it without signing in")
def digest_stop(request: MemberRequest, token: str) -> HttpResponse:
    """End the digest of whoever the link was made for; a dead link gets the same answer, byte for byte."""
    subject = queries.digest_stop_subject(token)
    if subject is None:
        return render(request, "members/digest_stop_unknown.html", status=HTTPStatus.NOT_FOUND)
    is_posted = request.method == "POST"
    if is_posted and (member := queries.taker_behind(subject)):
        choose_mail(member, by=member, at=request.at, takes_digest=False)
    return render(request, "members/digest_stop.html", {"is_posted": is_posted})
