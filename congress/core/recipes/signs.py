"""Which signs of instructions does a text show, and where? Words and numbers in, signs out; nothing is judged here."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from congress.core.recipes.lexicon import Meaning, Part, behind_signs, meanings, mixes_scripts

# Possessive and bounded throughout, so that no text takes longer than its length.
TOKEN = re.compile(
    r"(?P<spaced>(?<![^\W_])[^\W\d_](?:[ ._*·-][^\W\d_]){2,}(?![^\W_]))"
    r"|(?P<mixed>[^\W\d_]++[\d@$][\w@$]*|[\d@$]{1,12}[^\W\d_][\w@$]*)"
    r"|(?P<number>\d+(?:[.,/]\d+)*)"
    r"|(?P<word>[^\W\d_]+)"
    r"|(?P<mark>[^\w ']|_)"
)
PLAIN = re.compile(r"(?P<number>\d+)|(?P<word>[^\W\d_]+)|(?P<mark>[^\w '])")
DIGITS = re.compile(r"(?=\D{0,9}\d)[\doli]{2,10}")
GLUED = re.compile(r"\d+([^\W\d_]+)")
RATIO = re.compile(r"\d{1,2}:\d|1:\d0{1,2}")
SENTENCE_ENDS = frozenset(".!?;:\n")
BETWEEN_NUMBER_AND_UNIT = frozenset("-~(|/*")
MOST_BETWEEN = 4
NEGATION_REACHES = 5
SHORTEST_WORD_IN_RUN, LONGEST_WORD_IN_RUN = 3, 14


class Sign(TextChoices):
    """What makes a passage look like instructions."""

    MAKING = "making", _("a step of making something")
    HANDLING = "handling", _("a step of handling it")
    AMOUNT = "amount", _("an amount with its unit")
    CONCENTRATION = "concentration", _("a share or a ratio")
    CONDITION = "condition", _("a temperature, time, pressure or speed")
    SEQUENCE = "sequence", _("an order of steps")
    EQUIPMENT = "equipment", _("equipment or a list of ingredients")
    DOSE = "dose", _("a step together with its amount")
    DISGUISE = "disguise", _("letters written so that they are overlooked")


@dataclass(frozen=True, slots=True)
class Find:
    """One sign; two finds of one name count once."""

    sign: Sign
    place: int
    name: str


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or mark as it is read, with what it can mean."""

    text: str
    start: int
    end: int
    number: bool = False
    known: tuple[Meaning, ...] = ()
    disguised: bool = False

    def has(self, part: Part, name: str) -> bool:
        """Return whether one of the meanings is this."""
        return any(meaning.part == part and meaning.name == name for meaning in self.known)

    @property
    def is_mark(self) -> bool:
        """Return whether it is neither a word nor a number."""
        return not self.number and not self.text.isalpha()


def finds(text: str) -> list[Find]:
    """Return the signs of a text that was folded, in order."""
    tokens = list(_tokens(text))
    found = [*_quantities(tokens), *_steps(tokens), *_words(tokens), *_disguises(tokens)]
    return sorted(found, key=lambda find: find.place)


def _tokens(text: str) -> Iterator[Token]:
    for found in TOKEN.finditer(text):
        match found.lastgroup:
            case "spaced":
                yield from _words_in_run(found)
            case "mixed":
                yield from _mixed(found)
            case _:
                yield _token(found)


def _token(found: re.Match[str], shift: int = 0) -> Token:
    text, number = found[0], found.lastgroup == "number"
    known = () if number else meanings(text)
    return Token(text, found.start() + shift, found.end() + shift, number, known, bool(known) and mixes_scripts(text))


def _words_in_run(found: re.Match[str]) -> Iterator[Token]:
    """Yield the known words behind letters with spaces between them (h e a t)."""
    letters = found[0][::2]
    at = 0
    while at < len(letters):
        length = _longest_known(letters, at)
        if length:
            start, end = found.start() + 2 * at, found.start() + 2 * (at + length) - 1
            word = letters[at : at + length]
            yield Token(word, start, end, known=meanings(word), disguised=True)
        at += length or 1


def _longest_known(letters: str, at: int) -> int:
    longest = min(LONGEST_WORD_IN_RUN, len(letters) - at)
    lengths = range(longest, SHORTEST_WORD_IN_RUN - 1, -1)
    return next((length for length in lengths if meanings(letters[at : at + length])), 0)


def _mixed(found: re.Match[str]) -> Iterator[Token]:
    """Yield a number with its unit (200g), the word or number behind signs (h34t, 2OO), or what stands there."""
    parts = GLUED.fullmatch(found[0])
    glued = parts is not None and _is_unit(meanings(parts[1]))
    word = None if glued else behind_signs(found[0])
    if DIGITS.fullmatch(found[0]) and not glued:
        yield Token(found[0], found.start(), found.end(), number=True)
    elif word:
        yield Token(word, found.start(), found.end(), known=meanings(word), disguised=True)
    else:
        yield from (_token(part, found.start()) for part in PLAIN.finditer(found[0]))


def _is_unit(known: Sequence[Meaning]) -> bool:
    return any(meaning.part == Part.UNIT for meaning in known)


def _quantities(tokens: list[Token]) -> Iterator[Find]:
    at = 0
    while at < len(tokens):
        sign, end = _quantity(tokens, at)
        if sign:
            yield Find(sign, tokens[at].start, f"{tokens[at].start}")
        at = max(end, at + 1)


