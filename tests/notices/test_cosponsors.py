"""Does a notice go out in the name of bodies only that have agreed to the very text?"""

from datetime import timedelta

import pytest

from congress.core.errors import NotPermittedError
from congress.core.models import Entry
from congress.core.roles import Role
from congress.core.states import IllegalTransitionError
from notices import actions, policies, queries
from notices.models import Notice
from tests import factories
from tests.notices.test_exports import words_of
from tests.notices.test_steps_pages import address, text_of
from tests.notices.typed import ANSWERS, content


@pytest.fixture
def focal(db):
    return factories.member("focal", roles=[Role.FOCAL_POINT], country="KE")


@pytest.fixture
def asked(author, focal, at) -> Notice:
    """A notice sent to be checked, which the focal point's body is asked to co-sponsor."""
    drafted = actions.draft(content(), by=author, at=at)
    actions.ask_cosponsors(drafted, [focal.organisation_id], by=author, at=at)
    return actions.submit(drafted, by=author, at=at)


def answer(notice, by, at, *, agrees=True, version=1, remark=""):
    return actions.answer_for_body(notice, agrees=agrees, remark=remark, version=version, by=by, at=at)


def cleared(notice, officer, at) -> Notice:
    return actions.clear(Notice.objects.get(pk=notice.pk), answers=ANSWERS, by=officer, at=at)


def told(notice) -> list[str]:
    return [str(each.label) for each in queries.answers(Notice.objects.get(pk=notice.pk))]


def test_focal_points_see_it_when_it_is_ready_and_others_do_not(author, focal, at):
    other = factories.member("other_focal", roles=[Role.FOCAL_POINT])
    drafted = actions.draft(content(), by=author, at=at)
    actions.ask_cosponsors(drafted, [focal.organisation_id], by=author, at=at)
    assert not policies.visible_to(focal).exists()
    actions.submit(drafted, by=author, at=at)
    assert [policies.visible_to(person).exists() for person in (focal, other)] == [True, False]
    assert [line.meta for line in queries.waiting_for(focal)] == ["Your organisation is asked to co-sponsor it"]
    assert queries.waiting_for(other) == []


def test_publish_waits_until_every_body_has_agreed(asked, focal, officer, publisher, at):
    notice = cleared(asked, officer, at)
    with pytest.raises(actions.CosponsorMissingError) as refusal:
        actions.publish(notice, by=publisher, at=at)
    assert (refusal.value.status, focal.organisation.name in str(refusal.value)) == (409, True)
    with pytest.raises(actions.CosponsorMissingError):
        actions.schedule(notice, publish_at=at + timedelta(days=1), by=publisher, at=at)
    answer(notice, focal, at)
    assert queries.waiting_for(focal) == []
    published = actions.publish(notice, by=publisher, at=at)
    assert queries.cosponsors(published) == [focal.organisation]


def test_a_changed_text_is_asked_about_again(asked, focal, author, officer, publisher, at):
    answer(asked, focal, at)
    actions.send_back(asked, instead_of="clear", remark="Shorter.", by=officer, at=at)
    actions.edit(asked, content(title="Shorter"), version=1, by=author, at=at)
    actions.submit(asked, by=author, at=at)
    assert told(asked) == ["asked again, the text was changed"]
    assert len(queries.waiting_for(focal)) == 1
    with pytest.raises(actions.CosponsorMissingError):
        actions.publish(cleared(asked, officer, at), by=publisher, at=at)
    with pytest.raises(actions.TextChangedError):
        answer(asked, focal, at, version=1)
    answer(asked, focal, at, version=2)
    assert actions.publish(asked, by=publisher, at=at).state == "published"


def test_a_body_that_declines_drops_out_and_may_be_asked_anew(asked, focal, author, officer, publisher, at):
    answer(asked, focal, at, agrees=False, remark="Not our field.")
    assert (Notice.objects.get().cosponsors, told(asked)) == ([], ["declined"])
    assert not policies.visible_to(focal).exists()
    actions.send_back(asked, instead_of="clear", remark="Ask again.", by=officer, at=at)
    actions.ask_cosponsors(asked, [focal.organisation_id], by=author, at=at)
    assert told(asked) == ["asked"]
    actions.ask_cosponsors(asked, [], by=author, at=at)
    assert (Notice.objects.get().cosponsors, told(asked)) == ([], [])


