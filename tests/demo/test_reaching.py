"""Does what members write to each other keep to what the portal would let them write?"""

from congress.core.geography import Region
from congress.core.recipes import passages
from congress.core.topics import Expertise, Topic
from members.forms.filters import read_query
from members.models import NEED_LIMIT, REASON_LIMIT, TITLE_LIMIT
from members.queries import query_of


def test_needs_keep_to_the_limits_and_teach_nothing(network):
    for need in network.reaching.needs:
        assert len(need.title) <= TITLE_LIMIT
        assert len(need.text) <= NEED_LIMIT
        assert not list(passages(need.text)), need.title
        assert (need.state == "taken") == bool(need.reason)


def test_needs_mean_what_the_vocabulary_knows(network):
    known = {"topics": Topic, "expertise": Expertise, "regions": Region}
    for need in network.reaching.needs:
        for name, values in need.targets.items():
            assert set(values) <= set(known[name].values if name in known else ()), need.title


def test_introductions_are_between_three_and_asked_once(network):
    found = network.reaching.introductions
    assert all(len({each.asker, each.introducer, each.wanted}) == 3 for each in found)
    assert len({(each.asker, each.wanted) for each in found}) == len(found)
    assert all((each.state in {"passed_on", "accepted"}) == bool(each.recommendation) for each in found)
    assert all(len(each.reason) <= REASON_LIMIT for each in found)


def test_one_conversation_between_two(network):
    pairs = [frozenset({each.opener, each.answerer}) for each in network.reaching.conversations]
    pairs += [frozenset({e.asker, e.wanted}) for e in network.reaching.introductions if e.state == "accepted"]
    assert len(set(pairs)) == len(pairs)
    assert all(len(each.lines) > 1 or not each.shown for each in network.reaching.conversations)


def test_searches_are_kept_as_the_directory_writes_them(network):
    assert [query_of(read_query(each.query)) for each in network.reaching.searches] == [
        each.query for each in network.reaching.searches
    ]
