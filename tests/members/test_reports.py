"""Do officers see what a member shows them, and nothing else; and does nobody learn who showed it?"""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail as outbox
from django.db import IntegrityError, transaction

from congress.core import journal, mail
from congress.core.errors import NotPermittedError
from congress.core.models import Delivery, Entry
from congress.core.roles import Role
from members.actions import conversations, erasures, introductions, needs
from members.actions import reports as actions
from members.models import Introduction, Member, Message, Need, Profile, Report, Reportable, kind_of
from members.policies import needs_addressed_to
from members.queries import reports
from members.queries.needs import Wanted
from members.tasks import reports as tasks
from tests import factories

WORDS, LINE, OTHER = "Zqwordsxk", "Zqlinexk", "Zqotherxk"
DESK = "/members/reports/"


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def lead(db) -> Member:
    return factories.member("lead", roles=[Role.VETTING_LEAD])


@pytest.fixture
def introducer(db) -> Member:
    return factories.member("introducer", country="KE")


@pytest.fixture
def message(member, stranger) -> Message:
    found = conversations.open_conversation(stranger, by=member, at=now(), text=WORDS)
    conversations.say(found, by=stranger, at=now(), text=OTHER)
    return Message.objects.get(author=member)


@pytest.fixture
def need(member, stranger) -> Need:
    return ask(member, stranger)


@pytest.fixture
def introduction(member, introducer, stranger) -> Introduction:
    found = introductions.ask_for_introduction(stranger, by=member, at=now(), introducer=introducer, reason=WORDS)
    return introductions.pass_on(found, by=introducer, at=now(), text=LINE)


@pytest.fixture
def sent(request) -> Reportable:
    found: Reportable = request.getfixturevalue(request.param)
    return found


EACH = pytest.mark.parametrize("sent", ["message", "need", "introduction"], indirect=True)


def ask(by: Member, expert: Member) -> Need:
    Profile.objects.filter(member=expert).update(topics=["drones"])
    said = needs.NeedText("Title", WORDS, now().date() + timedelta(days=7))
    return needs.ask_network(said, Wanted(topics=("drones",)), by=by, at=now())


def address(thing: Reportable) -> str:
    return f"/members/report/{kind_of(thing)}/{thing.public_id}/"


def report(thing: Reportable, by: Member) -> Report:
    return actions.report(thing, by=by, at=now(), reason="Rude")


def send_mail() -> list[str]:
    for entry in Entry.objects.filter(event__in=[actions.MADE, needs.TAKEN]):
        journal.dispatch(entry, now())
    mail.send(mail.claim(now()), now)
    return sorted(letter.to[0] for letter in outbox.outbox)


@EACH
def test_report_shows_officers_what_was_sent_and_nothing_else(signed_in, sent, stranger, lead):
    client, path = signed_in(stranger), address(sent)
    assert (WORDS in client.get(path).content.decode(), client.post(path, {"reason": ""}).status_code) == (True, 422)
    assert client.post(path, {"reason": "Sells things"}).status_code == 302
    again = client.post(path, {"reason": "Zqagainxk"})
    assert (again.status_code, "Zqagainxk" in again.content.decode()) == (409, True)
    page = signed_in(lead).get(DESK).content.decode()
    assert [word in page for word in (WORDS, "Sells things", OTHER)] == [True, True, False]
    assert (send_mail(), WORDS in str(outbox.outbox[0].message())) == ([lead.email], False)


def test_letter_about_a_report_is_for_officers_while_it_waits(message, stranger, lead):
    made = report(message, by=stranger)

    def letters() -> list[bool]:
        entry = Entry(target_id=made.pk)
        return [bool(tasks.compose_report(Delivery(entry=entry, member=who))) for who in (lead, stranger)]

    assert letters() == [True, False]
    actions.settle_report(made, by=factories.reloaded(lead), at=now())
    assert letters() == [False, False]


@EACH
def test_report_is_for_whoever_got_it(signed_in, sent, member, author, lead):
    path = address(sent)
    for person in (member, author, lead):
        hidden, unknown = signed_in(person).get(path), signed_in(person).get(path.replace(sent.public_id, "nothing"))
        assert (hidden.status_code, hidden.content) == (404, unknown.content)
        with pytest.raises(NotPermittedError):
            report(sent, by=person)
    assert signed_in(author).get(f"/members/report/profile/{sent.public_id}/").status_code == 404


@EACH
def test_report_changes_no_byte_for_who_wrote(signed_in, sent, member, stranger):
    pages = ["/members/introductions/", "/members/needs/", "/members/me/conversations/", "/home/"]
    before = [signed_in(member).get(page).content.split(b"csrfmiddlewaretoken")[0] for page in pages]
    report(sent, by=stranger)
    assert [signed_in(member).get(page).content.split(b"csrfmiddlewaretoken")[0] for page in pages] == before


