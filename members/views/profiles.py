"""What does a member say about themselves?"""

from dataclasses import asdict

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from congress.core.access import MemberRequest
from members.actions.profiles import ProfileText, edit_profile
from members.forms import ProfileForm


@require_http_methods(["GET", "HEAD", "POST"])
def profile_edit(request: MemberRequest) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    written = ProfileText.of(request.user)
    asks_latin_name = not written.latin_name
    form = ProfileForm(data, initial=asdict(written), asks_latin_name=asks_latin_name, spoken=written.spoken)
    if form.is_valid():
        edit_profile(request.user, by=request.user, at=request.at, text=ProfileText(**form.answers))
        messages.success(request, _("Your profile has been saved."))
        return redirect("members:profile", request.user.public_id)
    return render(request, "members/profile_edit.html", {"form": form}, status=422 if form.errors else 200)
