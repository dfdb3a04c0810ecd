"""What do organisers see and decide, and who else may not?"""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from congress.core.sectors import Sector
from events.models import Meeting, Registration
from tests import factories
from tests.events.factories import MORNING, draft, registration, slot

ORGANISERS_PAGES = ["delegates", "programme_draft"]


def address(name: str, meeting: Meeting) -> str:
    return reverse(f"events:{name}", args=[meeting.slug])


@pytest.fixture
def client(signed_in, organiser) -> Client:
    signed: Client = signed_in(organiser)
    return signed


@pytest.fixture
def rows(plenary: Meeting) -> list[Registration]:
    """Three delegates: law enforcement in Thailand, industry in Peru, law enforcement in Peru, who waits."""
    said = [("anong", "law_enforcement", "TH"), ("benito", "industry", "PE"), ("carla", "law_enforcement", "PE")]
    people = [factories.member(name, sector=Sector(sector), country=country) for name, sector, country in said]
    return [
        registration(plenary, person, state, needs=f"Needs of {person}")
        for person, state in zip(people, ["applied", "applied", "waiting"], strict=True)
    ]


def states(rows: list[Registration]) -> list[str]:
    return [Registration.objects.get(pk=row.pk).state for row in rows]


@pytest.mark.parametrize("name", ORGANISERS_PAGES)
def test_delegates_and_programme_draft_are_refused_to_members(signed_in, member, plenary, rows, name):
    response = signed_in(member).get(address(name, plenary))
    assert response.status_code == 403
    assert "Anong" not in response.content.decode()


@pytest.mark.parametrize("name", ORGANISERS_PAGES)
def test_delegates_and_programme_draft_of_a_hidden_meeting_do_not_exist(signed_in, member, db, name):
    hidden = factories.meeting("hidden", is_announced=False)
    assert signed_in(member).get(address(name, hidden)).status_code == 404


def test_delegates_lists_everybody_in_the_order_of_application(client, plenary, rows):
    page = client.get(address("delegates", plenary)).content.decode()
    places = [page.index(word) for word in ("Anong", "Benito", "Carla")]
    assert places == sorted(places)
    assert "Needs of Carla" in page


def test_delegates_of_other_meetings_are_not_there(client, plenary, rows):
    registration(factories.meeting("other"), factories.member("dora"))
    assert "Dora" not in client.get(address("delegates", plenary)).content.decode()


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("state=applied", ["Anong", "Benito"]),
        ("sector=industry", ["Benito"]),
        ("country=PE", ["Benito", "Carla"]),
        ("country=PE&country=TH&state=waiting", ["Carla"]),
        ("q=anOng", ["Anong"]),
        ("q=nobody", []),
        ("state=nonsense", ["Anong", "Benito", "Carla"]),
        ("q=%00", ["Anong", "Benito", "Carla"]),
    ],
)
def test_delegates_filters(client, plenary, rows, query, names):
    page = client.get(f"{address('delegates', plenary)}?{query}").content.decode()
    assert [name for name in ("Anong", "Benito", "Carla") if f"Needs of {name}" in page] == names
    assert ("an unknown filter was left out" in page) == ("nonsense" in query)


def test_delegates_says_the_filters_and_how_to_take_one_away(client, plenary, rows):
    page = client.get(f"{address('delegates', plenary)}?country=PE&sector=industry").content.decode()
    assert f'href="{address("delegates", plenary)}?country=PE">Industry' in page
    assert f'href="{address("delegates", plenary)}?sector=industry">Peru' in page


def test_delegates_answers_a_very_long_search(client, plenary, rows):
    assert client.get(address("delegates", plenary), {"q": "x " * 5000}).status_code == 200


def test_delegates_refuses_a_changed_cursor(client, plenary, rows):
    assert client.get(address("delegates", plenary), {"after": "changed"}).status_code == 400


def test_delegates_counts_each_facet_with_the_others_on(client, plenary, rows):
    response = client.get(address("delegates", plenary), {"country": "PE"})
    facets = response.context["delegates"].facets
    counted = {name: {option.value: option.count for option in options} for name, options in facets.items()}
    assert counted == {
        "state": {"applied": 1, "waiting": 1},
        "sector": {"industry": 1, "law_enforcement": 1},
        "country": {"TH": 1, "PE": 2},
    }
    assert response.context["delegates"].count == 2


def test_delegates_costs_the_same_for_one_and_three(client, plenary):
    def query_count() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(address("delegates", plenary))
        return len(queries)

    registration(plenary, factories.member("first"))
    one = query_count()
    for name in ("second", "third"):
        registration(plenary, factories.member(name))
    assert query_count() == one <= 6