def test_an_introducer_reports_what_they_got_and_whoever_is_wanted_both(signed_in, introduction, introducer, stranger):
    first, second = (report(introduction, by=person) for person in (introducer, stranger))
    assert [[each.text for each in made.said] for made in (first, second)] == [[WORDS], [WORDS, LINE]]
    assert [[each.author.pk for each in made.said][1:] for made in (first, second)] == [[], [introducer.pk]]


@pytest.mark.parametrize("who", ["asker", "introducer", "wanted"])
def test_reports_shows_no_officer_an_introduction_in_which_they_have_a_part(introduction, lead, stranger, who):
    made = report(introduction, by=stranger)
    letter = Delivery(entry=Entry(target_id=made.pk), member=lead)
    assert (list(reports(lead)), bool(tasks.compose_report(letter))) == ([made], True)
    Introduction.objects.update(**{who: lead})
    assert (list(reports(lead)), tasks.compose_report(letter)) == ([], None)
    with pytest.raises(NotPermittedError):
        actions.settle_report(made, by=lead, at=now())


def test_report_settle_is_for_officers_and_never_for_ones_own_words(signed_in, member, stranger):
    leads = [factories.member(roles=[Role.VETTING_LEAD]) for _ in range(2)]
    conversations.open_conversation(member, by=leads[0], at=now(), text=WORDS)
    made = report(Message.objects.get(), by=member)
    path = f"{DESK}{made.public_id}/settle/"
    asked = (stranger, leads[0], leads[1], leads[1])
    assert [signed_in(who).post(path).status_code for who in asked] == [404, 404, 302, 404]
    assert (reports(leads[1]).count(), Report.objects.get().settled_by) == (0, leads[1])
    with pytest.raises(actions.ReportSettledError):
        actions.settle_report(made, by=leads[1], at=now())


@pytest.mark.parametrize("role", sorted(role for role in Role if role != Role.MEMBER))
def test_reports_is_for_those_who_suspend(signed_in, role, db):
    may = role in {Role.VETTING_LEAD, Role.ADMINISTRATOR}
    assert signed_in(factories.member(roles=[role])).get(DESK).status_code == (200 if may else 403)


def test_need_take_away_tells_the_asker_why_and_settles_all_reports(signed_in, need, member, stranger, lead):
    report(need, by=stranger)
    client, path = signed_in(lead), f"/members/needs/{need.public_id}/take-away/"
    assert (client.get(path).status_code, client.post(path, {"reason": ""}).status_code) == (200, 422)
    assert [client.post(path, {"reason": "Zqreasonxk"}).status_code for _ in range(2)] == [302, 404]
    assert signed_in(stranger).get(f"/members/needs/{need.public_id}/").status_code == 404
    assert "Zqreasonxk" in signed_in(member).get(f"/members/needs/{need.public_id}/").content.decode()
    assert (send_mail(), reports(lead).count()) == ([member.email], 0)
    assert "Zqreasonxk" not in str([letter.body for letter in outbox.outbox])
    with pytest.raises(needs.NeedOverError):
        needs.take_need_away(need, by=lead, at=now(), reason="Twice")


def test_a_need_stands_until_all_who_reported_it_are_heard(need, member, stranger, lead):
    made = report(need, by=stranger)
    actions.settle_report(made, by=lead, at=now())
    assert needs_addressed_to(stranger).exists()
    with pytest.raises(actions.ReportedAlreadyError):
        report(need, by=stranger)


def test_no_officer_takes_their_own_need_away(signed_in, lead, stranger):
    need = ask(lead, stranger)
    report(need, by=stranger)
    assert WORDS not in signed_in(lead).get(DESK).content.decode()
    with pytest.raises(NotPermittedError):
        needs.take_need_away(need, by=lead, at=now(), reason="x")


def test_the_database_knows_one_thing_and_one_report(message, need, stranger):
    report(message, by=stranger)
    for what in ({}, {"message": message, "need": need}, {"message": message}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Report.objects.create(by=stranger, reason="x", at=now(), **what)


def test_an_erasure_leaves_no_words_of_who_reported(need, stranger):
    report(need, by=stranger)
    erasures.ask_for_erasure(by=stranger, at=now())
    assert erasures.erase_due(at=now() + timedelta(days=15)) == 1
    assert Report.objects.get().reason == ""


@pytest.mark.parametrize("count", [1, 3])
def test_reports_costs_the_same_however_many(signed_in, lead, introducer, django_assert_num_queries, count):
    for number in range(count):
        asker, wanted = factories.member(), factories.member()
        found = introductions.ask_for_introduction(
            wanted, by=asker, at=now(), introducer=introducer, reason=f"{number}"
        )
        report(introductions.pass_on(found, by=introducer, at=now(), text=LINE), by=wanted)
    client = signed_in(lead)
    with django_assert_num_queries(3):
        client.get(DESK)
