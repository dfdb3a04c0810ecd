"""Is a wrong CAS number noticed?"""

import pytest

from congress.core.chemicals import cas_number


@pytest.mark.parametrize("text", ["7722-84-1", "7722841", " 7722-84-1 "])
def test_cas_number_is_the_same_with_and_without_hyphens(text: str):
    assert cas_number(text) == "7722-84-1"


@pytest.mark.parametrize("cas", ["7782-50-5", "75-52-5", "50-00-0", "10326-24-6"])
def test_cas_number_accepts_numbers_of_every_length(cas: str):
    assert cas_number(cas) == cas


@pytest.mark.parametrize("text", ["7722-84-2", "7722-48-1", "7722", "chlorine", "", "7722-84-1-1", "١٢-34-5"])
def test_cas_number_refuses_what_is_none(text: str):
    assert cas_number(text) is None
