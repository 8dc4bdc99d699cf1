"""Run as a program: one person with a copy, who works, pushes and pulls until told to stop.

    python -m tests.soak.person FOLDER NAME SEED

Beside the copy stand what was heard (`heard`), what was written into narratives (`journal`), and
the files `stop`, `settled`, `final` and `done` by which it is told and tells how far it is.
"""

import json
import os
import random
import sys
import time
from pathlib import Path
from typing import Any

from vestige_sync import Client, Unreachable, Unverified
from vestige_sync.draft import CONFLICT, REFUSED, WAITING, Draft
from vestige_sync.feed import CHANGES
from vestige_sync.transport import Answer, Line

PATIENCE = 20.0  # seconds
SMALLEST, BIGGEST = 1_000, 200_000  # bytes of a file
FETCHES = 0.2
"""How often files are fetched, too."""
LONGEST = 20_000  # characters of a narrative


def written(folder: Path, word: str) -> set[str]:
    """What the journal of a person says with this word."""
    journal = folder / "journal"
    lines = journal.read_text().splitlines() if journal.exists() else []
    return {line.partition(" ")[2] for line in lines if line.startswith(f"{word} ")}


class Listening(Line):
    """A line that writes down what it was told of cases, and when it asked."""

    heard: Path

    def ask_once(self, method: str, path: str, *words: Any, **more: Any) -> Answer:
        asked = time.time()
        answer = super().ask_once(method, path, *words, **more)
        if path.startswith(CHANGES) and answer.status == 200:
            lines = [(one["op"], one["case"], one.get("id", "")) for one in answer.told["changes"]]
            told = {"asked": asked, "answered": time.time(), "lines": lines}
            with self.heard.open("a") as file:
                file.write(json.dumps(told) + "\n")
        return answer


class Person:
    """What somebody does all day."""

    def __init__(self, folder: Path, name: str, seed: int) -> None:
        self.folder, self.name = folder, name
        self.dice = random.Random(f"{name} {seed} {os.getpid()}")  # noqa: S311
        self.copy = Client(folder, patience=PATIENCE)
        line = Listening(
            self.copy.mirror.fact("server"), os.environ["VESTIGE_TOKEN"], patience=PATIENCE
        )
        line.heard = folder / "heard"
        self.copy._line = line
        self.drop_what_was_never_made()

    # the journal of narratives

    def note(self, word: str, token: str) -> None:
        with (self.folder / "journal").open("a") as file:
            file.write(f"{word} {token}\n")

    def drop_what_was_never_made(self) -> None:
        """What a kill came before is not looked for later."""
        journal = self.folder / "journal"
        told = (
            [line.split(maxsplit=1) for line in journal.read_text().splitlines()]
            if journal.exists()
            else []
        )
        tried = {token for word, token in told if word == "try"}
        made = {token for word, token in told if word in {"made", "drop"}}
        pending = " ".join(str(draft.fields) for draft in self.copy.drafts.all())
        for token in tried - made:
            self.note("made" if token in pending else "drop", token)

    # work

    def work(self) -> None:
        """Until somebody says stop."""
        while not (self.folder / "stop").exists():
            for _time in range(self.dice.randint(0, 3)):
                self.dice.choice([self.enter, self.log, self.log, self.amend, self.send])()
            self.exchange(wait=self.dice.choice([0, 0, 1, 2]))

    def exchange(self, *, wait: int = 0) -> None:
        """Send and take in, as far as the line lets it."""
        try:
            self.copy.push()
            self.tend()
            pulled = self.copy.pull(wait=wait, with_files=self.dice.random() < FETCHES)
        except Unreachable:
            return
        for trouble in pulled.troubles:
            if isinstance(trouble, Unverified):  # what was hidden before it was fetched is none
                raise trouble

    def a_case(self) -> str:
        cases = self.copy.mirror.cases()
        return self.dice.choice(cases) if cases else ""

    def mark(self) -> str:
        return f"{self.name}-{self.dice.getrandbits(64):016x}"

    def enter(self) -> None:
        """An attack, and what was found there."""
        if case := self.a_case():
            attack = self.copy.create("incidents", {"case": case, "title": f"soak {self.mark()}"})
            self.draft_item(case, f"draft:{attack.key}")

    def log(self) -> None:
        """An exhibit of an attack that is known."""
        if known := self.known("incidents"):
            self.draft_item(known["case"], known["id"])

    def draft_item(self, case: str, incident: str) -> None:
        words = {"kind": "gyroscope-imu", "description": f"soak {self.mark()}"}
        self.copy.create("items", {"case": case, "incident": incident, **words})

    def known(self, kind: str) -> dict[str, Any] | None:
        records = [json.loads(record) for _kind, _key, record in self.copy.mirror.records(kind)]
        return self.dice.choice(records) if records else None

    def amend(self) -> None:
        """One more word at the end of a narrative, on which nobody else of us is at work."""
        known = self.known("incidents")
        if known is None or len(known["narrative"]) > LONGEST:
            return
        if any(draft.id == known["id"] for draft in self.copy.drafts.all()):
            return
        token = self.mark()
        self.note("try", token)
        self.copy.change(
            "incidents", known["id"], {"narrative": f"{known['narrative']} [{token}]".strip()}
        )
        self.note("made", token)

    def send(self) -> None:
        """A file of an exhibit."""
        if known := self.known("items"):
            file = self.folder / "card.bin"
            file.write_bytes(self.dice.randbytes(self.dice.randint(SMALLEST, BIGGEST)))
            self.copy.add_file(file, known["case"], item=known["id"])
            file.unlink()

    # what waits for a person

    def tend(self) -> None:
        """Theirs stays where two changed the same; what was refused is given up."""
        for draft in list(self.copy.drafts.all()):
            if draft.state in (CONFLICT, REFUSED):
                self.give_up(draft)

    def give_up(self, draft: Draft) -> None:
        """Nothing of it is looked for later; whoever was taken off a case may have been heard."""
        self.note("refused", str(dict(draft.fields)))
        if "narrative" in draft.fields:
            self.note("drop", draft.fields["narrative"].rpartition("[")[2].rstrip("]"))
        for other in list(self.copy.drafts.all()):
            if f"draft:{draft.key}" in other.fields.values():
                self.copy.drafts.drop(other)
        self.copy.drafts.drop(draft)

    # the end

    def settle(self) -> None:
        """Send everything that is left; then wait for the others, and take in the last."""
        while any(draft.state == WAITING for draft in self.copy.drafts.all()):
            self.exchange()
        self.exchange()
        (self.folder / "settled").touch()
        while not (self.folder / "final").exists():
            time.sleep(0.1)
        self.copy.pull(with_files=True)
        (self.folder / "done").touch()


if __name__ == "__main__":
    person = Person(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
    person.work()
    person.settle()
