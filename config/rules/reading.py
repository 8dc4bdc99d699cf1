"""Reads every file of ours and tells which rule it breaks, and where."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from config.rules.book import RULES

ROOT = Path(__file__).resolve().parents[2]
NOT_OURS = {".venv", "var", "node_modules", "tests", "bench", ".git", "verify", "sync"}
TRUSTING_TEMPLATE = re.compile(r"\|\s*safe(?:seq)?\b|\bautoescape\s+off\b|\bmark_safe\b")


def broken_in(text: str, path: str) -> Iterator[str]:
    """What one Python file breaks, each as `path:line rule (why)`."""
    tree = ast.parse(text)
    for rule in RULES:
        if rule.applies_to(path):
            for node in ast.walk(tree):
                if rule.breaks(node):
                    line = getattr(node, "lineno", 0)
                    yield f"{path}:{line} {rule.name} (keeps out {rule.why})"


def broken_in_template(text: str, path: str) -> Iterator[str]:
    """What one template breaks."""
    for number, line in enumerate(text.splitlines(), 1):
        if TRUSTING_TEMPLATE.search(line):
            yield f"{path}:{number} safe text (keeps out stored scripts)"


def sources(pattern: str) -> Iterator[tuple[str, str]]:
    """Path and text of every file of ours that the pattern names."""
    for file in sorted(ROOT.rglob(pattern)):
        path = file.relative_to(ROOT)
        if not NOT_OURS & set(path.parts):
            yield path.as_posix(), file.read_text(encoding="utf-8")


def main() -> int:
    """Print every broken rule; 1 when there is any."""
    found = [line for path, text in sources("*.py") for line in broken_in(text, path)]
    for path, text in sources("*.html"):
        found.extend(broken_in_template(text, path))
    sys.stdout.write("".join(f"{line}\n" for line in found))
    return 1 if found else 0
