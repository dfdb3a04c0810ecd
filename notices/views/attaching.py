"""How do files come to a notice and to its readers over HTTP?"""

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from congress.core.access import MemberRequest
from congress.core.files.serve import serve
from members.views.answering import typed
from notices import actions, forms, queries
from notices.views.answering import attempt
from notices.views.document import readable

if TYPE_CHECKING:
    from notices.models import Attachment, Notice


@require_http_methods(["GET", "HEAD", "POST"])
def notice_attachments(request: MemberRequest, number: str) -> HttpResponse:
    found = readable(request, number)
    actions.check_step("edit", found, request.user)
    form = forms.AttachmentForm(typed(request), request.FILES or None)
    added, status = attempt(form, lambda: _attach(request, found, form))
    if added:
        return _back_to_list(request, found, _("The file is attached."))
    context = {"notice": found, "form": form, "files": queries.attachments_of(request.user, found)}
    return render(request, "notices/notice_attachments.html", context, status=status)


@require_safe
def notice_attachment(request: MemberRequest, number: str, public_id: str) -> HttpResponseBase:
    found = _file(request, number, public_id)
    try:
        taken = actions.take_file(found, by=request.user, at=request.at)
    except actions.NotAcknowledgedError:
        return redirect("notices:notice", found.edition.notice.number)  # which asks for the promise
    return serve(request, key=taken.stored_as, kind=taken.file_kind, name=taken.name)


@require_http_methods(["GET", "HEAD", "POST"])
def notice_attachment_change(request: MemberRequest, number: str, public_id: str) -> HttpResponse:
    found = _own_file(request, number, public_id)
    form = forms.CaptionForm(typed(request), initial=forms.typed_caption(found))
    changed, status = attempt(form, lambda: actions.describe(found, form.caption, by=request.user, at=request.at))
    if changed:
        return _back_to_list(request, found.edition.notice, _("What is said of the file is saved."))
    context = {"notice": found.edition.notice, "file": found, "form": form}
    return render(request, "notices/notice_attachment_change.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def notice_attachment_remove(request: MemberRequest, number: str, public_id: str) -> HttpResponse:
    found = _own_file(request, number, public_id)
    form = forms.ConfirmForm(typed(request))
    removed, status = attempt(form, lambda: actions.detach(found, by=request.user, at=request.at))
    if removed:
        return _back_to_list(request, removed, _("The file is removed."))
    context = {"notice": found.edition.notice, "file": found, "form": form}
    return render(request, "notices/notice_attachment_remove.html", context, status=status)


@require_POST
def notice_attachment_forward(request: MemberRequest, number: str, public_id: str) -> HttpResponse:
    found = _own_file(request, number, public_id)
    notice = actions.bring_forward(found, by=request.user, at=request.at)
    return _back_to_list(request, notice, _("The order is changed."))


def _file(request: MemberRequest, number: str, public_id: str) -> "Attachment":
    found = queries.attachment_to_take(request.user, number, public_id)
    if found is None:
        raise Http404
    return found


def _own_file(request: MemberRequest, number: str, public_id: str) -> "Attachment":
    """Return a file of a draft that this person writes."""
    found = _file(request, number, public_id)
    actions.check_step("edit", found.edition.notice, request.user)
    return found


def _attach(request: MemberRequest, notice: "Notice", form: forms.AttachmentForm) -> "Attachment":
    upload = form.cleaned_data["file"]
    return actions.attach(notice, upload, form.caption, by=request.user, at=request.at)


def _back_to_list(request: MemberRequest, notice: "Notice", message: str | Promise) -> HttpResponse:
    messages.success(request, str(message))
    answer = redirect("notices:notice_attachments", notice.number)
    answer.status_code = HTTPStatus.SEE_OTHER
    return answer
