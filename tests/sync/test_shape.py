"""The client installs anywhere: Python 3.9, no package beside it, and the sizes of the house."""

import ast
import sys
from pathlib import Path

import vestige_sync

PACKAGE = Path(vestige_sync.__file__).parent
LONGEST = {"file": 300, "function": 30}


def test_the_client_needs_the_standard_library_of_python_3_9_and_nothing_else():
    for file in PACKAGE.glob("*.py"):
        tree = ast.parse(file.read_text(), feature_version=(3, 9))
        for node in ast.walk(tree):
            named = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            named += [one.name for one in node.names] if isinstance(node, ast.Import) else []
            for name in named:
                room = name.partition(".")[0]
                assert room in {*sys.stdlib_module_names, "vestige_sync"}, f"{file.name}: {name}"


def test_the_client_keeps_the_sizes_of_the_house():
    for file in PACKAGE.glob("*.py"):
        text = file.read_text()
        assert len(text.splitlines()) <= LONGEST["file"], file.name
        tree = ast.parse(text)
        assert ast.get_docstring(tree), f"{file.name} says not what it is for"
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                length = (node.end_lineno or 0) - node.body[0].lineno + 1
                assert length <= LONGEST["function"] + 2, f"{file.name}: {node.name}"
