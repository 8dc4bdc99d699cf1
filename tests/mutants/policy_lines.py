"""Finds the lines of a module that guard access, and compiles it with one or more of them gone."""

import ast
from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import CodeType

NARROWING = {"visible_to", "read_whole_by", "shared_with", "audited_by", "open_to"}
"""Questions that leave only what a person may see; without one the rows are everybody's."""

REQUIRING = {"require", "require_member"}
"""Statements that refuse whoever has not the duty."""

DEFINITIONS = NARROWING | {
    *("_where_placed", "placed", "current", "usable", "told_to", "has_permission", "duties"),
    *("may_be_decided_by", "is_contributed_to_by", "fits"),
}
"""Functions that say who may: here every condition is a policy line."""


@dataclass(frozen=True)
class Mutant:
    """A module with one policy line gone: where it stood, and which of its function's it was."""

    file: Path
    line: int
    function: str
    number: int
    gone: str
    code: CodeType

    def __str__(self) -> str:
        return f"{self.file}:{self.line} {self.function}: {self.gone}"

    @property
    def name(self) -> str:
        """The same without the line's number, which every edit above it would change."""
        return f"{self.file} {self.function}: {self.gone}"


def mutants_of(file: Path, root: Path) -> Iterator[Mutant]:
    """Every policy line of a module, each gone in a copy of its own."""
    tree = tree_of(root / file)
    for path, function in functions(tree):
        for number, change in enumerate(changes_in(function)):
            if code := code_of(compiled(tree, [change], root / file), path):
                line = getattr(change.node, "lineno", function.lineno)
                yield Mutant(file, line, path, number, change.told[:90], code)


def opened(file: Path, names: Iterable[str], *, but: tuple[str, int] | None = None) -> "Opened":
    """The functions of a module with every line gone that asks by one of these `names`.

    The one line `but`, named by its function and its number there, stays. Definitions stay whole.
    """
    tree, gone = tree_of(file), {}
    for path, function in functions(tree):
        if function.name not in DEFINITIONS:
            lines = [
                change
                for number, change in enumerate(changes_in(function))
                if change.asks in names and (path, number) != but
            ]
            gone |= {path: lines} if lines and path not in gone else {}
    if not gone:
        return {}
    whole = compiled(tree, [change for lines in gone.values() for change in lines], file)
    return {path: code for path in gone if (code := code_of(whole, path))}


Opened = dict[str, CodeType]
"""The code of functions by the names that Python calls them by."""


@cache
def tree_of(file: Path) -> ast.Module:
    """A module, read once; changes are made in copies."""
    return ast.parse(file.read_text())


def functions(tree: ast.Module) -> Iterator[tuple[str, ast.FunctionDef]]:
    """Functions and methods with the names that Python calls them by."""

    def within(body: list[ast.stmt], above: str) -> Iterator[tuple[str, ast.FunctionDef]]:
        for node in body:
            if isinstance(node, ast.ClassDef):
                yield from within(node.body, f"{above}{node.name}.")
            elif isinstance(node, ast.FunctionDef):
                yield f"{above}{node.name}", node

    return within(tree.body, "")


@dataclass(frozen=True)
class Gone:
    """One node, what takes its place, how the change is told, and by which question it `asks`."""

    node: ast.AST
    instead: ast.AST
    told: str
    asks: str = ""


def changes_in(function: ast.FunctionDef) -> Iterator[Gone]:
    """The policy lines of one function."""
    for node in ast.walk(function):
        if isinstance(node, ast.Expr) and called(node.value) in REQUIRING:
            yield Gone(node, ast.Pass(), ast.unparse(node), asks=called(node.value))
        if isinstance(node, ast.Call) and called(node) in NARROWING and (rows := receiver(node)):
            asked = f"{ast.unparse(node.func.value)[-60:]}.{called(node)}(…)"
            yield Gone(node, rows, asked, asks=called(node))
        if function.name in DEFINITIONS:
            yield from conditions(node)


def conditions(node: ast.AST) -> Iterator[Gone]:
    """Each condition of a definition."""
    if isinstance(node, ast.Call) and called(node) in {"filter", "exclude"}:
        for number, argument in enumerate(node.args):
            less = deepcopy(node)
            del less.args[number]
            yield Gone(node, less, ast.unparse(argument))
        for number, keyword in enumerate(node.keywords):
            less = deepcopy(node)
            del less.keywords[number]
            yield Gone(node, less, ast.unparse(keyword))
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitAnd):
        yield Gone(node, node.left, f"& {ast.unparse(node.right)}")
        yield Gone(node, node.right, f"{ast.unparse(node.left)} &")
    if isinstance(node, ast.BoolOp) and isinstance(node.op, ast.And):
        for number, value in enumerate(node.values):
            rest = [other for at, other in enumerate(node.values) if at != number]
            kept = rest[0] if len(rest) == 1 else ast.BoolOp(ast.And(), rest)
            yield Gone(node, kept, ast.unparse(value))
    if isinstance(node, ast.If):
        yield Gone(node.test, ast.Constant(value=False), f"if {ast.unparse(node.test)}")


def called(node: ast.AST) -> str:
    """The bare name of what is called."""
    if not isinstance(node, ast.Call):
        return ""
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""


def receiver(node: ast.Call) -> ast.expr | None:
    """What a method is called on; of a manager all rows, in the place of `super()` the object."""
    if not isinstance(node.func, ast.Attribute):
        return None
    on = node.func.value
    if isinstance(on, ast.Call) and called(on) == "super":
        # `__class__` is still spoken of, or the code would no longer fit its function
        return ast.parse("(self, __class__)[0]", mode="eval").body
    if isinstance(on, ast.Attribute) and on.attr == "objects":
        return ast.Call(ast.Attribute(on, "all", ast.Load()), [], [])
    return on


def compiled(tree: ast.Module, changes: Iterable[Gone], file: Path) -> CodeType:
    """The module once the changes are made, also where one of them stands within another."""
    marked = {id(gone.node): gone.instead for gone in changes}

    class Copying(ast.NodeTransformer):
        """Copies on the way down, so that the tree itself stays whole."""

        def visit(self, node: ast.AST) -> ast.AST:
            if id(node) in marked:
                return ast.copy_location(self.visit(marked[id(node)]), node)
            copy = type(node)(**dict(ast.iter_fields(node)))
            ast.copy_location(copy, node)
            for name, value in ast.iter_fields(copy):
                if isinstance(value, ast.AST):
                    setattr(copy, name, self.visit(value))
                elif isinstance(value, list):
                    parts = [self.visit(one) if isinstance(one, ast.AST) else one for one in value]
                    setattr(copy, name, parts)
            return copy

    return compile(ast.fix_missing_locations(Copying().visit(tree)), str(file), "exec")


def code_of(code: CodeType, path: str) -> CodeType | None:
    """The code of one function within that of its module."""
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            if constant.co_qualname == path:
                return constant
            if found := code_of(constant, path):
                return found
    return None
