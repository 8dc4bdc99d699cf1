"""Trees and proofs: what is in is proven, and nothing else is."""

import json
from base64 import b64decode
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger import merkle

FOLDERS = [place / "shared/data/corpus/transparency-dev-merkle" for place in Path(__file__).parents]
CORPUS = next((folder for folder in FOLDERS if folder.is_dir()), Path("/nowhere"))
LEAVES = [merkle.leaf_hash(bytes([number])) for number in range(130)]


def raw(text: str) -> bytes:
    return b64decode(text or "")


def agrees(kind: str, told: dict[str, Any]) -> bool:
    """What we say to one case of the corpus."""
    proof = [raw(step) for step in told["proof"] or []]
    if kind == "inclusion":
        leaf, root = raw(told["leafHash"]), raw(told["root"])
        return merkle.verify_inclusion(leaf, told["leafIdx"], told["treeSize"], proof, root)
    if kind == "subtreeinclusion":
        leaf, root, span = raw(told["leafHash"]), raw(told["root"]), (told["start"], told["end"])
        return merkle.verify_subtree_inclusion(leaf, told["leafIdx"], span, proof, root)
    roots = raw(told["root1"]), raw(told["root2"])
    if kind == "consistency":
        return merkle.verify_consistency(told["size1"], told["size2"], proof, *roots)
    return merkle.verify_subtree_consistency(
        (told["start"], told["end"]), told["size"], proof, *roots
    )


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus does not lie beside this checkout")
def test_every_case_of_transparency_dev_is_judged_as_its_makers_judge_it() -> None:
    files = sorted(CORPUS.rglob("*.json"))
    wrong = []
    for file in files:
        told = json.loads(file.read_text(encoding="utf-8"))
        if agrees(file.relative_to(CORPUS).parts[0], told) == told["wantErr"]:
            wrong.append(str(file.relative_to(CORPUS)))
    assert (len(files), wrong) == (518, [])


@given(st.data())
@settings(max_examples=200)
def test_every_leaf_is_proven_at_its_own_place_only(data: st.DataObject) -> None:
    size = data.draw(st.integers(1, len(LEAVES)))
    index = data.draw(st.integers(0, size - 1))
    path, root = merkle.inclusion_path(LEAVES, index, size), merkle.root_of(LEAVES[:size])
    assert merkle.verify_inclusion(LEAVES[index], index, size, path, root)
    other = data.draw(st.integers(0, size + 3).filter(lambda place: place != index))
    assert not merkle.verify_inclusion(LEAVES[index], other, size, path, root)
    assert not merkle.verify_inclusion(LEAVES[index - 1], index, size, path, root) or size == 1


@given(st.data())
@settings(max_examples=200)
def test_a_longer_tree_is_shown_to_begin_with_the_shorter_and_with_no_other(
    data: st.DataObject,
) -> None:
    new = data.draw(st.integers(1, len(LEAVES)))
    old = data.draw(st.integers(1, new))
    path = merkle.consistency_path(LEAVES, old, new)
    roots = merkle.root_of(LEAVES[:old]), merkle.root_of(LEAVES[:new])
    assert merkle.verify_consistency(old, new, path, *roots)
    forged = [*LEAVES[: old - 1], merkle.leaf_hash(b"forged")]
    assert not merkle.verify_consistency(old, new, path, merkle.root_of(forged), roots[1])
    if path:
        assert not merkle.verify_consistency(old, new, path[:-1], *roots)
        assert not merkle.verify_consistency(old, new, [*path, path[0]], *roots)


@given(st.integers(0, len(LEAVES)))
def test_a_root_from_whole_nodes_is_the_root_from_all_leaves(size: int) -> None:
    def node(level: int, place: int) -> bytes:
        return merkle.root_of(LEAVES[place << level : (place + 1) << level])

    assert merkle.span_hash((0, size), node) == merkle.root_of(LEAVES[:size])
    growing = merkle.Growing()
    for leaf in LEAVES[:size]:
        growing.add(leaf)
    assert (growing.size, growing.root) == (size, merkle.root_of(LEAVES[:size]))


def test_a_leaf_cannot_pass_for_a_node_nor_an_empty_tree_for_a_proof() -> None:
    pair = LEAVES[0] + LEAVES[1]
    assert merkle.leaf_hash(pair) != merkle.node_hash(LEAVES[0], LEAVES[1])
    assert not merkle.verify_inclusion(merkle.EMPTY_ROOT, 0, 0, [], merkle.EMPTY_ROOT)
    for index, size in ((0, 0), (3, 3), (-1, 3)):
        with pytest.raises(ValueError, match="no such leaf"):
            merkle.inclusion_path(LEAVES, index, size)
    for old, new in ((0, 3), (4, 3)):
        with pytest.raises(ValueError, match="the older tree"):
            merkle.consistency_path(LEAVES, old, new)
