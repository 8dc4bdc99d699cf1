"""Who may use each address: the reviewed table that the access tests walk."""

from collections.abc import Mapping

TABLE: Mapping[str, object] = {}
