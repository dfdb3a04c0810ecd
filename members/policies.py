"""Whom may a member see, and what may an officer do with an application?"""

from django.db.models import Q, QuerySet

from congress.core.roles import Permission
from members.models import Application, Member, MemberQuerySet


def visible_to(viewer: Member) -> MemberQuerySet:
    """Return the members who exist for this viewer: everyone listed, and always oneself."""
    if not viewer.may(Permission.BROWSE_MEMBERS):
        return Member.objects.filter(pk=viewer.pk)
    return Member.objects.listed()


def can_edit_profile(viewer: Member, member: Member) -> bool:
    """A profile is written by the person it is about."""
    return viewer.pk == member.pk


def applications_visible_to(viewer: Member) -> QuerySet[Application]:
    """Return the applications that exist for this viewer: a vetting officer's, never an unproved address."""
    if not viewer.may(Permission.DECIDE_APPLICATIONS):
        return Application.objects.none()
    return Application.objects.exclude(state="unverified")


def can_see_vetting_desk(viewer: Member) -> bool:
    """The desk is for officers."""
    return viewer.may(Permission.DECIDE_APPLICATIONS)


def can_decide(officer: Member, application: Application) -> bool:
    """Return whether an officer may decide on this case.

    Never on one of their own organisation, never twice, and never after a colleague of the same organisation.
    """
    return (
        officer.may(Permission.DECIDE_APPLICATIONS)
        and not _same_organisation(officer, application)
        and not application.decisions.filter(_colleagues(officer)).exists()
    )


def _colleagues(officer: Member) -> Q:
    if officer.organisation_id is None:
        return Q(officer=officer)
    return Q(officer=officer) | Q(officer__organisation=officer.organisation_id)


def _same_organisation(officer: Member, application: Application) -> bool:
    body = officer.organisation
    if body is None:
        return False
    domain = application.email.rpartition("@")[2].lower()
    return body.name.casefold() == application.organisation_name.casefold() or domain in body.mail_domains
