"""What do people, htmx and programs see of a refusal?"""

import pytest
from django.test import Client, RequestFactory

from congress.core.errors import DomainError, ErrorMiddleware, NotPermittedError, answer, permit


@pytest.fixture
def ask(rf: RequestFactory):
    def ask(path: str = "/", **headers: str):
        return rf.get(path, headers=headers)

    return ask


def test_permit_goes_on_when_the_policy_says_yes():
    assert permit(True) is None


def test_permit_refuses_with_403():
    with pytest.raises(NotPermittedError) as refusal:
        permit(False, "Not you.")
    assert (refusal.value.status, str(refusal.value)) == (403, "Not you.")


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 413, 429])
def test_answer_has_a_page_for_each_status(ask, status: int):
    error = DomainError("All seats are taken.")
    error.status = status
    response = answer(ask(), error)
    assert response.status_code == status
    assert ("All seats are taken." in response.content.decode()) == (status != 404)


def test_answer_to_htmx_is_a_fragment(ask):
    response = answer(ask("/", **{"hx-request": "true"}), DomainError("All seats are taken."))
    assert response.status_code == 409
    assert "<html" not in response.content.decode()


def test_answer_to_a_program_is_a_problem_document(ask):
    response = answer(ask("/api/v1/members/"), DomainError("All seats are taken."))
    assert response.headers["Content-Type"] == "application/problem+json"
    assert b'"detail": "All seats are taken."' in response.content


def test_middleware_leaves_defects_alone(ask):
    assert ErrorMiddleware(lambda request: None).process_exception(ask(), ValueError("defect")) is None


def test_unknown_address_answers_404_with_the_same_bytes_for_all(client, signed_in, member):
    pages = {client.get(f"/{name}/", headers={"host": "localhost"}).content for name in ("nothing", "nowhere")}
    assert len(pages) == 1
    inside = {signed_in(member).get(f"/{name}/").content for name in ("nothing", "nowhere")}
    assert len(inside) == 1


def test_post_without_csrf_says_what_to_do(member):

    client = Client(enforce_csrf_checks=True, headers={"host": "localhost"})
    response = client.post("/accounts/login/", {"login": "x"})
    assert response.status_code == 403
    assert "reload the page" in response.content.decode()


TYPED = {
    "title": "Hollow <books>",
    "body": "One line.\nAnother one.",
    "kind": "warning",
    "password": "very secret words",
}


def refused(rf: RequestFactory, **headers: str) -> str:
    return answer(rf.post("/", TYPED, headers=headers), DomainError()).content.decode()


def test_answer_gives_back_what_was_written_but_no_password(rf):
    page = refused(rf)
    assert page.count("<textarea") == 2
    assert "Hollow &lt;books&gt;</textarea>" in page
    assert "very secret words" not in page


def test_answer_gives_nothing_back_to_the_form_of_another_site(rf):
    assert "<textarea" in refused(rf, origin="http://testserver")
    assert "<textarea" not in refused(rf, origin="https://evil.example")


def test_post_without_csrf_gives_back_what_was_written(db):
    client = Client(enforce_csrf_checks=True, headers={"host": "localhost"})
    response = client.post("/apply/status/x/form/", {"motivation": "Because I can help."})
    assert (response.status_code, "Because I can help.</textarea>" in response.content.decode()) == (403, True)


def test_post_after_the_session_ended_gives_back_what_was_written(client, db):
    response = client.post("/notices/new/", {"title": "Hollow books"}, headers={"host": "localhost"})
    assert (response.status_code, "Hollow books</textarea>" in response.content.decode()) == (401, True)
    assert client.post("/notices/new/", {"title": "Hollow"}, headers={"host": "localhost"}).status_code == 302


def test_post_of_too_much_answers_413(client, db, settings):
    response = client.post(
        "/apply/", {"email": "x" * settings.DATA_UPLOAD_MAX_MEMORY_SIZE}, headers={"host": "localhost"}
    )
    assert (response.status_code, "Nothing was saved" in response.content.decode()) == (413, True)
