"""How are notices written and sent to be checked over HTTP?"""

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from congress.core.access import MemberRequest
from congress.core.errors import BadRequestError, permit
from members.views.answering import typed
from notices import actions, forms, policies, queries
from notices.views.answering import attempt, go_on, whole_number
from notices.views.document import document, readable

if TYPE_CHECKING:
    from notices.models import Notice, SavedText


@require_http_methods(["GET", "HEAD", "POST"])
def notice_new(request: MemberRequest) -> HttpResponse:
    permit(policies.can_draft(request.user))
    form = forms.ContentForm(typed(request), viewer=request.user)
    made, status = attempt(form, lambda: actions.draft(form.content(), by=request.user, at=request.at))
    if made:
        return go_on(request, made, _("The draft is saved."))
    return render(request, "notices/notice_new.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def notice_edit(request: MemberRequest, number: str) -> HttpResponse:
    found = readable(request, number)
    actions.check_step("edit", found, request.user)
    form = content_form(request, found)
    try:
        saved, status = attempt(form, lambda: _save(request, found, form))
    except actions.EditConflictError as error:
        saved, status = None, error.status
        form.compare_with(readable(request, number))
    if saved:
        return go_on(request, saved, _("The draft is saved."))
    context = {
        "form": form,
        "notice": found,
        "remarks": queries.open_remarks(found),
        "suspicions": queries.suspicions_of(found),
        "original": queries.notice_to_update(request.user, found),
        "last_saved": queries.saved_texts(request.user, found).first(),
        "chosen_text": _chosen_text(request, found),
        "steps": policies.steps_open_to(request.user, found),
    }
    return render(request, "notices/notice_edit.html", context, status=status)


def content_form(request: MemberRequest, notice: "Notice") -> forms.ContentForm:
    """Return the form of a draft: opened with what is saved or was saved once, or posted with both texts settled.

    Raises: BadRequestError for a form that lost its texts on the way: saving it would wipe them.
    """
    if request.method == "POST" and "section_summary" not in request.POST:
        raise BadRequestError(_("The form arrived without its texts, so nothing was saved. Reload the page."))
    saved = forms.typed(notice, request.user)
    data = forms.settled(request.POST, saved) if request.method == "POST" else None
    text = _chosen_text(request, notice)
    initial = saved | (forms.text_values(text) if text else {})
    return forms.ContentForm(data, viewer=request.user, is_update=notice.updates_id is not None, initial=initial)


def _chosen_text(request: MemberRequest, notice: "Notice") -> "SavedText | None":
    """Return the text that somebody saved once and wants to go on with, if the address names one."""
    version = request.GET.get("text", "")
    if not version:
        return None
    return get_object_or_404(queries.saved_texts(request.user, notice), version=whole_number(version))


@require_http_methods(["GET", "HEAD", "POST"])
def notice_submit(request: MemberRequest, number: str) -> HttpResponse:
    found = readable(request, number)
    actions.check_step("submit", found, request.user)
    shown = document(request, found)
    form = forms.SubmissionForm(typed(request), suspicions=shown["suspicions"])
    sent, status = attempt(form, lambda: _submit(request, found, form))
    if sent:
        return go_on(request, sent, _("The notice is with the compliance officers."))
    context = {**shown, "preview": queries.preview(request.user, found, request.at), "form": form}
    return render(request, "notices/notice_submit.html", context, status=status)


def _submit(request: MemberRequest, notice: "Notice", form: forms.SubmissionForm) -> "Notice":
    return actions.submit(notice, asks_officer=form.asks, by=request.user, at=request.at)


def _save(request: MemberRequest, notice: "Notice", form: forms.ContentForm) -> "Notice":
    version = form.cleaned_data["version"] or 0
    return actions.edit(notice, form.content(), version=version, by=request.user, at=request.at)


@require_http_methods(["GET", "HEAD", "POST"])
def notice_share(request: MemberRequest, number: str) -> HttpResponse:
    found = readable(request, number)
    actions.check_step("share", found, request.user)
    form = forms.ShareForm(typed(request), viewer=request.user, notice=found)
    shared, status = attempt(form, lambda: _share(request, found, form))
    if shared:
        return go_on(request, shared, _("It is noted who writes this notice."))
    return render(request, "notices/notice_share.html", {"form": form, "notice": found}, status=status)


@require_safe
def notice_texts(request: MemberRequest, number: str) -> HttpResponse:
    found = readable(request, number)
    actions.check_step("edit", found, request.user)
    texts = queries.saved_texts(request.user, found)
    version = request.GET.get("version", "")
    chosen = get_object_or_404(texts, version=whole_number(version)) if version else None
    context = {
        "notice": found,
        "texts": texts,
        "chosen": chosen,
        "since": queries.since(chosen, texts[0]) if chosen else None,
    }
    return render(request, "notices/notice_texts.html", context)


def _share(request: MemberRequest, notice: "Notice", form: forms.ShareForm) -> "Notice":
    return actions.share(notice, coauthors=form.cleaned_data["coauthors"], by=request.user, at=request.at)
