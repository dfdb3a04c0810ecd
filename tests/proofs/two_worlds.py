"""Does anything that happens to a hidden notice change what others are answered? Two worlds, compared byte for byte."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta

from django.db import connection
from django.urls import reverse

from congress.core import journal, mail
from congress.core.models import Delivery, Entry
from notices.actions.reading import EXPORTED
from notices.actions.search import refresh_search
from notices.models import (
    AccessException,
    Attachment,
    Edition,
    Notice,
    Override,
    Reading,
    Remark,
    SavedText,
    Section,
)
from tests.conftest import NOW
from tests.outside import routes
from tests.proofs.asking import EVERY_STATE, NOBODY, Answer, Portal, Question, addresses_of, lists, other_views
from tests.proofs.facts import Case, Label, Text, World
from tests.proofs.mails import DIGEST
from tests.proofs.planting import columns, edition_row, notice_row, section_rows

# How much one has read oneself grows with each question, in either world.
GROWS = {"members:my_reading"}

SECRET = 290_001


@dataclass
class Two:
    """A world, a notice that most people in it know nothing of, and what these were answered before it was there."""

    world: World
    seed: int = 1
    portal: Portal = field(default_factory=Portal)

    def __post_init__(self) -> None:
        self.source = random.Random(self.seed)
        insiders = {name: self.world.called(name) for name in ("analyst0", "analyst1", "compliance_officer0", "plain3")}
        self.insiders = insiders
        self.publishers = [self.world.called(f"publisher{n}") for n in range(2)]
        self.case = self._secret()
        self.world.cases[SECRET] = self.case
        outsiders = ("plain0", "plain1", "focal_point0", "organiser0", "auditor0", "lapsed_plain")
        self.outsiders = [*(self.world.called(name) for name in outsiders), NOBODY]

    def _secret(self) -> Case:
        author, second = self.insiders["analyst0"].pk, self.insiders["analyst1"].pk
        text = Text(
            pk=SECRET * 10, number=1, label=Label("TLP:AMBER", people=(self.insiders["plain3"].pk,)), attachments=(),
        )  # fmt: skip
        return Case(
            pk=SECRET, number="PN-2026-9SECR", state="published", author=author, coauthors=(second,), editions=(text,),
            cleared_by=self.insiders["compliance_officer0"].pk, published_by=self.publishers[0].pk,
        )  # fmt: skip

    def questions(self) -> list[Question]:
        """Return what every outsider asks: lists, start page, and every address of the secret and of another notice."""
        words = [self.world.word(part, SECRET, SECRET * 10) for part in ("title", "section summary", "chemical")]
        paths = ["/home/", f"/notices/list.csv?{EVERY_STATE}", f"/notices/?{EVERY_STATE}", *lists(words)]
        views = [(view, keys) for view, keys in routes() if "number" in keys]
        shown = next(case for case in self.world.cases.values() if case.state == "published")
        paths += [
            path for view, keys in views for case in (self.case, shown) for path in addresses_of(case, view, keys)
        ]
        paths += [reverse(view) for view, keys in other_views() if not keys and view not in GROWS]
        return [Question(person, "", path) for person in self.outsiders for path in paths]

    def answers(self, questions: list[Question]) -> list[tuple[Answer, int]]:
        """Return every answer, with how many statements it cost."""
        return [self._counted(question) for question in questions]

    def _counted(self, question: Question) -> tuple[Answer, int]:
        self.portal.client(question.person)
        connection.force_debug_cursor = True
        connection.queries_log.clear()
        try:
            return self.portal.ask(question), len(connection.queries_log)
        finally:
            connection.force_debug_cursor = False

    def letters(self) -> dict[int, mail.Letter | None]:
        """Return the digest of everything, as each outsider gets it."""
        window = {"since": (NOW - timedelta(days=300)).isoformat(), "until": NOW.isoformat()}
        entry = Entry(event=DIGEST, at=NOW, data=window)
        members = [person.pk for person in self.outsiders if person.pk]
        compose = mail.COMPOSERS[DIGEST](entry, members)
        return {pk: compose(Delivery(entry=entry, member_id=pk, kind=DIGEST)) for pk in members}

    def begin(self) -> None:
        """Let the notice come into the world."""
        row = notice_row(self.world, self.case)
        row.save()
        edition = edition_row(self.world, self.case, self.case.text)
        edition.save()
        for section in section_rows(self.world, self.case, self.case.text):
            section.save()
        row.edition = edition
        row.save()
        refresh_search(Edition.objects.filter(pk=edition.pk))

    def change(self) -> str:
        """Let something happen to it, and return what."""
        happening = self.source.choice(HAPPENINGS)
        happening(self, Notice.objects.get(pk=SECRET))
        return happening.__name__.strip("_").replace("_", " ")


def _its_state_changes(two: Two, notice: Notice) -> None:
    state = two.source.choice(["draft", "returned", "published", "suspended", "withdrawn", "expired", "scheduled"])
    taken_back = {"suspended_at": NOW if state == "suspended" else None, "withdrawn_at": NOW}
    scheduled = {"scheduled_for": NOW if state == "scheduled" else None}
    Notice.objects.filter(pk=notice.pk).update(state=state, changed_at=NOW, **taken_back, **scheduled)


def _its_text_changes(two: Two, notice: Notice) -> None:
    Section.objects.filter(edition=notice.edition).update(body=f"Otherwise {two.source.random()}")
    Edition.objects.filter(pk=notice.edition_id).update(topics=["precursors"], countries=["FR"])
    refresh_search(Edition.objects.filter(pk=notice.edition_id))


def _its_label_changes(two: Two, notice: Notice) -> None:
    label = two.source.choice([Label("TLP:RED"), Label("TLP:CLEAR", people=(two.insiders["plain3"].pk,)), Label()])
    Notice.objects.filter(pk=notice.pk).update(approved_by=two.publishers[1].pk)
    Edition.objects.filter(pk=notice.edition_id).update(tlp=label.tlp, **columns(label))


def _somebody_is_excepted(two: Two, notice: Notice) -> None:
    AccessException.objects.create(
        notice=notice, effect=two.source.choice(["grant", "deny"]), member_id=two.insiders["plain3"].pk,
        reason="Needs to know", until=NOW + timedelta(days=30), made_by_id=two.publishers[0].pk, made_at=NOW,
    )  # fmt: skip


def _a_file_is_attached(two: Two, notice: Notice) -> None:
    Attachment.objects.create(
        edition=notice.edition, name=f"{two.source.random()}.txt", tlp="TLP:GREEN", media_type="text/plain",
        size_bytes=1, digest="0" * 64, stored_as="0" * 64, added_by_id=notice.author_id, added_at=NOW,
    )  # fmt: skip
    refresh_search(Edition.objects.filter(pk=notice.edition_id))


def _somebody_remarks(two: Two, notice: Notice) -> None:
    Remark.objects.create(notice=notice, by_id=two.insiders["compliance_officer0"].pk, text="No", made_at=NOW)


def _somebody_reads(two: Two, notice: Notice) -> None:
    member = two.source.choice(list(two.insiders.values())).pk
    Reading.objects.get_or_create(edition=notice.edition, member_id=member, defaults={"read_at": NOW})
    journal.record(EXPORTED, target=notice.edition, by=None, at=NOW)


def _somebody_saves(two: Two, notice: Notice) -> None:
    version = 1 + SavedText.objects.filter(edition=notice.edition).count()
    SavedText.objects.create(edition=notice.edition, version=version, title="So", by_id=notice.author_id, saved_at=NOW)


def _a_passage_is_let_through(two: Two, notice: Notice) -> None:
    digest = f"{two.source.random():.60f}"
    officer = two.insiders["compliance_officer0"].pk
    Override.objects.create(
        edition=notice.edition, digest=digest, passage="So", reason="Known", by_id=officer, made_at=NOW
    )


def _a_new_edition_comes(two: Two, notice: Notice) -> None:
    number = 1 + notice.editions.count()
    edition = Edition.objects.create(notice=notice, number=number, title="Anew", tlp="TLP:AMBER", created_at=NOW)
    Notice.objects.filter(pk=notice.pk).update(edition=edition, approved_by=two.publishers[1].pk)


def _who_writes_changes(two: Two, notice: Notice) -> None:
    coauthors = two.source.choice([[], [two.insiders["analyst1"].pk]])
    Notice.objects.filter(pk=notice.pk).update(coauthors=coauthors, cosponsors=two.source.choice([[], [1003]]))


def _an_update_is_begun(two: Two, notice: Notice) -> None:
    number = f"PN-2026-9{two.source.randrange(10_000):04d}"
    Notice.objects.filter(updates=notice).delete()
    Notice.objects.create(number=number, author_id=notice.author_id, updates=notice, created_at=NOW, changed_at=NOW)


HAPPENINGS: list[Callable[[Two, Notice], None]] = [
    _its_state_changes, _its_text_changes, _its_label_changes, _somebody_is_excepted, _a_file_is_attached,
    _somebody_remarks, _somebody_reads, _somebody_saves, _a_passage_is_let_through, _a_new_edition_comes,
    _who_writes_changes, _an_update_is_begun,
]  # fmt: skip


def differences(two: Two, changes: int, asked: int, asked_each: int) -> Iterator[str]:
    """Yield what an outsider is answered otherwise after a change; in the end everything is asked once more."""
    everything = two.questions()
    questions = two.source.sample(everything, min(asked, len(everything)))
    two.answers(
        [question for question in questions if "/attachments/" in question.path]
    )  # that one took it is noted once
    before = dict(enumerate(two.answers(questions)))
    letters = two.letters()
    two.begin()
    for number in range(changes + 1):
        happened = two.change() if number else "it came into the world"
        some = two.source.sample(sorted(before), asked_each if number < changes else len(before))
        for index, after in zip(some, two.answers([questions[index] for index in some]), strict=True):
            if after != before[index]:
                yield f"{happened}: {questions[index].person.name} {questions[index].path}"
        if two.letters() != letters:
            yield f"{happened}: a digest says otherwise"
