"""Who may see what? One sentence after the other, from decisions 0003, 0010 and 0011, without a look at the policies.

It imports nothing of the portal: neither a policy, nor the label predicate, nor row security.
"""

from tests.proofs.facts import Case, Exempt, Label, Person, Text

WITH_READERS = {"published", "suspended", "withdrawn", "expired"}
STUBS = {"suspended", "withdrawn"}
IN_FORCE = {"published", "expired"}
OPEN_LABELS = {"TLP:CLEAR", "TLP:GREEN"}
STRICTNESS = ["TLP:CLEAR", "TLP:GREEN", "TLP:AMBER", "TLP:AMBER+STRICT", "TLP:RED"]

# In which states each step may be taken.
STATES = {
    "edit": {"draft", "returned"},
    "submit": {"draft", "returned"},
    "share": {"draft", "returned"},
    "discard": {"draft", "returned"},
    "clear": {"in_review"},
    "cosponsor": {"in_review", "cleared"},
    "publish": {"cleared"},
    "unschedule": {"scheduled"},
    "confirm": {"published"},
    "update": {"published"},
    "except": {"published", "suspended"},
    "suspend": {"published"},
    "reinstate": {"suspended"},
    "withdraw": {"published", "suspended", "expired"},
}


def is_member(person: Person) -> bool:
    """Only vetted members in good standing read or do anything."""
    return person.standing == "member"


def holds(person: Person, role: str) -> bool:
    """A role counts while its grant is in force and its holder is a member."""
    return is_member(person) and role in person.roles


def names(label: Label, person: Person) -> bool:
    """Say whether an audience is for a person. An exclusion outweighs a name."""
    if person.pk in label.not_people or person.country in label.not_countries or person.body in label.not_bodies:
        return False
    if person.pk in label.people or person.body in label.bodies:
        return True
    if any(group in person.groups for group in label.groups):
        return True
    if not label.sectors and not label.countries:
        return False
    right_sector = not label.sectors or person.sector in label.sectors
    right_country = not label.countries or person.country in label.countries
    return right_sector and right_country


def is_for(exception: Exempt, person: Person) -> bool:
    """Say whether an exception is about a person, now."""
    if exception.holds != "now":
        return False
    if exception.person is not None:
        return exception.person == person.pk
    if exception.body is not None:
        return exception.body == person.body
    return exception.country == person.country


def is_addressed(case: Case, person: Person) -> bool:
    """A notice with readers is for its audience and for those granted, but not for those denied."""
    if not is_member(person) or case.state not in WITH_READERS:
        return False
    effects = {exception.effect for exception in case.exceptions if is_for(exception, person)}
    if "deny" in effects:
        return False
    return "grant" in effects or names(case.text.label, person)


def is_granted(case: Case, person: Person) -> bool:
    """Say whether it is an exception alone that lets a person read a notice."""
    granted = any(exception.effect == "grant" and is_for(exception, person) for exception in case.exceptions)
    return is_addressed(case, person) and granted and not names(case.text.label, person)


def wrote(case: Case, person: Person) -> bool:
    """Author and co-authors."""
    return is_member(person) and (person.pk == case.author or person.pk in case.coauthors)


def is_of_record(case: Case, person: Person) -> bool:
    """Those who wrote, cleared, approved and published it know it already."""
    checked = person.pk in {case.cleared_by, case.approved_by, case.published_by}
    return wrote(case, person) or (is_member(person) and checked)


def follows(case: Case, person: Person) -> bool:
    """Those of record, and those whose step is the next, see what was done and said on the way."""
    if is_of_record(case, person):
        return True
    if case.state == "in_review":
        return holds(person, "compliance_officer")
    return case.state in {"cleared", "scheduled"} and holds(person, "publisher")


def cosponsors(case: Case, person: Person) -> bool:
    """A focal point of a body that was asked reads it while it is checked."""
    asked = person.body is not None and person.body in case.cosponsors
    return asked and case.state in STATES["cosponsor"] and holds(person, "focal_point")


def exists(case: Case, person: Person) -> bool:
    """Say whether a notice exists for a person."""
    return is_addressed(case, person) or follows(case, person) or cosponsors(case, person)


def can_take_back(case: Case, person: Person) -> bool:
    """Any publisher takes back what readers have, by its number, without reading it."""
    return holds(person, "publisher") and case.state in STATES["withdraw"]


def edition_exists(case: Case, text: Text, person: Person) -> bool:
    """The edition in force is read with its notice; an earlier one by whom it was for, and by those who wrote it."""
    if not exists(case, person):
        return False
    return text is case.text or names(text.label, person) or wrote(case, person)


def text_exists(case: Case, text: Text, person: Person) -> bool:
    """Of what was taken back no text is left for anybody."""
    return edition_exists(case, text, person) and case.state not in STUBS


def reads_at_once(case: Case, person: Person) -> bool:
    """A strict text opens to others than those with a part in it after a promise; a stub has none left to guard."""
    is_open = case.state in STUBS or case.text.label.tlp in OPEN_LABELS
    return is_open or follows(case, person) or cosponsors(case, person)


def is_open(case: Case, text: Text, person: Person) -> bool:
    """Say whether a person may be shown the words of a text, not only its title."""
    if not text_exists(case, text, person):
        return False
    return reads_at_once(case, person) or case.text.readings.get(person.pk, False)


def opens_earlier(case: Case, text: Text, person: Person) -> bool:
    """An earlier edition opens with the one in force, unless it is stricter and the reader promised nothing for it."""
    if not (is_open(case, case.text, person) and text_exists(case, text, person)):
        return False
    asks_no_more = STRICTNESS.index(text.label.tlp) <= max(STRICTNESS.index(case.text.label.tlp), 1)
    return asks_no_more or follows(case, person) or text.readings.get(person.pk, False)


def steps(case: Case, person: Person, colleagues: set[int]) -> set[str]:
    """Return which steps a person may take now. Colleagues: who works for the same body as the author."""
    allowed = _as_writer(case, person) | _as_checker(case, person) | _as_publisher(case, person)
    if holds(person, "analyst") and person.pk in colleagues:
        allowed.add("update")
    if cosponsors(case, person) and not is_of_record(case, person):
        allowed.add("cosponsor")
    return {step for step in allowed if case.state in STATES[step]}


def _as_writer(case: Case, person: Person) -> set[str]:
    if not holds(person, "analyst") or not wrote(case, person):
        return set()
    own = {"share", "discard"} if person.pk == case.author else set()
    return {"edit", "submit", "confirm", "update"} | own


def _as_checker(case: Case, person: Person) -> set[str]:
    return {"clear"} if holds(person, "compliance_officer") and not wrote(case, person) else set()


def _as_publisher(case: Case, person: Person) -> set[str]:
    if not holds(person, "publisher"):
        return set()
    allowed = {"suspend", "withdraw"}
    if person.pk == case.published_by:
        allowed.add("confirm")
    if wrote(case, person):
        return allowed
    allowed.add("reinstate")
    if person.pk != case.cleared_by:
        allowed |= {"unschedule", "except"}
        if person.pk != case.approved_by:
            allowed.add("publish")
    return allowed


def beyond_rows(person: Person) -> set[str]:
    """Return what a person may do at all, whichever notices there are."""
    allowed = {"keep_searches"} if is_member(person) else set()
    if holds(person, "analyst"):
        allowed.add("draft")
    if holds(person, "publisher"):
        allowed.add("list_exceptions")
    return allowed


def explains(case: Case, person: Person) -> bool:
    """Publishers, and those of record, are told why somebody sees a notice or does not."""
    return holds(person, "publisher") or is_of_record(case, person)
