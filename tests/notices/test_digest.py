"""Does the digest say to each member what their labels allow, once, and nothing else?"""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail as outbox
from django.core.management import call_command

from congress.core import journal, mail
from congress.core.labels import Audience, Tlp
from congress.core.models import Delivery, Entry, Period
from congress.core.roles import Standing
from members.models import Member
from notices import actions, queries, tasks
from notices.models import Edition, Notice, SectionKind
from tests import factories

LABELS = [*Tlp]
EVERYBODY = Audience(sectors=["law_enforcement"])
WEEK = timedelta(days=7)


def published(label: Tlp, at: datetime, member: Member, **fields) -> Notice:
    word = label.name.lower()
    return factories.notice(
        f"Title{word}",
        tlp=label,
        audience=Audience(people=[member.pk]),
        at=at,
        sections={SectionKind.SUMMARY: f"Summary{word}.", SectionKind.METHOD: f"Method{word}."},
        **fields,
    )


def opened(at: datetime) -> Entry:
    entry = actions.open_digest("2026-W48", until=at, at=at)
    assert entry is not None
    return entry


def letter_for(member: Member, entry: Entry, kind: str = tasks.DIGEST) -> mail.Letter | None:
    return mail.COMPOSERS[kind](entry, [member.pk])(Delivery(entry=entry, member=member, kind=kind))


def whole(letter: mail.Letter) -> str:
    return "\n".join([letter.subject, letter.text, letter.html, str(letter.headers)])


@pytest.fixture
def one_of_each(member, at) -> dict[Tlp, Notice]:
    return {label: published(label, at - timedelta(hours=1), member) for label in LABELS}


@pytest.mark.parametrize(
    ("label", "shown", "kept_out"),
    [
        (Tlp.CLEAR, ["Titleclear", "Summaryclear."], ["Methodclear"]),
        (Tlp.GREEN, ["Titlegreen", "Summarygreen."], ["Methodgreen"]),
        (Tlp.AMBER, ["TLP:AMBER\n"], ["Titleamber", "Summaryamber", "Methodamber"]),
        (Tlp.AMBER_STRICT, [], ["Titleamber_strict", "Summaryamber_strict", "TLP:AMBER+STRICT"]),
        (Tlp.RED, [], ["Titlered", "Summaryred", "TLP:RED"]),
    ],
)
def test_digest_says_as_much_as_the_label_allows(member, at, one_of_each, label, shown, kept_out):
    letter = letter_for(member, opened(at))
    assert letter is not None
    text = whole(letter)
    assert [word for word in shown if word not in text] == []
    assert [word for word in kept_out if word in text] == []


def test_digest_names_clear_green_and_amber_by_number_and_counts_the_rest(member, at, one_of_each):
    letter = letter_for(member, opened(at))
    assert letter is not None
    named = {label for label, notice in one_of_each.items() if notice.number in whole(letter)}
    assert named == {Tlp.CLEAR, Tlp.GREEN, Tlp.AMBER}
    assert "2 further notices wait for you in the portal." in letter.text
    assert "2 further notices wait for you in the portal." in letter.html


def test_digest_has_the_label_directly_before_each_text(member, at, one_of_each):
    letter = letter_for(member, opened(at))
    assert letter is not None
    lines = [line for line in letter.text.splitlines() if line]
    assert lines[lines.index("Titleclear") - 1] == "TLP:CLEAR"
    assert lines[lines.index("Titlegreen") - 1] == "TLP:GREEN"


def test_digest_subject_has_the_strictest_label_of_its_texts_and_no_word_of_a_notice(member, at, one_of_each):
    letter = letter_for(member, opened(at))
    assert letter is not None
    assert letter.subject == "[TLP:GREEN] Your weekly digest"


def test_digest_subject_has_no_label_without_texts(member, at):
    published(Tlp.RED, at - timedelta(hours=1), member)
    letter = letter_for(member, opened(at))
    assert letter is not None
    assert letter.subject == "Your weekly digest"
    assert "1 further notice waits for you in the portal." in letter.text


