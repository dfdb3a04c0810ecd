"""Do people who write together see each other's text, and choose whose is saved?"""

from html import unescape

import pytest

from notices import actions, queries
from notices.models import Notice
from tests import factories
from tests.notices import steps
from tests.notices.typed import content, form_data

pytestmark = pytest.mark.django_db


@pytest.fixture
def drafted(author, at) -> Notice:
    return actions.draft(content(), by=author, at=at)


@pytest.fixture
def colleague(drafted, author, at):
    person = factories.member("ana_lopez", roles=["analyst"])
    actions.share(drafted, coauthors=[person.pk], by=author, at=at)
    return person


def page(response) -> str:
    return unescape(response.content.decode())


def opened(client, notice) -> dict[str, str]:
    """Return what a form holds that was opened before somebody else saved."""
    form = client.get(f"/notices/{notice.number}/edit/").context["form"]
    return {name: form[name].value() for name in form.fields if form[name].value() is not None}


def section_kinds(notice) -> dict[str, str]:
    return dict(steps.reloaded(notice).edition.sections.values_list("kind", "body"))


def test_notice_share_names_coauthors(drafted, author, signed_in):
    person = factories.member("ana_lopez", roles=["analyst"])
    client = signed_in(author)
    response = client.post(f"/notices/{drafted.number}/share/", {"coauthors": "Ana Lopez"})
    assert (response.status_code, steps.reloaded(drafted).coauthors) == (303, [person.pk])
    assert f"Ana Lopez ({person.public_id})" in page(client.get(f"/notices/{drafted.number}/share/"))


@pytest.mark.parametrize(("typed", "message"), [("Nobody At All", "fits nothing"), ("Stranger", "Only analysts")])
def test_notice_share_says_who_cannot_write(drafted, author, stranger, signed_in, typed, message):
    response = signed_in(author).post(f"/notices/{drafted.number}/share/", {"coauthors": typed})
    assert response.status_code == 422
    assert message in page(response)
    assert typed in page(response)


def test_notice_share_is_refused_to_coauthors(drafted, colleague, signed_in):
    assert signed_in(colleague).get(f"/notices/{drafted.number}/share/").status_code == 403


def test_home_says_that_one_was_added(drafted, colleague):
    [line] = queries.waiting_for(colleague)
    assert (line.title, line.meta) == ("Hollow books", "You were added as a co-author")


def test_a_conflict_names_who_saved_and_marks_both_texts(drafted, author, colleague, signed_in):
    mine, theirs = signed_in(author), signed_in(colleague)
    before = opened(mine, drafted)
    theirs.post(f"/notices/{drafted.number}/edit/", form_data(section_summary="Hollow books were posted twice."))
    typed = {**before, "section_summary": "Hollow bricks were posted."}
    response = mine.post(f"/notices/{drafted.number}/edit/", typed)
    text = page(response)
    assert response.status_code == 409
    assert "Ana Lopez saved this draft after you opened it" in text
    assert "Hollow bricks were posted.</textarea>" in text
    assert "twice" in text


def test_a_conflict_suggests_theirs_for_what_was_not_touched(drafted, author, colleague, signed_in):
    mine, theirs = signed_in(author), signed_in(colleague)
    before = opened(mine, drafted)
    theirs.post(f"/notices/{drafted.number}/edit/", form_data(section_method="Theirs.", title="Their title"))
    response = mine.post(f"/notices/{drafted.number}/edit/", {**before, "title": "My title"})
    suggested = {each.choice.name: each.choice.value() for each in response.context["form"].differences}
    assert suggested == {
        "take_title": "mine",
        "take_section_method": "theirs",
        "take_section_method_tlp": "theirs",
    }


