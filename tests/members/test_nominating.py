"""Does a focal point invite to their own organisation only, learn nobody's membership, and never decide?"""

from datetime import datetime

import pytest

from congress import celery_app
from congress.core import journal, mail
from congress.core.models import Delivery, Entry
from congress.core.roles import Role
from members.actions import applications, nominating
from members.models import Application, Knock, Member, RoleGrant
from members.policies import can_nominate, is_vouched_for
from tests import factories
from tests.conftest import NOW

# Who hears of what is said in the packages' tasks.
celery_app.loader.import_default_modules()

PATH = "/members/organisation/nominate/"
NEW = "new@police.example"


@pytest.fixture
def focal(member) -> Member:
    return factories.member("focal", roles=[Role.FOCAL_POINT], organisation=member.organisation)


def hear(at: datetime = NOW) -> None:
    """Run the listeners of everything that has happened."""
    for entry in Entry.objects.order_by("pk"):
        journal.dispatch(entry, at)


def invited(focal: Member, email: str = NEW) -> Application:
    nominating.nominate(email, by=focal, at=NOW)
    hear()
    hear()
    return Application.objects.get(email=email)


@pytest.mark.parametrize("role", ["", *(role for role in Role if role not in {Role.MEMBER, Role.FOCAL_POINT})])
def test_organisation_nominate_is_for_focal_points(db, signed_in, role):
    client = signed_in(factories.member(roles=[role] if role else []))
    assert (client.get(PATH).status_code, client.post(PATH, {"email": NEW}).status_code) == (403, 403)
    assert not Knock.objects.exists()


def test_a_focal_point_without_organisation_invites_nobody(db, signed_in):
    homeless = factories.member(roles=[Role.FOCAL_POINT], organisation=None)
    assert can_nominate(homeless) is False
    assert signed_in(homeless).get(PATH).status_code == 403


@pytest.mark.parametrize("who", ["new", "member", "colleague", "applicant", "under way"])
def test_organisation_nominate_answers_the_same_whoever_has_the_address(signed_in, focal, member, stranger, at, who):
    applications.begin("begun@elsewhere.example", at=at)
    emails = {"new": NEW, "member": stranger.email, "colleague": member.email, "applicant": "begun@elsewhere.example"}
    client = signed_in(focal)
    answer = client.post(PATH, {"email": emails.get(who, "x@y.example")}, follow=True)
    assert answer.redirect_chain == [("/members/organisation/", 302)]
    assert "An invitation is on its way, unless the person is with the network already." in answer.text
    before = Delivery.objects.count()
    hear()
    hear()
    assert Delivery.objects.count() - before >= 1


def test_an_invitation_fills_in_the_organisation_and_stands_for_both_sponsors(focal):
    case = invited(focal)
    assert (case.nominated_by, case.organisation, case.organisation_name) == (
        focal, focal.organisation, focal.organisation.name,
    )  # fmt: skip
    assert (case.sector, case.country, is_vouched_for(case)) == (
        focal.organisation.sector, focal.organisation.country, True,
    )  # fmt: skip
    letter = mail.unsealed(Delivery.objects.get(kind="members.application_invitation"))
    assert "Focal invites you" in letter.subject
    assert focal.organisation.name in letter.text
    assert not Knock.objects.exists()


def test_an_invitation_changes_no_application_that_names_another_employer(focal):
    applications.begin(NEW, at=NOW)
    Application.objects.update(organisation_name="Somewhere else")
    case = invited(focal)
    assert (case.nominated_by, case.organisation_name) == (None, "Somewhere else")


def test_the_first_invitation_stands(focal):
    case = invited(focal)
    other = factories.member(roles=[Role.FOCAL_POINT])
    nominating.nominate(NEW, by=other, at=NOW)
    hear()
    case.refresh_from_db()
    assert case.nominated_by == focal


def test_an_invitation_counts_for_nothing_once_the_role_has_ended(focal):
    nominating.nominate(NEW, by=focal, at=NOW)
    RoleGrant.objects.filter(member=focal).update(ends_at=NOW.replace(year=2021))
    hear()
    assert Application.objects.get(email=NEW).nominated_by is None


@pytest.mark.parametrize("email", ["", "nobody", "a@localhost", "a@mailinator.com", "a@b.example\nBcc: c@d.example"])
def test_organisation_nominate_says_what_is_wrong_with_an_address(signed_in, focal, email):
    answer = signed_in(focal).post(PATH, {"email": email})
    assert answer.status_code == 422
    assert not Knock.objects.exists()


def test_organisation_nominate_has_a_brake(signed_in, focal):
    client = signed_in(focal)
    answers = [client.post(PATH, {"email": NEW}).status_code for _each in range(4)]
    assert answers == [302, 302, 302, 429]
    many = [client.post(PATH, {"email": f"n{n}@police.example"}).status_code for n in range(20)]
    assert (many[0], many[-1], Knock.objects.count() <= 20) == (302, 429, True)


def test_the_journal_keeps_who_invited_and_no_address(focal):
    invited(focal)
    entry = Entry.objects.get(event=nominating.NOMINATED)
    assert (entry.by, entry.data) == (focal, {"organisation": focal.organisation_id})
