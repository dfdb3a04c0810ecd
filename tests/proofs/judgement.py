"""Which planted words may an answer hold, and which must it hold? The oracle, asked about words."""

from collections.abc import Callable

from tests.proofs import oracle
from tests.proofs.facts import Case, Person, Text, World
from tests.proofs.words import Planted

Rule = Callable[[Case, Text, Person], bool]


def enters(person: Person) -> bool:
    """Members in good standing with a second factor come in; everybody else reads nothing at all."""
    return oracle.is_member(person) and person.has_factor


def may_meet(world: World, person: Person, word: str, *, promised: bool = False) -> bool:
    """Say whether a word, or the number of a notice, may stand in any answer to a person, who has perhaps promised."""
    planted = world.planted.get(word)
    if planted is None:
        case = world.numbers.get(word)
        if case is None:
            return True
        return enters(person) and (may_know_of(case, person) or _works_on_update(world, case, person))
    if not planted.notice:
        return planted.thing == person.pk or (enters(person) and _is_named(world, person, planted))
    return enters(person) and _may_read(world, person, planted, promised)


def may_know_of(case: Case, person: Person) -> bool:
    """A number is known to whom the notice exists for, and to publishers once readers have it: they take it back."""
    has_exceptions = bool(case.exceptions) and oracle.holds(person, "publisher")
    return oracle.exists(case, person) or oracle.can_take_back(case, person) or has_exceptions


def _works_on_update(world: World, case: Case, person: Person) -> bool:
    """Whoever reads the next edition while it is checked knows of which notice: its number, no text of it."""
    return any(other.updates == case.pk and oracle.exists(other, person) for other in world.cases.values())


def _is_named(world: World, person: Person, planted: Planted) -> bool:
    """Who wrote and checked a notice stands on it, also after they left; an author knows whom they named.

    A publisher knows who is an exception, a focal point who belongs to their body, administrators and auditors who
    holds or held a role.
    """
    own = (case.text.label for case in world.cases.values() if oracle.wrote(case, person))
    named: set[int | None] = {pk for label in own for pk in (*label.people, *label.not_people)}
    known = [case for case in world.cases.values() if may_know_of(case, person)]
    named |= {pk for c in known for pk in (c.author, *c.coauthors, c.cleared_by, c.approved_by, c.published_by)}
    if oracle.holds(person, "focal_point"):
        named |= {other.pk for other in world.people.values() if other.body == person.body}
    if oracle.holds(person, "publisher"):
        named |= {exempt.person for case in world.cases.values() for exempt in case.exceptions if exempt.person}
    if oracle.holds(person, "administrator") or oracle.holds(person, "auditor"):
        named |= {other.pk for other in world.people.values() if other.roles or other.former_roles}
    return planted.part == "person" and planted.thing in named


def _may_read(world: World, person: Person, planted: Planted, promised: bool) -> bool:
    case = world.cases[planted.notice]
    text = next((text for text in case.editions if text.pk == planted.edition), case.text)
    kind = planted.part.split()[0] if planted.part.startswith("section") else planted.part
    rule = oracle.text_exists if promised and RULES[kind] is oracle.is_open else RULES[kind]
    return rule(case, text, person)


def _follows(case: Case, text: Text, person: Person) -> bool:
    return oracle.follows(case, person)


def _works_on(case: Case, text: Text, person: Person) -> bool:
    return oracle.follows(case, person) and case.state not in oracle.STUBS


def _answers_for_a_body(case: Case, text: Text, person: Person) -> bool:
    return oracle.follows(case, person) or oracle.cosponsors(case, person)


def _suspended(case: Case, text: Text, person: Person) -> bool:
    return case.state == "suspended" and may_know_of(case, person)


def _withdrawn(case: Case, text: Text, person: Person) -> bool:
    return case.state == "withdrawn" and oracle.exists(case, person)


def _excepts(case: Case, text: Text, person: Person) -> bool:
    return oracle.holds(person, "publisher")


def _nobody(case: Case, text: Text, person: Person) -> bool:
    return False


RULES: dict[str, Rule] = {
    # A list says titles and subjects before the promise; text only after it.
    "title": oracle.text_exists,
    "chemical": oracle.text_exists,
    "changed": oracle.text_exists,
    "section": oracle.is_open,
    "file name": oracle.is_open,
    "file description": oracle.is_open,
    "file content": oracle.is_open,
    # What a file says inside is kept for the gate alone.
    "file text": _nobody,
    "saved title": _works_on,
    "saved body": _works_on,
    "passage": _works_on,
    "let through": _works_on,
    "remark": _follows,
    "quote": _follows,
    "check": _follows,
    "cosponsor": _answers_for_a_body,
    "exception": _excepts,
    "suspension": _suspended,
    "withdrawal": _withdrawn,
}


