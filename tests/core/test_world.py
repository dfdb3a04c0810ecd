"""Does every country have a place on the map, and does a circle grow with its number?"""

from congress.core.geography import REGION_BY_COUNTRY
from congress.core.world import HEIGHT, POINTS, WIDTH, bubbles


def test_points_hold_every_country_of_the_network():
    assert set(POINTS) == set(REGION_BY_COUNTRY)
    assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in POINTS.values())


def test_points_lie_where_one_would_look():
    assert POINTS["US"][0] < POINTS["FR"][0] < POINTS["TH"][0] < POINTS["NZ"][0]
    assert POINTS["FI"][0] < POINTS["RU"][0] < POINTS["JP"][0] < POINTS["FJ"][0]
    assert POINTS["ID"][1] < POINTS["AU"][1] < POINTS["NZ"][1]
    assert POINTS["NO"][1] < POINTS["FR"][1] < POINTS["KE"][1] < POINTS["ZA"][1]


def test_bubbles_grow_in_area_and_the_largest_lies_below():
    drawn = bubbles({"FR": (25, "France", "/fr/"), "TH": (100, "Thailand", "/th/"), "PE": (0, "Peru", "/pe/")})
    assert [(each.label, each.radius) for each in drawn] == [("Thailand", 22.0), ("France", 11.0)]


def test_bubbles_of_few_stay_large_enough_to_hit():
    assert bubbles({"FR": (1, "France", ""), "TH": (10_000, "Thailand", "")})[-1].radius == 3.0


def test_bubbles_of_nobody_are_none():
    assert bubbles({}) == []
