"""Readings are filed under their lot, so that production batches are found without a scan."""

from typing import Any

from django.db import migrations, models

from core.scope import system_scope

AT_ONCE = 1_000


def file_under_lots(apps: Any, _editor: Any) -> None:
    """Read part and lot from the values that a reading holds already: nothing is compared anew."""
    rows = apps.get_model("comparison", "Reading").objects
    with system_scope("every reading is filed under its lot"):
        batch = []
        for row in rows.only("values").iterator(AT_ONCE):
            held = dict(value.partition("=")[::2] for value in row.values)
            if "part" in held and "lot" in held:
                row.lot = f"{held['part']}|{held['lot']}"[:260]
                batch.append(row)
            if len(batch) == AT_ONCE:
                rows.bulk_update(batch, ["lot"])
                batch = []
        rows.bulk_update(batch, ["lot"])


class Migration(migrations.Migration):

    dependencies = [
        ('comparison', '0002_labels'),
        ('evidence', '0020_custody_from_the_ledger'),
        ('investigations', '0009_committed_values'),
    ]

    operations = [
        migrations.AddField(
            model_name='reading',
            name='lot',
            field=models.CharField(blank=True, default='', max_length=260),
        ),
        migrations.AddIndex(
            model_name='reading',
            index=models.Index(condition=models.Q(('lot', ''), _negated=True), fields=['lot'], name='reading_lot'),
        ),
        migrations.RunPython(file_under_lots, migrations.RunPython.noop),
    ]
