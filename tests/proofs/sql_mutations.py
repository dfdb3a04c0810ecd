"""Which conditions stand in the SQL of a row_security.py, and what is it like without each, or with its opposite?"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.proofs.python_mutations import Mutant

TOKEN = re.compile(r"'[^']*'|\{\{\}\}|\{[^{}]*\}|\(|\)|\bAND\b|\bOR\b(?! REPLACE)|\bWHERE\b|;|\bLOOP\b|\$\$|$")
LISTED = re.compile(r"\(('[^()]*'(?:, '[^()]*')+|\{row\}[^()]*, \{row\}[^()]*)\)")
ALONE = re.compile(r" IN \{| = \{|= ANY")


@dataclass
class Level:
    """What stands between two brackets: where each operand begins and ends, and what joins them."""

    begins: int
    is_condition: bool = False
    joined_by: str = ""
    spans: list[tuple[int, int]] = field(default_factory=list)


def sql_mutants_of(path: Path) -> Iterator[Mutant]:
    """Yield the file without each condition of its SQL, with each turned round, and each list without each element."""
    source = path.read_text()
    seen: set[str] = set()
    for begin, end in _strings(source):
        for start, stop, new in [*_conditions(source, begin, end), *_elements(source, begin, end)]:
            mutated = source[:start] + new + source[stop:]
            if mutated not in seen:
                seen.add(mutated)
                line = source.count("\n", 0, start) + 1
                yield Mutant(str(path), line, source[start:stop], new, "", mutated)
    yield from _whole_policies(path, source)


def _whole_policies(path: Path, source: str) -> Iterator[Mutant]:
    for found in re.finditer(r'^    "(\w+)": ', source, re.MULTILINE):
        line = source.count("\n", 0, found.start()) + 1
        for new in ("true", "false"):
            yield Mutant(str(path), line, found[1], new, "", f'{source}\nPOLICIES["{found[1]}"] = "{new}"\n')


def _strings(source: str) -> Iterator[tuple[int, int]]:
    """Yield where each text outside of documentation stands, without its quotes."""
    offsets = [0]
    for line in source.splitlines(keepends=True):
        offsets.append(offsets[-1] + len(line))
    tree = ast.parse(source)
    spoken = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr | ast.Constant) and id(node) not in spoken:
            begin = offsets[node.lineno - 1] + node.col_offset
            end = offsets[(node.end_lineno or node.lineno) - 1] + (node.end_col_offset or 0)
            if opened := re.match(r'f?("""|")', source[begin:end]):
                yield begin + opened.end(), end - len(opened[1])


def _conditions(source: str, begin: int, end: int) -> Iterator[tuple[int, int, str]]:
    levels = [Level(begin)]
    for token in TOKEN.finditer(source, begin, end):
        word, level = token[0], levels[-1]
        if word == "(":
            levels.append(Level(token.end()))
        elif word in {"AND", "OR"}:
            _close(level, source, token.start())
            level.begins, level.joined_by = token.end(), word
        elif word == "WHERE":
            level.begins, level.is_condition, level.spans = token.end(), True, []
        elif word in {")", ";", "LOOP", "$$"} or token.start() == end:
            _close(level, source, token.start())
            yield from _without_each(source, level)
            level.spans, level.is_condition = [], False
            if word == ")" and len(levels) > 1:
                levels.pop()


def _close(level: Level, source: str, end: int) -> None:
    text = source[level.begins : end]
    begin = level.begins + len(text) - len(text.lstrip())
    if text.strip():
        level.spans.append((begin, level.begins + len(text.rstrip())))


def _without_each(source: str, level: Level) -> Iterator[tuple[int, int, str]]:
    alone = len(level.spans) == 1 and not level.is_condition
    if not level.spans or (alone and not ALONE.search(source[slice(*level.spans[0])])):
        return
    nothing = "false" if level.joined_by == "OR" else "true"
    for begin, end in level.spans:
        if not alone:
            yield begin, end, nothing
        yield begin, end, f"NOT ({source[begin:end]})"


def _elements(source: str, begin: int, end: int) -> Iterator[tuple[int, int, str]]:
    for found in LISTED.finditer(source[begin:end]):
        parts = found[1].split(", ")
        for n in range(len(parts)):
            yield begin + found.start(1), begin + found.end(1), ", ".join(parts[:n] + parts[n + 1 :])
