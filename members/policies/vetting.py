"""What may an officer see of applications, and on which may they work and decide?"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from congress.core.roles import ROLES, Permission, Role, Standing
from members.models import (
    APPEAL_DAYS,
    APPLICATION_STATES,
    Application,
    Decision,
    Member,
    MemberQuerySet,
    NameKey,
    Objection,
    Organisation,
    Origin,
    RoleGrant,
    Sponsor,
)
from members.policies.membership import departure_by

OFFICERS = [role for role, can in ROLES.items() if Permission.DECIDE_APPLICATIONS in can.permissions]


def can_see_vetting_desk(viewer: Member) -> bool:
    """The desk is for officers."""
    return viewer.may(Permission.DECIDE_APPLICATIONS)


def can_see_vetting_times(viewer: Member) -> bool:
    """How long the desk takes is for those who answer for it, and for auditors; it names nobody."""
    return viewer.may(Permission.LEAD_VETTING) or viewer.may(Permission.READ_JOURNAL)


def applications_visible_to(viewer: Member) -> QuerySet[Application]:
    """Return the applications that exist for this viewer: an officer's are all that were ever sent, but the own one.

    It says who vouched, and who objected, in confidence.
    """
    if not can_see_vetting_desk(viewer):
        return Application.objects.none()
    return Application.objects.filter(state__in=APPLICATION_STATES.having("read")).exclude(member=viewer)


def on_file(officer: Member) -> MemberQuerySet:
    """Return the people with whom an officer compares an applicant: of every standing, also those shut out."""
    return Member.objects.all() if can_see_vetting_desk(officer) else Member.objects.none()


def names_on_file(officer: Member) -> QuerySet[NameKey]:
    """Return the names of those people, whoever else sees them: an impostor may take one that is shown to nobody."""
    return NameKey.objects.all() if can_see_vetting_desk(officer) else NameKey.objects.none()


def workable_by(officer: Member) -> QuerySet[Application]:
    """Return the applications on which this officer has no conflict, in whichever state.

    Never one of their own organisation, never one of somebody for whom they were asked to vouch or whom they invited.
    An officer without an organisation works on nothing: nobody could tell whose interest they have.
    """
    if officer.organisation is None:
        return Application.objects.none()
    asked = Sponsor.objects.of(officer).filter(application=OuterRef("pk"))
    others = applications_visible_to(officer).exclude(_of_body(officer.organisation)).exclude(nominated_by=officer)
    return others.exclude(Exists(asked))


def can_work(officer: Member, application: Application) -> bool:
    """Return whether an officer may look after this case, in whichever state; one query."""
    return workable_by(officer).filter(pk=application.pk).exists()


def objectable_by(viewer: Member) -> QuerySet[Application]:
    """Return the provisional members to whom this viewer may object: an officer to each, others to those for whom
    somebody of their own organisation vouched or whom their focal point invited, focal points to their own people.
    """
    in_window = Application.objects.filter(state__in=APPLICATION_STATES.having("object")).exclude(member=viewer)
    if can_see_vetting_desk(viewer):
        return in_window
    if not viewer.may(Permission.BROWSE_MEMBERS) or viewer.organisation_id is None:
        return Application.objects.none()
    vouched = Sponsor.objects.counting().filter(member__organisation=viewer.organisation_id, application=OuterRef("pk"))
    own = Q(nominated_by__organisation=viewer.organisation_id) | Q(Exists(vouched))
    if viewer.may(Permission.CONFIRM_PEOPLE):
        own |= Q(member__organisation=viewer.organisation_id)
    return in_window.filter(own)


def objectors_to(applications: Iterable[int], at: datetime) -> MemberQuerySet:
    """Return those outside the desk who may object to one of these provisional members; the inverse of the above.

    Members in good standing only: what they may see is asked of each again.
    """
    cases = Application.objects.filter(pk__in=list(applications))
    vouching = Sponsor.objects.counting().filter(application__in=cases).values("member__organisation")
    focal_points = RoleGrant.objects.in_force(at).filter(role=Role.FOCAL_POINT).values("member")
    by_body = Q(organisation__in=vouching) | Q(organisation__in=cases.values("nominated_by__organisation"))
    own_people = Q(organisation__in=cases.values("member__organisation"), pk__in=focal_points)
    return Member.objects.listed().filter(by_body | own_people)


def can_object(viewer: Member, application: Application) -> bool:
    """Return whether a viewer may object to a provisional member; one query."""
    return objectable_by(viewer).filter(pk=application.pk).exists()


def can_withdraw(application: Application) -> bool:
    """Whoever holds the private link takes the application back; who was let in leaves by the page of a membership.

    Otherwise somebody whose case was opened again could end it, and stay.
    """
    return application.allows("withdraw") and not application.is_of_member


def can_appeal(application: Application, at: datetime) -> bool:
    """Whoever was refused may appeal once, within thirty days; whoever holds the private link acts; one query."""
    if not application.allows("appeal") or application.closed_at is None:
        return False
    is_late = at >= application.closed_at + timedelta(days=APPEAL_DAYS)
    return not is_late and not application.reopenings.filter(origin=Origin.APPEAL).exists()


def can_note(officer: Member, application: Application) -> bool:
    """Every officer who sees a case may say what they know of it; one query."""
    return applications_visible_to(officer).filter(pk=application.pk).exists()


def decidable_by(officer: Member) -> QuerySet[Application]:
    """Return the applications on which this officer's word can count, in whichever state.

    Never one on which they or a colleague have decided in this round, or were against in an earlier one: whoever is
    refused and asks again goes to different people. Never one to which they objected.
    """
    colleagues = Q(officer=officer) | Q(officer__organisation=officer.organisation)
    barring = Q(round=OuterRef("round")) | Q(in_favour=False)
    decided = Decision.objects.filter(colleagues, barring, application=OuterRef("pk"))
    objected = Objection.objects.filter(member=officer, application=OuterRef("pk"))
    return workable_by(officer).exclude(Exists(decided)).exclude(Exists(objected))


def can_decide(officer: Member, application: Application) -> bool:
    """Return whether an officer may decide on this case; one query."""
    return decidable_by(officer).filter(pk=application.pk).exists()


def can_check(officer: Member, application: Application) -> bool:
    """Return whether an officer who may look after a case answers its checklist; one query at most.

    That of the second officer is their own word: nobody gives it who will not decide.
    """
    return application.allows("prepare") or can_decide(officer, application)


def can_put_out(officer: Member, application: Application, at: datetime) -> bool:
    """Return whether a refusal by this officer may end the membership of whoever was let in on this case: only where
    they may end it in any other way too; two queries at most, none where nobody was let in.
    """
    member = application.member if application.is_of_member else None
    return member is None or departure_by(officer, member, at) is not None


def can_hand_over(officer: Member, application: Application) -> bool:
    """A case is given on, or back, by whoever has it, and by those who answer for the desk; one query."""
    has_it = application.assigned_to_id == officer.pk or officer.may(Permission.LEAD_VETTING)
    return has_it and can_work(officer, application)


def vetting_officers(at: datetime) -> MemberQuerySet:
    """Return those who hold an officer's role now, with their rights loaded."""
    held = RoleGrant.objects.in_force(at).filter(member=OuterRef("pk"), role__in=OFFICERS)
    return Member.objects.filter(Exists(held), standing=Standing.MEMBER).with_rights(at)


def _of_body(body: Organisation) -> Q:
    """The other way round than `called`: which cases name a body."""
    own = Q(organisation_name__iexact=body.name)
    if body.native_name:
        own |= Q(organisation_name__iexact=body.native_name)
    for domain in body.mail_domains:
        own |= Q(email__iendswith=f"@{domain}") | Q(email__iendswith=f".{domain}")
    return own
