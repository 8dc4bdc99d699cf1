"""Former states bear their label, and those about sources can go with an erased identity."""

from django.db import migrations, models

LET_GO = """
DROP TRIGGER ledger_formerstate_append_only ON ledger_formerstate;
CREATE TRIGGER ledger_formerstate_append_only BEFORE UPDATE ON ledger_formerstate
    FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_formerstate_stays BEFORE DELETE ON ledger_formerstate
    FOR EACH ROW WHEN (OLD.subject_kind <> 'investigations.source')
    EXECUTE FUNCTION ledger_refuse();
"""
KEEP_ALL = """
DROP TRIGGER ledger_formerstate_stays ON ledger_formerstate;
DROP TRIGGER ledger_formerstate_append_only ON ledger_formerstate;
CREATE TRIGGER ledger_formerstate_append_only BEFORE UPDATE OR DELETE ON ledger_formerstate
    FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_tables")]

    operations = [
        migrations.AddField(
            model_name="formerstate",
            name="label",
            field=models.UUIDField(null=True, verbose_name="label"),
        ),
        migrations.RunSQL(LET_GO, KEEP_ALL),
    ]
