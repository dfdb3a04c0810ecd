"""Who wants to join the demonstration network, and how far have the officers come?"""

from dataclasses import fields
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any

from congress.core.roles import Role, Standing
from congress.demo import names
from congress.demo.accounts import private_token
from congress.demo.reading import code, dice, read
from congress.demo.shapes import Application, Casework, Decision, Person, Sponsor

ANSWERED_AFTER = timedelta(hours=9)
DECIDED_AFTER = timedelta(days=2)


def applications(seed: int, people: list[Person], today: date) -> list[Application]:
    """Return the cases on the vetting desk, at every stage."""
    rng = dice(seed, "applications")
    lead = next(person for person in people if Role.VETTING_LEAD in person.roles)
    others = (person for person in people if Role.VETTING_REVIEWER in person.roles)
    second = next(person for person in others if person.organisation.name != lead.organisation.name)
    officers = (lead.email, second.email)
    made = []
    for entry in read("applications")["application"]:
        who = _of_account(_holder(people, entry["account"])) if "account" in entry else _invented(rng, entry)
        begun_at = datetime.combine(today - timedelta(days=entry["days"]), time(6, rng.randrange(60)), UTC)
        made.append(
            Application(
                public_id=code(rng).lower(),
                token=private_token(who["email"]),
                state=entry["state"],
                motivation=entry["motivation"],
                expertise=tuple(entry.get("expertise", ())),
                languages=tuple((language, level) for language, level in entry.get("languages", ())),
                supervisor_name=entry.get("supervisor", ""),
                supervisor_contact=entry.get("telephone", ""),
                begun_at=begun_at,
                decisions=_decisions(entry, officers, begun_at),
                sponsors=_sponsors(rng, entry, people, begun_at),
                casework=_casework(entry, second.email),
                **who,
            )
        )
    return made


def _sponsors(rng: Random, entry: dict[str, Any], people: list[Person], begun_at: datetime) -> tuple[Sponsor, ...]:
    """Return members of different organisations, none of whom does anything for the network."""
    states = entry.get("sponsors", ())
    plain = [person for person in people if person.standing == Standing.MEMBER and not person.roles]
    chosen = {person.organisation.name: person for person in rng.sample(plain, 4 * len(states))}
    return tuple(
        Sponsor(
            public_id=code(rng).lower(),
            member=person,
            state=state,
            comment=read("applications")["sponsors"].get(state, ""),
            asked_at=begun_at,
            answered_at=None if state == "asked" else begun_at + ANSWERED_AFTER,
        )
        for state, person in zip(states, chosen.values(), strict=False)
    )


def _of_account(person: Person) -> dict[str, Any]:
    return {
        "email": person.email,
        "latin_name": person.latin_name,
        "native_name": person.native_name,
        "sector": person.sector,
        "country": person.country,
        "organisation_name": person.organisation.name,
        "position": person.position,
    }


def _invented(rng: Random, entry: dict[str, Any]) -> dict[str, Any]:
    name = names.invent(rng, read("countries")[entry["country"]]["cultures"][0], entry["gender"])
    return {
        "email": f"{name.mailbox}@{entry['domain']}",
        "latin_name": name.latin,
        "native_name": name.native,
        "sector": entry["sector"],
        "country": entry["country"],
        "organisation_name": entry["organisation"],
        "position": entry["position"],
    }


def _holder(people: list[Person], standing: str) -> Person:
    """Return whoever has the demonstration account of a standing: those come first."""
    return next(person for person in people if person.standing == standing)


def _casework(entry: dict[str, Any], officer: str) -> Casework:
    told = {field.name: entry[field.name] for field in fields(Casework) if field.name in entry}
    return Casework(officer, **told)


def _decisions(entry: dict[str, Any], officers: tuple[str, str], begun_at: datetime) -> tuple[Decision, ...]:
    """Return one in favour where a second is awaited, two where somebody came in, one against where not."""
    said = read("applications")["decisions"]
    decided_at = begun_at + DECIDED_AFTER
    if entry["state"] == "refused" or "appeal" in entry:
        return (Decision(officers[0], False, "unconfirmed", said["refuse"], decided_at),)
    deciding = {"seconded": officers[:1], "window": officers}.get(entry["state"], ())
    return tuple(Decision(officer, True, "employed", said["support"], decided_at) for officer in deciding)
