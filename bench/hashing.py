"""A film taken into the vault, hashed while it streams to the disk, beside `sha256sum`."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

from bench._case import own_database
from bench._measure import Row, medians, report

MEGABYTES = int(os.environ.get("BENCH_MEGABYTES", "200"))
AT_ONCE = 64 * 1024
"""How many bytes an upload hands on at a time."""


def film(path: Path) -> Path:
    """Bytes that no file system can store as holes."""
    noise = os.urandom(1_000_000)
    with path.open("wb") as written:
        for number in range(MEGABYTES):
            written.write(number.to_bytes(8, "big") + noise[8:])
    return path


def chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb", buffering=0) as opened:
        while chunk := opened.read(AT_ONCE):
            yield chunk


def main() -> None:
    with own_database() as folder:
        from django.core.files.storage import storages

        from evidence import vault

        original = film(folder / "film.mp4")

        def ours() -> None:
            """Hash, write, put on the disk for good and name; taken out so that it is new again."""
            kept = vault.keep(chunks(original))
            Path(storages["evidence"].path(vault.address(kept.sha256))).unlink()

        def sha256sum() -> None:
            subprocess.run(["sha256sum", str(original)], check=True, stdout=subprocess.DEVNULL)

        seconds = medians({"ours": ours, "sha256sum": sha256sum})
        report(
            Row(
                job="hashing while streaming into the vault",
                ours=MEGABYTES / seconds["ours"],
                baseline=MEGABYTES / seconds["sha256sum"],
                unit="MB/s",
                target="≥ 0.8",
                against="sha256sum of the same file, nothing written",
                note=f"{MEGABYTES} MB in pieces of 64 KiB; written, synced and named as well",
            )
        )


if __name__ == "__main__":
    main()
