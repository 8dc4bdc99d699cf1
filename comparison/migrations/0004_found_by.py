"""Links say by what evidence they were found, and stand in the queue by it.

The columns come with a constant default, so that no table is rewritten.
"""

from typing import ClassVar

from django.db import migrations, models

WAYS = [
    ("one-object", "one serial number or photograph in two places"),
    ("near-serial", "serial numbers of one series, or that may be one"),
    ("batch-mark", "one lot, firmware or mark of a production run"),
    ("concealment", "markings removed in one way"),
    ("part", "one part number or model"),
    ("misreading", "markings that may differ by a misreading"),
    ("other-values", "other values together"),
]
HELP = "The most telling evidence that brought the pair up; it adds to no figure."


class Migration(migrations.Migration):
    dependencies: ClassVar = [("comparison", "0003_judgement_blind")]

    operations: ClassVar = [
        migrations.AddField(
            model_name="link",
            name="found_by",
            field=models.CharField(
                choices=WAYS,
                default="other-values",
                help_text=HELP,
                max_length=20,
                verbose_name="found by",
            ),
        ),
        migrations.AddField(
            model_name="link", name="place", field=models.FloatField(default=0, editable=False)
        ),
    ]
