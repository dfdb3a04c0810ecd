"""Does the network become rows that the portal itself would accept?"""

from datetime import UTC, datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db.models import F

from congress.core.files import store
from congress.core.labels import Tlp
from congress.core.models import Delivery, Entry
from congress.core.roles import Standing
from congress.demo.accounts import PASSWORD, accounts, totp_secret
from congress.demo.loading import load
from congress.demo.network import build
from events.models import REGISTRATION_STATES, Meeting, Registration, Release
from events.queries.programme import changes
from members.models import (
    Application,
    Conversation,
    Group,
    Introduction,
    Member,
    Need,
    NeedAddressee,
    Organisation,
    Profile,
    Report,
    RoleGrant,
    SavedSearch,
    Term,
)
from members.policies import introductions_of, needs_addressed_to
from members.queries import photograph_of, profiles
from members.queries.photographs import stored_photographs
from members.sign_in import SecondFactorAdapter
from notices.models import AccessException, Attachment, Cosponsorship, Edition, Notice, Section
from notices.policies import addressed_to, can_except, visible_to
from notices.queries.gate import suspicions

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


def test_load_places_every_session_in_its_releases(loaded):
    for made in loaded.meetings:
        releases = Release.objects.filter(meeting__slug=made.slug).order_by("number")
        placed = [set(release.slots.values_list("session__public_id", flat=True)) for release in releases]
        wanted = [made.sessions, made.draft] if made.draft else [made.sessions]
        assert placed == [{session.public_id for session in sessions} for sessions in wanted]
    assert Release.objects.filter(released_at__isnull=True).count() == 1


def test_load_leaves_the_organisers_something_to_release(loaded):
    draft = Release.objects.get(released_at__isnull=True)
    found = changes(draft, Release.objects.get(meeting=draft.meeting, number=1))
    assert [len(found.new), len(found.moved), len(found.gone)] == [1, 2, 1]


def test_load_shows_every_account_a_notice_of_each_label(loaded):
    emails = [account.email for account in accounts(loaded.people) if account.standing == Standing.MEMBER]
    for member in Member.objects.filter(email__in=emails):
        assert set(addressed_to(member).values_list("edition__tlp", flat=True)) == set(Tlp), member


def test_load_hides_much_from_every_plain_account(loaded):
    emails = [account.email for account in accounts(loaded.people) if account.roles == ("member",)]
    for member in Member.objects.filter(email__in=emails):
        assert 3 * visible_to(member).count() <= 2 * Notice.objects.count(), member


def test_load_leaves_one_person_out_by_name(loaded):
    edition = Edition.objects.exclude(excluded_people=[]).get(notice__edition=F("pk"))
    (left_out,) = Member.objects.filter(pk__in=edition.excluded_people)
    assert left_out.email.startswith("member.")
    assert not addressed_to(left_out).filter(edition=edition).exists()


def test_load_points_notices_to_their_latest_edition(loaded):
    assert Notice.objects.count() == 36
    assert not Edition.objects.filter(notice__edition__number__lt=F("number")).exists()
    assert not Edition.objects.filter(search_vector__isnull=True).exists()
    assert Section.objects.filter(kind="summary").count() == Edition.objects.count()


def test_load_records_one_entry_and_sends_nothing(loaded):
    entry = Entry.objects.get()
    assert (entry.event, entry.at, entry.data["members"]) == ("demo.network.loaded", AT, 90)
    assert not Delivery.objects.exists()


def test_load_keeps_each_drawing_once_for_all_editions(loaded):
    rows = Attachment.objects.order_by("pk")
    assert rows.count() == sum(len(edition.files) for notice in loaded.notices for edition in notice.editions)
    assert 1 < len(set(rows.values_list("stored_as", flat=True))) <= 5
    picture = rows.filter(media_type="image/png").first()
    assert b"".join(store.open_range(picture.stored_as)).startswith(b"\x89PNG")
    assert (picture.width, picture.height) == (960, 640)


