"""The database itself refuses to change or remove what was said of custody; labels may follow."""

from django.db import migrations

REFUSE = """
CREATE FUNCTION evidence_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND TG_LEVEL = 'ROW'
    AND to_jsonb(NEW) - 'label_id' = to_jsonb(OLD) - 'label_id' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'custody is append-only: % refused', TG_OP;
END $$;
CREATE TRIGGER custody_event_append_only BEFORE UPDATE OR DELETE ON evidence_custodyevent
    FOR EACH ROW EXECUTE FUNCTION evidence_refuse();
CREATE TRIGGER custody_event_no_truncate BEFORE TRUNCATE ON evidence_custodyevent
    FOR EACH STATEMENT EXECUTE FUNCTION evidence_refuse();
CREATE TRIGGER gap_note_append_only BEFORE UPDATE OR DELETE ON evidence_gapnote
    FOR EACH ROW EXECUTE FUNCTION evidence_refuse();
CREATE TRIGGER gap_note_no_truncate BEFORE TRUNCATE ON evidence_gapnote
    FOR EACH STATEMENT EXECUTE FUNCTION evidence_refuse();
"""
ALLOW = """
DROP TRIGGER custody_event_append_only ON evidence_custodyevent;
DROP TRIGGER custody_event_no_truncate ON evidence_custodyevent;
DROP TRIGGER gap_note_append_only ON evidence_gapnote;
DROP TRIGGER gap_note_no_truncate ON evidence_gapnote;
DROP FUNCTION evidence_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [("evidence", "0015_custody_events")]
    operations = [migrations.RunSQL(REFUSE, ALLOW)]
