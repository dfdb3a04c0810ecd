"""Is whoever asked to be forgotten gone from every table after fourteen days, and the journal still whole?"""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.apps import apps

from congress.core import journal, mail
from congress.core.models import Delivery, Entry, Lane
from congress.core.names import folded
from congress.core.roles import Role
from members import queries, tasks
from members.actions import erasures, profiles, suspensions
from members.actions.search import refresh_search
from members.models import Application, Erasure, Member, Reopening
from tests import factories
from tests.members import cases

PAGE = "/members/me/erasure/"
NAME, EMAIL = "Quillfeather Ozymandias", "quillfeather@zanzibar.example"


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def leaving(db: None) -> Member:
    """A member with an unmistakable name, a profile, an application and letters."""
    person = factories.member(email=EMAIL, latin_name=NAME, native_name="Квилфедер")
    written = {
        **vars(profiles.ProfileText.of(person)),
        "biography": f"I am {NAME}.",
        "position": "Quillfeather in chief",
    }
    profiles.edit_profile(person, by=person, at=now(), text=profiles.ProfileText(**written))
    application = cases.application(token="leaving", email="leaving@body.example", latin_name=NAME)
    type(application).objects.filter(pk=application.pk).update(
        member=person, email=EMAIL, state="approved", closed_at=now()
    )
    mail.post(EMAIL, mail.Letter("S", "T"), kind="x", lane=Lane.EVENT, at=now())
    refresh_search(Member.objects.filter(pk=person.pk))
    return person


def words() -> list[str]:
    """Return every text of every table, as a dump would hold it."""
    kinds = {"CharField", "TextField", "EmailField", "ArrayField", "JSONField"}
    found: list[str] = []
    for model in apps.get_models():
        names = [f.name for f in model._meta.concrete_fields if f.get_internal_type() in kinds]
        rows: Any = model._default_manager.values_list(*names) if names else []
        found += [f"{model._meta.label}: {row}" for row in rows]
    return found


def traces() -> list[str]:
    signs = [EMAIL.lower(), "quillfeather", "zanzibar", folded("Квилфедер"), "квилфедер"]
    return [text for text in words() if any(sign in text.lower() for sign in signs)]


def test_an_erased_member_is_nowhere_in_the_database(leaving):
    assert traces()
    erasures.ask_for_erasure(by=leaving, at=now())
    assert erasures.erase_due(at=now() + timedelta(days=13)) == 0
    assert erasures.erase_due(at=now() + timedelta(days=15)) == 1
    assert traces() == []
    assert erasures.erase_due(at=now() + timedelta(days=16)) == 0


def test_an_erasure_leaves_no_words_of_sponsors_and_of_the_own_appeal(leaving):
    case = leaving.applications.get()
    said = {"withdrawal_reason": "Quillfeather is no longer known to me."}
    cases.sponsor(case, state="withdrawn", withdrawn_at=now(), **said)
    cases.sponsor(case, comment="I know Quillfeather.")
    cases.sponsor(cases.application(), state="withdrawn", withdrawn_at=now(), member=leaving, email=EMAIL, **said)
    row = {"round": 2, "origin": "appeal", "reopened_at": now()}
    Reopening.objects.create(application=case, text="I am Quillfeather.", **row)
    erasures.ask_for_erasure(by=leaving, at=now())
    assert erasures.erase_due(at=now() + timedelta(days=15)) == 1
    assert traces() == []


def test_two_who_are_erased_with_cases_under_way_leave_them_closed(db):
    people = [factories.member(), factories.member()]
    for person in people:
        cases.application(member=person)
        erasures.ask_for_erasure(by=person, at=now())
    assert erasures.erase_due(at=now() + timedelta(days=15)) == 2
    rows = Application.objects.order_by("pk")
    assert [(case.state, case.email.partition("@")[2]) for case in rows] == [("withdrawn", "erased.invalid")] * 2


