"""What do provisional members, objectors and applicants meet on their pages?"""

from datetime import UTC, datetime, timedelta

import pytest

from congress.core import journal
from congress.core.models import Delivery, Entry
from congress.core.roles import Role, Standing
from members.actions import questions, rounds, vetting, vetting_night
from members.actions.departures import Words, end_affiliation
from members.models import Application, Member, Objection
from members.tasks import vetting as tasks
from tests import factories
from tests.conftest import NOW
from tests.members.cases import application, groundwork, sponsor, word

TOKEN = "t" * 43
STATUS = f"/apply/status/{TOKEN}/"
HOST = {"host": "localhost"}
CONFIDENCE = "Seen with another passport."


@pytest.fixture
def third_vetter(db) -> Member:
    return factories.member("third_vetter", roles=[Role.VETTING_REVIEWER])


@pytest.fixture
def newcomer(vetter, second_vetter, at) -> Application:
    case = groundwork(application(token=TOKEN), vetter, second_vetter)
    vetting.approve(case, by=vetter, at=at, word=word())
    return vetting.approve(case, by=second_vetter, at=at, word=word(seen=1))


@pytest.fixture
def neighbour(newcomer) -> Member:
    """Somebody of an organisation that vouched."""
    vouching = factories.member()
    sponsor(newcomer, member=vouching)
    return factories.member("neighbour", organisation=vouching.organisation)


def test_provisional_says_until_when(signed_in, newcomer):
    factories.second_factor(newcomer.member)
    client = signed_in(newcomer.member)
    answer = client.get("/home/")
    assert answer["Location"] == "/members/me/provisional/"
    assert "7 December 2026" in client.get("/members/me/provisional/").content.decode()
    assert client.get("/members/")["Location"] == "/members/me/provisional/"


@pytest.mark.usefixtures("clock")
def test_newcomers_lists_whom_ones_own_organisation_vouched_for(signed_in, neighbour, stranger):
    assert "Amina Diallo" in signed_in(neighbour).get("/members/newcomers/").content.decode()
    assert "Amina Diallo" in signed_in(neighbour).get("/home/").content.decode()
    assert "Amina Diallo" not in signed_in(stranger).get("/members/newcomers/").content.decode()
    assert "Amina Diallo" not in signed_in(stranger).get("/home/").content.decode()


@pytest.mark.parametrize(("text", "status"), [(CONFIDENCE, 302), ("", 422), ("x" * 2001, 422)])
def test_newcomer_takes_an_objection(signed_in, newcomer, neighbour, text, status):
    path = f"/members/newcomers/{newcomer.public_id}/"
    assert signed_in(neighbour).post(path, {"text": text}).status_code == status
    assert Objection.objects.exists() is (status == 302)
    if status == 302:
        assert signed_in(neighbour).post(path, {"text": text}).status_code == 409


def told(case: Application) -> list[str]:
    """Let a night pass, and return to whom it writes of newcomers."""
    vetting_night.sweep(at=datetime.now(UTC))
    for entry in Entry.objects.filter(event=vetting_night.ANNOUNCED):
        journal.dispatch(entry, entry.at)
    return list(Delivery.objects.filter(kind=tasks.NEWCOMERS).values_list("member__latin_name", flat=True))


@pytest.fixture
def young(newcomer: Application) -> Application:
    Application.objects.filter(pk=newcomer.pk).update(due_on=datetime.now(UTC).date() + timedelta(days=14))
    return newcomer


def test_sponsors_organisations_hear_of_a_newcomer_once(young, neighbour, stranger, vetter):
    first = told(young)
    assert (first.count("Neighbour"), "Stranger" in first, "Vetter" in first) == (1, False, False)
    assert told(young) == first
    letter = tasks.compose_newcomers(Delivery.objects.get(member=neighbour, kind=tasks.NEWCOMERS))
    assert letter is not None
    assert ("Amina Diallo" in letter.text, "/members/newcomers/" in letter.text) == (True, True)


def _leaves(member: Member, _case: Application) -> None:
    end_affiliation(member, by=member, at=datetime.now(UTC), words=Words())


def _moves(member: Member, _case: Application) -> None:
    Member.objects.filter(pk=member.pk).update(organisation=factories.organisation())


def _objects(member: Member, case: Application) -> None:
    rounds.object_to(case, by=factories.reloaded(member), at=datetime.now(UTC), text=CONFIDENCE)


def _is_reopened(_member: Member, case: Application) -> None:
    rounds.lose_sponsor(case, at=datetime.now(UTC))


@pytest.mark.parametrize("change", [_leaves, _moves, _objects, _is_reopened])
def test_who_has_nothing_to_object_to_any_more_gets_no_letter(young, neighbour, change):
    told(young)
    change(neighbour, young)
    assert tasks.compose_newcomers(Delivery.objects.get(member=neighbour, kind=tasks.NEWCOMERS)) is None


