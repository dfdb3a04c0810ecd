"""Do those who work on a notice see what its readers will see, and nobody else anything?"""

from datetime import timedelta
from html import unescape

import pytest

from congress.core.labels import Audience, Tlp
from congress.core.models import Entry
from notices import actions
from notices.actions import SectionText
from notices.models import AccessException, Notice, Reading
from tests import factories
from tests.notices import steps
from tests.notices.typed import content

pytestmark = pytest.mark.django_db

AUDIENCE = Audience(sectors=["industry"], countries=["PE"])
SECTIONS = (
    SectionText("summary", Tlp.GREEN, "Everybody's part."),
    SectionText("method", Tlp.AMBER, "The stricter part."),
)
PERUVIAN = {"sector": "industry", "country": "Peru", "standing": "member"}


@pytest.fixture
def drafted(author, at) -> Notice:
    return actions.draft(content(tlp=Tlp.AMBER, audience=AUDIENCE, sections=SECTIONS), by=author, at=at)


@pytest.fixture
def look(signed_in):
    def look(notice, viewer, **asked) -> tuple[int, str]:
        response = signed_in(viewer).get(f"/notices/{notice.number}/preview/", asked)
        return response.status_code, unescape(response.content.decode())

    return look


def test_notice_preview_shows_the_page_of_a_reader(drafted, author, look):
    status, text = look(drafted, author, **PERUVIAN)
    assert status == 200
    assert "Everybody's part." in text
    assert "The stricter part." in text
    assert "First they are asked to promise this" in text


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"sector": "academia"}, "does not belong to the audience"),
        ({"country": "FR"}, "does not belong to the audience"),
        ({"standing": "lapsed"}, "No notice may be read"),
    ],
)
def test_notice_preview_says_why_a_reader_would_not_see_it(drafted, author, look, changes, reason):
    _status, text = look(drafted, author, **{**PERUVIAN, **changes})
    assert "They would not see it" in text
    assert reason in text
    assert "Everybody's part." not in text


def test_notice_preview_of_one_person_counts_alone(drafted, author, stranger, member, look):
    assert "They would see it" in look(drafted, author, person=stranger.public_id)[1]
    assert "They would not see it" in look(drafted, author, **{**PERUVIAN, "person": member.public_id})[1]


def test_notice_preview_of_an_update_knows_the_exceptions_of_its_notice(author, officer, publisher, member, at, look):
    notice = steps.published(author, officer, publisher, at, audience=AUDIENCE)
    terms = {"effect": "grant", "member": member, "reason": "Asked.", "made_by": publisher, "made_at": at}
    AccessException.objects.create(notice=notice, until=at + timedelta(days=9999), **terms)
    working = actions.begin_update(notice, by=author, at=at)
    assert "They would see it" in look(working, author, person=member.public_id)[1]


def test_notice_preview_of_a_stub_shows_the_stub(author, look, at):
    notice = factories.notice(state="withdrawn", author=author, audience=AUDIENCE, sections={"summary": "Gone."})
    _status, text = look(notice, author, **PERUVIAN)
    assert "Superseded" in text
    assert "Gone." not in text


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"sector": ""}, "Say which, or name a person."),
        ({"country": "Atlantis"}, "We know no country of that name."),
        ({"standing": "king"}, "Select a valid choice."),
        ({"person": "Nobody At All"}, "fits nothing in the directory"),
        ({"person": "x\x00y"}, "Null characters are not allowed."),
    ],
)
def test_notice_preview_says_what_is_wrong_with_the_question(drafted, author, look, changes, message):
    status, text = look(drafted, author, **{**PERUVIAN, **changes})
    assert status == 422
    assert message in text


def test_notice_preview_is_for_those_who_work_on_it(drafted, author, officer, publisher, member, look, at):
    assert look(drafted, member, **PERUVIAN)[0] == 404
    actions.submit(drafted, by=author, at=at)
    assert look(drafted, officer, **PERUVIAN)[0] == 200
    notice = factories.notice(audience=Audience(sectors=["law_enforcement"]))
    assert look(notice, member, **PERUVIAN)[0] == 403


def test_notice_preview_is_nobodys_reading(drafted, author, stranger, look):
    before = Entry.objects.count()
    look(drafted, author, person=stranger.public_id)
    assert (Reading.objects.count(), Entry.objects.count()) == (0, before)