def test_digest_has_no_images_and_no_tracking(member, at, one_of_each):
    letter = letter_for(member, opened(at))
    assert letter is not None
    assert "<img" not in letter.html
    links = set(letter.html.split('href="')[1:])
    assert {link.partition('"')[0].split("/notices/")[0] for link in links} <= {
        "http://localhost:8000", "http://localhost:8000/", "http://localhost:8000/members/me/mail/",
    }  # fmt: skip
    assert "<style" not in letter.html


def test_digest_cannot_be_made_to_lie_by_what_was_typed(member, at):
    notice = factories.notice(
        "Two\u202elines", audience=EVERYBODY, tlp=Tlp.GREEN, at=at,
        sections={SectionKind.SUMMARY: "One\r\n<a href='https://evil.example'>x</a>"},
    )  # fmt: skip
    letter = letter_for(member, opened(at))
    assert letter is not None
    assert "\u202e" not in whole(letter)
    assert "<a href='https://evil" not in letter.html
    assert notice.number in letter.text


def test_digest_is_of_its_window_only(member, at):
    for hours in (-1, 0, 24 * 7 - 1, 24 * 7, 24 * 8):
        factories.notice(f"At{hours}", audience=EVERYBODY, tlp=Tlp.CLEAR, at=at - timedelta(hours=hours))
    digest = queries.digests_for([member], since=at - WEEK, until=at)[member.pk]
    assert {item.title for item in digest.items} == {"At0", "At167"}


def test_digest_goes_on_where_the_last_one_ended(db, at):
    first = opened(at)
    second = actions.open_digest("2026-W49", until=at + WEEK, at=at + WEEK)
    assert second is not None
    assert second.data["since"] == first.data["until"]


def test_digest_is_decided_when_it_is_sent(member, stranger, at):
    notice = factories.notice("Moved", audience=EVERYBODY, tlp=Tlp.CLEAR, at=at)
    entry = opened(at)
    Edition.objects.filter(notice=notice).update(audience_sectors=["industry"])
    assert letter_for(member, entry) is None
    assert letter_for(stranger, entry) is not None


@pytest.mark.parametrize("standing", [Standing.SUSPENDED, Standing.LAPSED, Standing.FORMER, Standing.PROVISIONAL])
def test_digest_is_not_for_who_is_no_member_at_sending(member, at, standing):
    factories.notice(audience=EVERYBODY, tlp=Tlp.CLEAR, at=at)
    entry = opened(at)
    Member.objects.filter(pk=member.pk).update(standing=standing)
    assert letter_for(member, entry) is None


def test_digest_without_news_is_no_letter(member, at):
    assert letter_for(member, opened(at)) is None


def test_digest_tells_of_the_next_meeting(member, at):
    factories.meeting("plenary-2027", title="Fifth plenary")
    letter = letter_for(member, opened(at))
    assert letter is not None
    assert "Fifth plenary" in letter.text
    assert "Registration is open." in letter.text
    assert "/meetings/plenary-2027/" in letter.html


def test_digest_is_short_however_much_happened(member, at):
    factories.notice(audience=EVERYBODY, tlp=Tlp.GREEN, at=at, sections={SectionKind.SUMMARY: "word " * 4000})
    author = factories.member()
    for _each in range(40):
        factories.notice(audience=EVERYBODY, tlp=Tlp.GREEN, at=at, author=author)
    letter = letter_for(member, opened(at))
    assert letter is not None
    assert "11 further notices wait for you in the portal." in letter.text
    assert len(whole(letter)) < 60_000


def test_digest_is_opened_once_for_a_period(db, at):
    opened(at)
    assert actions.open_digest("2026-W48", until=at, at=at) is None
    assert Entry.objects.filter(event="notices.digest.opened").count() == 1


def test_digest_is_announced_once_to_each_listed_member(db, at):
    people = [factories.member() for _each in range(3)]
    factories.member(standing=Standing.SUSPENDED)
    entry = opened(at)
    for _twice in range(2):
        journal.dispatch(entry, at)
        tasks.announce_digest(entry)
    assert sorted(Delivery.objects.values_list("member", flat=True)) == sorted(person.pk for person in people)


