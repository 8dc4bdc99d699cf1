"""CASE/UCO as pure code: the nodes of a graph in JSON-LD, drawn from what leaves a case."""
