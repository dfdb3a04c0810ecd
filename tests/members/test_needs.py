"""Does a need reach those who match by what they show, and nobody else; and does nobody learn who they are?"""

from datetime import UTC, datetime, timedelta

import pytest

from congress.core import mail
from congress.core.errors import NotPermittedError
from congress.core.geography import REGION_BY_COUNTRY
from congress.core.models import Delivery, Entry
from congress.core.personal import obey
from congress.core.roles import Role, Standing
from congress.core.states import IllegalTransitionError
from members.actions import conversations, erasures
from members.actions import needs as actions
from members.actions.mail_choices import choose_mail
from members.models import Conversation, FieldAudience, Member, Need, NeedAddressee, Profile
from members.policies import needs_addressed_to
from members.queries import needs_for_each
from members.queries.needs import Wanted, matching
from members.tasks import needs as tasks
from notices import actions as notices
from notices import tasks as digest
from tests import factories

LIST, NEW = "/members/needs/", "/members/needs/new/"
TITLE, WORDS = "Zqtitlexk wanted", "Zqwordsxk please."
DRONES = Wanted(topics=("drones",))


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def expert(db) -> Member:
    return knowing("zora", country="KE", topics=["drones"], languages=["fr:fluent"])


@pytest.fixture
def need(member, expert) -> Need:
    return ask(member)


@pytest.fixture
def lead(db) -> Member:
    return factories.member("lead", roles=[Role.VETTING_LEAD])


def knowing(name: str = "", *, country: str = "FR", **written) -> Member:
    person = factories.member(name, country=country)
    Profile.objects.filter(member=person).update(**written)
    return person


def ask(by: Member, wanted: Wanted = DRONES, at: datetime | None = None) -> Need:
    at = at or now()
    said = actions.NeedText(TITLE, WORDS, at.date() + timedelta(days=7))
    return actions.ask_network(said, wanted, by=by, at=at)


def typed(**changes: object) -> dict[str, object]:
    day = (now() + timedelta(days=7)).date().isoformat()
    return {"title": TITLE, "text": WORDS, "topics": ["drones"], "ends_on": day, **changes}


def address(found: Need, step: str = "") -> str:
    return f"{LIST}{found.public_id}/{step}"


def letter_to(person: Member) -> mail.Letter | None:
    until = now() + timedelta(minutes=1)
    entry = notices.open_digest(f"{person.pk}", until=until, at=until)
    return mail.COMPOSERS[digest.DIGEST](entry, [person.pk])(Delivery(entry=entry, member=person))


@pytest.mark.parametrize(
    ("wanted", "fits"),
    [
        (Wanted(topics=("drones",)), True), (Wanted(topics=("concealment",)), False),
        (Wanted(expertise=("toxicology",)), False), (Wanted(topics=("drones",), expertise=("toxicology",)), True),
        (Wanted(topics=("drones",), regions=("africa",)), True),
        (Wanted(topics=("drones",), regions=("europe",)), False),
        (Wanted(topics=("drones",), regions=("europe",), countries=("KE",)), True),
        (Wanted(topics=("drones",), languages=("fr", "en")), True),
        (Wanted(topics=("drones",), languages=("en",)), False),
        (Wanted(), False),
    ],
)  # fmt: skip
def test_matching_is_by_topic_or_field_then_place_and_language(member, expert, wanted, fits):
    assert [person.pk for person in matching(member, wanted)] == ([expert.pk] if fits else [])


@pytest.mark.parametrize("field", ["topics", "languages"])
def test_a_hidden_field_matches_nobody_and_counts_for_nothing(signed_in, member, expert, field):
    Profile.objects.filter(member=expert).update(**{f"{field}_audience": FieldAudience.OFFICERS})
    page = signed_in(member).post(NEW, typed(languages=["fr"])).content.decode()
    assert "<strong>0 members</strong>" in page
    with pytest.raises(actions.NobodyMatchesError):
        ask(member, Wanted(topics=("drones",), languages=("fr",)))


@pytest.mark.parametrize("standing", [Standing.SUSPENDED, Standing.LAPSED, Standing.FORMER, Standing.PROVISIONAL])
def test_a_need_is_for_members_from_members(member, expert, standing):
    Member.objects.filter(pk=expert.pk).update(standing=standing)
    assert not matching(member, DRONES).exists()


