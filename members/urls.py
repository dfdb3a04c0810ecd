"""Which address leads where in this package?"""

from django.urls import path

from members.views import (
    accounts,
    applications,
    directory,
    focal_points,
    membership,
    profiles,
    reading,
    renewal,
    roles,
    vetting,
    vetting_case,
)

app_name = "members"

urlpatterns = [
    path("accounts/onward/", accounts.onward, name="onward"),
    path("apply/", applications.apply, name="apply"),
    path("apply/sent/", applications.apply_sent, name="apply_sent"),
    path("apply/status/<str:token>/", applications.application_status, name="application_status"),
    path("apply/status/<str:token>/verify/", applications.application_verify, name="application_verify"),
    path("apply/status/<str:token>/form/", applications.application_form, name="application_form"),
    path("apply/status/<str:token>/withdraw/", applications.application_withdraw, name="application_withdraw"),
    path("members/", directory.directory, name="directory"),
    path("members/me/", profiles.profile_edit, name="profile_edit"),
    path("members/me/membership/", renewal.membership, name="membership"),
    path("members/me/reading/", reading.my_reading, name="my_reading"),
    path("members/reading/", reading.reading, name="reading"),
    path("members/vetting/", vetting.vetting_queue, name="vetting_queue"),
    path("members/vetting/<slug:public_id>/", vetting_case.vetting_case, name="vetting_case"),
    path("members/vetting/<slug:public_id>/decide/", vetting_case.vetting_decide, name="vetting_decide"),
    path("members/vetting/<slug:public_id>/assign/", vetting_case.vetting_assign, name="vetting_assign"),
    path("members/organisation/", focal_points.organisation, name="organisation"),
    path("members/organisation/confirm/", focal_points.organisation_confirm, name="organisation_confirm"),
    path("members/organisation/rules/", focal_points.organisation_terms, name="organisation_terms"),
    path("members/roles/", roles.roles, name="roles"),
    path("members/<slug:public_id>/role/", roles.role_propose, name="role_propose"),
    path("members/<slug:public_id>/roles/<slug:role>/approve/", roles.role_approve, name="role_approve"),
    path("members/<slug:public_id>/roles/<slug:role>/decline/", roles.role_decline, name="role_decline"),
    path("members/<slug:public_id>/roles/<slug:role>/end/", roles.role_end, name="role_end"),
    path("members/suspensions/", membership.suspensions, name="suspensions"),
    path("members/<slug:public_id>/", directory.profile, name="profile"),
    path("members/<slug:public_id>/standing/", membership.standing, name="standing"),
    path("members/<slug:public_id>/departure/", membership.departure, name="departure"),
    path("members/<slug:public_id>/reading/", reading.reading_lift, name="reading_lift"),
    path("members/<slug:public_id>/suspend/", membership.suspend, name="suspend"),
    path("members/<slug:public_id>/reinstate/", membership.reinstate, name="reinstate"),
    path("members/<slug:public_id>.vcf", directory.visiting_card, name="visiting_card"),
]
