"""Is everything that is kept about people declared, given to them and only to them, and forgotten in time?"""

import json
import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.apps import apps

from congress import celery_app
from congress.core import mail
from congress.core.journal import dispatch
from congress.core.models import Delivery, Entry, Lane
from congress.core.personal import HOLDINGS, copy_of, obey
from events.models import Registration
from members.actions import conversations, copies, profiles, reading, suspensions, tokens
from members.models import Application, DataCopy, Decision, Member, Message, Note, Scope
from tests import factories
from tests.members.cases import application

celery_app.loader.import_default_modules()

PAGE = "/members/me/data/"
# Tables that name members and are about something else, each with why nobody gets them as data about themselves.
ABOUT_OTHERS = {
    "members.Check": "an officer's work on somebody else's file",
    "members.Knock": "an address that was typed at the door, until a task answered it",
    "members.Erasure": "what becomes of it all: the page shows it",
    "members.RecoveryShare": "how somebody else came in again",
}
# What is kept about people in free words or as an address, and is not given: others' words, secrets, what is derived.
NOT_GIVEN = {
    "core.Entry": {"target_kind"},
    "core.Delivery": {"address", "message_id", "sealed_letter", "trouble"},
    "events.Registration": {"reason"},
    "events.Speaker": {"native_language"},
    "members.Affiliation": {"note"},
    "members.ApiToken": {"digest", "proof"},
    "members.Application": {"name_order", "state", "token_digest"},
    "members.Callback": {"number", "number_source", "outcome", "reached"},
    "members.Decision": {"reason"},
    "members.Introduction": {"state"},
    "members.Note": {"text"},
    "members.Objection": {"text", "settlement"},
    "members.Question": {"text", "answer"},
    "members.DataCopy": {"sealed_text", "token_digest"},
    "members.Member": {"password", "sort_name"},
    "members.NameKey": {"audience"},
    "members.Profile": {"photograph_large", "photograph_small"},
    "members.Reopening": {"origin", "text"},
    "members.RememberedDevice": {"digest", "proof"},
    "members.Recovery": {"mailed_digest"},
    "members.Sponsor": {"organisation_name", "token_digest"},
    "members.Suspension": {"reason", "standing_before"},
    "usersessions.UserSession": {"session_key"},
}


def now() -> datetime:
    return datetime.now(UTC)


def test_every_table_that_names_a_member_is_declared():
    naming = {
        model._meta.label for model in apps.get_models() if any(f.related_model is Member for f in model._meta.fields)
    }
    assert naming - set(HOLDINGS) == set(ABOUT_OTHERS)


def words(table: str) -> set[str]:
    kinds = {"CharField", "TextField", "EmailField"}
    given = {name for each in HOLDINGS.values() if each.table == table for name in each.gives}
    fields = apps.get_model(table)._meta.fields
    found = {f.name for f in fields if f.get_internal_type() in kinds and f.name not in given}
    return {name for name in found if not name.startswith("search_text") and name != "public_id"}


@pytest.mark.parametrize(
    "table",
    sorted({each.table for each in HOLDINGS.values() if each.table.startswith(("members.", "core.", "usersessions."))}),
)
def test_every_word_about_a_member_is_given_or_said_to_be_withheld(table):
    assert words(table) == NOT_GIVEN.get(table, set())


@pytest.mark.parametrize("table", sorted(HOLDINGS))
def test_every_declaration_can_be_asked(db, member, table):
    assert isinstance(HOLDINGS[table].about(member.pk), list)


def test_a_copy_holds_what_is_ones_own_and_nothing_of_others(db, member, stranger):
    for person, text in ((member, "Own words"), (stranger, "Words of somebody else")):
        written = profiles.ProfileText(**{**vars(profiles.ProfileText.of(person)), "biography": text})
        profiles.edit_profile(person, by=person, at=now(), text=written)
    copy = json.dumps(copy_of(member.pk, at=now()), default=str)
    assert member.email in copy
    assert "Own words" in copy
    assert stranger.email not in copy
    assert "Words of somebody else" not in copy
    assert factories.TOTP_SECRET not in copy
    assert member.password not in copy


def prepared(member: Member) -> str:
    """Return the path of the link in the letter."""
    dispatch(Entry.objects.filter(event="members.copy.asked").latest("pk"), now())
    letter = mail.unsealed(Delivery.objects.filter(kind="members.copy_ready").latest("pk"))
    return str(re.findall(r"http://[^/]+(/members/me/data/\S+/)", letter.text)[0])


def test_own_data_is_prepared_and_fetched_once(signed_in, member):
    client = signed_in(member)
    assert "What is kept, and how long" in client.get(PAGE).content.decode()
    assert client.post(PAGE)["Location"] == PAGE
    assert client.post(PAGE).status_code == 409
    path = prepared(member)
    assert client.get(path).status_code == 200
    assert member.email not in DataCopy.objects.get().sealed_text
    response = client.post(path)
    assert json.loads(response.content)["tables"]["members.Member"]["rows"][0]["email"] == member.email
    assert 'filename="my-data.json"' in response["Content-Disposition"]
    assert DataCopy.objects.get().sealed_text == ""
    assert client.post(path).status_code == 409


