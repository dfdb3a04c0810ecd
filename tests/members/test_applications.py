"""Can a stranger apply with a proved address, lose nothing that was typed, and learn nothing else?"""

import re
from datetime import datetime, timedelta

import pytest
from django.test import Client

from congress.core import journal, mail
from congress.core.models import Delivery, Entry
from congress.core.roles import Standing
from congress.core.states import IllegalTransitionError
from members import tasks
from members.actions import applications, sponsors
from members.actions.applications import NoWithdrawalError
from members.models import Application, Knock, Member
from tests.members.cases import ANSWERS, NAMINGS, application, decision

TOKEN = "t" * 43


@pytest.fixture
def client() -> Client:
    return Client(headers={"host": "localhost"})


def hear(at: datetime) -> None:
    """Run the listeners of everything that has happened."""
    for entry in Entry.objects.order_by("pk"):
        journal.dispatch(entry, at)


def letter(kind: str) -> mail.Letter:
    return mail.unsealed(Delivery.objects.get(kind=f"members.{kind}"))


def mailed_path(kind: str = "application_link") -> str:
    found = re.search(r"http://[^/]+(/\S+)", letter(kind).text)
    assert found is not None
    return found.group(1)


def tell_all(case: Application, at: datetime) -> None:
    """Fill in every page."""
    applications.tell(case, at=at, answers=ANSWERS)
    sponsors.name_sponsors(case, at=at, namings=NAMINGS)


# Actions


def test_a_knock_looks_at_nothing_and_is_forgotten(member, at, django_assert_num_queries):
    case = application()
    for email in ("New@customs.example", member.email, case.email):
        with django_assert_num_queries(4):  # two rows between the ends of a savepoint
            applications.knock(email, at=at)
    hear(at)
    hear(at)
    assert not Knock.objects.exists()
    assert Application.objects.count() == 2
    kinds = Delivery.objects.order_by("address").values_list("address", "kind")
    assert sorted(kinds) == sorted(
        [
            (case.email, "members.application_link"),
            ("new@customs.example", "members.application_link"),
            (member.email, "members.member_already"),
        ]
    )


def test_begin_sends_a_link_that_is_stored_as_a_hash_only(db, at):
    applications.begin("New@Customs.example", at=at)
    hear(at)
    token = mailed_path().split("/")[3]
    case = Application.objects.get()
    assert (case.email, case.state) == ("new@customs.example", "unverified")
    assert len(token) == 43
    assert token not in str(vars(case))
    assert not Delivery.objects.filter(sealed_letter__contains=token).exists()


def test_begin_again_keeps_one_application_and_ends_the_link_before(db, at):
    applications.begin("new@customs.example", at=at)
    hear(at)
    first = mailed_path()
    Delivery.objects.all().delete()
    applications.begin("NEW@customs.example", at=at)
    hear(at)
    assert Application.objects.count() == 1
    assert mailed_path() != first


def test_begin_tells_a_member_by_mail_only(member, at):
    applications.begin(member.email.upper(), at=at)
    hear(at)
    assert not Application.objects.exists()
    assert "You are a member already" in letter("member_already").subject


def test_begin_after_a_refusal_is_a_new_application(db, at):
    old = application(state="refused")
    applications.begin(old.email, at=at)
    assert Application.objects.count() == 2


def test_verify_submit_and_withdraw_move_one_step_each(db, at):
    case = application(state="unverified")
    assert applications.verify(case, at=at).state == "verified"
    sponsors.name_sponsors(case, at=at, namings=NAMINGS)
    applications.tell(case, at=at, answers=ANSWERS)
    assert applications.submit(case, at=at).state == "open"
    assert applications.withdraw(case, at=at).state == "withdrawn"
    case.refresh_from_db()
    assert (case.latin_name, case.submitted_at, case.closed_at) == ("Amina Diallo", at, at)
    events = list(Entry.objects.order_by("pk").values_list("event", flat=True))
    told = ["verified", "sponsors_named", "told_more", "submitted"]
    assert events == [
        *(f"members.application.{name}" for name in told),
        *["members.sponsor.asked"] * 2,
        "members.application.withdrawn",
    ]


@pytest.mark.parametrize(
    ("act", "allowed"), [("verify", {"unverified"}), ("submit", {"verified"}), ("withdraw", {"open"})]
)
@pytest.mark.parametrize("state", ["unverified", "verified", "open", "approved", "refused", "withdrawn"])
def test_applicants_steps_are_possible_in_these_states_only(db, at, act, allowed, state):
    case = application(state=state)
    if state == "verified":
        tell_all(case, at)
    if state in allowed:
        getattr(applications, act)(case, at=at)
    else:
        with pytest.raises((IllegalTransitionError, NoWithdrawalError)):
            getattr(applications, act)(case, at=at)


def test_submitting_is_confirmed_by_mail(db, at):
    case = application(state="verified")
    tell_all(case, at)
    applications.submit(case, at=at)
    hear(at)
    assert "has arrived" in letter("application_received").subject


