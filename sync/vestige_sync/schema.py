"""The tables of a mirror, as SQLite keeps them."""

from __future__ import annotations

VERSION = 1
TABLES = """
CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS cases (id TEXT PRIMARY KEY, generation INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS records (
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    case_id TEXT NOT NULL,
    other_case TEXT NOT NULL DEFAULT '',
    record TEXT NOT NULL,
    generation INTEGER NOT NULL,
    PRIMARY KEY (kind, id)
);
CREATE INDEX IF NOT EXISTS records_of_case ON records (case_id);
CREATE INDEX IF NOT EXISTS records_of_other_case ON records (other_case);
CREATE TABLE IF NOT EXISTS drafts (
    place INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL UNIQUE,
    sort TEXT NOT NULL,
    kind TEXT NOT NULL,
    id TEXT NOT NULL DEFAULT '',
    action TEXT NOT NULL DEFAULT '',
    case_id TEXT NOT NULL DEFAULT '',
    fields TEXT NOT NULL DEFAULT '{}',
    base TEXT,
    theirs TEXT,
    body TEXT,
    sending_key TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'waiting',
    detail TEXT NOT NULL DEFAULT '',
    first_sent REAL,
    upload TEXT NOT NULL DEFAULT ''
);
CREATE TABLE IF NOT EXISTS acknowledged (
    key TEXT PRIMARY KEY,
    sort TEXT NOT NULL,
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    at REAL NOT NULL
);
CREATE TABLE IF NOT EXISTS keys (vkey TEXT PRIMARY KEY);
CREATE TABLE IF NOT EXISTS checkpoints (
    log TEXT PRIMARY KEY, size INTEGER NOT NULL, note TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS alarms (log TEXT PRIMARY KEY, reason TEXT NOT NULL, note TEXT NOT NULL);
"""

OF_CASES = (
    "UPDATE drafts SET state = 'orphaned', base = NULL, theirs = NULL,"
    " detail = 'You do not see its case any more.'"
    " WHERE state NOT IN ('orphaned', 'unsure') AND case_id <> ''"
    " AND case_id NOT IN (SELECT id FROM cases)",
    "UPDATE drafts SET base = NULL, theirs = NULL"
    " WHERE state = 'unsure' AND case_id NOT IN (SELECT id FROM cases)",
)
"""Drafts whose case is not seen any more: what was read of it goes."""
OF_RECORDS = (
    "UPDATE drafts SET state = 'orphaned', detail = 'You do not see this record any more.'"
    " WHERE sort = 'change' AND state NOT IN ('orphaned', 'unsure') AND NOT EXISTS"
    " (SELECT 1 FROM records WHERE records.kind = drafts.kind AND records.id = drafts.id)",
    "UPDATE drafts SET base = NULL, theirs = NULL"
    " WHERE sort = 'change' AND NOT EXISTS"
    " (SELECT 1 FROM records WHERE records.kind = drafts.kind AND records.id = drafts.id)",
)
"""The same of changes whose record is not seen any more."""
BACK = (
    "UPDATE drafts SET state = 'waiting', detail = '' WHERE state = 'orphaned'"
    " AND case_id IN (SELECT id FROM cases) AND (sort <> 'change' OR EXISTS"
    " (SELECT 1 FROM records WHERE records.kind = drafts.kind AND records.id = drafts.id))"
)
"""What is seen again is sent again."""
