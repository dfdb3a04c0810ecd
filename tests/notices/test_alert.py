"""Do the readers of an urgent notice hear of it at once, and nobody else?"""

from datetime import date

import pytest

from congress.core import journal, mail
from congress.core.labels import Audience, Tlp
from congress.core.models import Delivery, Entry, Lane
from members.models import Member
from notices import actions, tasks
from notices.models import SectionKind
from tests import factories


@pytest.fixture
def publish(publisher, at):
    """Publish a notice and run what listens to that."""

    def publish(**fields) -> Entry:
        first = factories.member(roles=["publisher"])
        notice = factories.notice(state="cleared", approved_by=first, review_on=date(2027, 6, 1), **fields)
        actions.publish(notice, by=publisher, at=at)
        entry = Entry.objects.get(event=actions.PUBLISHED, target_id=notice.pk)
        journal.dispatch(entry, at)
        return entry

    return publish


def told() -> list[Member | None]:
    return [delivery.member for delivery in Delivery.objects.select_related("member")]


def letter_for(member: Member, entry: Entry) -> mail.Letter | None:
    return mail.COMPOSERS[tasks.ALERT](entry, [member.pk])(Delivery(entry=entry, member=member, kind=tasks.ALERT))


def test_alert_goes_to_the_readers_in_the_urgent_lane(publish, member, stranger):
    publish(urgency="urgent", audience=Audience(countries=["TH"]))
    assert told() == [member]
    assert Delivery.objects.get().lane == Lane.URGENT


def test_alert_is_not_for_the_excluded(publish, member):
    publish(urgency="urgent", audience=Audience(countries=["TH"], excluded_people=[member.pk]))
    assert told() == []


def test_routine_notice_waits_for_the_digest(publish, member):
    publish(urgency="routine", audience=Audience(countries=["TH"]))
    assert told() == []


def test_alert_is_asked_again_at_sending(publish, member, publisher, at):
    entry = publish(urgency="urgent", audience=Audience(countries=["TH"]))
    Member.objects.filter(pk=member.pk).update(country="PE")
    assert letter_for(member, entry) is None


def test_alert_of_a_withdrawn_notice_is_not_sent(publish, member, publisher, at):
    notice = factories.notice("Zyx", urgency="urgent", audience=Audience(countries=["TH"]))
    entry = journal.record(actions.PUBLISHED, target=notice, by=publisher, at=at)
    assert letter_for(member, entry) is not None
    actions.withdraw(notice, reason="Wrong.", by=publisher, at=at)
    assert letter_for(member, entry) is None


@pytest.mark.parametrize(
    ("label", "subject", "says_title", "says_number"),
    [
        (Tlp.CLEAR, "[TLP:CLEAR] An urgent notice waits for you", True, True),
        (Tlp.GREEN, "[TLP:GREEN] An urgent notice waits for you", True, True),
        (Tlp.AMBER, "An urgent notice waits for you", False, True),
        (Tlp.AMBER_STRICT, "An urgent notice waits for you", False, False),
        (Tlp.RED, "An urgent notice waits for you", False, False),
    ],
)
def test_alert_says_as_much_as_the_label_allows(publish, member, label, subject, says_title, says_number):
    entry = publish(
        title="Zyxtitle", tlp=label, urgency="urgent", audience=Audience(people=[member.pk]),
        sections={SectionKind.SUMMARY: "Zyxsummary"},
    )  # fmt: skip
    letter = letter_for(member, entry)
    assert letter is not None
    assert letter.subject == subject
    for part in (letter.text, letter.html):
        assert ("Zyxtitle" in part, "Zyxsummary" in part) == (says_title, says_title)
        assert ("PN-2026-" in part) == says_number
