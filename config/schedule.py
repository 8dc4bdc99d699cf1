"""What beat rings for by the clock, in seconds."""

from typing import Any

CELERY_BEAT_SCHEDULE: dict[str, dict[str, Any]] = {
    "let go of changes that no cursor asks for": {
        "task": "exchange.forget_old_steps",
        "schedule": 3600.0,
    },
    "listen for those who are told by webhooks": {
        "task": "exchange.ask_to_tell",
        "schedule": 10.0,
        "options": {"expires": 30.0},
    },
    "let go of old deliveries": {
        "task": "exchange.forget_old_deliveries",
        "schedule": 3600.0,
    },
    "forget the keys of yesterday": {"task": "core.forget_keys", "schedule": 3600.0},
    "let go of uploads that nobody goes on with": {
        "task": "evidence.end_expired_uploads",
        "schedule": 3600.0,
    },
    "read each original again": {"task": "evidence.check_stored_files", "schedule": 3600.0},
    "read tables and deliveries again": {
        "task": "exchange.ask_to_check_bytes",
        "schedule": 3600.0,
    },
    "read each bundle again": {"task": "reports.ask_to_check_bytes", "schedule": 3600.0},
    "say which traces want a reminder": {"task": "evidence.find_due_reminders", "schedule": 3600.0},
    "say whose place on a case ends": {"task": "investigations.watch_places", "schedule": 600.0},
    "remind of what is lent and due": {"task": "evidence.remind_of_loans", "schedule": 3600.0},
    "remind of measures to look at again": {
        "task": "attribution.remind_of_follow_ups",
        "schedule": 3600.0,
    },
    "remind of tasks that are late": {
        "task": "investigations.remind_of_tasks",
        "schedule": 3600.0,
    },
    "remove what killed processes left half-copied": {
        "task": "core.clear_away_unfinished",
        "schedule": 3600.0,
    },
    "ring again for what was lost": {
        "task": "core.sweep",
        "schedule": 10.0,
        "options": {"expires": 30.0},  # workers that come back need one, not hundreds
    },
    "look how far the signer is": {
        "task": "ledger.watch_signer",
        "schedule": 30.0,
        "options": {"expires": 30.0},
    },
    "compare what nobody asked for": {
        "task": "comparison.propose_missing_links",
        "schedule": 120.0,
        "options": {"expires": 120.0},
    },
    "tell what was put off to the night": {
        "task": "comparison.answer_due_questions",
        "schedule": 600.0,
        "options": {"expires": 600.0},
    },
}