def test_an_erasure_that_fails_keeps_nobody_else(leaving, caplog):
    factories.member(email=f"{leaving.public_id}@erased.invalid")
    erasures.ask_for_erasure(by=leaving, at=now())
    other = factories.member()
    erasures.ask_for_erasure(by=other, at=now())
    assert erasures.erase_due(at=now() + timedelta(days=15)) == 1
    assert "An erasure failed" in caplog.text
    assert list(Erasure.objects.open().values_list("member", flat=True)) == [leaving.pk]


def test_an_erasure_leaves_the_journal_whole(leaving):
    erasures.ask_for_erasure(by=leaving, at=now())
    journal.seal_committed()
    count = Entry.objects.count()
    erasures.erase_due(at=now() + timedelta(days=15))
    journal.seal_committed()
    assert journal.first_broken_seal() is None
    assert Entry.objects.filter(by=leaving).count() >= 1
    assert Entry.objects.count() == count + 1


def test_whoever_was_erased_can_not_sign_in(leaving, signed_in):
    client = signed_in(leaving)
    erasures.ask_for_erasure(by=leaving, at=now())
    erasures.erase_due(at=now() + timedelta(days=15))
    after = factories.reloaded(leaving)
    assert (after.standing, after.is_active, after.has_usable_password(), after.has_second_factor) == (
        "former", False, False, False,
    )  # fmt: skip
    assert client.get("/home/").status_code == 302
    assert not Delivery.objects.filter(member=leaving).exists()


def test_vetting_sees_that_somebody_was_erased_and_not_whom(leaving, vetter):
    erasures.ask_for_erasure(by=leaving, at=now())
    erasures.erase_due(at=now() + timedelta(days=15))
    alike = cases.application(token="newcomer", email="newcomer@body.example", latin_name="quillfeather OZYMANDIAS")
    other = cases.application(token="somebody", email="somebody@body.example", latin_name="Somebody Else")
    assert queries.hints(vetter, alike).was_erased
    assert not queries.hints(vetter, other).was_erased


def test_erasure_is_asked_and_taken_back(signed_in, member):
    client = signed_in(member)
    assert "What stays, and why" in client.get(PAGE).content.decode()
    assert client.post(PAGE).status_code == 422
    assert client.post(PAGE, {"confirmed": "on"})["Location"] == PAGE
    assert client.post(PAGE, {"confirmed": "on"}).status_code == 409
    journal.dispatch(Entry.objects.get(event="members.erasure.asked"), now())
    letter = tasks.erasures.compose_wish(Delivery.objects.get(kind="members.erasure.asked"))
    assert letter is not None
    assert f"{now() + timedelta(days=14):%-d %B %Y}" in letter.text
    assert "Take it back" in client.get(PAGE).content.decode()
    assert client.post(f"{PAGE}cancel/")["Location"] == PAGE
    assert erasures.erase_due(at=now() + timedelta(days=30)) == 0


def test_erasure_cancel_refuses_where_nothing_is_under_way(signed_in, member, stranger):
    erasures.ask_for_erasure(by=stranger, at=now())
    assert signed_in(member).post(f"{PAGE}cancel/").status_code == 409
    assert Erasure.objects.open().count() == 1


def test_whoever_holds_a_role_is_not_erased(signed_in, author, leaving):
    assert signed_in(author).post(PAGE, {"confirmed": "on"}).status_code == 409
    erasures.ask_for_erasure(by=leaving, at=now())
    factories.grant(leaving, Role.ANALYST)
    assert erasures.erase_due(at=now() + timedelta(days=15)) == 0


def test_a_suspension_is_not_escaped_by_being_forgotten(leaving, administrator):
    erasures.ask_for_erasure(by=leaving, at=now())
    suspensions.suspend(leaving, by=administrator, at=now(), reason="Doubt.", ends_at=now() + timedelta(days=60))
    assert erasures.erase_due(at=now() + timedelta(days=15)) == 0
