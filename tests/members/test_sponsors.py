"""Do two people of different organisations vouch for an applicant, in confidence, and can they take it back?"""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from congress.core.roles import Role, Standing
from members import queries
from members.actions import vetting
from members.actions.sponsors import issue_sponsor_link
from members.models import NEEDED_ATTESTATIONS, Sponsor, SponsorState, of_different_bodies
from members.policies import can_decide, is_vouched_for, needs_another_sponsor
from tests import factories
from tests.members.cases import application, groundwork, sponsor, word

# Rows


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "perhaps"},
        {"asked_at": None},
        {"answered_at": None},
        {"state": "withdrawn", "withdrawn_at": None},
        {"attestations": NEEDED_ATTESTATIONS[:3]},
    ],
)
def test_the_database_keeps_sponsors_whole(db, fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        sponsor(application(), **fields)


def test_a_sponsor_is_named_once(db):
    first = sponsor(application())
    with pytest.raises(IntegrityError), transaction.atomic():
        sponsor(first.application, email=first.email.upper())


def test_counting_leaves_out_members_who_were_shut_out(db):
    case = application(vouched=False)
    counted = [sponsor(case), sponsor(case, member=factories.member())]
    sponsor(case, member=factories.member(standing=Standing.SUSPENDED))
    for state in ("named", "asked", "declined", "withdrawn"):
        sponsor(case, state=state)
    assert list(Sponsor.objects.counting().order_by("pk")) == counted


def test_an_answer_is_awaited_for_fourteen_days(db, at):
    asked = sponsor(application(vouched=False), state="asked", asked_at=at - timedelta(days=14))
    assert (asked.is_awaited(at), asked.is_awaited(at - timedelta(seconds=1))) == (False, True)
    assert not Sponsor.objects.awaited(at).exists()
    assert Sponsor.objects.awaited(at - timedelta(seconds=1)).exists()


def test_of_different_bodies_knows_names_domains_and_members(db):
    case = application()
    body = factories.organisation()
    first = sponsor(case, organisation_name="Polícia Federal", email="a@pf.example")
    same_name = sponsor(case, organisation_name="policia  federal", email="a@other.example")
    same_domain = sponsor(case, organisation_name="Laboratory", email="b@lab.pf.example")
    here, there = (sponsor(case, member=factories.member(organisation=body)) for _ in range(2))
    everybody = [first, same_name, same_domain, here, there]
    assert of_different_bodies(everybody) == [first, here]


# Who decides, and when


def test_refuse_waits_for_no_sponsor(vetter, at):
    case = application(vouched=False)
    assert vetting.refuse(case, by=vetter, at=at, word=word("Unknown.")).state == "refused"


@pytest.mark.parametrize("state", [*SponsorState.values])
def test_sponsors_decide_nothing_whatever_they_said(vetter, state):
    by_row, by_address = application(), application()
    sponsor(by_row, state=state, member=vetter)
    sponsor(by_address, state=state, email=vetter.email.upper())
    assert [can_decide(vetter, case) for case in (by_row, by_address, application())] == [False, False, True]


def test_an_invitation_stands_for_both_sponsors(vetter, at):
    inviting = factories.member(roles=[Role.FOCAL_POINT, Role.VETTING_REVIEWER])
    invited = {"nominated_by": inviting, "nominated_at": at, "organisation": inviting.organisation}
    case = application(vouched=False, **invited)
    assert (can_decide(inviting, case), is_vouched_for(case), needs_another_sponsor(case, at)) == (False, True, False)
    assert vetting.approve(groundwork(case, vetter), by=vetter, at=at, word=word("Known.")).decisions.count() == 1
    shut_out = factories.member(roles=[Role.FOCAL_POINT], standing=Standing.SUSPENDED)
    assert is_vouched_for(application(vouched=False, **{**invited, "nominated_by": shut_out})) is False


@pytest.mark.parametrize("days", [0, 13, 14, 20])
def test_asking_somebody_again_does_not_tell_whether_they_have_answered(db, at, days):
    case = application(vouched=False)
    for state in ("attested", "asked"):
        sponsor(case, state=state, asked_at=at - timedelta(days=days))
    before = queries.progress(case, queries.sponsors_named(case), at)
    told = []
    for asked in queries.sponsors_named(case):
        with transaction.atomic():
            issue_sponsor_link(Sponsor.objects.select_related("application").get(pk=asked.pk), at=at)
            told.append(queries.progress(case, queries.sponsors_named(case), at))
            transaction.set_rollback(True)
    assert told[0] == told[1]
    assert (told[0] == before) is (days == 0)


@pytest.mark.parametrize(
    ("states", "answer"),
    [
        (["attested", "attested"], False),
        (["attested", "asked"], False),
        (["attested", "declined"], True),
        (["attested", "withdrawn", "asked"], False),
        (["attested"], True),
    ],
)
def test_another_sponsor_is_needed_when_two_can_no_longer_be(db, at, states, answer):
    case = application(vouched=False)
    for state in states:
        sponsor(case, state=state)
    assert needs_another_sponsor(case, at) is answer
    assert needs_another_sponsor(case, at + timedelta(days=12)) is (answer or "asked" in states)


# What the desk sees


def test_sponsors_of_weighs_each(vetter, at):
    case = application(vouched=False, email="amina@customs.example")
    body = factories.organisation()
    known = sponsor(case, member=factories.member(organisation=body))
    colleague = sponsor(case, email="chief@mail.customs.example")
    second = sponsor(case, member=factories.member(organisation=body, standing=Standing.SUSPENDED))
    sponsor(application(state="refused", vouched=False), email=known.email.upper())
    sponsor(application(vouched=False), state="withdrawn", email=known.email)
    shown = [
        (f.sponsor, f.is_of_applicants_body, f.is_of_another_sponsors_body, f.sponsor.is_shut_out)
        for f in queries.sponsors_of(vetter, case)
    ]
    assert shown == [
        (known, False, True, False),
        (colleague, True, False, False),
        (second, False, True, True),
    ]
    record = queries.sponsors_of(vetter, case)[0]
    assert (record.sponsored_count, record.refused_count, record.withdrawn_count) == (1, 1, 1)


def test_sponsors_of_is_for_officers(member, stranger):
    assert queries.sponsors_of(member, application()) == []


@pytest.mark.parametrize("count", [1, 5])
def test_sponsors_of_costs_two_queries(vetter, django_assert_num_queries, count):
    case = application(vouched=False)
    for _ in range(count):
        sponsor(case, member=factories.member())
    with django_assert_num_queries(2):
        queries.sponsors_of(vetter, case)


def test_vetting_case_shows_sponsors(signed_in, vetter):
    case = application(vouched=False)
    sponsor(case, name="Aroha Ngata", comment="A <b>careful</b> colleague.", member=factories.member("aroha"))
    sponsor(case, state="declined", comment="I can’t say.")
    sponsor(case, state="withdrawn", withdrawal_reason="The address was not theirs.")
    page = signed_in(vetter).get(f"/members/vetting/{case.public_id}/").content.decode()
    for words in (
        "Aroha Ngata",
        "Known to the network",
        "Declined",
        "I can’t say.",
        "The address was not",
        "&lt;b&gt;careful",
    ):
        assert words in page
    assert "I would share sensitive information with them." in page


def test_vetting_case_shows_what_the_applicant_told(signed_in, vetter):
    told = {"other_names": ["Amina Sow"], "supervisor_name": "Ousmane Ba", "languages": [["fr", "native"]]}
    case = application(expertise=["border_control"], topics=["drones"], supervisor_contact="+221 33 800", **told)
    page = signed_in(vetter).get(f"/members/vetting/{case.public_id}/").content.decode()
    for words in ("Amina Sow", "Ousmane Ba", "+221 33 800", "French (first language)", "Border control", "Drones"):
        assert words in page
