"""What does a member see and do about a seat?"""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from events.models import Meeting, Registration
from tests.events.factories import registration


def address(name: str, meeting: Meeting) -> str:
    return reverse(f"events:{name}", args=[meeting.slug])


@pytest.fixture
def client(signed_in, member) -> Client:
    signed: Client = signed_in(member)
    return signed


def test_register_shows_what_the_network_knows(client, plenary, member):
    page = client.get(address("register", plenary)).content.decode()
    for known in ("Member", member.organisation.name, "Law enforcement", "Thailand", member.email):
        assert known in page


def test_register_takes_one_post_and_leads_to_the_state(client, plenary, member):
    response = client.post(address("register", plenary), {"needs": "Halal food"}, follow=True)
    assert response.redirect_chain == [(address("registration", plenary), 303)]
    page = response.content.decode()
    assert "You are registered." in page
    assert "the organisers decide on it" in page
    assert "Halal food" in page
    assert Registration.objects.get().member == member


def test_register_says_that_it_will_be_the_waiting_list(client, plenary):
    plenary.capacity = plenary.seats_taken = 1
    plenary.save()
    assert "Register for the waiting list" in client.get(address("register", plenary)).content.decode()
    page = client.post(address("register", plenary), follow=True).content.decode()
    assert "you are on the waiting list" in page


def test_register_twice_answers_409_and_shows_the_way(client, plenary, member):
    registration(plenary, member)
    response = client.post(address("register", plenary), {"needs": "Halal food"})
    assert response.status_code == 409
    assert address("registration", plenary) in response.content.decode()
    assert "already registered" in response.content.decode()


def test_register_when_closed_answers_409_and_says_when_it_opens(client, plenary):
    plenary.registration_opens_at = timezone.now() + timedelta(days=3)
    plenary.save()
    response = client.post(address("register", plenary))
    assert response.status_code == 409
    assert "Registration opens" in response.content.decode()
    assert not Registration.objects.exists()


def test_register_keeps_what_was_typed_when_it_is_too_long(client, plenary):
    response = client.post(address("register", plenary), {"needs": "long " * 300})
    assert response.status_code == 422
    assert "long long" in response.content.decode()


def test_register_asks_visitors_to_sign_in_and_come_back(plenary):
    response = Client(headers={"host": "localhost"}).get(address("register", plenary))
    assert response["Location"] == f"{reverse('account_login')}?next={address('register', plenary)}"


def test_register_without_a_token_of_the_form_changes_nothing(member, plenary):
    strict = Client(enforce_csrf_checks=True, headers={"host": "localhost"})
    strict.force_login(member)
    assert strict.post(address("register", plenary)).status_code == 403
    assert not Registration.objects.exists()


def test_registration_without_one_leads_to_register(client, plenary):
    page = client.get(address("registration", plenary)).content.decode()
    assert "You are not registered for this meeting" in page
    assert address("register", plenary) in page


def test_registration_shows_nothing_of_others(client, plenary, stranger):
    registration(plenary, stranger, needs="plantedNeeds")
    assert "plantedNeeds" not in client.get(address("registration", plenary)).content.decode()


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("applied", "the organisers decide on it"),
        ("waiting", "you are on the waiting list"),
        ("confirmed", "You have a seat"),
        ("refused", "The organisers could not give you a seat"),
        ("withdrawn", "You withdrew your registration"),
    ],
)
def test_registration_says_the_state_in_words(client, plenary, member, state, words):
    registration(plenary, member, state, reason="Visa" if state == "refused" else "")
    page = client.get(address("registration", plenary)).content.decode()
    assert words in page
    assert ("Visa" in page) == (state == "refused")


@pytest.mark.parametrize(("state", "offered"), [("applied", True), ("confirmed", True), ("refused", False)])
def test_registration_offers_to_withdraw_where_that_is_possible(client, plenary, member, state, offered):
    registration(plenary, member, state)
    page = client.get(address("registration", plenary)).content.decode()
    assert (address("registration_withdraw", plenary) in page) == offered


def test_registration_withdraw_frees_the_seat_and_allows_to_come_back(client, plenary, member):
    registration(plenary, member, "confirmed")
    response = client.post(address("registration_withdraw", plenary), follow=True)
    assert response.redirect_chain == [(address("registration", plenary), 303)]
    assert address("register", plenary) in response.content.decode()
    plenary.refresh_from_db()
    assert plenary.seats_taken == 0
    assert client.post(address("register", plenary)).status_code == 303


def test_registration_withdraw_twice_answers_409(client, plenary, member):
    registration(plenary, member, "withdrawn")
    assert client.post(address("registration_withdraw", plenary)).status_code == 409


def test_registration_withdraw_without_one_answers_404(client, plenary, stranger):
    registration(plenary, stranger)
    assert client.post(address("registration_withdraw", plenary)).status_code == 404
    assert Registration.objects.get().state == "applied"


def test_registration_withdraw_is_a_post(client, plenary, member):
    registration(plenary, member)
    assert client.get(address("registration_withdraw", plenary)).status_code == 405
