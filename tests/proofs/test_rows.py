"""Do both walls agree with the oracle, row by row?"""

import pytest

from tests.proofs import rows, values


@pytest.mark.parametrize(
    "disagreements",
    [
        rows.first_wall, rows.text_of_one, rows.for_many, rows.the_other_way_round, rows.steps, values.labels,
        values.ceilings, rows.second_wall, rows.shown_in_mail, rows.found_by_words,
    ],
    ids=lambda compare: compare.__name__,
)  # fmt: skip
def test_the_walls_agree_with_the_oracle(world, disagreements):
    assert list(disagreements(world)) == []