def test_ask_and_answer_are_in_the_journal_without_the_remark(asked, focal, author, at):
    answer(asked, focal, at, agrees=False, remark="Not our field.")
    entries = Entry.objects.filter(event__startswith="notices.cosponsorship").order_by("pk")
    assert list(entries.values_list("event", "by", "data")) == [
        ("notices.cosponsorship.asked", author.pk, {"bodies": [focal.organisation_id]}),
        ("notices.cosponsorship.answered", focal.pk, {"organisation": focal.organisation_id, "agreed": False}),
    ]


def test_ask_cosponsors_is_for_its_author_while_drafting(asked, author, officer, focal, at):
    with pytest.raises(NotPermittedError):
        actions.ask_cosponsors(asked, [], by=officer, at=at)
    with pytest.raises(IllegalTransitionError):
        actions.ask_cosponsors(asked, [], by=author, at=at)
    drafted = actions.draft(content(), by=author, at=at)
    with pytest.raises(actions.OwnBodyError):
        actions.ask_cosponsors(drafted, [author.organisation_id], by=author, at=at)


@pytest.mark.parametrize("who", ["author", "officer", "member"])
def test_only_a_focal_point_of_the_body_answers(asked, at, who, request):
    with pytest.raises(NotPermittedError):
        answer(asked, request.getfixturevalue(who), at)


def test_notice_cosponsors_asks_and_keeps_what_was_typed(author, focal, officer, at, signed_in):
    drafted, client = actions.draft(content(), by=author, at=at), signed_in(author)
    refused = client.post(address(drafted, "cosponsors"), {"bodies": "No such body"})
    assert (refused.status_code, "No such body" in text_of(refused)) == (422, True)
    saved = client.post(address(drafted, "cosponsors"), {"bodies": focal.organisation.name})
    assert (saved.status_code, Notice.objects.get().cosponsors) == (303, [focal.organisation_id])
    assert focal.organisation.name in text_of(client.get(address(drafted, "cosponsors")))
    assert signed_in(officer).get(address(drafted, "cosponsors")).status_code == 404


def test_notice_cosponsor_shows_the_text_and_takes_the_answer(asked, focal, publisher, at, signed_in):
    client = signed_in(focal)
    assert "Parcels with hollow books were posted." in text_of(client.get(address(asked, "cosponsor")))
    silent = client.post(address(asked, "cosponsor"), {"decision": "decline", "version": "1"})
    assert (silent.status_code, told(asked)) == (422, ["asked"])
    late = client.post(address(asked, "cosponsor"), {"decision": "agree", "version": "9", "remark": "Go on"})
    assert (late.status_code, "Go on" in text_of(late)) == (409, True)
    answered = client.post(address(asked, "cosponsor"), {"decision": "agree", "version": "1"})
    assert (answered.status_code, told(asked)) == (303, ["agreed"])
    assert signed_in(publisher).get(address(asked, "cosponsor")).status_code == 404


def test_the_notice_names_its_cosponsors(asked, focal, officer, publisher, member, at, signed_in):
    answer(asked, focal, at)
    actions.publish(cleared(asked, officer, at), by=publisher, at=at)
    page = text_of(signed_in(member).get(f"/notices/{asked.number}/"))
    assert f"Co-sponsored by {focal.organisation.name}" in page


def test_the_pdf_names_its_cosponsors(asked, focal, officer, publisher, member, at, signed_in):
    answer(asked, focal, at)
    actions.publish(cleared(asked, officer, at), by=publisher, at=at)
    pdf = signed_in(member).get(f"/notices/{asked.number}.pdf").content
    assert f"Co-sponsored by {focal.organisation.name}" in words_of(pdf)


def test_notice_publish_says_who_has_not_agreed(asked, focal, officer, publisher, at, signed_in):
    cleared(asked, officer, at)
    response = signed_in(publisher).post(address(asked, "publish"), {"decision": "publish"})
    assert (response.status_code, Notice.objects.get().state) == (409, "cleared")
    assert f"have not agreed to this text yet: {focal.organisation.name}" in text_of(response)
