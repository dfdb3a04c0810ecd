"""Does an administrator see what a list does before it does it, and is the file not kept?"""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from congress.core.models import Entry
from congress.core.roles import Role
from members.actions.rosters import ROSTER_IMPORTED
from members.forms.importing import FILE_BYTES
from members.models import Member, Organisation
from tests import factories
from tests.members.test_import import AMINA, HEAD, KARIM

PATH = "/members/import/"
LIST = f"{HEAD}\n{AMINA}\n{KARIM}\n"


def send(client, text: str | bytes = LIST, seen: str = ""):
    data = text if isinstance(text, bytes) else text.encode()
    return client.post(PATH, {"file": SimpleUploadedFile("people.csv", data), "seen": seen})


@pytest.fixture
def client(signed_in, administrator):
    return signed_in(administrator)


def test_members_import_shows_what_would_happen_and_then_does_it(client, administrator):
    assert client.get(PATH).status_code == 200
    shown = send(client)
    text = shown.content.decode()
    assert ("Amina Diallo" in text, "Customs of Senegal" in text) == (True, True)
    assert (shown.status_code, Member.objects.filter(email="amina@customs.example").exists()) == (200, False)
    assert send(client, seen=shown.context["form"]["seen"].value()).status_code == 302
    assert Member.objects.filter(email__in=["amina@customs.example", "karim@plant.example"]).count() == 2
    assert Entry.objects.get(event=ROSTER_IMPORTED).by == administrator


def test_members_import_says_line_by_line_what_is_wrong(client):
    factories.member("karim", email="karim@plant.example")
    answer = send(client, LIST.replace("law_enforcement", "spies"))
    text = answer.content.decode()
    assert (answer.status_code, "line 2: sector: “spies” is unknown" in text) == (422, True)
    assert "line 3: email: belongs to a member already" in text
    assert Organisation.objects.filter(name="Customs of Senegal").exists() is False


def test_members_import_refuses_another_file_than_was_shown(client):
    seen = send(client).context["form"]["seen"].value()
    answer = send(client, f"{HEAD}\n{KARIM}\n", seen=seen)
    assert (answer.status_code, "another file" in answer.content.decode()) == (422, True)
    assert not Member.objects.filter(email="karim@plant.example").exists()


@pytest.mark.parametrize("data", [b"", b"\xff\xfe\x00", b"x" * (FILE_BYTES + 1), b"a,b\n1,2\n", b"\x00" * 99, b'"'])
def test_members_import_refuses_what_is_no_list(client, data):
    assert send(client, data).status_code == 422
    assert client.post(PATH, {}).status_code == 422


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.MEMBER, Role.ADMINISTRATOR}])
def test_members_import_is_for_administrators(signed_in, role, db):
    assert send(signed_in(factories.member(roles=[role]))).status_code == 403
