"""Do both walls agree with the oracle, row by row?"""

from tests.proofs import rows


def test_every_policy_names_the_rows_of_the_oracle(world):
    assert list(rows.first_wall(world)) == []


def test_what_is_asked_for_many_at_once_is_what_the_oracle_says_of_each(world):
    assert list(rows.for_many(world)) == []


def test_every_step_is_open_to_whom_the_oracle_says(world):
    assert list(rows.steps(world)) == []


def test_the_database_shows_the_rows_of_the_oracle(world):
    assert list(rows.second_wall(world)) == []
