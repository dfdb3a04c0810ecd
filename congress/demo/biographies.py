"""What does a fictitious member know, care about, and say about themselves?"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from random import Random

from babel import Locale

from congress.demo.reading import read
from congress.demo.shapes import Organisation, Person

SILENT = 0.05
WITH_CAREER = 0.7
WITH_INTEREST = 0.45
NEWEST_CAREER = 2022
# Of those for whose first language there are words, every third one begins in it.
IN_OWN_WORDS = 3


def expertise_of(rng: Random, kind: str) -> tuple[str, ...]:
    """Return one to five fields that fit a kind of organisation, the main one first."""
    fields: list[str] = read("expertise")["fields"][kind]
    count = rng.choices([1, 2, 3, 4, 5], [15, 30, 30, 17, 8])[0]
    # The first fields of a kind are its core; a few people know something that nobody would expect.
    chosen = sorted(rng.sample(fields, min(count, len(fields))), key=fields.index)
    if rng.random() < 0.1:
        chosen.append(rng.choice(sorted(read("expertise")["topics"])))
    return tuple(dict.fromkeys(chosen))[:5]


def topics_of(rng: Random, expertise: tuple[str, ...]) -> tuple[str, ...]:
    """Return the topics that go with some fields of expertise."""
    by_field = read("expertise")["topics"]
    fitting = list(dict.fromkeys(topic for field in expertise for topic in by_field[field]))
    return tuple(rng.sample(fitting, min(len(fitting), rng.randint(1, 4))))


def biography(rng: Random, body: Organisation, expertise: tuple[str, ...], languages: tuple[str, ...]) -> str:
    """Return one to three sentences, or nothing from the few who never got round to it."""
    if rng.random() < SILENT:
        return ""
    content = read("biographies")
    sentences = [rng.choice(content["work"][expertise[0]])]
    if len(expertise) > 2 and rng.random() < 0.4:
        sentences.append(rng.choice(content["work"][expertise[1]]))
    elif rng.random() < WITH_CAREER:
        sentences.insert(0, rng.choice(content["career"][body.sector]))
    if rng.random() < WITH_INTEREST:
        sentences.append(rng.choice(content["interest"]["sentences"]))
    year = rng.randint(1996, NEWEST_CAREER)
    language = Locale("en").languages[languages[0]]
    return " ".join(filter(None, sentences)).format(year=year, city=body.city, language=language)


def with_own_words(people: Iterable[Person]) -> list[Person]:
    """Return the people, some of whom say who they are in their first language, in its script."""
    words, met = read("biographies")["own_words"], Counter[str]()
    return [_telling(person, words, met) for person in people]


def _telling(person: Person, words: dict[str, str], met: Counter[str]) -> Person:
    first = person.languages[0]
    met[first] += 1
    if first not in words or met[first] % IN_OWN_WORDS:
        return person
    return replace(person, biography="\n\n".join(filter(None, [words[first], person.biography])))
