"""Does a hidden notice change anything for those from whom it is hidden?"""

from copy import deepcopy

from tests.proofs.two_worlds import Two, differences


def test_what_happens_to_a_hidden_notice_changes_no_byte_no_letter_and_no_count_of_queries(world, still):
    assert list(differences(Two(deepcopy(world)), changes=30, asked=90, asked_each=4)) == []
