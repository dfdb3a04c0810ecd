"""Does the explanation agree with the rule that decides, for everybody and every notice of the world?"""

from datetime import UTC, datetime

from members.models import Member
from notices import policies, queries
from notices.models import Notice


def test_explain_says_what_visible_to_does(world):
    people = Member.objects.with_rights(datetime.now(UTC)).select_related("organisation")
    notices, checked, wrong = list(Notice.objects.all()), 0, []
    for person in people:
        seen = set(policies.visible_to(person).values_list("pk", flat=True))
        for notice in notices:
            told = queries.explain(notice, person)
            checked += 1
            if told.sees != (notice.pk in seen):
                wrong.append((person, notice, told.decisive.sentence))
    assert (wrong, checked > 1000) == ([], True)
