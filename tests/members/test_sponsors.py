"""Do two people of different organisations vouch for an applicant, in confidence, and can they take it back?"""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from congress.core.roles import Standing
from members.models import NEEDED_ATTESTATIONS, Sponsor, of_different_bodies, one_domain
from tests import factories
from tests.members.cases import application, sponsor

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
    case = application()
    counted = [sponsor(case), sponsor(case, member=factories.member())]
    sponsor(case, member=factories.member(standing=Standing.SUSPENDED))
    for state in ("named", "asked", "declined", "withdrawn"):
        sponsor(case, state=state)
    assert list(Sponsor.objects.counting().order_by("pk")) == counted


def test_an_answer_is_awaited_for_fourteen_days(db, at):
    asked = sponsor(application(), state="asked", asked_at=at - timedelta(days=14))
    assert (asked.is_awaited(at), asked.is_awaited(at - timedelta(seconds=1))) == (False, True)
    assert not Sponsor.objects.awaited(at).exists()
    assert Sponsor.objects.awaited(at - timedelta(seconds=1)).exists()


@pytest.mark.parametrize(
    ("first", "second", "answer"),
    [
        ("a.example", "a.example", True),
        ("a.example", "mail.a.example", True),
        ("mail.a.example", "a.example", True),
        ("a.example", "ba.example", False),
        ("a.example", "b.example", False),
    ],
)
def test_one_domain_may_lie_within_the_other(first, second, answer):
    assert one_domain(first, second) is answer


def test_of_different_bodies_knows_names_domains_and_members(db):
    case = application()
    body = factories.organisation()
    first = sponsor(case, organisation_name="Polícia Federal", email="a@pf.example")
    same_name = sponsor(case, organisation_name="policia  federal", email="a@other.example")
    same_domain = sponsor(case, organisation_name="Laboratory", email="b@lab.pf.example")
    here, there = (sponsor(case, member=factories.member(organisation=body)) for _ in range(2))
    everybody = [first, same_name, same_domain, here, there]
    assert of_different_bodies(everybody) == [first, here]