def test_load_makes_one_notice_that_the_gate_stops(loaded):
    stopped = [edition.title for edition in Edition.objects.all() if suspicions(edition)]
    assert stopped == ["Stand-in for the gate: a loaf of bread"]


def test_load_leaves_few_notices_overdue(loaded):
    current = Notice.objects.filter(state="published")
    overdue = current.filter(review_on__lt=AT.date()).count()
    assert 0 < overdue < current.count() / 5
    assert not current.filter(review_on__gt=AT.date() + timedelta(days=366)).exists()


def test_load_lets_bodies_stand_behind_notices_and_asks_one(loaded):
    asked = Cosponsorship.objects.select_related("notice__author", "organisation")
    assert {(row.agreed, row.notice.state) for row in asked} == {(True, "published"), (None, "in_review")}
    assert all(row.notice.cosponsors == [row.organisation_id] for row in asked)
    assert all(row.organisation_id != row.notice.author.organisation_id for row in asked)


def test_load_makes_exceptions_that_their_publishers_may_make(loaded):
    made = AccessException.objects.filter(ended_at=None).select_related("notice")
    publishers = Member.objects.with_rights(AT).in_bulk()
    assert {row.effect for row in made} == {"grant", "deny"}
    assert all(can_except(publishers[row.made_by_id], row.notice) for row in made)


def test_load_seats_people_who_fit_and_leaves_a_seat_empty_in_each_group(loaded):
    assert set(Group.objects.values_list("kind", flat=True)) == {"steering", "advisory", "working"}
    for group in Group.objects.all():
        terms = Term.objects.filter(group=group, begins_on__lte=AT.date(), ends_on__gt=AT.date())
        assert all(term.seat.fits(term.member.sector, term.member.region) for term in terms)
        assert (terms.filter(is_chair=True).count(), terms.count() < group.seats.count()) == (1, True)


def test_load_gives_some_members_a_drawn_photograph(loaded):
    with_one = Profile.objects.exclude(photograph="")
    assert 0 < with_one.count() < Profile.objects.count() / 5
    assert len(stored_photographs()) == 2 * min(24, with_one.count())
    viewer = Member.objects.with_rights(AT).get(email="analyst.one@police.ec.example")
    found = profiles(viewer).filter(pk__in=with_one.values("pk")).first()
    assert b"".join(store.open_range(photograph_of(found, "small"))).startswith(b"\xff\xd8")


def test_load_shows_one_account_introductions_in_every_part(loaded):
    police = Member.objects.with_rights(AT).get(email__startswith="member.police@")
    known = introductions_of(police)
    assert set(Introduction.objects.values_list("state", flat=True)) == {"asked", "passed_on", "accepted", "set_aside"}
    assert known.waiting_for(police).count() == 3
    assert known.filter(asker=police).count() == 3
    assert known.filter(introducer=police, state="passed_on").count() == 1


def test_load_makes_needs_in_every_state_that_went_to_those_who_match(loaded):
    assert set(Need.objects.values_list("state", flat=True)) == {"open", "closed", "taken"}
    assert Need.objects.filter(state="open", ends_on__lt=AT.date()).exists()
    for need in Need.objects.all():
        assert need.addressees.count() == need.match_count > 0, need
    answered = NeedAddressee.objects.filter(answered_at__isnull=False).values_list("member", "need__asker")
    assert set(answered) <= set(Conversation.objects.values_list("opener", "answerer"))
    accounts_meant = Member.objects.with_rights(AT).exclude(password__startswith="!")
    assert sum(needs_addressed_to(member).exists() for member in accounts_meant) > 5


def test_load_leaves_officers_reports_to_look_at(loaded):
    waiting = [report.said[0].author for report in Report.objects.waiting()]
    assert len(waiting) == 2
    assert {len(report.said) for report in Report.objects.all()} == {1}


def test_load_keeps_searches_that_say_who_is_new(loaded):
    assert SavedSearch.objects.count() == 4
    assert not SavedSearch.objects.filter(looked_on__gt=AT.date()).exists()
