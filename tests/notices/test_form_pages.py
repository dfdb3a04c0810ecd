"""Do the forms of authors and officers take what is right, keep what was typed, and say what is wrong?"""

import re
from html import unescape

import pytest

from congress.core.geography import countries_of
from congress.core.labels import Audience, Tlp
from notices import actions
from notices.models import Edition, Notice, NoticeState, Remark
from tests import factories
from tests.notices.typed import ANSWERS, content, form_data, review_data


def text_of(response) -> str:
    return unescape(response.content.decode())


pytestmark = pytest.mark.django_db


def address(notice: Notice, step: str) -> str:
    return f"/notices/{notice.number}/{step}/"


@pytest.fixture
def drafted(author, at) -> Notice:
    return actions.draft(content(), by=author, at=at)


@pytest.fixture
def submitted(drafted, author, at) -> Notice:
    return actions.submit(drafted, by=author, at=at)


@pytest.fixture
def cleared(submitted, officer, at) -> Notice:
    return actions.clear(submitted, answers=ANSWERS, by=officer, at=at)


@pytest.fixture
def published(cleared, publisher, at) -> Notice:
    return actions.publish(cleared, by=publisher, at=at)


def test_notice_new_is_for_analysts(member, author, signed_in):
    assert signed_in(member).get("/notices/new/").status_code == 403
    assert signed_in(author).get("/notices/new/").status_code == 200


def test_notice_new_saves_a_draft(author, signed_in):
    response = signed_in(author).post("/notices/new/", form_data())
    notice = Notice.objects.get()
    assert (response.status_code, response.headers["Location"]) == (303, f"/notices/{notice.number}/")
    edition = Edition.objects.get()
    assert (edition.title, edition.audience) == ("Hollow books", Audience(sectors=["law_enforcement"]))
    assert (edition.countries, edition.topics) == (["PE"], ["concealment"])
    assert edition.chemicals == [{"name": "Chlorine", "cas": "7782-50-5"}]


def test_notice_new_reads_every_way_to_name_readers(author, member, stranger, signed_in):
    data = form_data(
        sectors=[],
        regions=["middle_east_north_africa"],
        audience_countries="peru, CL\nHong Kong, China",
        organisations=f"{stranger.organisation.name}",
        people=f"{member.public_id}\nStranger ({stranger.public_id})",
        excluded_countries="YE",
        excluded_people=str(author.latin_name),
    )
    signed_in(author).post("/notices/new/", data)
    audience = Edition.objects.get().audience
    assert {"PE", "CL", "HK", "EG", "YE"} <= set(audience.countries)
    assert audience.organisations == [stranger.organisation_id]
    assert audience.people == sorted([member.pk, stranger.pk])
    assert (audience.excluded_countries, audience.excluded_people) == (["YE"], [author.pk])


def test_notice_new_names_groups_and_knows_no_others(author, signed_in):
    group, client = factories.group("Industry advisers"), signed_in(author)
    assert "Industry advisers" in text_of(client.get("/notices/new/"))
    wrong = client.post("/notices/new/", form_data(groups=[group.public_id, "000000000000"]))
    assert (wrong.status_code, Notice.objects.exists()) == (422, False)
    client.post("/notices/new/", form_data(sectors=[], groups=[group.public_id]))
    assert Edition.objects.get().audience == Audience(groups=[group.pk])


def test_notice_new_keeps_groups_out_of_red(author, signed_in):
    group = factories.group()
    answer = signed_in(author).post("/notices/new/", form_data(sectors=[], tlp="TLP:RED", groups=[group.public_id]))
    assert (answer.status_code, Notice.objects.exists()) == (422, False)


def test_notice_new_gives_sections_the_label_of_the_notice_unless_they_have_one(author, signed_in):
    data = form_data(tlp="TLP:AMBER", section_advice="Look at the spine.", section_advice_tlp="TLP:CLEAR")
    signed_in(author).post("/notices/new/", data)
    sections = Edition.objects.get().sections.values_list("kind", "tlp")
    assert list(sections) == [("summary", "TLP:AMBER"), ("advice", "TLP:CLEAR")]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"title": ""}, "This field is required."),
        ({"tlp": ""}, "This field is required."),
        ({"tlp": "TLP:PURPLE"}, "TLP:PURPLE is not one of the available choices"),
        ({"countries": "Atlantis"}, "“Atlantis” is no country that we know."),
        ({"chemicals": "Chlorine; 7782-50-6"}, "is not a name and a CAS number"),
        ({"chemicals": "; 7782-50-5"}, "is not a name and a CAS number"),
        ({"people": "Nobody At All"}, "“Nobody At All” fits nothing in the directory."),
        ({"organisations": "No Such Body"}, "“No Such Body” fits nothing in the directory."),
        ({"people": "same"}, "“same” may mean: Same One ("),
        (
            {"section_signs": "x", "section_signs_tlp": "TLP:RED"},
            "A section or a file has a stricter label than the notice.",
        ),
        ({"tlp": "TLP:RED"}, "TLP:RED is for people named one by one"),
        ({"review_on": "2020-01-01"}, "The day of review must lie ahead"),
        ({"review_on": "2030-01-01"}, "at most 24 months from now"),
        ({"title": "Hol\x00low"}, "Null characters are not allowed."),
        ({"excluded_people": "\n".join(f"a{n}" for n in range(301))}, "at most 300 lines"),
    ],
)
def test_notice_new_says_what_is_wrong_and_keeps_what_was_typed(author, signed_in, changes, message):
    factories.member("same_one")
    factories.member("same_two")
    typed = form_data(section_advice="A long text that nobody wants to write twice.", **changes)
    response = signed_in(author).post("/notices/new/", typed)
    page = text_of(response)
    assert response.status_code == 422
    assert message in page
    assert "A long text that nobody wants to write twice." in page
    assert not Notice.objects.exists()


