"""Is it told why somebody may see a notice: the rule that decides, to those who answer for it, and to nobody else?"""

from datetime import UTC, datetime, timedelta

import pytest

from congress.core.labels import Audience, Tlp
from congress.core.models import Entry
from congress.core.roles import Role, Standing
from notices import actions, queries
from notices.models import Notice
from tests import factories
from tests.notices.test_steps_pages import address, text_of

NOTHING_FITS = "fits nothing in the directory"


def made(**fields) -> Notice:
    return Notice.objects.get(pk=factories.notice(**fields).pk)


def told(notice: Notice, person) -> tuple[bool, str]:
    explanation = queries.explain(notice, person)
    return explanation.sees, str(explanation.decisive.sentence)


def test_explain_names_the_rule_of_the_audience(member):
    group = made(audience=Audience(sectors=["law_enforcement"], countries=["TH"]))
    assert told(group, member) == (
        True,
        "Law enforcement in Thailand belongs to the audience: Law enforcement; Thailand.",
    )
    assert told(made(audience=Audience(people=[member.pk])), member) == (True, "The audience names them.")
    body = made(audience=Audience(organisations=[member.organisation_id]))
    assert told(body, member) == (True, f"The audience names their body, {member.organisation}.")
    advisers = factories.group("Industry advisers")
    factories.term(member, advisers)
    seated = told(made(audience=Audience(groups=[advisers.pk])), factories.reloaded(member))
    assert seated == (True, "The audience names a group in which they have a seat: Industry advisers.")
    excluded = made(audience=Audience(people=[member.pk], excluded_countries=["TH"]))
    assert told(excluded, member) == (False, "The audience leaves out their country.")


def test_explain_names_the_rule_of_state_and_standing(member):
    draft = made(state="draft", audience=Audience(people=[member.pk]))
    assert told(draft, member) == (False, "It is not there for readers yet (Draft).")
    lapsed = factories.member(standing=Standing.LAPSED)
    assert told(draft, lapsed) == (False, "Standing: lapsed. No notice may be read.")


def test_explain_names_the_part_and_the_next_step(author, officer):
    mine = made(state="in_review", author=author)
    assert told(mine, author) == (True, "They are its author.")
    assert told(mine, officer) == (True, "It waits for a compliance officer who does not write it, and they are one.")


@pytest.mark.parametrize(("effect", "sees"), [("grant", True), ("deny", False)])
def test_explain_names_the_exception_and_its_end(member, publisher, effect, sees):
    now = datetime.now(UTC)
    notice = made(audience=Audience(people=[] if sees else [member.pk], sectors=["academia"]))
    terms = actions.Terms(effect, "Leads it.", now + timedelta(days=9), member=member)
    made_now = actions.make_exception(notice, terms, by=publisher, at=now)
    answer, sentence = told(notice, member)
    assert answer == sees
    assert f"until {made_now.until:%Y-%m-%d %H:%M} UTC" in sentence


def test_notice_why_tells_a_publisher_who_does_not_read_it(member, publisher, signed_in):
    notice = made(title="Zyxtitle", audience=Audience(people=[member.pk]))
    page = text_of(signed_in(publisher).get(address(notice, "why"), {"person": member.public_id}))
    assert ("They can see it" in page, "The audience names them." in page, "Zyxtitle" in page) == (True, True, False)
    entry = Entry.objects.get(event="notices.notice.explained")
    assert (entry.by, entry.target_id, entry.data) == (publisher, notice.pk, {"person": member.pk})


def test_notice_why_tells_its_author_of_exceptions_too(author, member, publisher, signed_in):
    notice, now = made(author=author, audience=Audience(people=[author.pk])), datetime.now(UTC)
    terms = actions.Terms("grant", "Leads it.", now + timedelta(days=9), member=member)
    actions.make_exception(notice, terms, by=publisher, at=now)
    assert "May read it, whatever" in text_of(
        signed_in(author).get(address(notice, "why"), {"person": member.public_id})
    )


def test_notice_why_knows_nobody_outside_the_directory(member, publisher, signed_in):
    notice, client = made(audience=Audience(people=[member.pk])), signed_in(publisher)
    hidden = factories.member("hidden", standing=Standing.SUSPENDED)
    asked = [client.get(address(notice, "why"), {"person": whom}) for whom in (hidden.public_id, "0123456789ab")]
    assert [answer.status_code for answer in asked] == [422, 422]
    assert all(NOTHING_FITS in text_of(answer) for answer in asked)
    assert not Entry.objects.filter(event="notices.notice.explained").exists()


def test_notice_why_is_not_for_readers(member, stranger, signed_in):
    notice = made(tlp=Tlp.AMBER, audience=Audience(people=[member.pk]))
    lead = factories.member(roles=[Role.VETTING_LEAD])
    answers = [signed_in(person).get(address(notice, "why")).status_code for person in (member, stranger, lead)]
    assert answers == [403, 404, 404]
