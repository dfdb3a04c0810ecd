"""Does what is saved while somebody types save what it can, and say what it could not?"""

import pytest

from congress.core.models import Entry
from notices import actions
from notices.models import Notice, SavedText
from tests import factories
from tests.notices import steps
from tests.notices.typed import content, form_data

pytestmark = pytest.mark.django_db


@pytest.fixture
def drafted(author, at) -> Notice:
    return actions.draft(content(), by=author, at=at)


def send(client, notice, **changes):
    return client.post(f"/notices/{notice.number}/autosave/", form_data(**changes))


def test_notice_autosave_saves_and_counts_on(drafted, author, signed_in):
    client = signed_in(author)
    first = send(client, drafted, title="Hollow bricks")
    assert (first.status_code, first.json()["version"], first.json()["not_saved"]) == (200, 2, [])
    second = send(client, drafted, title="Hollow stones", version="2", opened=first.json()["opened"])
    assert (second.status_code, second.json()["version"]) == (200, 3)
    assert steps.reloaded(drafted).edition.title == "Hollow stones"
    assert Entry.objects.filter(event="notices.notice.edited").count() == 1
    assert SavedText.objects.order_by("-version").first().title == "Hollow stones"


def test_notice_autosave_keeps_the_rest_when_one_field_is_half_typed(drafted, author, signed_in):
    response = send(signed_in(author), drafted, title="Hollow bricks", chemicals="Chlorine; 7782-5")
    assert response.status_code == 422
    assert "is not a name and a CAS number" in response.json()["not_saved"][0]
    edition = steps.reloaded(drafted).edition
    assert (edition.version, response.json()["version"]) == (2, 2)
    assert (edition.title, edition.chemical_names) == ("Hollow bricks", ["Chlorine"])


def test_notice_autosave_takes_an_incomplete_draft(drafted, author, signed_in):
    response = send(signed_in(author), drafted, section_summary="", sectors=[], review_on="")
    assert response.status_code == 200
    assert not steps.reloaded(drafted).edition.sections.exists()


def test_notice_autosave_without_a_title_keeps_the_one_that_was_saved(drafted, author, signed_in):
    response = send(signed_in(author), drafted, title="", section_signs="New.")
    assert response.json()["not_saved"] == ["Title: This field is required."]
    edition = steps.reloaded(drafted).edition
    assert (edition.title, edition.sections.count()) == ("Hollow books", 2)


def test_notice_autosave_says_why_nothing_is_saved(drafted, author, signed_in):
    response = send(signed_in(author), drafted, section_signs="x", section_signs_tlp="TLP:RED")
    assert (response.status_code, response.json()["code"]) == (422, "label_too_low")
    assert steps.version(drafted) == 1


def test_notice_autosave_over_another_version_is_a_conflict(drafted, author, signed_in):
    client = signed_in(author)
    send(client, drafted, title="Theirs")
    response = send(client, drafted, title="Mine")
    assert (response.status_code, response.json()["code"]) == (409, "edit_conflict")
    assert steps.reloaded(drafted).edition.title == "Theirs"


def test_notice_autosave_of_what_was_submitted_says_that_it_moved_on(drafted, author, signed_in, at):
    actions.submit(drafted, by=author, at=at)
    response = send(signed_in(author), drafted)
    assert (response.status_code, response.json()["code"]) == (409, "illegal_transition")


def test_notice_autosave_is_for_those_who_write(drafted, officer, author, stranger, signed_in, at):
    assert send(signed_in(stranger), drafted).status_code == 404
    actions.submit(drafted, by=author, at=at)
    assert send(signed_in(officer), drafted).status_code == 403
    assert signed_in(author).get(f"/notices/{drafted.number}/autosave/").status_code == 405


def test_notice_autosave_without_a_session_says_so(drafted, client):
    assert send(client, drafted).status_code == 401


def test_notice_autosave_of_a_coauthor_keeps_both_texts(drafted, author, signed_in, at):
    other = factories.member(roles=["analyst"])
    actions.share(drafted, coauthors=[other.pk], by=author, at=at)
    assert send(signed_in(other), drafted, title="Theirs").status_code == 200
    assert send(signed_in(author), drafted, title="Mine", version="2").status_code == 200
    assert list(SavedText.objects.order_by("version").values_list("title", flat=True)) == [
        "Hollow books",
        "Theirs",
        "Mine",
    ]


@pytest.mark.parametrize("step", ["autosave", "edit"])
def test_a_form_that_arrives_without_its_texts_wipes_no_draft(drafted, author, signed_in, step):
    response = signed_in(author).post(f"/notices/{drafted.number}/{step}/", {"version": "1"})
    assert response.status_code == 400
    assert steps.reloaded(drafted).edition.sections.count() == 1
