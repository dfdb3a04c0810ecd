"""How do conversations, introductions, needs and kept searches become rows?"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.db.models import Q

from congress.demo import shapes
from congress.demo.loading.members import Who
from members.models import (
    Conversation,
    Introduction,
    IntroductionState,
    Member,
    Message,
    Need,
    NeedAddressee,
    NeedState,
    Recommendation,
    Report,
    SavedSearch,
)
from members.queries.needs import Wanted, matching

# How long people take to answer, and how long after that somebody reports what they read.
ANSWERED_AFTER, REPORTED_AFTER = timedelta(hours=5), timedelta(hours=7)


def load_reaching(reaching: shapes.Reaching, who: Who, *, officer: Member) -> None:
    """Make everything by which members reach each other."""
    for conversation in reaching.conversations:
        _load_conversation(conversation, who)
    _load_introductions(reaching.introductions, who)
    for need in reaching.needs:
        _load_need(need, who, officer)
    SavedSearch.objects.bulk_create(
        SavedSearch(
            member=who.people[each.member],
            name=each.name,
            query=each.query,
            saved_at=each.saved_at,
            looked_on=each.saved_at.date(),
        )
        for each in reaching.searches
    )


def _load_conversation(made: shapes.Conversation, who: Who) -> None:
    pair = (who.people[made.opener], who.people[made.answerer])
    row = _conversation(pair, made.lines, made.opened_at)
    row.public_id = made.public_id
    row.opener_shows_address = made.shown in {"opener", "both"}
    row.answerer_shows_address = made.shown == "both"
    row.save()
    if made.report:
        message = row.messages.earliest("pk")
        Report.objects.create(
            message=message, by=row.other(message.author), reason=made.report, at=message.sent_at + REPORTED_AFTER
        )


def _conversation(pair: tuple[Member, Member], lines: Sequence[str], at: datetime) -> Conversation:
    """Let the two take turns; whoever did not have the last word has something to read."""
    turns = [(pair[number % 2], at + number * ANSWERED_AFTER) for number in range(len(lines))]
    last_author, last_at = turns[-1]
    row = Conversation.objects.create(
        opener=pair[0],
        answerer=pair[1],
        opened_at=at,
        answered_at=turns[1][1] if len(turns) > 1 else None,
        last_at=last_at,
        opener_news=last_author != pair[0],
        answerer_news=last_author == pair[0],
    )
    Message.objects.bulk_create(
        Message(conversation=row, author=author, text=text, sent_at=sent_at)
        for (author, sent_at), text in zip(turns, lines, strict=True)
    )
    return row


def _agreed(author: Member, other: Member, text: str, at: datetime) -> None:
    """Begin a conversation in which both may write from its first word, as an agreement or an answer does."""
    row = _conversation((author, other), [text], at)
    row.answered_at = at
    row.save(update_fields=["answered_at"])


def _load_introductions(introductions: Iterable[shapes.Introduction], who: Who) -> None:
    for made in introductions:
        asker, introducer, wanted = (who.people[each] for each in (made.asker, made.introducer, made.wanted))
        row = Introduction.objects.create(
            public_id=made.public_id, asker=asker, introducer=introducer, wanted=wanted, state=made.state,
            reason=made.reason, asked_at=made.asked_at,
        )  # fmt: skip
        passed_on_at = made.asked_at + ANSWERED_AFTER
        if made.recommendation:
            Recommendation.objects.create(introduction=row, by=introducer, text=made.recommendation, at=passed_on_at)
        if made.state == IntroductionState.ACCEPTED:
            _agreed(asker, wanted, made.reason, passed_on_at + ANSWERED_AFTER)


def _load_need(made: shapes.Need, who: Who, officer: Member) -> None:
    asker = who.people[made.asker]
    meant = list(matching(asker, Wanted(**made.targets)).order_by("pk"))
    is_taken = made.state == NeedState.TAKEN
    row = Need.objects.create(
        public_id=made.public_id, asker=asker, title=made.title, text=made.text, opened_at=made.opened_at,
        ends_on=made.ends_on, match_count=len(meant), state=made.state, taken_by=officer if is_taken else None,
        taken_reason=made.reason, **{name: list(values) for name, values in made.targets.items()},
    )  # fmt: skip
    addressees = NeedAddressee.objects.bulk_create(NeedAddressee(need=row, member=member) for member in meant)
    strangers = _strangers(addressees, asker)
    for number, (each, text) in enumerate(zip(strangers, made.answers, strict=False), start=1):
        each.answered_at = made.opened_at + number * ANSWERED_AFTER
        each.save(update_fields=["answered_at"])
        _agreed(each.member, asker, text, each.answered_at)
    if made.report and strangers:
        at = made.opened_at + REPORTED_AFTER
        Report.objects.create(need=row, by=strangers[-1].member, reason=made.report, at=at)


def _strangers(addressees: Iterable[NeedAddressee], asker: Member) -> list[NeedAddressee]:
    """Return those who can answer: who signs in to look around shall find something to answer themselves."""
    met = {asker.pk}
    for pair in Conversation.objects.filter(Q(opener=asker) | Q(answerer=asker)).values_list("opener", "answerer"):
        met.update(pair)
    return [each for each in addressees if each.member_id not in met and not each.member.has_usable_password()]
