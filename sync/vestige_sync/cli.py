"""The command `vestige-sync`.

Exit codes: 0 done, 1 something waits for you (see `status`), 2 asked for in a way that cannot be
done, 3 the server cannot be reached, 4 the server said no, 5 bytes or a ledger do not hold.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from typing import Any, Callable

from vestige_sync import checkpoints, files
from vestige_sync.client import Client
from vestige_sync.draft import ORPHANED, OURS, THEIRS, UNSURE, Draft
from vestige_sync.errors import CONFLICTS, DONE, UNVERIFIED, Trouble, Unverified, Usage
from vestige_sync.mirror import canonical
from vestige_sync.notes import Key
from vestige_sync.options import options_of
from vestige_sync.progress import Progress
from vestige_sync.push import Pushed

Words = argparse.Namespace
BROKEN_OFF = 130


def say(text: str) -> None:
    """A line for the person."""
    sys.stdout.write(f"{text}\n")


def init(words: Words) -> int:
    """Make an empty copy."""
    client = Client.begin(
        words.folder,
        words.server,
        token="not yet",  # noqa: S106  # nosec B106  it is asked for when it is needed
        kinds=words.kind,
        cases=words.case,
        keys=words.key,
        cafile=words.cafile,
    )
    client.close()
    say(f"An empty copy is in {words.folder}. Fill it: vestige-sync pull")
    if not words.key:
        say("No key of the ledger was given: the first that is shown will be kept to.")
    return DONE


def pull(client: Client, words: Words) -> int:
    """Take in what changed."""
    had = bool(client.status()["keys"])
    with Progress("Changes", unit="lines") as shown:
        pulled = client.pull(wait=words.wait, step=shown.step)
    if words.files:
        wanted = files.missing(client.mirror)
        total = sum(file["size"] for file in wanted)
        with Progress(f"{len(wanted)} files", total, unit="bytes") as shown:
            client.fetch(pulled, shown.step)
    say(f"{pulled.lines} lines, {pulled.files} files; {pulled.checkpoints} ledgers looked at.")
    for name, cases in (("New for you", pulled.gained), ("Not for you any more", pulled.lost)):
        if cases:
            say(f"{name}: {', '.join(cases)}")
    for reason in pulled.begun_anew:
        say(f"Begun anew: {reason}")
    if not had:
        tell_keys(client)
    return worst(client, pulled.troubles)


def push(client: Client, _words: Words) -> int:
    """Send what was done here, then take in what came of it."""
    total, held = client.drafts.bytes_due(), dict[str, int]()
    with Progress("Files", total, unit="bytes") as shown:

        def sent(draft: Draft, upto: int) -> None:
            held[draft.key] = upto
            shown.reach(sum(held.values()))

        rounds = [client.push(sent)]
    pulled = [client.pull()]
    held_back = set(rounds[0].waiting)
    if any(draft.key not in held_back for draft in client.drafts.due()):
        rounds.append(client.push(sent))  # of a case that is to be seen again since that pull
        pulled.append(client.pull())
    return told_of_push(client, rounds, [trouble for each in pulled for trouble in each.troubles])


def told_of_push(client: Client, rounds: list[Pushed], troubles: list[Trouble]) -> int:
    """Tell what was sent and what was not, whichever the reason."""
    done, due = sum(len(each.acknowledged) for each in rounds), len(client.drafts.due())
    say(f"{done} acknowledged, {due} still to be sent.")
    orphaned = sum(draft.state == ORPHANED for draft in client.drafts.all())
    if orphaned:
        say(f"{orphaned} orphaned: not sent, since you do not see their cases any more.")
    code = worst(client, [trouble for each in rounds for trouble in each.troubles] + troubles)
    return max(code, CONFLICTS) if orphaned else code


def status(client: Client, words: Words) -> int:
    """What is here, and what waits."""
    told = client.status()
    if words.json:
        say(json.dumps(told, ensure_ascii=False, indent=2))
        return worst(client, [])
    say(f"{told['server']}: {told['cases']} cases" + ("" if told["whole"] else ", not whole yet"))
    for kind, count in told["records"].items():
        say(f"  {count:>8} {kind}")
    if told["files_missing"]:
        say(f"  {told['files_missing']} files are not here: vestige-sync pull --files")
    for draft in told["drafts"]:
        tell_draft(draft)
    return worst(client, [])


def resolve(client: Client, words: Words) -> int:
    """Decide on what waits."""
    if words.alarm:
        checkpoints.let_be(client.mirror, words.alarm)
        return worst(client, [])
    draft = client.drafts.get(words.draft)
    if words.drop:
        client.drafts.drop(draft)
    elif words.send:
        client.drafts.send_again(draft)
    else:
        whole = OURS if words.ours else THEIRS if words.theirs else ""
        chosen = dict.fromkeys(draft.merged.clashes, whole) if whole else {}
        client.drafts.decide(draft, {**chosen, **dict(pair(each) for each in words.field)})
    return worst(client, [])


def new(client: Client, words: Words) -> int:
    """Draft a record."""
    return drafted(client.create(words.kind, fields_of(words)).key)


def change(client: Client, words: Words) -> int:
    """Draft a change."""
    return drafted(client.change(words.kind, words.id, fields_of(words)).key)


def do(client: Client, words: Words) -> int:
    """Draft a deed."""
    return drafted(client.do(words.kind, words.id, words.action, fields_of(words)).key)


def add(client: Client, words: Words) -> int:
    """Draft the sending of files."""
    said = fields_of(words)
    for file in words.file:
        drafted(client.add_file(file, words.case, **said).key)
    return DONE


def show(client: Client, words: Words) -> int:
    """Records of the copy, one a line, as the server told them."""
    for _kind, key, record in client.mirror.records(words.kind):
        if words.id in ("", key):
            say(record)
    return DONE


def trust(client: Client, words: Words) -> int:
    """Trust another key of the ledger."""
    key = checkpoints.trust(client.mirror, words.key)
    say(f"{key.name}, SHA-256 {key.fingerprint}")
    return DONE


VERBS: dict[str, Callable[[Client, Words], int]] = {
    "pull": pull,
    "push": push,
    "status": status,
    "resolve": resolve,
    "new": new,
    "change": change,
    "do": do,
    "add": add,
    "show": show,
    "trust": trust,
}


def drafted(key: str) -> int:
    """Tell the key of a draft, by which others may name it."""
    say(f"draft:{key}")
    return DONE


def tell_draft(draft: dict[str, Any]) -> None:
    """A draft in a line or two."""
    named = "/".join(part for part in (draft["kind"], draft["id"], draft["action"]) if part)
    say(f"{draft['key'][:8]}  {draft['state']:<9} {draft['sort']} {named}  {draft['detail']}")
    for name, clash in draft.get("clashes", {}).items():
        say(f"    {name}: here {canonical(clash['ours'])}, there {canonical(clash['theirs'])}")


def tell_keys(client: Client) -> None:
    """The keys that were trusted because they came first."""
    for vkey in client.status()["keys"]:
        key = Key.read(vkey)
        say(f"The ledger is signed by {key.name}, SHA-256 {key.fingerprint}.")
        say("Compare it with what the agency published, by telephone or on paper.")


def worst(client: Client, troubles: list[Trouble]) -> int:
    """Tell what does not hold and what waits, and the exit code that belongs to it."""
    for trouble in troubles:
        sys.stderr.write(f"{trouble}\n")
    alarms = checkpoints.alarms(client.mirror)
    for log, reason in alarms.items():
        sys.stderr.write(f"ALARM, ledger of case {log}: {reason}\n")
    if alarms or any(isinstance(trouble, Unverified) for trouble in troubles):
        return UNVERIFIED
    waiting = client.drafts.conflicts()
    for draft in waiting:
        sys.stderr.write(f"{draft.key[:8]} {draft.state}: {draft.detail}\n")
    unsure = [draft for draft in waiting if draft.state == UNSURE]
    if unsure:
        sys.stderr.write("Nothing that is unsure is sent: resolve KEY --send or --drop.\n")
    codes = [trouble.exit_code for trouble in troubles]
    return max([CONFLICTS if waiting else DONE, *codes])


def fields_of(words: Words) -> dict[str, Any]:
    """Fields from `NAME=TEXT` and `NAME:=JSON`, or all of them as JSON on the standard input."""
    fields: dict[str, Any] = json.load(sys.stdin) if words.json else {}
    for each in words.fields:
        name, value = pair(each)
        try:
            fields[name.rstrip(":")] = json.loads(value) if name.endswith(":") else value
        except ValueError:
            raise Usage(f"{each}: behind := stands JSON.") from None
    return fields


def pair(text: str) -> tuple[str, str]:
    """Both sides of `NAME=VALUE`."""
    name, sign, value = text.partition("=")
    if not sign or not name:
        raise Usage(f"{text}: write NAME=VALUE.")
    return name, value


def main(words: list[str] | None = None) -> int:
    """Carry one command out; trouble is told in a sentence, with its exit code."""
    asked = options_of(words, __doc__ or "")
    try:
        if asked.verb == "init":
            return init(asked)
        with Client(Path(asked.folder), patience=asked.patience) as client:
            return VERBS[asked.verb](client, asked)
    except Trouble as trouble:
        sys.stderr.write(f"{trouble}\n")
        return trouble.exit_code


def run() -> None:
    """`main` to its last printed word."""
    try:
        code = main()
        sys.stdout.flush()
    except KeyboardInterrupt:
        code = BROKEN_OFF
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = BROKEN_OFF
    sys.exit(code)
