"""Can the list be scanned, and does it say what to do where it is empty?"""

import re
from datetime import date
from html import unescape

import pytest

from congress.core.labels import Audience
from notices import actions
from notices.models import Edition, Notice
from tests import factories

pytestmark = pytest.mark.django_db

POLICE = Audience(sectors=["law_enforcement"])


def text_of(response) -> str:
    """Return what a reader sees, without markup and with single blanks."""
    main = response.content.decode().split("<main")[1].split("</main>")[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


def about(notice: Notice, **subjects) -> Notice:
    Edition.objects.filter(notice=notice).update(**subjects)
    return notice


def next_edition(notice: Notice) -> None:
    edition = Edition.objects.get(notice=notice)
    edition.pk, edition.number = None, 2
    edition.save()
    Notice.objects.filter(pk=notice.pk).update(edition=edition)


def test_notices_say_what_a_reader_scans_for(member, signed_in):
    notice = factories.notice("Hollow books", audience=POLICE, urgency="urgent", review_on=date(2021, 1, 1))
    chemical = {"name": "chlorine", "cas": "7782-50-5"}
    about(notice, topics=["drones"], countries=["PE"], chemicals=[chemical])
    row = text_of(signed_in(member).get("/notices/")).split("Hollow books")[1]
    for fact in (
        "New",
        notice.number,
        "Urgent",
        "Review overdue",
        "Warning",
        "Drones",
        "chlorine",
        "Peru",
        "TLP:GREEN",
    ):
        assert fact in row
    assert "Edition" not in row


def test_notices_mark_what_was_updated_since_it_was_read(member, signed_in, at):
    notice = factories.notice("Hollow books", audience=POLICE)
    actions.mark_read(notice, by=member, at=at)
    assert "New" not in text_of(signed_in(member).get("/notices/"))
    next_edition(notice)
    row = text_of(signed_in(member).get("/notices/")).split("Hollow books")[1]
    assert "Updated" in row
    assert "Edition 2" in row


def test_notices_say_which_filter_to_leave_out(member, signed_in):
    about(factories.notice(audience=POLICE), topics=["drones"], countries=["PE"])
    about(factories.notice(audience=POLICE), topics=["drones"], countries=["PE"])
    about(factories.notice(audience=POLICE), topics=["concealment"], countries=["FR"])
    response = signed_in(member).get("/notices/?topic=drones&country=FR&q=")
    assert "Leave out France (2 notices)" in text_of(response)
    assert "Leave out Drones (1 notice)" in text_of(response)
    ways = {name: url for name, _count, url in response.context["ways_out"]}
    assert ways == {"France": "/notices/?topic=drones&q=", "Drones": "/notices/?country=FR&q="}


def test_notices_leave_out_all_values_of_one_filter(member, signed_in):
    about(factories.notice(audience=POLICE), topics=["drones"])
    response = signed_in(member).get("/notices/?country=FR&country=PE&topic=drones")
    assert [name for name, _count, _url in response.context["ways_out"]] == ["France, Peru"]


def test_notices_offer_no_way_out_to_what_is_hidden(stranger, signed_in):
    about(factories.notice(audience=POLICE), topics=["drones"], countries=["PE"])
    response = signed_in(stranger).get("/notices/?topic=drones&country=FR")
    assert response.context["ways_out"] == []
    assert "Try fewer filters or fewer words." in text_of(response)
