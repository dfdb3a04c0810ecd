"""Does a focal point confirm their own people, and never another organisation's?"""

from datetime import timedelta

import pytest

from congress.core.errors import NotPermittedError
from congress.core.models import Entry
from congress.core.roles import Role, Standing
from members.actions import focal_points
from members.models import Affiliation, Completion, Member, Organisation
from members.policies import can_see_roster, can_set_terms, confirmable_by
from tests import factories
from tests.conftest import NOW

PATH = "/members/organisation/"
TERMS = {"proof_days": "90", "mail_domains": "Police.example\n@post.police.example\npolice.example"}


@pytest.fixture
def focal(member) -> Member:
    return factories.member("focal", roles=[Role.FOCAL_POINT], organisation=member.organisation)


def somebody(case: str, focal: Member) -> Member:
    """Make the person of a case: a colleague in some standing, oneself, or somebody of another organisation."""
    if case == "oneself":
        return focal
    if case == "other body":
        return factories.member()
    return factories.member(organisation=focal.organisation, standing=case)


CASES = {
    "provisional": 302,
    "member": 302,
    "lapsed": 302,
    "suspended": 302,
    "former": 404,
    "oneself": 403,
    "other body": 403,
}


@pytest.mark.parametrize(("case", "status"), CASES.items())
def test_confirmable_by_and_the_page_agree_for_each_case(signed_in, focal, case, status):
    who = somebody(case, focal)
    assert confirmable_by(focal).filter(pk=who.pk).exists() is (status == 302)
    assert signed_in(focal).post(f"{PATH}confirm/", {"people": [who.public_id]}).status_code == status
    confirmed = Completion.objects.filter(member=who, completed_by=focal).exists()
    assert confirmed is (status == 302)


@pytest.mark.parametrize("role", [*(role for role in Role if role != Role.MEMBER), ""])
def test_the_roster_is_for_focal_points(signed_in, member, role):
    who = factories.member(roles=[role] if role else [], organisation=member.organisation)
    may = role == Role.FOCAL_POINT
    assert (can_see_roster(who), can_set_terms(who, member.organisation)) == (may, may)
    assert confirmable_by(who).filter(pk=member.pk).exists() is may
    client = signed_in(who)
    expected = [200, 422, 422] if may else [403, 403, 403]
    answers = [client.get(PATH), client.post(f"{PATH}confirm/"), client.post(f"{PATH}rules/")]
    assert [answer.status_code for answer in answers] == expected


def test_confirm_people_counts_for_the_module_for_as_long_as_the_organisation_says(focal, member):
    Organisation.objects.filter(pk=member.organisation_id).update(proof_days=180)
    assert focal_points.confirm_people([member], by=focal, at=NOW) == 1
    row = Completion.objects.get(member=member)
    assert (row.module, row.expires_on) == ("affiliation", NOW.date() + timedelta(days=180))
    present = Affiliation.objects.get(member=member)
    assert (present.confirmed_on, present.confirmed_by) == (NOW.date(), focal)
    assert Entry.objects.get(event=focal_points.CONFIRMED).data == {"members": [member.pk]}


def test_confirm_people_is_all_or_nobody(focal, member, stranger):
    with pytest.raises(NotPermittedError):
        focal_points.confirm_people([member, stranger], by=focal, at=NOW)
    assert not Completion.objects.exists()


def test_set_terms_of_another_organisation_is_refused(focal, stranger):
    assert can_set_terms(focal, stranger.organisation) is False
    with pytest.raises(NotPermittedError):
        focal_points.set_terms(stranger.organisation, by=focal, at=NOW, proof_days=90, mail_domains=[])


def test_set_terms_refuses_the_domain_of_another_organisation(focal, stranger):
    theirs = stranger.organisation.mail_domains
    with pytest.raises(focal_points.DomainTakenError):
        focal_points.set_terms(focal.organisation, by=focal, at=NOW, proof_days=90, mail_domains=theirs)


def test_organisation_shows_own_people_and_nobody_elses(signed_in, focal, member, stranger):
    hidden = factories.member("left_long_ago", standing=Standing.FORMER, organisation=focal.organisation)
    text = signed_in(focal).get(PATH).content.decode()
    assert (member.latin_name in text, "never" in text) == (True, True)
    assert [name for name in (stranger.latin_name, hidden.latin_name) if name in text] == []


@pytest.mark.parametrize("count", [1, 3])
def test_organisation_costs_five_queries(signed_in, focal, django_assert_num_queries, count):
    for _each in range(count):
        factories.member(organisation=focal.organisation)
    client = signed_in(focal)
    with django_assert_num_queries(5):
        client.get(PATH)


def test_organisation_confirm_says_how_many(signed_in, focal, member):
    client = signed_in(focal)
    client.post(f"{PATH}confirm/", {"people": [member.public_id]})
    assert "1 person is confirmed." in client.get(PATH).content.decode()


def test_organisation_confirm_knows_nobody_hidden(signed_in, focal, lapsed):
    client = signed_in(focal)
    hidden, unknown = (client.post(f"{PATH}confirm/", {"people": [i]}) for i in (lapsed.public_id, "0" * 12))
    assert (hidden.status_code, hidden.content) == (404, unknown.content)


def test_organisation_terms_are_saved_tidily(signed_in, focal):
    assert signed_in(focal).post(f"{PATH}rules/", TERMS).status_code == 302
    body = Organisation.objects.get(pk=focal.organisation_id)
    assert (body.proof_days, body.mail_domains) == (90, ["police.example", "post.police.example"])


@pytest.mark.parametrize(
    "change",
    [{"proof_days": "7"}, {"mail_domains": "police"}, {"mail_domains": "a@b.example"}, {"mail_domains": "<b>.x"}],
)
def test_organisation_terms_refuse_what_is_no_domain_and_keep_it(signed_in, focal, change):
    response = signed_in(focal).post(f"{PATH}rules/", {**TERMS, **change})
    assert (response.status_code, Organisation.objects.get(pk=focal.organisation_id).proof_days) == (422, 365)


@pytest.mark.parametrize("domain", ["gmail.com", "QQ.com", "mailinator.com", "x.yopmail.com"])
def test_organisation_terms_refuse_providers_for_everybody(signed_in, focal, domain):
    answer = signed_in(focal).post(f"{PATH}rules/", {**TERMS, "mail_domains": f"police.example\n{domain}"})
    assert (answer.status_code, "Anybody can have an address" in answer.text) == (422, True)
    assert Organisation.objects.get(pk=focal.organisation_id).mail_domains == focal.organisation.mail_domains


def test_organisation_terms_name_whom_the_end_of_a_domain_touches(signed_in, focal, member, stranger):
    Organisation.objects.filter(pk=focal.organisation_id).update(mail_domains=["members.example", "police.example"])
    client, terms = signed_in(focal), {"proof_days": "365", "mail_domains": "police.example"}
    asked = client.post(f"{PATH}rules/", terms)
    assert asked.status_code == 409
    assert all(each.email in asked.text for each in (focal, member))
    assert stranger.email not in asked.text
    assert client.post(f"{PATH}rules/", {**terms, "removes": "on"}).status_code == 302
    assert Organisation.objects.get(pk=focal.organisation_id).mail_domains == ["police.example"]
