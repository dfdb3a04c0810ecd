"""Does the database show each person just what the policies do, in every state and through every table?"""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.models.functions import Now

from congress.core import wall
from congress.core.labels import Audience, Tlp
from notices import policies
from notices.models import AccessException, Attachment, Edition, Notice, Reading, SavedSearch, Section
from notices.row_security import POLICIES
from tests import factories
from tests.notices.test_policies import STATES, cast, notice_in  # noqa: F401 - the fixture of the same people


def shown(model, person) -> set[int]:
    with wall.reading_as(person.pk):
        return set(model.objects.values_list("pk", flat=True))


def ids(rows) -> set[int]:
    return set(rows.values_list("pk", flat=True))


@pytest.mark.parametrize("state", STATES)
def test_the_database_shows_what_the_policies_do(cast, state):  # noqa: F811
    notice_in(state, cast)
    for name, person in cast.items():
        may_see = ids(policies.visible_to(person) | policies.withdrawable_by(person))
        assert (name, shown(Notice, person)) == (name, may_see)
        assert (name, shown(Edition, person)) == (name, ids(policies.editions_visible_to(person)))
        assert (name, shown(Section, person)) == (name, ids(policies.sections_visible_to(person)))


def test_an_attachment_is_shown_with_its_edition(cast, at):  # noqa: F811
    notice = notice_in("published", cast)
    Attachment.objects.create(
        edition=notice.edition, name="x.png", tlp=notice.edition.tlp, media_type="image/png", size_bytes=1,
        digest="0" * 64, stored_as="0", added_by=cast["author"], added_at=at,
    )  # fmt: skip
    for person in cast.values():
        assert shown(Attachment, person) == ids(policies.attachments_visible_to(person))
    assert shown(Attachment, cast["addressed"])


def test_an_earlier_edition_keeps_its_own_label(member, stranger, author, at):
    notice = factories.notice(audience=Audience(people=[member.pk, stranger.pk]), author=author)
    first = Edition.objects.create(
        notice=notice, number=2, title="Older", tlp="TLP:GREEN", created_at=at, audience_people=[member.pk]
    )
    assert first.pk in shown(Edition, member)
    assert first.pk not in shown(Edition, stranger)
    assert first.pk in shown(Edition, author)
    for person in (member, stranger, author):
        assert shown(Edition, person) == ids(policies.editions_visible_to(person))


@pytest.mark.parametrize("whom", ["member", "organisation", "country"])
@pytest.mark.parametrize("effect", ["grant", "deny"])
def test_exceptions_hold_until_they_end(member, publisher, at, whom, effect):
    named = Audience(people=[member.pk]) if effect == "deny" else Audience(sectors=["academia"])
    notice = factories.notice(audience=named)
    aim = {"member": member, "organisation": member.organisation, "country": member.country}
    exception = AccessException.objects.create(
        notice=notice, effect=effect, reason="Needs to know", until=Now() + timedelta(hours=1), made_by=publisher,
        made_at=Now(), **{whom: aim[whom]},
    )  # fmt: skip
    with_it, without = ([notice.pk], []) if effect == "grant" else ([], [notice.pk])
    assert sorted(shown(Notice, member)) == sorted(ids(policies.visible_to(member))) == with_it
    AccessException.objects.filter(pk=exception.pk).update(made_at=Now() - timedelta(days=2), until=Now())
    assert sorted(shown(Notice, member)) == sorted(ids(policies.visible_to(member))) == without


def test_a_member_is_shown_their_own_reading_only(member, stranger, at):
    notice = factories.notice(audience=Audience(people=[member.pk, stranger.pk]))
    for person in (member, stranger):
        Reading.objects.create(edition=notice.edition, member=person, read_at=at)
        SavedSearch.objects.create(member=person, name="Mine", saved_at=at)
    for model in (Reading, SavedSearch):
        assert shown(model, member) == ids(model.objects.filter(member=member))


@pytest.mark.parametrize("state", STATES)
def test_mail_is_shown_what_its_reader_may_read_the_text_of(cast, state):  # noqa: F811
    notice = notice_in(state, cast)
    people = [person.pk for person in cast.values()]
    with wall.reading_as(wall.Somebody.NOBODY), connection.cursor() as cursor:
        cursor.execute("SELECT reader FROM notices_shown_to(%s::bigint[], %s::bigint[])", [people, [notice.edition_id]])
        shown_to = {reader for (reader,) in cursor.fetchall()}
    assert shown_to == {person.pk for person in cast.values() if ids(policies.sections_visible_to(person))}


def test_every_table_of_notices_has_a_policy(db):
    tables = {model._meta.db_table for model in Notice._meta.app_config.get_models()}
    assert set(POLICIES) == tables


def test_who_approved_it_first_keeps_reading_it(member):
    notice = factories.notice(audience=Audience(people=[member.pk]), tlp=Tlp.RED)
    first = factories.reloaded(notice.approved_by)
    assert shown(Section, first) == ids(policies.sections_visible_to(first)) != set()