def test_need_new_says_how_many_before_it_is_sent(signed_in, member, expert):
    client = signed_in(member)
    assert client.get(NEW).status_code == 200
    page = client.post(NEW, typed()).content.decode()
    assert ("<strong>1 member</strong>" in page, "Send it to 1 member" in page, TITLE in page) == (True, True, True)
    assert (Need.objects.exists(), expert.latin_name in page) == (False, False)
    answer = client.post(NEW, typed(send="1"))
    assert (answer.status_code, answer.url) == (302, address(Need.objects.get()))
    text = client.get(answer.url).content.decode()
    assert (expert.latin_name in text, expert.email in text) == (False, False)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"title": ""}, "This field is required"), ({"title": "x" * 121}, "at most 120"),
        ({"title": "See www.evil.example"}, "web or mail address"), ({"text": "x" * 2001}, "at most 2000"),
        ({"topics": []}, "at least one topic"), ({"topics": ["nothing"]}, "Select a valid choice"),
        ({"countries": "Kenya, Atlantis"}, "Atlantis"), ({"ends_on": "2020-01-01"}, "from today on"),
        ({"ends_on": "2999-01-01"}, "60 days"), ({"ends_on": "x"}, "Enter a valid date"),
        ({"languages": ["xx"]}, "Select a valid choice"), ({"regions": ["moon"]}, "Select a valid choice"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("send", [{}, {"send": "1"}])
def test_need_new_says_what_is_wrong_and_keeps_the_rest(signed_in, member, expert, changes, said, send):
    answer = signed_in(member).post(NEW, typed(**changes, **send))
    page = answer.content.decode()
    assert (answer.status_code, said in page, Need.objects.exists()) == (422, True, False)
    assert (WORDS in page) == ("text" not in changes)


def test_need_new_begins_with_what_the_directory_was_asked(signed_in, member):
    asked = "q=nobody&topic=drones&expertise=toxicology&region=europe&country=HK&country=FR&language=fr&sector=mafia"
    form = signed_in(member).get(f"{NEW}?{asked}").context["form"]
    begun = {name: form[name].value() for name in ("topics", "expertise", "regions", "countries", "languages")}
    assert list(begun.values()) == [("drones",), ("toxicology",), ("europe",), "HK, FR", ("fr",)]
    everywhere = ",".join(sorted(REGION_BY_COUNTRY))
    assert signed_in(member).get(f"{NEW}?country={everywhere}").context["form"]["countries"].value() == ""


def test_need_new_refuses_what_reads_like_instructions(signed_in, member, expert):
    recipe = "First mix 20 ml of it with 5 g of the second, then heat to 80 °C, stir for 10 minutes, filter and dry."
    answer = signed_in(member).post(NEW, typed(text=recipe, send="1"))
    assert (answer.status_code, "reads like instructions" in answer.content.decode()) == (422, True)


def test_three_needs_in_a_week_and_not_four(signed_in, member, expert):
    for _ in range(actions.ASKED_IN_A_WEEK):
        ask(member)
    answer = signed_in(member).post(NEW, typed(send="1"))
    assert (answer.status_code, TITLE in answer.content.decode(), Need.objects.count()) == (429, True, 3)
    ask(member, at=now() + actions.WEEK)


def test_needs_shows_those_whom_it_means_and_nobody_else(signed_in, need, member, expert, stranger):
    pages = {p.latin_name: signed_in(p).get(LIST).content.decode() for p in (member, expert, stranger)}
    assert [name for name, page in pages.items() if TITLE in page] == [member.latin_name, expert.latin_name]
    assert ("1 member matched" in pages[member.latin_name], "You have not asked yet" in pages[stranger.latin_name]) == (
        True,
        True,
    )
    assert "Members ask you" in signed_in(expert).get("/home/").content.decode()


@pytest.mark.parametrize("step", ["", "close/", "take-away/"])
def test_need_of_others_is_unknown(signed_in, need, stranger, lead, step):
    for person in (stranger, lead):
        hidden, unknown = (signed_in(person).post(f"{LIST}{one}/{step}") for one in (need.public_id, "nothing"))
        assert (hidden.status_code, hidden.content) == (404, unknown.content)


def test_the_digest_says_the_title_to_those_whom_it_means_once(need, member, expert, stranger):
    letter = letter_to(expert)
    assert letter is not None
    whole = letter.text + letter.html
    assert (letter.subject, TITLE in whole, address(need) in whole) == ("[TLP:GREEN] Your weekly digest", True, True)
    assert [word in whole for word in (WORDS, member.public_id, member.email)] == [False] * 3
    assert (letter_to(stranger), letter_to(member)) == (None, None)
    entry = notices.open_digest("next", until=now() + timedelta(days=7), at=now())
    assert mail.COMPOSERS[digest.DIGEST](entry, [expert.pk])(Delivery(entry=entry, member=expert)) is None


@pytest.mark.parametrize("why", ["blocked", "opted out", "asker gone", "closed", "over"])
def test_what_is_not_for_a_member_any_more_is_nowhere(signed_in, need, member, expert, why):
    if why == "blocked":
        conversations.block(member, by=expert, at=now())
    elif why == "opted out":
        choose_mail(expert, by=expert, at=now(), takes_needs=False)
    elif why == "asker gone":
        Member.objects.filter(pk=member.pk).update(standing=Standing.SUSPENDED)
    elif why == "closed":
        actions.close_need(need, by=member, at=now())
    else:
        Need.objects.update(ends_on=now().date() - timedelta(days=1))
    client = signed_in(expert)
    assert (letter_to(expert), TITLE in client.get(LIST).content.decode()) == (None, False)
    assert (client.get(address(need)).status_code, TITLE in client.get("/home/").content.decode()) == (404, False)
    with pytest.raises(NotPermittedError):
        actions.answer_need(need, by=expert, at=now(), text="Yes")


@pytest.mark.parametrize("refusal", ["blocked", "opted out"])
def test_a_refusal_changes_no_byte_for_the_asker(signed_in, member, expert, refusal):
    client = signed_in(member)
    before = client.post(NEW, typed()).content.split(b"csrfmiddlewaretoken")[0]
    if refusal == "blocked":
        conversations.block(member, by=expert, at=now())
    else:
        choose_mail(expert, by=expert, at=now(), takes_needs=False)
    assert client.post(NEW, typed()).content.split(b"csrfmiddlewaretoken")[0] == before
    assert (ask(member).match_count, needs_addressed_to(expert).exists()) == (1, False)


def test_need_answer_opens_a_conversation_and_says_who(signed_in, need, member, expert):
    answer = signed_in(expert).post(address(need), {"text": "I can help"})
    found = Conversation.objects.get()
    assert (answer.status_code, answer.url) == (302, f"/members/me/conversations/{found.public_id}/")
    page = signed_in(member).get(address(need)).content.decode()
    assert (expert.latin_name in page, expert.email in page) == (True, False)
    for by in (expert, member):
        conversations.say(found, by=by, at=now(), text="Good")
    assert signed_in(expert).post(address(need), {"text": "Again"}).status_code == 409
    assert signed_in(expert).post(address(need), {"text": " "}).status_code == 422


def test_who_is_asked_sees_no_other_who_is(signed_in, member, expert):
    other = knowing("zenobia", topics=["drones"])
    need = ask(member)
    actions.answer_need(need, by=other, at=now(), text="Yes")
    page = signed_in(expert).get(address(need)).content.decode()
    assert (other.latin_name in page, "Matching members" in page) == (False, False)


def test_need_close_is_for_whoever_asked(signed_in, need, member, expert):
    assert signed_in(expert).post(address(need, "close/")).status_code == 403
    assert signed_in(member).post(address(need, "close/")).status_code == 302
    assert signed_in(member).post(address(need, "close/")).status_code == 409
    with pytest.raises(IllegalTransitionError):
        actions.close_need(need, by=member, at=now())


def test_needs_are_forgotten_ninety_days_after_their_last_day(need):
    assert obey(at=now() + timedelta(days=96)) == 0
    assert obey(at=now() + timedelta(days=99)) == 1
    assert not NeedAddressee.objects.exists()


@pytest.mark.parametrize("who", ["member", "expert"])
def test_an_erasure_leaves_nothing_of_who_asked_or_was_asked(need, request, who):
    erasures.ask_for_erasure(by=request.getfixturevalue(who), at=now())
    assert erasures.erase_due(at=now() + timedelta(days=15)) == 1
    assert (Need.objects.exists(), NeedAddressee.objects.exists()) == (who == "expert", False)


@pytest.mark.parametrize("count", [1, 3])
def test_needs_and_their_digest_cost_the_same_however_many(signed_in, member, expert, django_assert_num_queries, count):
    for _ in range(count):
        ask(member)
    client, ids = signed_in(expert), [expert.pk, member.pk]
    with django_assert_num_queries(4):
        client.get(LIST)
    with django_assert_num_queries(1):
        told = needs_for_each(ids, since=now() - timedelta(days=1), until=now() + timedelta(days=1))
    assert {pk: len(lines) for pk, lines in told.items()} == {expert.pk: count}


def test_letter_about_a_need_taken_away_is_for_who_still_asks(need, member):
    delivery = Delivery(entry=Entry(target_id=need.pk), member=member)
    assert tasks.compose_need_taken(delivery) is not None
    Member.objects.filter(pk=member.pk).update(standing=Standing.SUSPENDED)
    assert tasks.compose_need_taken(Delivery(entry=Entry(target_id=need.pk), member=factories.reloaded(member))) is None