def test_who_left_is_not_written_to_at_all(young, neighbour):
    _leaves(neighbour, young)
    assert "Neighbour" not in told(young)


def test_newcomer_is_unknown_to_others(signed_in, newcomer, stranger):
    hidden, unknown = (signed_in(stranger).get(f"/members/newcomers/{i}/") for i in (newcomer.public_id, "0" * 12))
    assert (hidden.status_code, hidden.content) == (404, unknown.content)


def test_objections_are_read_by_officers_only(signed_in, client, newcomer, neighbour, third_vetter):
    rounds.object_to(newcomer, by=neighbour, at=NOW, text=CONFIDENCE)
    vouching = factories.member("colleague", organisation=neighbour.organisation)
    pages = [
        signed_in(vouching).get("/members/newcomers/"),
        signed_in(vouching).get(f"/members/newcomers/{newcomer.public_id}/"),
        client.get(STATUS, headers=HOST),
    ]
    assert [CONFIDENCE in page.content.decode() for page in pages] == [False] * 3
    page = signed_in(third_vetter).get(f"/members/vetting/{newcomer.public_id}/").content.decode()
    assert (CONFIDENCE in page, "Uphold and open the case again" in page) == (True, True)


@pytest.mark.parametrize(
    ("step", "why", "status", "state"),
    [("uphold", "Right.", 302, "open"), ("dismiss", "Wrong.", 302, "window"), ("uphold", "", 422, "window")],
)
def test_vetting_settle_answers(signed_in, newcomer, neighbour, third_vetter, step, why, status, state):
    objection = rounds.object_to(newcomer, by=neighbour, at=NOW, text=CONFIDENCE)
    path = f"/members/vetting/{newcomer.public_id}/settle/"
    data = {"objection": objection.pk, "step": step, "settlement": why}
    assert signed_in(third_vetter).post(path, data).status_code == status
    assert Application.objects.get(pk=newcomer.pk).state == state


def test_vetting_settle_is_not_for_who_approved(signed_in, newcomer, neighbour, vetter):
    objection = rounds.object_to(newcomer, by=neighbour, at=NOW, text=CONFIDENCE)
    data = {"objection": objection.pk, "step": "dismiss", "settlement": "Wrong."}
    assert signed_in(vetter).post(f"/members/vetting/{newcomer.public_id}/settle/", data).status_code == 403


@pytest.mark.parametrize(("text", "status"), [("Which port?", 302), ("", 422)])
def test_vetting_ask_sends_a_question(signed_in, vetter, text, status):
    case = application()
    assert signed_in(vetter).post(f"/members/vetting/{case.public_id}/ask/", {"question": text}).status_code == status
    assert case.questions.exists() is (status == 302)


def test_vetting_go_on_takes_the_case_back(signed_in, vetter):
    case = application()
    path = f"/members/vetting/{case.public_id}/go-on/"
    assert signed_in(vetter).post(path).status_code == 409
    questions.ask(case, by=vetter, at=NOW, text="Which port?")
    assert signed_in(vetter).post(path).status_code == 302


def test_application_answer_is_asked_for_and_taken_once(client, vetter):
    case = application(token=TOKEN)
    assert client.get(f"{STATUS}answer/", headers=HOST).status_code == 302
    questions.ask(case, by=vetter, at=NOW, text="Which port?")
    page = client.get(STATUS, headers=HOST).content.decode()
    assert ("Which port?" in page, "21 December 2026" in page, str(vetter) in page) == (True, True, False)
    assert "Which port?" in client.get(f"{STATUS}answer/", headers=HOST).content.decode()
    answers = [client.post(f"{STATUS}answer/", {"text": t}, headers=HOST) for t in ("", "Dakar.", "!")]
    assert [answer.status_code for answer in answers] == [422, 302, 409]


@pytest.mark.usefixtures("clock")
def test_application_appeal_is_offered_once(client, vetter):
    case = application(token=TOKEN, state="open")
    assert client.get(f"{STATUS}appeal/", headers=HOST).status_code == 302
    vetting.refuse(case, by=vetter, at=NOW, word=word("Lied twice."))
    page = client.get(STATUS, headers=HOST).content.decode()
    assert ("appeal/" in page, "Lied twice." in page) == (True, False)
    answers = [client.post(f"{STATUS}appeal/", {"text": t}, headers=HOST) for t in ("", "Look again.", "Again.")]
    assert [answer.status_code for answer in answers] == [422, 302, 409]
    assert Application.objects.get(pk=case.pk).round == 2


def test_provisional_is_for_provisional_members(signed_in, member):
    assert signed_in(member).get("/members/me/provisional/").status_code == 403
    other = factories.member(standing=Standing.PROVISIONAL)
    assert "once more" in signed_in(other).get("/members/me/provisional/").content.decode()
