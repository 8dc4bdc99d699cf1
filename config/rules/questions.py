"""Recognises in the source what the rules forbid; every question is asked of one node of a tree."""

import ast
from collections.abc import Callable

Question = Callable[[ast.AST], bool]


def dotted(node: ast.AST) -> str:
    """A name as it is written, such as `os.path.join`; nothing for other expressions."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return ""


def called(node: ast.AST) -> str:
    """What a call calls; nothing for what is no call."""
    return dotted(node.func) if isinstance(node, ast.Call) else ""


def imported(node: ast.AST) -> list[str]:
    """The full names that an import brings in."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return [f"{node.module}.{alias.name}" for alias in node.names] + [str(node.module)]
    return []


def imports(*modules: str) -> Question:
    """Recognises an import of one of these modules or of anything in them."""
    return lambda node: any(
        name == module or name.startswith(f"{module}.")
        for name in imported(node)
        for module in modules
    )


def calls(*names: str) -> Question:
    """Recognises a call of one of these names, whatever object it hangs on: `.raw` or `eval`."""

    def breaks(node: ast.AST) -> bool:
        name = called(node) or (
            f".{node.func.attr}"
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
            else ""
        )
        return any(name == one or (one.startswith(".") and name.endswith(one)) for one in names)

    return breaks


def mentions(*attributes: str) -> Question:
    """Recognises an attribute of one of these names."""
    return lambda node: isinstance(node, ast.Attribute) and node.attr in attributes


def either(*questions: Question) -> Question:
    """Recognises what any of the questions recognises."""
    return lambda node: any(question(node) for question in questions)


def fixed(node: ast.AST) -> bool:
    """True for a text that stands in the source: a literal, or constants joined by literals."""
    if isinstance(node, ast.JoinedStr):
        return all(fixed(part) for part in node.values)
    if isinstance(node, ast.FormattedValue):
        return fixed(node.value)
    name = dotted(node).rpartition(".")[2]
    return isinstance(node, ast.Constant) or (bool(name) and name.isupper())


def unfixed_first(*names: str) -> Question:
    """Recognises a call of one of these whose first argument is not a text of the source."""
    asked = calls(*names)
    return lambda node: (
        isinstance(node, ast.Call) and asked(node) and bool(node.args) and not fixed(node.args[0])
    )


def composed_sql(node: ast.AST) -> bool:
    """Recognises SQL put together from values: f-strings, `+`, `%` and str.format."""
    if not (isinstance(node, ast.Call) and calls(".execute", ".executemany", "RunSQL")(node)):
        return False
    if not node.args:
        return False
    text = node.args[0]
    if isinstance(text, ast.JoinedStr | ast.BinOp):
        return not fixed(text)
    return (
        calls(".format")(text)
        and isinstance(getattr(text, "func", None), ast.Attribute)
        and (
            isinstance(text.func.value, ast.Constant | ast.JoinedStr)  # type: ignore[attr-defined]
        )
    )


def trusts_text(node: ast.AST) -> bool:
    """Recognises text declared to be HTML, and escaping switched off."""
    if isinstance(node, ast.ImportFrom) and "mark_safe" in {name.name for name in node.names}:
        return True
    if isinstance(node, ast.FunctionDef) and node.name == "__html__":
        return True
    if isinstance(node, ast.keyword) and node.arg in {"autoescape", "is_safe"}:
        return not (isinstance(node.value, ast.Constant) and node.value.value is True) or (
            node.arg == "is_safe"
        )
    return unfixed_first("SafeString", "SafeText", "format_html")(node)


def takes_all_fields(node: ast.AST) -> bool:
    """Recognises a form or serializer that takes whatever its model has, now and later."""
    if not isinstance(node, ast.ClassDef) or node.name != "Meta":
        return False
    for line in node.body:
        name = dotted(line.targets[0]) if isinstance(line, ast.Assign) else ""
        everything = isinstance(line, ast.Assign) and ast.unparse(line.value) == "'__all__'"
        if name == "exclude" or (name == "fields" and everything):
            return True
    return False


def asks_for_all(node: ast.AST) -> bool:
    """Recognises `Model.objects.all()`, save as the start of a VisibleField's choice."""
    if isinstance(node, ast.Call) and called(node) == "VisibleField":
        for keyword in node.keywords:
            keyword.value._narrowed = True  # type: ignore[attr-defined]
    return called(node).endswith(".objects.all") and not getattr(node, "_narrowed", False)


def locks_the_key(node: ast.AST) -> bool:
    """Recognises a lock that also keeps others from pointing at the row; none of ours means to."""
    return calls(".select_for_update")(node) and not any(
        keyword.arg == "no_key" for keyword in getattr(node, "keywords", ())
    )
