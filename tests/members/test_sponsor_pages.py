"""Does a sponsor find the right page behind a link, without an account, and does nobody else?"""

from datetime import UTC, datetime, timedelta

import pytest
from django.db.models import F
from django.test import Client

from members.models import NEEDED_ATTESTATIONS, Member, Sponsor
from tests import factories
from tests.members.cases import application, sponsor

TOKEN = "s" * 43
NEEDED = NEEDED_ATTESTATIONS
PATH = f"/sponsor/{TOKEN}/"


@pytest.fixture
def client() -> Client:
    return Client(headers={"host": "localhost"})


@pytest.fixture
def asked(db) -> Sponsor:
    """Somebody who was asked an hour ago."""
    return sponsor(application(vouched=False), state="asked", token=TOKEN, asked_at=just_now())


def just_now() -> datetime:
    return datetime.now(UTC) - timedelta(hours=1)


def test_sponsor_sees_who_asks_and_what_to_tick(client, asked):
    response = client.get(PATH)
    page = response.content.decode()
    for words in ("Amina Diallo", "Customs of Senegal", "I would share sensitive information", "I decline"):
        assert words in page
    assert "We control the port of Dakar." not in page  # what officers read is theirs
    assert (response.status_code, "no-store" in response["Cache-Control"]) == (200, True)
    asked.refresh_from_db()
    assert asked.state == "asked"


@pytest.mark.parametrize(
    ("data", "state"),
    [({"decision": "attest", "attestations": NEEDED_ATTESTATIONS}, "attested"), ({"decision": "decline"}, "declined")],
)
def test_sponsor_answers_once(client, asked, data, state):
    assert client.post(PATH, {**data, "comment": "Known."})["Location"] == PATH
    asked.refresh_from_db()
    assert (asked.state, asked.comment) == (state, "Known.")
    assert ("You vouched" in client.get(PATH).content.decode()) is (state == "attested")
    assert client.post(PATH, data).status_code == 409


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"decision": "perhaps"},
        {"decision": "attest"},
        {"decision": "attest", "attestations": NEEDED_ATTESTATIONS[1:]},
        {"decision": "attest", "attestations": [*NEEDED_ATTESTATIONS, "nonsense"]},
        {"decision": "decline", "comment": "x" * 2001},
        {"decision": ["attest", "decline"]},
    ],
)
def test_sponsor_vouches_in_full_or_not_at_all(client, asked, data):
    response = client.post(PATH, {"comment": "Kept as typed.", **data})
    assert response.status_code == 422
    assert response.context["form"]["comment"].value() == data.get("comment", "Kept as typed.")
    asked.refresh_from_db()
    assert asked.state == "asked"


def test_sponsor_withdraw_takes_a_post_and_a_reason(client, asked):
    client.post(PATH, {"decision": "attest", "attestations": NEEDED_ATTESTATIONS})
    assert client.get(f"{PATH}withdraw/").status_code == 405
    assert client.post(f"{PATH}withdraw/", {"reason": " "}).status_code == 422
    assert client.post(f"{PATH}withdraw/", {"reason": "I was mistaken."})["Location"] == PATH
    asked.refresh_from_db()
    assert (asked.state, asked.withdrawal_reason) == ("withdrawn", "I was mistaken.")
    assert client.post(f"{PATH}withdraw/", {"reason": "Again."}).status_code == 409


@pytest.mark.parametrize("path", ["/sponsor/unknown/", "/sponsor/a%00b/", f"/sponsor/{'x' * 2000}/"])
def test_sponsor_links_that_lead_nowhere_say_so(client, asked, path):
    assert client.get(path).status_code == 404
    assert "This link leads nowhere" in client.post(f"{path}withdraw/").content.decode()


def test_sponsor_links_of_those_not_asked_yet_do_not_open(client, db):
    sponsor(application(state="verified"), state="named")
    assert client.get("/sponsor//").status_code == 404


@pytest.mark.parametrize("case", ["expired", "closed"])
def test_sponsor_comes_too_late(client, asked, case):
    if case == "expired":
        Sponsor.objects.update(asked_at=F("asked_at") - timedelta(days=14))
    else:
        asked.application.state, asked.application.closed_at = "refused", just_now()
        asked.application.save()
    response = client.get(PATH)
    assert (response.status_code, "The time to answer is over" in response.content.decode()) == (410, True)
    answer = client.post(PATH, {"decision": "attest", "attestations": NEEDED_ATTESTATIONS})
    assert (answer.status_code, Sponsor.objects.get().state) == (409, "asked")


@pytest.mark.parametrize("change", [{"standing": "suspended"}, {"authz_epoch": 1}])
def test_sponsor_links_die_with_the_members_standing_and_epoch(client, asked, member, change):
    Sponsor.objects.update(member=member, authz_epoch=0)
    assert client.get(PATH).status_code == 200
    Member.objects.filter(pk=member.pk).update(**change)
    assert client.get(PATH).status_code == 404


def test_sponsor_links_are_not_for_somebody_else_who_is_signed_in(asked, member, stranger, signed_in):
    Sponsor.objects.update(member=member, authz_epoch=0, email=member.email)
    response = signed_in(stranger).get(PATH)
    assert (response.status_code, "somebody else" in response.content.decode()) == (403, True)
    assert "Amina" not in response.content.decode()
    assert signed_in(member).get(PATH).status_code == 200


