"""What may be said on the command line; never the key of the person, which others could read."""

from __future__ import annotations

import argparse
from pathlib import Path

FOLDER = "vestige"


def options_of(words: list[str] | None, about: str) -> argparse.Namespace:
    """What was asked for; a wrong word ends the program with 2."""
    reader = argparse.ArgumentParser(
        prog="vestige-sync", description=about, formatter_class=argparse.RawTextHelpFormatter
    )
    reader.add_argument("--folder", type=Path, default=Path(FOLDER), help="where the copy lies")
    reader.add_argument(
        "--patience", type=float, default=60.0, help="seconds until a silent server is given up"
    )
    verbs = reader.add_subparsers(dest="verb", required=True)
    add_main(verbs)
    add_drafting(verbs)
    add_looking(verbs)
    return reader.parse_args(words)


def add_main(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Making a copy and exchanging it."""
    init = verbs.add_parser("init", help="make an empty copy")
    init.add_argument("--server", required=True, help="https://vestige.example")
    init.add_argument("--kind", action="append", default=[], help="only these kinds of records")
    init.add_argument("--case", action="append", default=[], help="only these cases, by their ids")
    init.add_argument("--key", action="append", default=[], help="a published key of the ledger")
    init.add_argument("--cafile", default="", help="certificates to trust instead of the system's")
    pull = verbs.add_parser("pull", help="take in what changed")
    pull.add_argument("--files", action="store_true", help="fetch originals, too")
    pull.add_argument("--wait", type=int, default=0, help="wait up to so many seconds for news")
    verbs.add_parser("push", help="send what was done here")
    status = verbs.add_parser("status", help="what is here, and what waits")
    status.add_argument("--json", action="store_true")


def add_drafting(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Working without a line."""
    new = verbs.add_parser("new", help="draft a record: new incidents case=ID title='…'")
    new.add_argument("kind")
    change = verbs.add_parser("change", help="draft a change: change items ID description='…'")
    do = verbs.add_parser("do", help="draft a deed: do items ID seal seal_no=S-1042")
    for verb in (change, do):
        verb.add_argument("kind")
        verb.add_argument("id")
    do.add_argument("action")
    add = verbs.add_parser("add", help="draft the sending of files")
    add.add_argument("file", nargs="+", type=Path)
    add.add_argument("--case", required=True)
    for verb in (new, change, do):
        verb.add_argument("fields", nargs="*", help="NAME=TEXT or NAME:=JSON")
    add.add_argument("--field", dest="fields", action="append", default=[], help="item=ID")
    for verb in (new, change, do, add):
        verb.add_argument("--json", action="store_true", help="read fields from standard input")


def add_looking(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Deciding, reading and trusting."""
    resolve = verbs.add_parser("resolve", help="decide on what waits for you")
    resolve.add_argument("draft", nargs="?", default="")
    one = resolve.add_mutually_exclusive_group()
    one.add_argument("--ours", action="store_true", help="what was written here is to stand")
    one.add_argument("--theirs", action="store_true", help="what stands there is to stay")
    one.add_argument("--send", action="store_true", help="send it again, under a new key")
    one.add_argument("--drop", action="store_true", help="give it up")
    one.add_argument("--alarm", metavar="CASE", help="let the alarm of a ledger be")
    resolve.add_argument("--field", action="append", default=[], help="NAME=ours or NAME=theirs")
    show = verbs.add_parser("show", help="records of the copy, one a line")
    show.add_argument("kind")
    show.add_argument("id", nargs="?", default="")
    trust = verbs.add_parser("trust", help="trust a published key of the ledger")
    trust.add_argument("key")