def test_a_conflict_is_settled_section_by_section(drafted, author, colleague, signed_in):
    mine, theirs = signed_in(author), signed_in(colleague)
    before = opened(mine, drafted)
    theirs.post(f"/notices/{drafted.number}/edit/", form_data(section_method="Theirs.", section_signs="Theirs too."))
    typed = {**before, "section_method": "Mine.", "section_signs": "Mine as well."}
    form = mine.post(f"/notices/{drafted.number}/edit/", typed).context["form"]
    choice = {"take_section_method": "theirs", "take_section_method_tlp": "theirs", "take_section_signs": "mine"}
    again = {**typed, **choice, "version": form["version"].value(), "section_signs": "Mine, changed now."}
    assert mine.post(f"/notices/{drafted.number}/edit/", again).status_code == 303
    kinds = section_kinds(drafted)
    assert (kinds["method"], kinds["signs"]) == ("Theirs.", "Mine, changed now.")


def test_a_conflict_may_follow_a_conflict(drafted, author, colleague, signed_in):
    mine, theirs = signed_in(author), signed_in(colleague)
    typed = {**opened(mine, drafted), "title": "Mine"}
    for version, title in ((1, "First"), (2, "Second")):
        theirs.post(f"/notices/{drafted.number}/edit/", form_data(title=title, version=str(version)))
        response = mine.post(f"/notices/{drafted.number}/edit/", typed)
        assert response.status_code == 409
        typed["version"] = response.context["form"]["version"].value()
    assert mine.post(f"/notices/{drafted.number}/edit/", typed).status_code == 303
    assert steps.reloaded(drafted).edition.title == "Mine"


def test_a_conflict_is_not_about_how_lines_end(drafted, author, colleague, signed_in):
    mine, theirs = signed_in(author), signed_in(colleague)
    lines = {"countries": "Chile\nPeru", "section_signs": "One.\nTwo.", "topics": ["drones", "concealment"]}
    theirs.post(f"/notices/{drafted.number}/edit/", form_data(**lines))
    typed = {"countries": "Chile\r\nPeru", "section_signs": "One.\r\nTwo.", "topics": ["concealment", "drones"]}
    response = mine.post(f"/notices/{drafted.number}/edit/", form_data(**typed, title="Mine"))
    names = [each.choice.name for each in response.context["form"].differences]
    assert names == ["take_title", "take_section_summary_tlp", "take_section_signs_tlp"]


@pytest.mark.parametrize("marks", ["", "no json", "[]", "null", '{"title": 7}'])
def test_a_conflict_is_shown_whatever_the_marks_are(drafted, author, signed_in, marks):
    client = signed_in(author)
    client.post(f"/notices/{drafted.number}/edit/", form_data(title="Saved"))
    typed = form_data(title="Typed", opened=marks)
    assert client.post(f"/notices/{drafted.number}/edit/", typed).status_code == 409


def test_notice_texts_lists_and_compares_what_was_saved(drafted, author, colleague, signed_in):
    signed_in(colleague).post(f"/notices/{drafted.number}/edit/", form_data(title="Hollow bricks"))
    client = signed_in(author)
    listed = page(client.get(f"/notices/{drafted.number}/texts/"))
    assert listed.index("Ana Lopez") < listed.rindex("<bdi>Author</bdi>")
    compared = page(client.get(f"/notices/{drafted.number}/texts/?version=1"))
    assert '<del><span class="visually-hidden">removed: </span>books</del>' in compared


def test_notice_texts_go_on_in_the_editor_unsaved(drafted, author, colleague, signed_in):
    signed_in(colleague).post(f"/notices/{drafted.number}/edit/", form_data(title="New", section_signs="New."))
    client = signed_in(author)
    response = client.get(f"/notices/{drafted.number}/edit/?text=1")
    assert response.context["form"]["title"].value() == "Hollow books"
    assert response.context["form"]["section_signs"].value() == ""
    assert str(response.context["form"]["version"].value()) == "2"
    assert steps.reloaded(drafted).edition.title == "New"


@pytest.mark.parametrize("asked", ["texts/?version=9", "texts/?version=x", "edit/?text=9", "edit/?text=%00"])
def test_notice_texts_that_are_not_there(drafted, author, signed_in, asked):
    assert signed_in(author).get(f"/notices/{drafted.number}/{asked}").status_code == 404


def test_notice_texts_are_for_those_who_write(drafted, author, officer, signed_in, at):
    actions.submit(drafted, by=author, at=at)
    assert signed_in(officer).get(f"/notices/{drafted.number}/texts/").status_code == 403
