"""Is everybody found by the words that people type?"""

from django.core.management import call_command
from django.db.models import QuerySet

from congress.core.names import KEYS_VERSION, folded
from congress.core.topics import Expertise, Topic
from members.actions import refresh_search
from members.models import Member, NameKey
from members.queries.naming import people_named
from members.queries.visibility import nearest_named
from tests import factories


def everybody() -> QuerySet[Member]:
    return Member.objects.all()


def test_folded_makes_one_spelling_of_many():
    assert folded("Щербаков") == folded("Shcherbakov") == "shcherbakov"
    assert folded("O’Brien") == folded("O'BRIEN") == "obrien"
    assert folded("  Nguyễn-Thị   Hương ") == "nguyen thi huong"


def test_folded_survives_what_is_no_word():
    assert folded("") == folded("!?…") == folded("\x00") == ""


def test_refresh_search_derives_text_from_all_that_names_a_person(db):
    body = factories.organisation("Institut für Chemie", native_name="Химия")
    person = factories.member("anna", native_name="Анна", organisation=body)
    person.profile.position = "Head of laboratory"
    person.profile.expertise = [Expertise.FORENSIC_CHEMISTRY, "unknown"]
    person.profile.topics = [Topic.DRONES]
    person.profile.biography = "Leads | the Нева laboratory."
    person.profile.save()

    assert refresh_search(everybody()) == 1

    person.refresh_from_db()
    assert person.sort_name == "anna"
    assert person.search_text == (
        "anna anna institut fur chemie khimiya head of laboratory forensic chemistry drones | leads the neva laboratory"
    )


def test_who_merely_wrote_of_somebody_is_not_meant_by_their_name(member):
    writer = factories.member("boris")
    writer.profile.biography = "Worked with Anna."
    writer.profile.save()
    refresh_search(everybody())
    assert (people_named(member, ["Anna"])[0].found, nearest_named(member, "Anna")) == ([], None)
    anna = factories.member("anna")
    refresh_search(everybody())
    assert (people_named(member, ["Anna"])[0].found, nearest_named(member, "Anna")) == ([anna], anna)


def test_refresh_search_needs_no_profile_and_no_organisation(db):
    person = factories.member("lone", organisation=None, profile=False, native_name="", sort_name="stale")
    refresh_search(everybody())
    person.refresh_from_db()
    assert (person.sort_name, person.search_text) == ("lone", "lone")


def test_refresh_search_sorts_by_native_name_where_there_is_no_latin_one(db):
    person = factories.member("x", latin_name="", native_name="Борис")
    refresh_search(everybody())
    person.refresh_from_db()
    assert person.sort_name == "boris"


def test_refresh_search_makes_the_keys_of_both_names(db):
    person = factories.member("anna", native_name="Анна")
    refresh_search(everybody())
    assert [*person.name_keys.order_by("kind").values_list("kind", "folded", "skeleton", "version")] == [
        ("latin", "anna", "an", KEYS_VERSION),
        ("native", "anna", "an", KEYS_VERSION),
    ]


def test_refresh_search_forgets_the_keys_of_a_former_name(db):
    person = factories.member("x", latin_name="Petrova")
    refresh_search(everybody())
    Member.objects.update(latin_name="Kowalska")
    refresh_search(everybody())
    assert {key.folded for key in person.name_keys.all()} == {"kowalska"}


def test_refresh_search_costs_the_same_for_one_and_for_many(db, django_assert_num_queries):
    factories.member("one")
    with django_assert_num_queries(7):
        refresh_search(everybody())
    factories.member("two")
    factories.member("three")
    with django_assert_num_queries(7):
        refresh_search(everybody())


def test_members_keys_goes_through_everybody_in_batches(db, monkeypatch, capsys):
    monkeypatch.setattr("members.actions.search.BATCH_SIZE", 2)
    for name in ("one", "two", "three"):
        factories.member(name)
    call_command("members", "keys")
    assert capsys.readouterr().out.splitlines() == [
        "2 of 3 members have new keys.",
        "3 of 3 members have new keys.",
        "0 applications have new keys.",
    ]
    assert {key.folded for key in NameKey.objects.all()} == {"one", "two", "three"}


def test_refresh_search_of_nobody_does_nothing(db, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert refresh_search(everybody()) == 0
