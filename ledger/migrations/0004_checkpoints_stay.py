"""The database itself refuses to change or remove a checkpoint that was signed."""

from django.db import migrations

REFUSE = """
CREATE TRIGGER ledger_checkpoint_append_only BEFORE UPDATE OR DELETE ON ledger_checkpoint
    FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
"""
ALLOW = "DROP TRIGGER ledger_checkpoint_append_only ON ledger_checkpoint;"


class Migration(migrations.Migration):
    dependencies = [("ledger", "0003_checkpoints")]
    operations = [migrations.RunSQL(REFUSE, ALLOW)]