# Members


@pytest.fixture
def wish(asked, member) -> Sponsor:
    """The same, to a member."""
    Sponsor.objects.update(member=member, authz_epoch=0, email=member.email)
    return Sponsor.objects.get()


def test_sponsorship_is_answered_without_the_letter(wish, member, signed_in):
    client, path = signed_in(member), f"/members/sponsorships/{wish.public_id}/"
    assert "Amina Diallo" in client.get("/home/").content.decode()
    assert client.get(path).status_code == 200
    client.post(path, {"decision": "attest", "attestations": NEEDED_ATTESTATIONS})
    wish.refresh_from_db()
    assert wish.state == "attested"
    assert "Amina Diallo" not in client.get("/home/").content.decode()


def test_sponsorship_withdraw_takes_it_back(wish, member, signed_in):
    client, path = signed_in(member), f"/members/sponsorships/{wish.public_id}/"
    client.post(path, {"decision": "attest", "attestations": NEEDED_ATTESTATIONS})
    assert client.post(f"{path}withdraw/", {"reason": "Mistaken."})["Location"] == path
    assert "You took back" in client.get(path).content.decode()


def test_sponsorships_are_ones_own(wish, member, stranger, signed_in):
    path = f"/members/sponsorships/{wish.public_id}/"
    assert "Amina Diallo" in signed_in(member).get("/members/sponsorships/").content.decode()
    assert "Nobody has named you" in signed_in(stranger).get("/members/sponsorships/").content.decode()
    assert signed_in(stranger).get(path).status_code == 404
    assert signed_in(stranger).post(f"{path}withdraw/", {"reason": "x"}).status_code == 404


def test_sponsorships_show_nothing_of_an_application_that_was_not_sent(member, signed_in):
    named = sponsor(application(state="verified"), state="named", member=member, email=member.email)
    assert signed_in(member).get(f"/members/sponsorships/{named.public_id}/").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_sponsorships_cost_the_same_queries(member, signed_in, django_assert_num_queries, count):
    for _ in range(count):
        sponsor(application(vouched=False), state="asked", member=member)
    client = signed_in(factories.reloaded(member))
    client.get("/members/sponsorships/")
    with django_assert_num_queries(3):
        client.get("/members/sponsorships/")


# The applicant's side


def test_application_status_says_who_acts_next_and_never_who_answered(client, db):
    case = application(vouched=False, token=TOKEN)
    for state in ("attested", "asked"):
        sponsor(case, state=state, asked_at=just_now())
    page = client.get(f"/apply/status/{TOKEN}/").content.decode()
    assert "Your sponsors" in page
    assert page.count("Send the letter again") == 2
    assert not [word for word in ("Vouched", "No answer yet", "Declined") if word in page]
    Sponsor.objects.filter(state="asked").update(state="attested", answered_at=just_now(), attestations=NEEDED)
    assert "Officers of the network" in client.get(f"/apply/status/{TOKEN}/").content.decode()


def test_application_sponsor_again_answers_the_same_whoever_has_answered(client, db):
    case = application(vouched=False, token=TOKEN)
    rows = [sponsor(case, state=state, asked_at=just_now()) for state in ("attested", "asked", "declined")]
    paths = [f"/apply/status/{TOKEN}/sponsors/{row.public_id}/again/" for row in rows]
    assert client.get(paths[0]).status_code == 405
    answers = {(a.status_code, a["Location"]) for a in (client.post(path) for path in paths)}
    assert answers == {(302, f"/apply/status/{TOKEN}/")}
    assert [client.post(paths[0]).status_code for _ in range(3)] == [302, 302, 429]


def test_application_sponsor_again_is_for_ones_own_sponsors(client, db):
    application(token=TOKEN)
    other = sponsor(application(), state="asked")
    assert client.post(f"/apply/status/{TOKEN}/sponsors/{other.public_id}/again/").status_code == 404


def test_application_sponsor_names_one_more_when_one_is_needed(client, db):
    case = application(vouched=False, token=TOKEN)
    sponsor(case)
    sponsor(case, state="declined")
    page = client.get(f"/apply/status/{TOKEN}/").content.decode()
    assert "We need another sponsor" in page
    path, aroha = f"/apply/status/{TOKEN}/sponsor/", {"name": "Aroha Ngata", "organisation_name": "Port Authority"}
    assert client.get(path).status_code == 200
    refused = client.post(path, {**aroha, "email": case.email})
    assert (refused.status_code, refused.context["form"]["name"].value()) == (422, "Aroha Ngata")
    assert client.post(path, {**aroha, "email": "aroha@port.example"}).status_code == 302
    assert "We need another sponsor" not in client.get(f"/apply/status/{TOKEN}/").content.decode()
    assert client.post(path, {**aroha, "email": "third@third.example"}).status_code == 409


def test_application_sponsor_is_offered_to_who_was_never_asked_for_one(client, db):
    application(token=TOKEN, vouched=False)
    page = client.get(f"/apply/status/{TOKEN}/").content.decode()
    assert f"/apply/status/{TOKEN}/sponsor/" in page
    assert client.get(f"/apply/status/{TOKEN}/sponsor/").status_code == 200
