"""What the verifier calculates by itself: signatures, trees, and nothing newer than Python 3.9."""

import ast
import hashlib
import json
import sys
from base64 import b64decode
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger import merkle
from verify import vestige_verify as verifier

SCRIPT = Path(verifier.__file__)
FOLDERS = [place / "shared/data/corpus/transparency-dev-merkle" for place in SCRIPT.parents]
CORPUS = next((folder for folder in FOLDERS if folder.is_dir()), Path("/nowhere"))
SIGNED = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        b"",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9"
        "b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        b"\x72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f1"
        "1d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        b"\xaf\x82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984d"
        "c6594a7c15e9716ed28dc027beceea1ec40a",
    ),
    (
        "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
        hashlib.sha512(b"abc").digest(),
        "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431"
        "e0303dca179c138ac17ad9bef1177331a704",
    ),
]
"""RFC 8032, section 7.1: tests 1, 2, 3 and SHA(abc)."""

NO_POINTS = [
    (2).to_bytes(32, "little"),  # no x belongs to this y
    (verifier.P + 1).to_bytes(32, "little"),  # 1, written a second way
    (1 | 1 << 255).to_bytes(32, "little"),  # x is 0 and yet called odd
    bytes(31),
]
SMALL = [
    (1).to_bytes(32, "little"),
    bytes(32),
    (verifier.P - 1).to_bytes(32, "little"),
]


def raw(text: str) -> bytes:
    return b64decode(text or "")


def agrees(kind: str, told: dict[str, Any]) -> bool:
    """What the verifier says to one case of the corpus."""
    path = [raw(step) for step in told["proof"] or []]
    if kind == "inclusion":
        leaf, root = raw(told["leafHash"]), raw(told["root"])
        return verifier.verify_inclusion(leaf, told["leafIdx"], told["treeSize"], path, root)
    if kind == "subtreeinclusion":
        span = told["leafIdx"], told["start"], told["end"]
        leaf, root = raw(told["leafHash"]), raw(told["root"])
        return verifier.verify_subtree_inclusion(leaf, *span, path, root)
    roots = raw(told["root1"]), raw(told["root2"])
    if kind == "consistency":
        return verifier.verify_consistency(told["size1"], told["size2"], *roots, path)
    span = told["start"], told["end"], told["size"]
    return verifier.verify_subtree_consistency(*span, *roots, path)


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus does not lie beside this checkout")
def test_all_518_cases_of_others_agree():
    cases = sorted(CORPUS.rglob("*.json"))
    told = [(file.relative_to(CORPUS).parts[0], json.loads(file.read_text())) for file in cases]
    wrong = [case["desc"] for kind, case in told if agrees(kind, case) == case["wantErr"]]

    assert wrong == []
    assert len(told) == 518


@pytest.mark.parametrize(("key", "message", "signature"), SIGNED)
def test_the_signatures_of_rfc_8032_hold(key, message, signature):
    assert verifier.verify_signature(bytes.fromhex(key), message, bytes.fromhex(signature))
    assert not verifier.verify_signature(
        bytes.fromhex(key), message + b"x", bytes.fromhex(signature)
    )


@pytest.mark.parametrize(("key", "message", "signature"), SIGNED)
def test_a_number_beyond_the_order_of_the_group_is_refused(key, message, signature):
    made = bytes.fromhex(signature)
    scalar = int.from_bytes(made[32:], "little") + verifier.L
    again = made[:32] + scalar.to_bytes(32, "little")

    assert not verifier.verify_signature(bytes.fromhex(key), message, again)


@pytest.mark.parametrize("point", [*NO_POINTS, *SMALL])
def test_bad_points_are_no_keys(point):
    neutral = SMALL[0] + bytes(32)

    assert not verifier.verify_signature(point, b"", neutral)


@pytest.mark.parametrize("point", NO_POINTS)
def test_bad_points_are_no_part_of_a_signature(point):
    key, message, signature = SIGNED[1]
    made = point.ljust(32, b"\0") + bytes.fromhex(signature)[32:]

    assert verifier.point_of(point) is None
    assert not verifier.verify_signature(bytes.fromhex(key), message, made)


@settings(max_examples=25, deadline=None)
@given(st.binary(min_size=32, max_size=32), st.binary(max_size=200), st.integers(0, 511))
def test_it_agrees_with_another_implementation(seed, message, bit):
    secret = Ed25519PrivateKey.from_private_bytes(seed)
    public, signature = secret.public_key().public_bytes_raw(), secret.sign(message)
    flipped = (int.from_bytes(signature, "little") ^ 1 << bit).to_bytes(64, "little")

    assert verifier.verify_signature(public, message, signature)
    assert not verifier.verify_signature(public, message, flipped)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_many_proofs_climbed_together_prove_what_each_proves_alone(data):
    size = data.draw(st.integers(1, 70))
    leaves = [merkle.leaf_hash(bytes([number])) for number in range(size)]
    root, chosen = merkle.root_of(leaves), sorted(data.draw(st.sets(st.integers(0, size - 1))))
    climber = verifier.Climber(size, root)
    for index in chosen:
        path = merkle.inclusion_path(leaves, index, size)
        told = [step.hex() for step in path]
        if path and data.draw(st.booleans()):
            at = data.draw(st.integers(0, len(path) - 1))
            wrong = [*told[:at], hashlib.sha256(b"other").hexdigest(), *told[at + 1 :]]
            assert not climber.holds(index, leaves[index], wrong)
            assert not climber.holds(index, leaves[index], told[:-1])
            assert not climber.holds(index, leaves[index], [*told, told[0]])
        assert not climber.holds(index, merkle.leaf_hash(b"other"), told)
        assert climber.holds(index, leaves[index], told)


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 60), st.integers(0, 60))
def test_trees_that_continue_each_other_are_known_and_no_others(old, more):
    leaves = [merkle.leaf_hash(bytes([number])) for number in range(old + more)]
    path = merkle.consistency_path(leaves, old, old + more)
    before, after = merkle.root_of(leaves[:old]), merkle.root_of(leaves)
    forked = merkle.root_of([*leaves[: old - 1], merkle.leaf_hash(b"other")])

    assert verifier.verify_consistency(old, old + more, before, after, path)
    assert not verifier.verify_consistency(old, old + more, forked, after, path)


def test_it_is_one_file_that_python_3_9_reads_and_that_needs_nothing_else():
    tree = ast.parse(SCRIPT.read_text(), feature_version=(3, 9))
    taken = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            taken |= {name.name.partition(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            taken.add((node.module or "").partition(".")[0])

    assert taken <= set(sys.stdlib_module_names)
    assert [file.name for file in SCRIPT.parent.iterdir() if file.name != "__pycache__"] == [
        SCRIPT.name
    ]
