"""Does the digest end with one press, without signing in, and does nothing else end with it?"""

from email import message_from_bytes, policy

import pytest
from django.conf import settings
from django.core import mail as outbox
from django.test import Client

from congress.core import mail
from congress.core.errors import NotPermittedError
from congress.core.labels import Audience
from congress.core.models import Delivery, Entry, Lane
from congress.core.roles import Standing
from members.actions.mail_choices import CHOSEN, choose_mail
from members.models import MailChoice, Member
from members.queries import digest_stop_links, digest_takers
from notices import actions, tasks
from tests import factories
from tests.conftest import NOW

PAGE = "/members/me/mail/"
ONE_CLICK = {"List-Unsubscribe": "One-Click"}
GONE = [{"standing": Standing.SUSPENDED}, {"standing": Standing.FORMER}, {"authz_epoch": 7}]


def link_of(member: Member) -> str:
    return digest_stop_links([member])[member.pk].removeprefix(settings.SITE_URL)


def visitor() -> Client:
    return Client(enforce_csrf_checks=True, headers={"host": "localhost"})


def takes_digest(member: Member) -> bool:
    return digest_takers().filter(pk=member.pk).exists()


def opened(at) -> Entry:
    entry = actions.open_digest("2026-W48", until=at, at=at)
    assert entry is not None
    return entry


def test_digest_stop_shows_a_button_and_changes_nothing(member):
    answer = visitor().get(link_of(member))
    assert (answer.status_code, "End the digest" in answer.content.decode(), takes_digest(member)) == (200, True, True)
    assert (answer.cookies.output(), "no-store" in answer["Cache-Control"]) == ("", True)


def test_digest_stop_works_without_session_cookie_and_page(member):
    for _twice in range(2):
        answer = visitor().post(link_of(member), ONE_CLICK)
        assert (answer.status_code, answer.cookies.output(), takes_digest(member)) == (200, "", False)
    assert Entry.objects.filter(event=CHOSEN, by=member).count() == 1


def test_digest_stop_ends_nothing_but_the_digest(member, at):
    factories.meeting()
    entry, urgent = opened(at), factories.notice(at=at, urgency="urgent", audience=Audience(people=[member.pk]))
    visitor().post(link_of(member), ONE_CLICK)
    tasks.announce_digest(entry)
    assert not Delivery.objects.filter(member=member).exists()
    digest = mail.COMPOSERS[tasks.DIGEST](entry, [member.pk])(Delivery(member=member))
    alert = mail.COMPOSERS[tasks.ALERT](Entry(target_id=urgent.pk), [member.pk])(Delivery(member=member))
    assert (digest is None, alert is None) == (True, False)


@pytest.mark.parametrize("change", GONE)
def test_digest_stop_of_somebody_gone_answers_the_same_and_does_nothing(member, stranger, change):
    dead, alive = link_of(member), link_of(stranger)
    Member.objects.filter(pk=member.pk).update(**change)
    for method in ("get", "post"):
        one, other = (getattr(visitor(), method)(path) for path in (dead, alive))
        assert (one.status_code, one.content) == (other.status_code, other.content)
        assert {**one.headers} | {"Expires": ""} == {**other.headers} | {"Expires": ""}
    assert list(MailChoice.objects.values_list("member", flat=True)) == [stranger.pk]


def test_digest_stop_forged_leads_nowhere(member, stranger):
    forged = link_of(member).replace(member.public_id, stranger.public_id)
    for path in (forged, link_of(member)[:-2] + "/", "/unsubscribe/x/"):
        assert [visitor().get(path).status_code, visitor().post(path, ONE_CLICK).status_code] == [404, 404]
    assert not MailChoice.objects.exists()


def test_the_digest_carries_its_end_in_two_headers(member, at):
    factories.meeting()
    mail.announce(opened(at), [member.pk], kind=tasks.DIGEST, lane=Lane.DIGEST, at=at)
    mail.send(mail.claim(at), lambda: at)
    sent = message_from_bytes(outbox.outbox[0].message().as_bytes(), policy=policy.default)
    assert sent["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = str(sent["List-Unsubscribe"]).strip(" <>").removeprefix(settings.SITE_URL)
    assert (visitor().post(link, ONE_CLICK).status_code, takes_digest(member)) == (200, False)
    assert PAGE in outbox.outbox[0].body


def test_mail_choice_takes_it_back(signed_in, member):
    visitor().post(link_of(member), ONE_CLICK)
    client = signed_in(member)
    assert "checked" not in client.get(PAGE).content.decode().split('name="takes_digest"')[1].split(">")[0]
    assert (client.post(PAGE, {"takes_digest": "on"}).status_code, takes_digest(member)) == (302, True)
    assert (client.post(PAGE, {}).status_code, takes_digest(member)) == (302, False)


def test_nobody_chooses_for_another(member, stranger):
    with pytest.raises(NotPermittedError):
        choose_mail(member, by=stranger, at=NOW, takes_digest=False)