def test_delegates_approves_the_chosen_and_keeps_the_filters(client, plenary, rows):
    chosen = [row.public_id for row in rows[:2]]
    here = f"{address('delegates', plenary)}?state=applied"
    response = client.post(here, {"chosen": chosen, "decision": "approve"}, follow=True)
    assert response.redirect_chain == [(here, 303)]
    assert "2 seats were given." in response.content.decode()
    assert states(rows) == ["confirmed", "confirmed", "waiting"]


def test_delegates_approves_everybody_shown(client, plenary, rows):
    shown = " ".join(row.public_id for row in rows)
    client.post(address("delegates", plenary), {"shown": shown, "everyone": "on", "decision": "approve"})
    assert states(rows) == ["confirmed"] * 3


def test_delegates_says_who_stays_without_a_seat(client, plenary, rows):
    plenary.capacity = 2
    plenary.save()
    chosen = [row.public_id for row in rows]
    response = client.post(address("delegates", plenary), {"chosen": chosen, "decision": "approve"}, follow=True)
    assert "1 stay as they are, because all seats are taken." in response.content.decode()
    assert states(rows) == ["confirmed", "confirmed", "waiting"]


def test_delegates_without_any_free_seat_answers_409_and_keeps_the_choice(client, plenary, rows):
    plenary.capacity = plenary.seats_taken = 1
    plenary.save()
    response = client.post(address("delegates", plenary), {"chosen": [rows[0].public_id], "decision": "approve"})
    assert response.status_code == 409
    assert "All seats are taken" in response.content.decode()
    assert f'value="{rows[0].public_id}" aria-label="Anong" checked' in response.content.decode()
    assert states(rows) == ["applied", "applied", "waiting"]


def test_delegates_refuses_with_a_reason_only(client, plenary, rows):
    data = {"chosen": [rows[0].public_id], "decision": "refuse"}
    assert client.post(address("delegates", plenary), data).status_code == 422
    assert states(rows)[0] == "applied"
    client.post(address("delegates", plenary), {**data, "reason": "The visa was refused."})
    assert states(rows)[0] == "refused"


@pytest.mark.parametrize(
    "data",
    [
        {"decision": "approve"},
        {"decision": "approve", "chosen": ["nobody", "\x00", "' OR 1=1"]},
        {"decision": "approve", "everyone": "on", "shown": ""},
        {"decision": "sell", "chosen": ["nobody"]},
        {},
    ],
)
def test_delegates_of_a_strange_decision_answers_422(client, plenary, rows, data):
    assert client.post(address("delegates", plenary), data).status_code == 422
    assert states(rows) == ["applied", "applied", "waiting"]


def test_delegates_is_refused_to_members_who_post(signed_in, member, plenary, rows):
    response = signed_in(member).post(
        address("delegates", plenary), {"chosen": [rows[0].public_id], "decision": "approve"}
    )
    assert response.status_code == 403
    assert states(rows)[0] == "applied"


def test_programme_draft_shows_what_a_release_would_change(client, plenary):
    factories.session(plenary, "Goes")
    slot(draft(plenary), factories.session(factories.meeting("other"), "Comes"), MORNING + timedelta(hours=1))
    page = client.get(address("programme_draft", plenary)).content.decode()
    assert page.index("New") < page.index("Comes") < page.index("Gone") < page.index("Goes")
    assert "Put release 2 into force" in page


def test_programme_draft_costs_the_same_for_one_and_three(client, plenary):
    def query_count() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(address("programme_draft", plenary))
        return len(queries)

    release = draft(plenary)
    slot(release, factories.session(plenary), MORNING + timedelta(hours=1))
    one = query_count()
    for hours in (2, 3):
        slot(release, factories.session(plenary), MORNING + timedelta(hours=hours))
    assert query_count() == one <= 8


def test_programme_draft_without_a_difference_offers_no_release(client, plenary):
    page = client.get(address("programme_draft", plenary)).content.decode()
    assert "Nothing to release" in page
    assert address("programme_release", plenary) not in page


def test_programme_release_puts_the_draft_into_force(client, plenary):
    slot(draft(plenary), factories.session(plenary, "Moves"), MORNING + timedelta(hours=1))
    response = client.post(address("programme_release", plenary), follow=True)
    assert response.redirect_chain == [(address("programme_draft", plenary), 303)]
    assert "Release 2 is in force." in response.content.decode()


def test_programme_release_of_nothing_answers_409(client, plenary):
    assert client.post(address("programme_release", plenary)).status_code == 409


def test_programme_release_is_refused_to_members_and_to_get(client, signed_in, member, plenary):
    slot(draft(plenary), factories.session(plenary))
    assert signed_in(member).post(address("programme_release", plenary)).status_code == 403
    assert client.get(address("programme_release", plenary)).status_code == 405
    assert plenary.releases.draft().exists()
