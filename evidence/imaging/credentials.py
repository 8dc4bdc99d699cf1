"""Content Credentials (C2PA): what a signer claims of a picture. A claim, never a fact of ours.

No list of trusted signers is kept and nothing is fetched: a sound signature says that whoever
holds that key signed these bytes, not who that is, and not that what they claim is true.
"""

import importlib
import json
from typing import Any, BinaryIO

_TYPES = {
    "JPEG": "image/jpeg",
    "PNG": "image/png",
    "WEBP": "image/webp",
    "TIFF": "image/tiff",
    "HEIF": "image/heic",
    "AVIF": "image/avif",
    "GIF": "image/gif",
}
_OFFLINE = {
    "verify": {"remote_manifest_fetch": False, "ocsp_fetch": False, "verify_trust": False},
}
_LONGEST, _MOST = 200, 8


def prepare() -> None:
    """Load the reader, told to fetch nothing."""
    importlib.import_module("c2pa").load_settings(json.dumps(_OFFLINE))


def claimed(original: BinaryIO, opener: str) -> list[dict[str, Any]]:
    """What the active manifest claims, if the picture carries one."""
    if opener not in _TYPES or b"jumb" not in original.read():
        return []
    original.seek(0)
    c2pa = importlib.import_module("c2pa")
    try:
        with c2pa.Reader(_TYPES[opener], original) as reader:
            store = json.loads(reader.json())
    except Exception as unreadable:
        facts = {"state": "unreadable", "problems": [type(unreadable).__name__]}
        return [_proposal("", facts)]
    finally:
        original.seek(0)
    manifest = store.get("manifests", {}).get(store.get("active_manifest"), {})
    return [_proposal(_text(manifest.get("title")), _facts(store, manifest))]


def _facts(store: dict[str, Any], manifest: dict[str, Any]) -> dict[str, Any]:
    signed = manifest.get("signature_info") or {}
    generators = manifest.get("claim_generator_info") or [{}]
    stated = str(store.get("validation_state")).replace("Trusted", "Valid")
    return {
        "state": stated if stated in ("Valid", "Invalid") else "unreadable",
        "signer": _text(signed.get("common_name")),
        "issuer": _text(signed.get("issuer")),
        "signed_at": _text(signed.get("time")),
        "generator": _text(generators[0].get("name")),
        "actions": _actions(manifest),
        "problems": [_text(one.get("code")) for one in store.get("validation_status") or ()][
            :_MOST
        ],
    }


def _actions(manifest: dict[str, Any]) -> list[str]:
    """What is said to have been done to the picture, in the standard's own words."""
    lists = [
        (one.get("data") or {}).get("actions") or []
        for one in manifest.get("assertions") or ()
        if str(one.get("label", "")).startswith("c2pa.actions")
    ]
    return [_text(action.get("action")) for actions in lists for action in actions][:_MOST]


def _proposal(text: str, facts: dict[str, Any]) -> dict[str, Any]:
    nowhere = {"symbology": "", "box": None, "confidence": None}
    return {"kind": "c2pa", "text": text, "facts": facts, **nowhere}


def _text(stated: Any) -> str:
    return str(stated)[:_LONGEST] if isinstance(stated, (str, int, float)) else ""
