"""A bundle from a peer is read only as far as nothing in it unpacks to more than it is."""

import io
import json
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest

from exchange.formats.peer.contents import WrongContents, read_contents

ABOUT = {"case": "C-1", "log": "0f8fad5b-d9cb-469f-a165-70867728950e", "files": [], "withheld": []}


def bundle(packing, about=None):
    held = io.BytesIO()
    with ZipFile(held, "w", packing) as made:
        made.writestr("data/bundle.json", json.dumps(ABOUT if about is None else about))
    held.seek(0)
    return held


def test_what_lies_there_as_it_is_is_read():
    assert read_contents(bundle(ZIP_STORED)).ref == "C-1"


def test_what_is_packed_is_refused_before_it_is_unpacked(monkeypatch):
    def unpacked(*_args, **_kwargs):
        raise AssertionError("it began to unpack")

    held = bundle(ZIP_DEFLATED)
    monkeypatch.setattr("zipfile.ZipFile.open", unpacked)
    with pytest.raises(WrongContents):
        read_contents(held)


def test_two_records_under_one_identifier_are_refused():
    facts = {"id": "0f8fad5b-d9cb-469f-a165-70867728950e", "quantity": 1, "hazards": []}
    held = bundle(ZIP_STORED)
    with ZipFile(held, "a") as made:
        for name in ("EV-1", "EV-2"):
            told = json.dumps({**facts, "exhibit": name, "components": []})
            made.writestr(f"data/exhibits/{name}/facts.json", told)
    with pytest.raises(WrongContents, match="id"):
        read_contents(held)


def test_a_file_that_is_named_and_not_there_is_not_offered():
    gone = {"path": "data/loose/gone.jpg", "sha256": "0" * 64}
    assert read_contents(bundle(ZIP_STORED, {**ABOUT, "files": [gone]})).records == ()


@pytest.mark.parametrize("cut", [1, 30, 200])
def test_what_is_torn_is_refused(cut):
    whole = bundle(ZIP_STORED).getvalue()
    with pytest.raises(WrongContents):
        read_contents(io.BytesIO(whole[:-cut]))