def test_notice_edit_shows_what_was_saved(author, signed_in, at):
    reader = factories.member("ana_lopez")
    audience = Audience(sectors=["industry"], countries=["PE"], people=[reader.pk])
    notice = actions.draft(content(audience=audience), by=author, at=at)
    page = text_of(signed_in(author).get(address(notice, "edit")))
    assert f"Ana Lopez ({reader.public_id})" in page
    assert "Chlorine; 7782-50-5" in page
    assert "Parcels with hollow books were posted." in page


def test_notice_edit_round_trip_changes_nothing(author, signed_in, at):
    reader = factories.member("ana_lopez")
    regions = ["PE", *countries_of("middle_east_north_africa")]
    named: dict[str, list[int]] = {"people": [reader.pk], "groups": [factories.group().pk]}
    audience = Audience(sectors=["industry"], countries=regions, excluded_countries=["FR"], **named)
    notice = actions.draft(content(audience=audience), by=author, at=at)
    client = signed_in(author)
    form = client.get(address(notice, "edit")).context["form"]
    typed = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    assert client.post(address(notice, "edit"), typed).status_code == 303
    edition = Edition.objects.get()
    assert edition.audience == Audience(**{**audience.__dict__, "countries": sorted(regions)})
    assert edition.title == "Hollow books"


def test_notice_edit_shows_both_texts_in_a_conflict(author, drafted, signed_in):
    client = signed_in(author)
    client.post(address(drafted, "edit"), form_data(title="Saved in the other window"))
    mine = form_data(title="Typed in this window")
    response = client.post(address(drafted, "edit"), mine)
    page = text_of(response)
    assert response.status_code == 409
    assert '<del><span class="visually-hidden">removed: </span>Saved </del>' in page
    assert 'value="Typed in this window"' in page
    mine["version"] = response.context["form"]["version"].value()
    assert client.post(address(drafted, "edit"), mine).status_code == 303
    assert Edition.objects.get().title == "Typed in this window"


def test_notice_edit_of_others_is_refused(submitted, author, officer, signed_in):
    assert signed_in(officer).get(address(submitted, "edit")).status_code == 403
    assert signed_in(author).get(address(submitted, "edit")).status_code == 409


def test_notice_submit_shows_whom_it_reaches(author, drafted, signed_in):
    factories.member(sector="law_enforcement", country="TH")
    factories.member(sector="industry")
    page = text_of(signed_in(author).get(address(drafted, "submit")))
    assert "2 members may read it today." in page
    assert "Law enforcement in all countries" in page


def test_notice_submit_goes_to_the_officers(author, drafted, signed_in):
    assert signed_in(author).post(address(drafted, "submit"), {}).status_code == 303
    assert Notice.objects.get().state == NoticeState.IN_REVIEW


def test_notice_submit_says_what_is_missing(author, signed_in, at):
    notice = actions.draft(content(audience=Audience()), by=author, at=at)
    response = signed_in(author).post(address(notice, "submit"), {"x": "1"})
    assert response.status_code == 422
    assert "The audience is empty, which means nobody." in text_of(response)


def test_notice_review_clears(officer, submitted, signed_in):
    page = text_of(signed_in(officer).get(address(submitted, "review")))
    assert "Parcels with hollow books were posted." in page
    response = signed_in(officer).post(address(submitted, "review"), review_data())
    assert (response.status_code, Notice.objects.get().state) == (303, "cleared")


def test_notice_review_returns_with_a_remark(officer, author, submitted, signed_in):
    data = {"decision": "return", "remark": "Name the source."}
    response = signed_in(officer).post(address(submitted, "review"), data)
    assert (response.status_code, response.headers["Location"]) == (303, "/notices/")
    assert (Notice.objects.get().state, Remark.objects.get().text) == ("returned", "Name the source.")
    assert "Name the source." in text_of(signed_in(author).get(f"/notices/{submitted.number}/"))


def test_notice_review_wants_a_remark_for_a_return(officer, submitted, signed_in):
    response = signed_in(officer).post(address(submitted, "review"), {"decision": "return"})
    assert response.status_code == 422
    assert "Say what the author should change." in text_of(response)


