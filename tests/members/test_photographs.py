"""Does a photograph reach those to whom its member shows it, as the portal drew it, and nobody else?"""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from congress.core import personal
from congress.core.errors import NotPermittedError
from congress.core.files import store
from congress.core.models import Entry
from congress.core.roles import Standing
from members.actions.photographs import SHELF, remove_photograph, set_photograph
from members.models import Member, Profile
from members.queries.photographs import stored_photographs
from tests import factories
from tests.core.files import corpus
from tests.outside import sweep

EDIT = "/members/me/photograph/"


@pytest.fixture(autouse=True)
def files_root(settings, tmp_path: Path) -> Path:
    settings.FILES_ROOT = tmp_path / "store"
    return tmp_path / "store"


@pytest.fixture
def anna(db) -> Member:
    return factories.member("anna")


@pytest.fixture
def pictured(anna, at) -> Member:
    set_photograph(anna, sent(), by=anna, at=at)
    return factories.reloaded(anna)


def sent(data: bytes = b"") -> SimpleUploadedFile:
    return SimpleUploadedFile("me.jpg", data or corpus.photo(size=(300, 200)), "image/jpeg")


def seen(client: Client, person: Member, size: str = "large"):
    return client.get(f"/members/{person.public_id}/photograph/{size}/")


def test_photograph_is_shown_on_the_profile_and_in_the_directory(signed_in, member, pictured):
    client = signed_in(member)
    for path, size in ((f"/members/{pictured.public_id}/", "large"), ("/members/", "small")):
        address = f"/members/{pictured.public_id}/photograph/{size}/"
        assert address in client.get(path).content.decode()
        response = client.get(address)
        assert (response.status_code, response["Content-Type"]) == (200, "image/jpeg")
        assert response["Cache-Control"] == "no-store, private"
        assert response.getvalue().startswith(b"\xff\xd8\xff")


@pytest.mark.parametrize("audience", ["officers", "country"])
def test_a_hidden_photograph_answers_like_none(signed_in, member, pictured, audience):
    client, address = signed_in(member), f"/members/{pictured.public_id}/"
    paths = [address, "/members/", f"{address}photograph/large/", f"{address}photograph/small/"]
    Profile.objects.filter(member=pictured).update(photograph_audience=audience)
    hidden = sweep(client, paths)
    Profile.objects.filter(member=pictured).update(photograph="", photograph_large="", photograph_small="")
    assert sweep(client, paths) == hidden
    assert [hidden[path][0] for path in paths] == [200, 200, 404, 404]


@pytest.mark.parametrize("size", ["huge", "photograph_large"])
def test_photograph_of_another_size_is_nothing(signed_in, member, pictured, size):
    assert seen(signed_in(member), pictured, size).status_code == 404


def test_photograph_of_who_is_not_in_the_directory_is_nobodys(signed_in, member, pictured):
    Member.objects.filter(pk=pictured.pk).update(standing=Standing.SUSPENDED)
    assert seen(signed_in(member), pictured).status_code == 404


def test_photograph_needs_a_member(client, pictured):
    assert seen(client, pictured).status_code == 302


def test_photograph_edit_takes_a_picture(signed_in, anna):
    client = signed_in(anna)
    assert client.get(EDIT).status_code == 200
    assert client.post(EDIT, {"file": sent()})["Location"] == f"/members/{anna.public_id}/"
    assert seen(client, anna, "small").status_code == 200
    assert Entry.objects.get(event="members.profile.changed").data == {"fields": ["photograph"]}


@pytest.mark.parametrize("data", [b"<svg/>", corpus.moving("GIF"), corpus.photo()[:300]])
def test_photograph_edit_says_what_is_wrong_and_keeps_the_one_before(signed_in, pictured, data):
    client, before = signed_in(pictured), stored_photographs()
    response = client.post(EDIT, {"file": sent(data)})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["file"]
    assert stored_photographs() == before


def test_photograph_edit_without_a_file_asks_for_one(signed_in, anna):
    assert signed_in(anna).post(EDIT, {}).status_code == 422


def test_photograph_remove_takes_it_away(signed_in, pictured):
    client = signed_in(pictured)
    assert client.post(f"{EDIT}remove/")["Location"] == EDIT
    assert seen(client, pictured).status_code == 404
    assert stored_photographs() == set()


def test_a_photograph_is_ones_own(administrator, pictured, at):
    with pytest.raises(NotPermittedError):
        set_photograph(pictured, sent(), by=administrator, at=at)
    with pytest.raises(NotPermittedError):
        remove_photograph(pictured, by=administrator, at=at)


def test_bytes_that_no_profile_holds_are_swept_away(pictured, files_root, at):
    late = datetime.now(UTC) + timedelta(hours=2)
    assert store.sweep(SHELF, stored_photographs(), older_than=late) == 0
    personal.HOLDINGS["members.Profile"].erase(pictured.pk)
    assert store.sweep(SHELF, stored_photographs(), older_than=late) == 2
    assert [path for path in files_root.rglob("*") if path.is_file()] == []
