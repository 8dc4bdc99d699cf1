"""A line is appended by a function of the database, which plans its two statements once a session.

The index of newest lines goes: the one that keeps positions unique is read backwards as well.
"""

from typing import ClassVar

from django.db import migrations

APPEND = """
CREATE FUNCTION ledger_append(
    line uuid, chain uuid, moment timestamptz, who uuid, deed text, kind text, about uuid,
    before text, after text, OUT place bigint, OUT seal_before text, OUT sealed text
) LANGUAGE plpgsql AS $$
BEGIN
    UPDATE ledger_head SET position = position + 1, previous_seal = seal, seal = encode(sha256(
        convert_to(seal || chr(10) || before || (position + 1)::text || after, 'UTF8')), 'hex')
        WHERE log = chain RETURNING position, previous_seal, seal INTO place, seal_before, sealed;
    IF FOUND THEN
        INSERT INTO ledger_entry (id, log, position, at, actor_id, act, subject_kind, subject_id,
            body, previous_seal, seal)
        VALUES (line, chain, place, moment, who, deed, kind, about,
            before || place::text || after, seal_before, sealed);
    END IF;
END $$;
"""
"""It runs with the rights of whoever calls it: policies and the refusal to change lines hold."""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("ledger", "0002_former_states_bear_labels")]

    operations: ClassVar = [
        migrations.RunSQL(APPEND, "DROP FUNCTION ledger_append"),
        migrations.RemoveIndex(model_name="entry", name="ledger_entr_log_9b11e2_idx"),
    ]