def test_own_data_copy_is_for_its_member_only(signed_in, member, stranger):
    copies.ask_for_copy(by=member, at=now())
    path = prepared(member)
    assert signed_in(stranger).post(path).status_code == 409
    assert signed_in(member).post(path).status_code == 200


def test_own_data_copy_dies_with_a_suspension(signed_in, member, administrator):
    copies.ask_for_copy(by=member, at=now())
    path = prepared(member)
    suspensions.suspend(member, by=administrator, at=now(), reason="Lost.", ends_at=now() + timedelta(days=1))
    suspensions.reinstate(member, by=administrator, at=now())
    assert signed_in(factories.reloaded(member)).post(path).status_code == 409


def test_own_data_copy_is_gone_after_seven_days(member):
    copies.ask_for_copy(by=member, at=now())
    assert obey(at=now() + timedelta(days=6, hours=23)) == 0
    assert obey(at=now() + timedelta(days=7, hours=1)) == 1
    assert not DataCopy.objects.exists()


def test_what_delegates_need_is_forgotten_ninety_days_after_the_meeting(db, member):
    meeting = factories.meeting(ends_on=date(2027, 4, 14))
    Registration.objects.create(meeting=meeting, member=member, state="confirmed", needs="A ramp", applied_at=now())
    assert obey(at=datetime(2027, 7, 13, 4, tzinfo=UTC)) == 0
    assert obey(at=datetime(2027, 7, 14, 4, tzinfo=UTC)) == 1
    assert Registration.objects.get().needs == ""
    assert obey(at=datetime(2027, 7, 15, 4, tzinfo=UTC)) == 0


def test_letters_are_forgotten_a_year_after_they_were_settled(db):
    sent = mail.post("a@b.example", mail.Letter("S", "T"), kind="x", lane=Lane.EVENT, at=now())
    mail.drop(0, "a@b.example", at=now())
    assert obey(at=now() + timedelta(days=364)) == 0
    assert obey(at=now() + timedelta(days=366)) == 1
    assert not Delivery.objects.filter(pk=sent.pk).exists()


def test_conversations_are_forgotten_a_year_after_the_last_word(member, stranger):
    found = conversations.open_conversation(stranger, by=member, at=now(), text="Own words")
    conversations.say(found, by=stranger, at=now() + timedelta(days=300), text="At last")
    assert obey(at=now() + timedelta(days=664)) == 0
    assert obey(at=now() + timedelta(days=666)) == 1
    assert not Message.objects.exists()


def test_tokens_and_lifts_are_forgotten(member, organiser):
    tokens.make_token(member, by=member, at=now(), name="x", scopes=[Scope.NETWORK], days=1)
    reading.lift_budgets(member, by=organiser, at=now(), reason="Report")
    assert [obey(at=now() + timedelta(days=days)) for days in (90, 92, 365, 367)] == [0, 1, 0, 1]


@pytest.mark.parametrize("state", ["approved", "refused", "withdrawn", "closed"])
def test_sponsors_are_forgotten_a_year_after_a_case_without_admission(db, state):
    case, under_way = application(state=state, closed_at=now()), application()
    assert (case.sponsors.count(), under_way.sponsors.count()) == (2, 2)
    kept_for_good = state == "approved"
    assert [obey(at=now() + timedelta(days=days)) for days in (364, 366, 367)] == [0, 0 if kept_for_good else 3, 0]
    assert (case.sponsors.count(), under_way.sponsors.count()) == (2 if kept_for_good else 0, 2)


@pytest.mark.parametrize("state", ["refused", "withdrawn", "closed"])
def test_names_and_words_of_who_was_not_let_in_are_forgotten_after_a_year(db, state, vetter):
    case = application(state=state, closed_at=now(), email="quill@feather.example", latin_name="Quill Feather")
    Decision.objects.create(
        application=case, officer=vetter, in_favour=False, grounds=["concern"], reason="Quill.", decided_at=now()
    )
    Note.objects.create(application=case, round=1, officer=vetter, text="Quill.", written_at=now())
    obey(at=now() + timedelta(days=364))
    assert Application.objects.get().latin_name == "Quill Feather"
    obey(at=now() + timedelta(days=366))
    kept = Application.objects.get()
    assert (kept.is_forgotten, kept.motivation, kept.email) == (True, "", f"applicant{kept.pk}@erased.invalid")
    assert [(each.reason, each.grounds) for each in kept.decisions.all()] == [("", ["concern"])]
    assert not Note.objects.exists()
    assert obey(at=now() + timedelta(days=367)) == 0


def test_the_application_of_a_member_who_left_stays_the_record_of_who_was_one(db, member):
    application(state="withdrawn", closed_at=now(), member=member, latin_name="Quill Feather")
    obey(at=now() + timedelta(days=366))
    assert Application.objects.get().latin_name == "Quill Feather"
