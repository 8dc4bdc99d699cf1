"""Reads the story of the exercise."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


@cache
def story() -> dict[str, Any]:
    """People, incidents, hypotheses and the finding."""
    return tomllib.loads((HERE / "story.toml").read_text(encoding="utf-8"))


@cache
def exhibits() -> dict[str, dict[str, dict[str, Any]]]:
    """The exhibits of each incident by their numbers, parents before their parts."""
    return tomllib.loads((HERE / "exhibits.toml").read_text(encoding="utf-8"))
