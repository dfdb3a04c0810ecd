"""Does the network become rows that the portal itself would accept?"""

from datetime import UTC, datetime

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db.models import F

from congress.core.models import Delivery, Entry
from congress.demo.accounts import PASSWORD, totp_secret
from congress.demo.loading import load
from congress.demo.network import build
from events.models import REGISTRATION_STATES, Meeting, Registration, Release, Session
from members.models import Application, Member, Organisation, Profile, RoleGrant
from members.sign_in import SecondFactorAdapter
from notices.models import Edition, Notice, Section

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def small():
    return build(seed=1, member_count=90, notice_count=36, today=AT.date())


@pytest.fixture
def loaded(small):
    load(small, at=AT)
    return small


def test_load_makes_everybody_with_profile_and_address(loaded):
    assert Member.objects.count() == Profile.objects.count() == EmailAddress.objects.count() == 90
    assert Organisation.objects.count() == len(loaded.organisations)
    assert RoleGrant.objects.count() == sum(len(person.roles) for person in loaded.people)


def test_load_makes_people_findable(loaded):
    assert not Member.objects.filter(sort_name="").exists()
    assert Member.objects.filter(search_text__contains="kravchenko").exists()


def test_load_lets_accounts_sign_in(loaded):
    member = Member.objects.get(email="analyst.one@police.ec.example")
    assert member.check_password(PASSWORD)
    sealed = Authenticator.objects.get(user=member).data["secret"]
    assert sealed != totp_secret(member.email)
    assert SecondFactorAdapter().decrypt(sealed) == totp_secret(member.email)


def test_load_gives_nobody_else_a_password(loaded):
    others = Member.objects.exclude(pk__in=Authenticator.objects.values("user"))
    assert others
    assert not any(member.has_usable_password() for member in others)


def test_load_keeps_applicants_out_of_the_members(loaded):
    assert not Member.objects.filter(standing="applicant").exists()
    assert Application.objects.filter(email="applicant@customs.ge.example", state="open").exists()


def test_load_takes_as_many_seats_as_are_held(loaded):
    for meeting in Meeting.objects.all():
        held = meeting.registrations.filter(state__in=REGISTRATION_STATES.having("holds_seat")).count()
        assert meeting.seats_taken == held
    assert Registration.objects.exists()


def test_load_places_every_session_in_each_release(loaded):
    for release in Release.objects.all():
        assert release.slots.count() == Session.objects.filter(meeting=release.meeting_id).count()
    assert Release.objects.filter(released_at__isnull=True).count() == 1


def test_load_points_notices_to_their_latest_edition(loaded):
    assert Notice.objects.count() == 36
    assert not Edition.objects.filter(notice__edition__number__lt=F("number")).exists()
    assert not Edition.objects.filter(search_vector__isnull=True).exists()
    assert Section.objects.filter(kind="summary").count() == Edition.objects.count()


def test_load_records_one_entry_and_sends_nothing(loaded):
    entry = Entry.objects.get()
    assert (entry.event, entry.at, entry.data["members"]) == ("demo.network.loaded", AT, 90)
    assert not Delivery.objects.exists()
