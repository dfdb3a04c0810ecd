"""Is one mailbox recognised under its other spellings, and no other one taken for it?"""

import pytest

from congress.core.addresses import is_disposable, mailbox_of, one_domain


@pytest.mark.parametrize(
    "email", ["Ann.Lee@a.example", "annlee@a.example", "ann.lee+sponsor@A.example", "a.n.n.lee@a.example"]
)
def test_mailbox_of_is_one_for_all_spellings(email):
    assert mailbox_of(email) == "annlee@a.example"


@pytest.mark.parametrize("email", ["ann.leigh@a.example", "ann.lee@b.example", "ann.lee@mail.a.example"])
def test_mailbox_of_another_is_another(email):
    assert mailbox_of(email) != "annlee@a.example"


@pytest.mark.parametrize(
    ("first", "second", "answer"),
    [
        ("a.example", "a.example", True),
        ("a.example", "mail.a.example", True),
        ("mail.a.example", "a.example", True),
        ("a.example", "ba.example", False),
        ("a.example", "b.example", False),
    ],
)
def test_one_domain_may_lie_within_the_other(first, second, answer):
    assert one_domain(first, second) is answer


@pytest.mark.parametrize(
    ("email", "answer"),
    [
        ("a@mailinator.com", True),
        ("a@x.YOPMAIL.com", True),
        ("a@notmailinator.com", False),
        ("a@police.example", False),
    ],
)
def test_is_disposable_knows_domains_and_what_lies_within(email, answer):
    assert is_disposable(email) is answer