def test_unfinished_applications_are_forgotten_after_their_link(db, at):
    kept = [application(state="unverified", begun_at=at - timedelta(days=13)), application(begun_at=at - timedelta(90))]
    application(state="unverified", begun_at=at - timedelta(days=14))
    application(state="verified", begun_at=at - timedelta(days=20))
    assert applications.forget_unfinished(at=at) == 2
    assert list(Application.objects.order_by("pk")) == kept


def test_forget_unfinished_applications_runs_by_the_clock(db):
    application(state="unverified")
    assert tasks.forget_unfinished_applications() in {0, 1}


# Pages


def test_apply_answers_the_same_page_to_everybody(client, member, suspended):
    open_case = application()
    answers = set()
    for email in ("new@customs.example", member.email, suspended.email, open_case.email):
        response = client.post("/apply/", {"email": email})
        answers.add((response.status_code, response["Location"], response.content))
    assert len(answers) == 1


@pytest.mark.parametrize(
    "email",
    [
        "",
        "nobody",
        "a@b",
        "a@x.org, b@x.org",
        "a@x.org\nBcc: b@x.org",
        "a@mailinator.com",
        "a\x00@customs.example",
        "x" * 300 + "@customs.example",
        "root@localhost",
        "a@[127.0.0.1]",
    ],
)
def test_apply_refuses_what_is_no_address_and_keeps_it(client, db, email):
    response = client.post("/apply/", {"email": email})
    assert response.status_code == 422
    assert response.context["form"]["email"].value() == email


def test_apply_brakes_one_address(client, db):
    statuses = [client.post("/apply/", {"email": "new@customs.example"}).status_code for _ in range(5)]
    assert statuses == [302, 302, 302, 302, 429]


def test_apply_brakes_one_source(client, db):
    statuses = [client.post("/apply/", {"email": f"new{n}@customs.example"}).status_code for n in range(21)]
    assert statuses[-2:] == [302, 429]


def test_apply_sent_says_to_look_into_the_mail(client, db):
    assert "Look into your mail" in client.get("/apply/sent/").content.decode()


def test_application_status_changes_nothing_until_it_is_confirmed(client, db):
    case = application(state="unverified", token=TOKEN, begun_at=datetime.now().astimezone())
    page = client.get(f"/apply/status/{TOKEN}/")
    assert "Yes, this is my address" in page.content.decode()
    case.refresh_from_db()
    assert case.state == "unverified"
    assert "no-store" in page["Cache-Control"]


def test_application_verify_opens_the_form(client, db):
    application(state="unverified", token=TOKEN, begun_at=datetime.now().astimezone())
    assert client.get(f"/apply/status/{TOKEN}/verify/").status_code == 405
    response = client.post(f"/apply/status/{TOKEN}/verify/")
    assert response["Location"] == f"/apply/status/{TOKEN}/form/"
    assert client.post(f"/apply/status/{TOKEN}/verify/").status_code == 409


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("open", "Two officers of the network are looking at your application"),
        ("approved", "You are a member"),
        ("refused", "The network has decided not to admit you"),
        ("withdrawn", "You withdrew your application"),
    ],
)
def test_application_status_speaks_the_applicants_words(client, vetter, state, words):
    closed = {} if state == "open" else {"closed_at": datetime.now().astimezone()}
    case = application(state=state, token=TOKEN, **closed)
    decision(case, vetter, in_favour=state != "refused")
    page = client.get(f"/apply/status/{TOKEN}/").content.decode()
    assert words in page
    assert "Waiting for decisions" not in page
    assert str(vetter) not in page


def test_application_withdraw_takes_a_post(client, db):
    case = application(token=TOKEN)
    assert client.get(f"/apply/status/{TOKEN}/withdraw/").status_code == 405
    client.post(f"/apply/status/{TOKEN}/withdraw/")
    case.refresh_from_db()
    assert case.state == "withdrawn"
    assert client.post(f"/apply/status/{TOKEN}/withdraw/").status_code == 409


@pytest.mark.parametrize("part", ["", "verify/", "form/", "form/name/", "check/", "sponsor/", "withdraw/"])
def test_links_that_lead_nowhere_say_so(client, db, part):
    application(state="unverified", token=TOKEN, begun_at=datetime.now().astimezone() - timedelta(days=15))
    for token in (TOKEN, "unknown", "a%00b", "x" * 2000):
        path = f"/apply/status/{token}/{part}"
        response = client.post(path) if part in {"verify/", "withdraw/"} else client.get(path)
        assert response.status_code == 404
        assert "This link leads nowhere" in response.content.decode()


def test_a_link_is_no_account(client, db):
    application(token=TOKEN)
    client.get(f"/apply/status/{TOKEN}/")
    assert client.get("/members/").status_code == 302
    assert not Member.objects.filter(standing=Standing.APPLICANT).exists()
