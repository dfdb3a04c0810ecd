"""How do members reach each other without an address?"""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from congress.core.access import MemberRequest
from congress.core.errors import permit
from members import policies, queries
from members.actions import conversations as actions
from members.forms.conversations import MessageForm
from members.views.answering import attempt, typed

if TYPE_CHECKING:
    from members.models import Conversation, Member


@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: MemberRequest, public_id: str) -> HttpResponse:
    member: Member = get_object_or_404(queries.profiles(request.user), public_id=public_id)
    permit(policies.can_contact(request.user, member))
    if request.method != "POST" and (begun := queries.begun_with(request.user, member)):
        return redirect("members:conversation", begun.public_id)
    form = MessageForm(typed(request))
    made, status = attempt(
        form,
        lambda: actions.open_conversation(member, by=request.user, at=request.at, text=form.cleaned_data["text"]),
    )
    if made:
        messages.success(request, _("Your message waits for %(name)s.") % {"name": member})
        return redirect("members:conversation", made.public_id)
    return render(request, "members/contact.html", {"form": form, "member": member}, status=status)


@require_safe
def conversations(request: MemberRequest) -> HttpResponse:
    context = {
        "page": queries.conversations(request.user, request.GET.get("after", "")),
        "blocks": queries.blocks_of(request.user),
    }
    return render(request, "members/conversations.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def conversation(request: MemberRequest, public_id: str) -> HttpResponse:
    found = _own(request, public_id)
    form = MessageForm(typed(request))
    said, status = attempt(
        form, lambda: actions.say(found, by=request.user, at=request.at, text=form.cleaned_data["text"])
    )
    if said:
        return redirect("members:conversation", found.public_id)
    actions.mark_read(found, by=request.user)
    context = {
        "conversation": found,
        "other": found.other(request.user),
        "messages_said": queries.messages_of(found),
        "form": form,
        "may_write": policies.can_say_more(request.user, found),
        "may_decline": not found.is_opened_by(request.user),
        "shows_mine": found.shows_address_of(request.user),
    }
    return render(request, "members/conversation.html", context, status=status)


@require_POST
def conversation_decline(request: MemberRequest, public_id: str) -> HttpResponse:
    actions.decline(_own(request, public_id), by=request.user, at=request.at)
    messages.success(request, _("The conversation is put aside. The other person is not told."))
    return redirect("members:conversations")


@require_POST
def conversation_address(request: MemberRequest, public_id: str) -> HttpResponse:
    found = actions.show_address(_own(request, public_id), by=request.user, at=request.at)
    return redirect("members:conversation", found.public_id)


@require_POST
def block(request: MemberRequest, public_id: str) -> HttpResponse:
    found = _own(request, public_id)
    actions.block(found.other(request.user), by=request.user, at=request.at)
    messages.success(request, _("You hear nothing more from this person, who is not told."))
    return redirect("members:conversations")


@require_POST
def unblock(request: MemberRequest, public_id: str) -> HttpResponse:
    blocked = get_object_or_404(queries.blocks_of(request.user), blocked__public_id=public_id)
    actions.unblock(blocked.blocked, by=request.user, at=request.at)
    messages.success(request, _("The block is lifted."))
    return redirect("members:conversations")


def _own(request: MemberRequest, public_id: str) -> "Conversation":
    return get_object_or_404(queries.conversation_known_to(request.user), public_id=public_id)
