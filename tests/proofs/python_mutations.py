"""Which conditions has a Python file, and what is it like without each of them, or with its opposite?"""

import ast
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from types import CodeType
from typing import Any

Steps = tuple[tuple[str, int | None], ...]
ROWS = {"filter", "exclude", "Q", "get"}
WORDS = {"listed", "in_force"}
OPPOSITE: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
    ast.LtE: ast.Gt, ast.Lt: ast.GtE, ast.Gt: ast.LtE, ast.GtE: ast.Lt,
}  # fmt: skip


@dataclass(frozen=True)
class Mutant:
    """One change to a file: where it stands, what it was and what it becomes."""

    file: str
    line: int
    before: str
    after: str
    scope: str
    source: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}  {_short(self.before)}  →  {_short(self.after)}"


def _short(text: str) -> str:
    return " ".join(text.split())[:70]


def mutants_of(path: Path) -> Iterator[Mutant]:
    """Yield the file without each condition and with each one turned round, in functions and in sets of names."""
    tree = ast.parse(path.read_text())
    for node, steps in _walk(tree, ()):
        scope = _scope(tree, steps)
        if not scope:
            continue
        for new in _changes(node, _parents(tree, steps)):
            yield Mutant(str(path), node.lineno, ast.unparse(node), _said(new), scope, _source(tree, steps, new))


def _said(new: ast.AST | None) -> str:
    return ast.unparse(new) if new is not None else "(nothing)"


def _walk(node: ast.AST, steps: Steps) -> Iterator[tuple[Any, Steps]]:
    for name, value in ast.iter_fields(node):
        if name in {"annotation", "returns", "decorator_list"}:
            continue
        for index, child in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if isinstance(child, ast.AST):
                here = (*steps, (name, index))
                yield child, here
                yield from _walk(child, here)


def _parents(tree: ast.AST, steps: Steps) -> list[ast.AST]:
    found = [tree]
    for name, index in steps:
        value = getattr(found[-1], name)
        found.append(value if index is None else value[index])
    return found[:-1]


def _scope(tree: ast.AST, steps: Steps) -> str:
    """Return the name of the outermost function, with its class, or of what a statement of the module assigns."""
    names: list[str] = []
    for parent in _parents(tree, steps)[1:]:
        if isinstance(parent, ast.Assign) and not names:
            return ast.unparse(parent.targets[0])
        if isinstance(parent, ast.ClassDef | ast.FunctionDef):
            names.append(parent.name)
        if isinstance(parent, ast.FunctionDef):
            return ".".join(names)
    return ""


def _source(tree: ast.Module, steps: Steps, new: ast.AST | None) -> str:
    copy: Any = deepcopy(tree)
    parent, (name, index) = _parents(copy, steps)[-1], steps[-1]
    if index is None:
        setattr(parent, name, new)
    elif new is None:
        del getattr(parent, name)[index]
    else:
        getattr(parent, name)[index] = new
    return ast.unparse(ast.fix_missing_locations(copy))


def _changes(node: ast.AST, parents: list[ast.AST]) -> Iterator[ast.AST | None]:
    match node:
        case ast.BoolOp(op, values):
            yield from _of_operands(op, values)
        case ast.BinOp(left, ast.BitOr() | ast.BitAnd() as joined, right):
            yield from (left, right)
            yield from (ast.BinOp(_turned(left), joined, right), ast.BinOp(left, joined, _turned(right)))
        case ast.AugAssign(target, op, value):
            yield from (ast.Pass(), ast.AugAssign(target, op, _turned(value)))
        case ast.UnaryOp(ast.Not() | ast.Invert(), operand):
            yield operand
        case _:
            yield from _of_questions(node, parents)


def _of_questions(node: ast.AST, parents: list[ast.AST]) -> Iterator[ast.AST | None]:
    match node:
        case ast.Compare(left, [op], right):
            yield ast.Compare(left, [OPPOSITE[type(op)]()], right)
        case ast.If(_test, body, orelse) | ast.IfExp(_test, body, orelse):
            yield from (type(node)(ast.Constant(answer), body, orelse) for answer in (True, False))
        case ast.BinOp(left, ast.Sub() | ast.Add(), _right):
            yield left
        case ast.Set(elements) if len(elements) > 1:
            yield from (ast.Set(elements[:n] + elements[n + 1 :]) for n in range(len(elements)))
        case _:
            yield from _of_calls(node, parents)


def _of_operands(op: ast.boolop, values: list[ast.expr]) -> Iterator[ast.AST]:
    for n, value in enumerate(values):
        others = values[:n] + values[n + 1 :]
        yield ast.BoolOp(op, others) if len(others) > 1 else others[0]
        yield ast.BoolOp(op, [*values[:n], ast.UnaryOp(ast.Not(), value), *values[n + 1 :]])


def _of_calls(node: ast.AST, parents: list[ast.AST]) -> Iterator[ast.AST | None]:
    match node:
        case ast.Call(ast.Name(id=name) | ast.Attribute(attr=name), args, keywords) if name in ROWS:
            yield from (ast.Call(node.func, args[:n] + args[n + 1 :], keywords) for n in range(len(args)))
            yield from (ast.Call(node.func, args, keywords[:n] + keywords[n + 1 :]) for n in range(len(keywords)))
        case ast.Attribute(value, attr) if attr in WORDS:
            yield ast.Attribute(value, "all", ast.Load())
        case ast.Return(value) if value is not None and not isinstance(value, ast.BoolOp | ast.BinOp | ast.Compare):
            yield from _of_answer(value, parents)


def _of_answer(value: ast.expr, parents: list[ast.AST]) -> Iterator[ast.AST]:
    function = next((parent for parent in reversed(parents) if isinstance(parent, ast.FunctionDef)), None)
    kind = ast.unparse(function.returns) if function and function.returns else ""
    if kind == "bool":
        yield ast.Return(ast.UnaryOp(ast.Not(), value))
    if kind == "Q":
        yield ast.Return(_turned(value))


def _turned(value: ast.expr) -> ast.expr:
    return ast.UnaryOp(ast.Invert(), value)


def code_of(source: str, scope: str) -> CodeType | None:
    """Return the compiled code of one function of a source, or None if it is no function."""
    return next((code for code in _codes(compile(source, scope, "exec")) if code.co_qualname == scope), None)


def _codes(code: CodeType) -> Iterator[CodeType]:
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield inner
            yield from _codes(inner)
