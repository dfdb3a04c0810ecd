"""Is a period claimed by one only, also when many ask at once?"""

from collections import Counter

import pytest
from django.db import transaction

from congress.core import periods
from congress.core.models import Period
from tests.conftest import NOW
from tests.races import all_at_once


def test_claim_is_for_the_first_who_asks_for_this_task_and_period(db):
    asked = [("digest", "2026-W48"), ("digest", "2026-W48"), ("digest", "2026-W49"), ("night", "2026-W48")]
    assert [periods.claim(task, name, at=NOW) for task, name in asked] == [True, False, True, True]
    assert {row.claimed_at for row in Period.objects.all()} == {NOW}


def test_of_many_who_claim_at_once_one_has_it(committed):
    claimed: list[bool] = []
    ended = all_at_once([lambda: claimed.append(periods.claim("digest", "2026-W48", at=NOW))] * 8)
    assert (ended, Counter(claimed)) == ({"done": 8}, {True: 1, False: 7})
    assert Period.objects.count() == 1


@transaction.atomic
def night_that_fails() -> None:
    periods.claim("night", "2026-11-23", at=NOW)
    raise LookupError


def test_claim_is_given_back_with_the_work_that_failed(db):
    with pytest.raises(LookupError):
        night_that_fails()
    assert periods.claim("night", "2026-11-23", at=NOW)
