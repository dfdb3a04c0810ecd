"""Where does somebody go on to who has just set up a second factor?"""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from congress.core.access import SIGNED_IN, WANTED, MemberRequest, open_to
from congress.core.roles import Standing


@require_safe
@open_to(*SIGNED_IN, why="everybody who may enrol is led on from there")
def onward(request: MemberRequest) -> HttpResponse:
    if request.user.standing == Standing.MEMBER and not request.user.latin_name:
        return redirect("members:profile_edit")
    return redirect(request.session.get(WANTED) or "home")