def must_meet(world: World, person: Person, case: Case) -> set[str]:
    """Return the words without which the page of a notice would refuse a person what is theirs."""
    if not (enters(person) and oracle.exists(case, person)):
        return set()
    return _words(world, case, case.text, _shown(case, person))


def must_meet_in_copy(world: World, person: Person, case: Case) -> set[str]:
    """Return the words without which the PDF would refuse a person what is theirs to take along."""
    is_theirs = enters(person) and case.state in oracle.IN_FORCE and oracle.is_open(case, case.text, person)
    return _words(world, case, case.text, _read_in(case.text)) if is_theirs else set()


def must_meet_in_edition(world: World, person: Person, case: Case, number: int) -> set[str]:
    """Return the words without which the page of an earlier edition would refuse a person what is theirs."""
    text = next((text for text in case.editions if text.number == number), None)
    if text is None or text is case.text or not enters(person):
        return set()
    is_theirs = oracle.opens_earlier(case, text, person)
    return _words(world, case, text, _read_in(text)) if is_theirs else set()


def _read_in(text: Text) -> set[str]:
    return {"title", *(f"section {kind}" for kind in text.sections)}


def _words(world: World, case: Case, text: Text, parts: set[str]) -> set[str]:
    return {word for word, planted in _of(world, case) if planted.part in parts and planted.edition in {0, text.pk}}


def _of(world: World, case: Case) -> list[tuple[str, Planted]]:
    return [(word, planted) for word, planted in world.planted.items() if planted.notice == case.pk]


def _shown(case: Case, person: Person) -> set[str]:
    if not oracle.reads_at_once(case, person) and not oracle.is_open(case, case.text, person):
        return set()
    of_the_way = {"remark", "check"} if oracle.follows(case, person) else set()
    if case.state in oracle.STUBS:
        return of_the_way | {"suspension" if case.state == "suspended" else "withdrawal"}
    return of_the_way | {"title", "chemical", *(f"section {kind}" for kind in case.text.sections)}


def is_shown_by_the_database(world: World, person: Person, word: str, *, promised: bool = False) -> bool:
    """Say whether the second wall alone lets a word through: it knows rows and audiences, and no promise.

    Of a stub it shows title and saved texts to its readers, and of a notice what was remarked on its way; names of
    people are in no table that it guards.
    """
    planted = world.planted.get(word)
    if planted is None:
        case = world.numbers.get(word)
        return case is None or oracle.exists(case, person) or oracle.can_take_back(case, person)
    if not planted.notice:
        return planted.part == "person" or planted.thing == person.pk
    case = world.cases[planted.notice]
    text = next((text for text in case.editions if text.pk == planted.edition), case.text)
    # What it is about stands on the row of the notice itself, for the list; so does why it was taken back.
    if planted.part in {"suspension", "withdrawal"} or (planted.part == "chemical" and text is case.text):
        return oracle.exists(case, person) or oracle.can_take_back(case, person)
    if planted.part == "exception":
        return oracle.is_member(person)
    if planted.part.startswith(("section", "file")):
        return oracle.text_exists(case, text, person)
    return oracle.edition_exists(case, text, person) if planted.edition else oracle.exists(case, person)


# Source: decision 0009. CLEAR in full, GREEN with a short summary, AMBER by its number; stricter ones are counted.
IN_WORDS, BY_NUMBER = {"TLP:CLEAR", "TLP:GREEN"}, {"TLP:CLEAR", "TLP:GREEN", "TLP:AMBER"}


def may_stand_in_mail(world: World, person: Person, word: str) -> bool:
    """Say whether a word may leave the house in a letter to a person: the label decides how much."""
    planted = world.planted.get(word)
    case = world.numbers.get(word) if planted is None else world.cases.get(planted.notice)
    if case is None or case.state != "published":
        return False
    if not (oracle.is_addressed(case, person) or oracle.is_of_record(case, person)):
        return False
    if planted is None:
        return case.text.label.tlp in BY_NUMBER
    said = planted.part in {"title", "section summary", "changed"} and planted.edition == case.text.pk
    return said and case.text.label.tlp in IN_WORDS


def must_stand_in_digest(world: World, person: Person, cases: list[Case]) -> set[str]:
    """Return the numbers that a digest of some notices has to name to a person."""
    named = (case for case in cases if case.state == "published" and case.text.label.tlp in BY_NUMBER)
    return {case.number for case in named if oracle.is_addressed(case, person)}
