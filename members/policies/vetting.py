"""What may an officer see of applications, and on which may they decide?"""

from django.db.models import Exists, OuterRef, Q, QuerySet

from congress.core.roles import Permission
from members.models import APPLICATION_STATES, Application, Decision, Member, Organisation, Sponsor


def can_see_vetting_desk(viewer: Member) -> bool:
    """The desk is for officers."""
    return viewer.may(Permission.DECIDE_APPLICATIONS)


def applications_visible_to(viewer: Member) -> QuerySet[Application]:
    """Return the applications that exist for this viewer: an officer's are all that were ever sent."""
    if not can_see_vetting_desk(viewer):
        return Application.objects.none()
    return Application.objects.filter(state__in=APPLICATION_STATES.having("read"))


def decidable_by(officer: Member) -> QuerySet[Application]:
    """Return the applications on which this officer has no conflict, in whichever state.

    Never one of their own organisation, never one on which they or a colleague have decided, never one of somebody
    for whom they were asked to vouch or whom they invited. An officer without an organisation decides nothing: nobody
    could tell whose interest they have.
    """
    if officer.organisation is None:
        return Application.objects.none()
    colleagues = Q(officer=officer) | Q(officer__organisation=officer.organisation)
    decided = Decision.objects.filter(colleagues, application=OuterRef("pk"))
    asked = Sponsor.objects.of(officer).filter(application=OuterRef("pk"))
    others = applications_visible_to(officer).exclude(_of_body(officer.organisation)).exclude(nominated_by=officer)
    return others.exclude(Exists(decided)).exclude(Exists(asked))


def can_decide(officer: Member, application: Application) -> bool:
    """Return whether an officer may decide on this case; one query."""
    return decidable_by(officer).filter(pk=application.pk).exists()


def _of_body(body: Organisation) -> Q:
    own = Q(organisation_name__iexact=body.name)
    if body.native_name:
        own |= Q(organisation_name__iexact=body.native_name)
    for domain in body.mail_domains:
        own |= Q(email__iendswith=f"@{domain}") | Q(email__iendswith=f".{domain}")
    return own
