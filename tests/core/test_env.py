"""What does a process make of its environment?"""

from congress.core import env


def test_a_database_address_keeps_its_own_options_beside_those_of_each_session():
    entry = env.database("postgres:///congress?options=-c%20work_mem%3D8MB", session="-c pg_trgm.limit=0.5")
    assert (entry["NAME"], entry["OPTIONS"]) == ("congress", {"options": "-c work_mem=8MB -c pg_trgm.limit=0.5"})