def _quantity(tokens: list[Token], at: int) -> tuple[Sign | None, int]:
    """Return what is measured from here on, and the token after it."""
    token = tokens[at]
    if _is_ratio(tokens, at):
        return Sign.CONCENTRATION, at + 3
    if token.text == "ph" and any(other.number for other in tokens[at + 1 : at + 3]):
        return Sign.CONDITION, at + 3
    if _is_bracketed_unit(tokens, at):
        return _unit(tokens, at), at + 1
    if token.number or token.has(Part.GRAMMAR, "numbers"):
        return _measured(tokens, at + 1)
    return None, at + 1


def _is_ratio(tokens: list[Token], at: int) -> bool:
    return tokens[at].number and bool(RATIO.fullmatch("".join(token.text for token in tokens[at : at + 3])))


def _is_bracketed_unit(tokens: list[Token], at: int) -> bool:
    """Return whether a table or form gives the unit first: "temperature (°C): 200", or "amount (g)" over a column."""
    if at == 0 or tokens[at - 1].text not in {"(", "°"} or not _is_unit(tokens[at].known):
        return False
    after = "".join("0" if token.number else token.text for token in tokens[at + 1 : at + 4])
    return after.startswith((")|", "):0", ")0"))


def _measured(tokens: list[Token], at: int) -> tuple[Sign | None, int]:
    for place in range(at, min(at + MOST_BETWEEN, len(tokens))):
        sign = _unit(tokens, place)
        if sign:
            return sign, place + 1
        if not _may_stand_between(tokens[place]):
            break
    return None, at


def _may_stand_between(token: Token) -> bool:
    grammar = token.has(Part.GRAMMAR, "numbers") or token.has(Part.GRAMMAR, "joins")
    return token.number or grammar or token.text in BETWEEN_NUMBER_AND_UNIT


def _unit(tokens: list[Token], at: int) -> Sign | None:
    units = (m for m in tokens[at].known if m.part == Part.UNIT and _goes_on(tokens, at, m))
    return next((Sign(meaning.name) for meaning in units), None)


def _steps(tokens: list[Token]) -> Iterator[Find]:
    """Yield operations that are not forbidden: "never heat" and "without mixing" are advice."""
    negated_until = -1
    for at, token in enumerate(tokens):
        if token.text in SENTENCE_ENDS or token.has(Part.GRAMMAR, "insistences"):
            negated_until = -1
        elif token.has(Part.GRAMMAR, "negations"):
            negated_until = at + NEGATION_REACHES
        if at > negated_until:
            yield from (Find(Sign(m.part.value), token.start, m.name) for m in _operations(tokens, at))


def _operations(tokens: list[Token], at: int) -> Iterator[Meaning]:
    for meaning in tokens[at].known:
        if meaning.part in {Part.MAKING, Part.HANDLING} and _counts(tokens, at, meaning):
            yield meaning


def _words(tokens: list[Token]) -> Iterator[Find]:
    for at, token in enumerate(tokens):
        if _is_step_number(tokens, at):
            yield Find(Sign.SEQUENCE, token.start, token.text)
        for meaning in token.known:
            if meaning.part == Part.WORD and _counts(tokens, at, meaning):
                yield Find(Sign(meaning.name), token.start, _word_name(meaning, token))


def _word_name(meaning: Meaning, token: Token) -> str:
    """Return a name by which a cup counts each time it is named, but "then" only once."""
    return token.text if meaning.name in {Sign.SEQUENCE, Sign.EQUIPMENT} else f"{token.start}"


def _is_step_number(tokens: list[Token], at: int) -> bool:
    opens_line = at == 0 or tokens[at - 1].text == "\n"
    return opens_line and tokens[at].number and "".join(t.text for t in tokens[at + 1 : at + 2]) in {".", ")", "-"}


def _disguises(tokens: list[Token]) -> Iterator[Find]:
    return (Find(Sign.DISGUISE, token.start, "") for token in tokens if token.disguised and _is_telling(token))


def _is_telling(token: Token) -> bool:
    return any(meaning.part != Part.GRAMMAR for meaning in token.known)


def _counts(tokens: list[Token], at: int, meaning: Meaning) -> bool:
    return _goes_on(tokens, at, meaning) and (not meaning.as_verb or _is_verb_place(tokens, at))


def _goes_on(tokens: list[Token], at: int, meaning: Meaning) -> bool:
    """Return whether the words follow that the meaning needs, with or without hyphens."""
    if not meaning.rest:
        return True
    following = [token.text for token in tokens[at + 1 : at + 1 + 2 * len(meaning.rest)] if token.text != "-"]
    return tuple(following[: len(meaning.rest)]) == meaning.rest


def _is_verb_place(tokens: list[Token], at: int) -> bool:
    """Return whether an order can be given here: "mix" after a stop, a number or "then", not in "a mix of"."""
    if at + 1 < len(tokens) and tokens[at + 1].has(Part.GRAMMAR, "nouns"):
        return False
    if at == 0:
        return True
    before = tokens[at - 1]
    if before.text == "-":
        return at == 1 or tokens[at - 2].is_mark or tokens[at - 2].end < before.start
    after_measure = at > 1 and _is_unit(before.known) and tokens[at - 2].number
    return before.number or before.is_mark or after_measure or before.has(Part.GRAMMAR, "leads")
