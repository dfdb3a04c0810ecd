"""Who wants to join the demonstration network, and how far have the officers come?"""

from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any

from congress.core.roles import Role, Standing
from congress.demo import names
from congress.demo.accounts import private_token
from congress.demo.reading import code, dice, read
from congress.demo.shapes import Application, Decision, Person, Sponsor

ANSWERED_AFTER = timedelta(hours=9)
DECIDED_AFTER = timedelta(days=2)


def applications(seed: int, people: list[Person], today: date) -> list[Application]:
    """Return the cases on the vetting desk: open ones, and two that are closed."""
    rng = dice(seed, "applications")
    applicant = next(person for person in people if person.standing == Standing.APPLICANT)
    lead = next(person.email for person in people if Role.VETTING_LEAD in person.roles)
    made = []
    for entry in read("applications")["application"]:
        who = _of_account(applicant) if entry.get("account") else _invented(rng, entry)
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
                decisions=_decisions(entry, lead, begun_at),
                sponsors=_sponsors(rng, entry, people, begun_at),
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


def _decisions(entry: dict[str, Any], officer: str, begun_at: datetime) -> tuple[Decision, ...]:
    if not (entry.get("support") or entry["state"] == "refused"):
        return ()
    in_favour = entry["state"] == "seconded"
    reason = read("applications")["decisions"]["support" if in_favour else "refuse"]
    return (Decision(officer, in_favour, reason, begun_at + DECIDED_AFTER),)