def test_digest_is_sent_once_to_each_member(db, at, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    for _each in range(3):
        factories.member()
    factories.notice(audience=EVERYBODY, tlp=Tlp.CLEAR, at=at)
    journal.dispatch(opened(at), at)
    # Four: the cast's author of the notice and the two officers of record are members of law enforcement too.
    later = datetime.now(UTC) + timedelta(minutes=1)
    sent = [mail.send(mail.claim(later), lambda: later) for _twice in range(2)]
    assert sent == [6, 0]
    assert len({message.to[0] for message in outbox.outbox}) == len(outbox.outbox) == 6


def test_digest_letters_of_equal_readers_are_rendered_once(db, at):
    factories.notice(audience=EVERYBODY, tlp=Tlp.CLEAR, at=at)
    entry = opened(at)
    letters = [letter_for(factories.member(), entry) for _each in range(2)]
    assert letters[0]
    assert letters[1]
    assert (letters[0].html is letters[1].html, letters[0].headers == letters[1].headers) == (True, False)


@pytest.mark.parametrize("count", [1, 20])
def test_digest_costs_seven_queries_for_however_many_members(db, at, count, django_assert_num_queries):
    factories.notice(audience=EVERYBODY, tlp=Tlp.CLEAR, at=at)
    factories.meeting("plenary-2027")
    people = [factories.member(factor=False, profile=False) for _each in range(count)]
    entry = opened(at)
    with django_assert_num_queries(7):
        compose = mail.COMPOSERS[tasks.DIGEST](entry, [person.pk for person in people])
        letters = [compose(Delivery(entry=entry, member=person, kind=tasks.DIGEST)) for person in people]
    assert all(letters)


def test_digest_to_many_tells_each_what_is_theirs(member, stranger, at):
    factories.notice("Zyxfirst", audience=Audience(people=[member.pk]), tlp=Tlp.GREEN, at=at)
    factories.notice("Zyxsecond", audience=Audience(people=[stranger.pk]), tlp=Tlp.GREEN, at=at)
    entry = opened(at)
    compose = mail.COMPOSERS[tasks.DIGEST](entry, [member.pk, stranger.pk])
    told = [compose(Delivery(entry=entry, member=person, kind=tasks.DIGEST)) for person in (member, stranger)]
    assert [letter and ("Zyxfirst" in letter.text, "Zyxsecond" in letter.text) for letter in told] == [
        (True, False), (False, True),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("instant", "due"),
    [
        (datetime(2026, 11, 23, 6, 0, tzinfo=UTC), None),
        (datetime(2026, 11, 23, 6, 1, tzinfo=UTC), datetime(2026, 11, 23, 6, 0, tzinfo=UTC)),
        (datetime(2026, 11, 24, 5, 59, tzinfo=UTC), datetime(2026, 11, 23, 6, 0, tzinfo=UTC)),
        (datetime(2026, 11, 24, 6, 0, tzinfo=UTC), None),
        (datetime(2026, 11, 22, 12, 0, tzinfo=UTC), None),
        (datetime(2026, 11, 30, 7, 0, tzinfo=UTC), datetime(2026, 11, 30, 6, 0, tzinfo=UTC)),
    ],
)
def test_due_digest_is_on_monday_morning(instant, due):
    assert tasks.due_digest(instant) == due


def test_open_digest_claims_the_week(db, time_machine):
    time_machine.move_to(datetime(2026, 11, 23, 6, 2, tzinfo=UTC), tick=False)
    assert [tasks.open_digest(), tasks.open_digest()] == [True, False]
    assert Period.objects.get().name == "2026-W48"
    assert Entry.objects.get().data["until"] == "2026-11-23T06:00:00+00:00"


def test_open_digest_waits_for_monday(db, time_machine):
    time_machine.move_to(datetime(2026, 11, 22, 6, 2, tzinfo=UTC), tick=False)
    assert tasks.open_digest() is False


def test_digest_command_opens_an_extra_one(db, capsys, time_machine):
    time_machine.move_to(datetime(2026, 11, 25, 12, 0, tzinfo=UTC), tick=False)
    call_command("digest", "open")
    call_command("digest", "open", "--now")
    said = capsys.readouterr().out
    assert "No digest is due" in said
    assert "The digest is open; the worker sends it." in said
    assert Entry.objects.get().data["until"] == "2026-11-25T12:00:00+00:00"
