"""What do the public pages show, to whom, and what never?"""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from congress.core.labels import Tlp
from events.models import Format, Meeting, Part, Slot
from tests import factories
from tests.events.factories import MORNING, draft, registration, released, slot, speaker

PUBLIC_PAGES = ["meeting", "programme", "programme_calendar"]


def get(client: Client, name: str, *args: str, **data: str) -> str:
    response = client.get(reverse(f"events:{name}", args=args), data)
    assert response.status_code == 200
    return response.content.decode()


def query_count(client: Client, name: str, *args: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        get(client, name, *args)
    return len(queries)


@pytest.fixture
def visitor() -> Client:
    return Client(headers={"host": "localhost"})


@pytest.fixture
def talks(plenary: Meeting) -> dict[str, str]:
    """A session of each label with unique words in title, abstract and speaker; the ids by label."""
    ids = {}
    for label in Tlp:
        word = f"planted{label.name.title().replace('_', '')}"
        made = factories.session(plenary, f"Title {word}", tlp=label, abstract=f"Abstract {word}")
        speaker(made, f"Name {word}", part=Part.CHAIR)
        ids[label.name] = made.public_id
    return ids


def seen_labels(page: str) -> set[str]:
    return {label.name for label in Tlp if f"planted{label.name.title().replace('_', '')}" in page}


def test_meetings_shows_visitors_what_is_announced(visitor, plenary):
    factories.meeting("plenary-2028", is_announced=False)
    factories.meeting("plenary-2023", starts_on=date(2023, 10, 3), ends_on=date(2023, 10, 5))
    page = get(visitor, "meetings")
    assert "Plenary plenary-2027" in page
    assert "Plenary plenary-2023" in page
    assert "plenary-2028" not in page


def test_meetings_shows_organisers_what_is_in_preparation(signed_in, organiser, plenary):
    factories.meeting("plenary-2028", is_announced=False)
    assert "plenary-2028" in get(signed_in(organiser), "meetings")


def test_meetings_says_that_none_is_announced(visitor, db):
    assert "No meeting is announced" in get(visitor, "meetings")


def test_meetings_tells_members_where_they_stand(signed_in, member, plenary):
    registration(plenary, member, "confirmed")
    assert "You have a seat" in get(signed_in(member), "meetings")


def test_meetings_costs_the_same_for_one_and_three(signed_in, member, plenary):
    client = signed_in(member)
    one = query_count(client, "meetings")
    factories.meeting("plenary-2028"), factories.meeting("plenary-2029")
    assert query_count(client, "meetings") == one <= 6


def test_meeting_not_announced_is_unknown_to_all_but_organisers(visitor, signed_in, member, organiser):
    factories.meeting("plenary-2028", is_announced=False)
    address = reverse("events:meeting", args=["plenary-2028"])
    unknown = visitor.get(reverse("events:meeting", args=["no-such"]))
    assert (visitor.get(address).status_code, visitor.get(address).content) == (404, unknown.content)
    assert signed_in(member).get(address).status_code == 404
    assert signed_in(organiser).get(address).status_code == 200


def test_meeting_counts_only_what_its_reader_may_know(visitor, signed_in, member, talks, plenary):
    def counted(page: str) -> list[str]:
        return [line.split("</dd>")[0].split("<dd>")[1] for line in page.split('<div class="stat">')[1:]]

    assert counted(get(visitor, "meeting", plenary.slug)) == ["1", "1"]
    assert counted(get(signed_in(member), "meeting", plenary.slug)) == ["4", "4"]


def test_meeting_leads_members_to_register_and_visitors_to_sign_in(visitor, signed_in, member, plenary):
    register = reverse("events:register", args=[plenary.slug])
    assert register in get(signed_in(member), "meeting", plenary.slug)
    page = get(visitor, "meeting", plenary.slug)
    assert register not in page
    assert "Sign in to register" in page


def test_meeting_costs_the_same_for_one_and_three_sessions(signed_in, member, plenary):
    client = signed_in(member)
    factories.session(plenary)
    one = query_count(client, "meeting", plenary.slug)
    factories.session(plenary), factories.session(plenary)
    assert query_count(client, "meeting", plenary.slug) == one <= 8


def test_meeting_of_the_past_says_who_came(visitor, plenary):
    for number, country in enumerate(["TH", "TH", "PE"]):
        registration(plenary, factories.member(f"delegate{number}", country=country), "attended")
    page = get(visitor, "meeting", plenary.slug)
    assert "<dd>3</dd>" in page
    assert "<dd>2</dd>" in page


@pytest.mark.parametrize("name", PUBLIC_PAGES)
def test_programme_words_of_other_labels_are_invisible(visitor, signed_in, member, organiser, talks, plenary, name):
    assert seen_labels(get(visitor, name, plenary.slug)) == {"CLEAR"}
    assert seen_labels(get(signed_in(member), name, plenary.slug)) == {"CLEAR", "GREEN", "AMBER", "AMBER_STRICT"}
    assert seen_labels(get(signed_in(organiser), name, plenary.slug)) == {label.name for label in Tlp}


def test_programme_shows_a_member_without_a_second_factor_what_a_visitor_sees(signed_in, talks, plenary):
    client = signed_in(factories.member("halfway", factor=False))
    assert seen_labels(get(client, "programme", plenary.slug)) == {"CLEAR"}


def test_programme_offers_visitors_only_days_and_tracks_of_their_sessions(visitor, plenary):
    factories.session(plenary, tlp=Tlp.CLEAR)
    inside = plenary.tracks.create(slug="inside", name="Inside matters")
    factories.session(plenary, tlp=Tlp.GREEN, track=inside, starts_at=MORNING + timedelta(days=1))
    page = get(visitor, "programme", plenary.slug)
    assert "Inside matters" not in page
    assert "day=2027-04-13" not in page


def test_programme_filters_by_day_and_track(visitor, plenary):
    other = plenary.tracks.create(slug="other", name="Other")
    factories.session(plenary, "Monday main", tlp=Tlp.CLEAR)
    factories.session(plenary, "Monday other", tlp=Tlp.CLEAR, track=other)
    factories.session(plenary, "Tuesday main", tlp=Tlp.CLEAR, starts_at=MORNING + timedelta(days=1))
    titles = ["Monday main", "Monday other", "Tuesday main"]

    def shown(**data: str) -> list[str]:
        page = get(visitor, "programme", plenary.slug, **data)
        return [title for title in titles if title in page]

    assert shown() == titles
    assert shown(day="2027-04-12") == ["Monday main", "Monday other"]
    assert shown(track="other") == ["Monday other"]
    assert shown(day="2027-04-12", track="main") == ["Monday main"]


@pytest.mark.parametrize(
    ("name", "value", "hint"),
    [
        ("tz", "Mars/Olympus", "This time zone is not known."),
        ("tz", "../../etc/passwd", "This time zone is not known."),
        ("tz", "x" * 10_000, "This time zone is not known."),
        ("tz", "\x00", "This time zone is not known."),
        ("track", "no-such", "This track is not on the programme."),
    ],
)
def test_programme_says_what_it_does_not_know(visitor, plenary, name, value, hint):
    factories.session(plenary, "Opening", tlp=Tlp.CLEAR)
    page = get(visitor, "programme", plenary.slug, **{name: value})
    assert hint in page
    assert "Opening" in page


@pytest.mark.parametrize("day", ["2027-01-01", "tomorrow", "\x00"])
def test_programme_of_an_unknown_day_shows_all_days(visitor, plenary, day):
    factories.session(plenary, "Opening", tlp=Tlp.CLEAR)
    assert "Opening" in get(visitor, "programme", plenary.slug, day=day)


def test_programme_shows_the_readers_time_beside_the_meetings(visitor, plenary):
    factories.session(plenary, tlp=Tlp.CLEAR, starts_at=MORNING)
    page = get(visitor, "programme", plenary.slug, tz="America/Lima")
    assert "09:00 <small>01:00</small>" in page
    assert "smaller times are those of America/Lima" in page


def test_programme_shows_the_release_in_force_and_no_draft(visitor, plenary):
    kept = factories.session(plenary, "Kept", tlp=Tlp.CLEAR)
    factories.session(plenary, "Dropped", tlp=Tlp.CLEAR)
    slot(released(plenary, number=2), kept)
    slot(draft(plenary, number=3), factories.session(factories.meeting("other"), "Drafted", tlp=Tlp.CLEAR))
    page = get(visitor, "programme", plenary.slug)
    assert [title for title in ("Kept", "Dropped", "Drafted") if title in page] == ["Kept"]


def test_programme_not_released_says_so(visitor, plenary):
    assert "The programme is not released yet" in get(visitor, "programme", plenary.slug)


def test_programme_marks_the_chatham_house_rule_and_the_parts(visitor, plenary):
    made = factories.session(plenary, tlp=Tlp.CLEAR, is_chatham_house=True)
    speaker(made, "Ana Kovač", part=Part.CHAIR)
    page = get(visitor, "programme", plenary.slug)
    assert "Chatham House Rule" in page
    assert "Ana Kovač (Chair)" in page


def test_programme_costs_the_same_for_one_and_three(signed_in, member, plenary):
    client = signed_in(member)
    speaker(factories.session(plenary), "First")
    one = query_count(client, "programme", plenary.slug)
    for name in ("Second", "Third"):
        speaker(factories.session(plenary), name)
    assert query_count(client, "programme", plenary.slug) == one <= 8


def test_session_shows_title_time_label_and_speakers(visitor, talks, plenary):
    page = get(visitor, "session", plenary.slug, talks["CLEAR"])
    assert "Abstract plantedClear" in page
    assert "Name plantedClear" in page
    assert "TLP:CLEAR" in page
    assert "12 Apr 2027, 09:00 EAT" in page


@pytest.mark.parametrize("label", ["GREEN", "AMBER", "AMBER_STRICT", "RED"])
def test_session_of_another_label_answers_visitors_like_an_unknown_one(visitor, talks, plenary, label):
    hidden = visitor.get(reverse("events:session", args=[plenary.slug, talks[label]]))
    unknown = visitor.get(reverse("events:session", args=[plenary.slug, "000000000000"]))
    assert (hidden.status_code, hidden.content) == (404, unknown.content)


def test_session_of_label_red_exists_for_those_who_speak(signed_in, member, stranger, plenary):
    red = factories.session(plenary, tlp=Tlp.RED)
    speaker(red, "Named", member=stranger)
    address = reverse("events:session", args=[plenary.slug, red.public_id])
    assert signed_in(member).get(address).status_code == 404
    assert signed_in(stranger).get(address).status_code == 200


def test_session_belongs_to_its_meeting(visitor, talks, plenary):
    factories.meeting("other")
    assert visitor.get(reverse("events:session", args=["other", talks["CLEAR"]])).status_code == 404


def test_session_costs_the_same_for_one_and_three_speakers(signed_in, member, plenary):
    client, made = signed_in(member), factories.session(plenary)
    speaker(made, "First")
    one = query_count(client, "session", plenary.slug, made.public_id)
    speaker(made, "Second"), speaker(made, "Third")
    assert query_count(client, "session", plenary.slug, made.public_id) == one <= 6


def test_speaker_shows_only_sessions_that_exist_for_the_reader(visitor, signed_in, member, plenary):
    public = factories.session(plenary, "Open talk", tlp=Tlp.CLEAR)
    inside = factories.session(plenary, "Inside talk", tlp=Tlp.GREEN)
    person = speaker(public, "Ana Kovač")
    inside.appearances.create(speaker=person, part=Part.CHAIR)
    address = [plenary.slug, person.public_id]
    assert "Inside talk" not in get(visitor, "speaker", *address)
    assert "Inside talk" in get(signed_in(member), "speaker", *address)


def test_speaker_without_a_public_session_is_unknown_to_visitors(visitor, plenary):
    person = speaker(factories.session(plenary, tlp=Tlp.GREEN), "Ana Kovač")
    assert visitor.get(reverse("events:speaker", args=[plenary.slug, person.public_id])).status_code == 404


def test_speaker_leads_to_the_profile_where_there_is_one(visitor, signed_in, member, stranger, plenary):
    person = speaker(factories.session(plenary, tlp=Tlp.CLEAR), "Stranger", member=stranger)
    profile = reverse("members:profile", args=[stranger.public_id])
    assert profile in get(signed_in(member), "speaker", plenary.slug, person.public_id)
    assert profile not in get(visitor, "speaker", plenary.slug, person.public_id)


def test_speaker_costs_the_same_for_one_and_three_sessions(signed_in, member, plenary):
    client, person = signed_in(member), speaker(factories.session(plenary), "Busy")
    one = query_count(client, "speaker", plenary.slug, person.public_id)
    for _ in range(2):
        factories.session(plenary).appearances.create(speaker=person, part=Part.CHAIR)
    assert query_count(client, "speaker", plenary.slug, person.public_id) == one <= 6


def test_programme_calendar_is_a_file_of_its_meeting(visitor, plenary):
    factories.session(plenary, tlp=Tlp.CLEAR)
    response = visitor.get(reverse("events:programme_calendar", args=[plenary.slug]))
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="plenary-2027.ics"'


def test_programme_breaks_have_no_page_and_no_label(visitor, plenary):
    coffee = factories.session(plenary, "Coffee", tlp=Tlp.CLEAR, format=Format.BREAK)
    page = get(visitor, "programme", plenary.slug)
    assert "Coffee" in page
    assert coffee.public_id not in page


def test_programme_of_a_day_is_that_of_the_place(visitor, plenary):
    made = factories.session(plenary, "Late", tlp=Tlp.CLEAR)
    Slot.objects.filter(session=made).update(
        starts_at=datetime(2027, 4, 12, 22, 0, tzinfo=UTC), ends_at=datetime(2027, 4, 12, 23, 0, tzinfo=UTC)
    )
    assert "Late" in get(visitor, "programme", plenary.slug, day="2027-04-13")