@pytest.mark.parametrize("decision", [{}, {"decision": ""}, {"decision": "publish"}, {"decision": "Clear"}])
def test_notice_review_without_a_known_decision_clears_nothing(officer, submitted, signed_in, decision):
    data = {name: value for name, value in review_data().items() if name != "decision"}
    response = signed_in(officer).post(address(submitted, "review"), {**data, "remark": "half typed", **decision})
    assert (response.status_code, Notice.objects.get().state) == (422, "in_review")
    assert "Press one of the buttons" in text_of(response)
    assert "half typed" in text_of(response)


def test_notice_review_is_not_for_the_author(at, signed_in):
    both = factories.member(roles=["analyst", "compliance_officer"])
    notice = actions.submit(actions.draft(content(), by=both, at=at), by=both, at=at)
    assert signed_in(both).post(address(notice, "review"), review_data()).status_code == 403


def test_notice_publish_reaches_its_readers(publisher, member, stranger, cleared, signed_in):
    assert signed_in(publisher).get(address(cleared, "publish")).status_code == 200
    assert signed_in(member).get(f"/notices/{cleared.number}/").status_code == 404
    assert signed_in(publisher).post(address(cleared, "publish"), {"decision": "publish"}).status_code == 303
    assert signed_in(member).get(f"/notices/{cleared.number}/").status_code == 200
    assert signed_in(stranger).get(f"/notices/{cleared.number}/").status_code == 404


@pytest.mark.parametrize("decision", [{}, {"decision": ""}, {"decision": "clear"}])
def test_notice_publish_without_a_known_decision_publishes_nothing(publisher, cleared, signed_in, decision):
    response = signed_in(publisher).post(address(cleared, "publish"), {"remark": "half typed", **decision})
    assert (response.status_code, Notice.objects.get().state) == (422, "cleared")
    assert "Press one of the buttons" in text_of(response)


def first_button(response) -> str:
    return str(re.findall(r'<button type="submit".*?>', response.content.decode().split("<main")[1])[0])


def test_enter_in_a_field_presses_no_button_that_decides(officer, publisher, submitted, at, signed_in):
    assert first_button(signed_in(officer).get(address(submitted, "review"))).endswith("disabled hidden>")
    actions.clear(submitted, answers=ANSWERS, by=officer, at=at)
    assert first_button(signed_in(publisher).get(address(submitted, "publish"))).endswith("disabled hidden>")


def test_notice_publish_of_ones_own_draft_is_refused(at, officer, signed_in):
    both = factories.member(roles=["analyst", "publisher"])
    notice = actions.submit(actions.draft(content(), by=both, at=at), by=both, at=at)
    actions.clear(notice, answers=ANSWERS, by=officer, at=at)
    response = signed_in(both).post(address(notice, "publish"), {"decision": "publish"})
    assert (response.status_code, Notice.objects.get().state) == (403, "cleared")


def test_notice_publish_twice_answers_409(publisher, published, signed_in):
    assert signed_in(publisher).post(address(published, "publish"), {"decision": "publish"}).status_code == 409


def test_notice_publish_with_an_empty_audience_is_refused(publisher, cleared, signed_in):
    Edition.objects.update(audience_sectors=[])
    response = signed_in(publisher).post(address(cleared, "publish"), {"decision": "publish"})
    assert response.status_code == 422
    assert "The audience is empty" in text_of(response)


@pytest.mark.parametrize("step", ["review", "publish"])
def test_a_remark_without_a_return_is_not_lost(officer, publisher, submitted, at, signed_in, step):
    if step == "publish":
        actions.clear(submitted, answers=ANSWERS, by=officer, at=at)
    data = {**review_data(), "decision": "clear" if step == "review" else "publish", "remark": "half typed"}
    response = signed_in(officer if step == "review" else publisher).post(address(submitted, step), data)
    assert response.status_code == 422
    assert "Return the notice with this remark, or take the remark out." in text_of(response)
    assert "half typed" in text_of(response)


def test_notice_withdraw_is_possible_without_reading(signed_in, at):
    reader, other = factories.member("reader"), factories.member(roles=["publisher"])
    notice = factories.notice("Zyxword", tlp=Tlp.RED, audience=Audience(people=[reader.pk]))
    client = signed_in(other)
    page = text_of(client.get(address(notice, "withdraw")))
    assert "Zyxword" not in page
    assert notice.number in page
    response = client.post(address(notice, "withdraw"), {"reason": "The source was wrong."})
    assert (response.status_code, response.headers["Location"]) == (303, "/notices/")
    assert "The source was wrong." in text_of(signed_in(reader).get(f"/notices/{notice.number}/"))


def test_notice_withdraw_wants_a_reason(publisher, published, signed_in):
    assert signed_in(publisher).post(address(published, "withdraw"), {"reason": " "}).status_code == 422
    assert Notice.objects.get().state == "published"


def test_notice_withdraw_is_refused_to_readers(member, published, signed_in):
    assert signed_in(member).get(address(published, "withdraw")).status_code == 403


STEPS = "edit submit share discard update review publish unschedule confirm suspend reinstate withdraw"


@pytest.mark.parametrize("step", STEPS.split())
def test_steps_take_no_other_method(author, drafted, signed_in, step):
    assert signed_in(author).delete(address(drafted, step)).status_code == 405
