"""The index of photo tokens holds the hashes themselves: a search reads it and nothing else."""

from typing import ClassVar

from django.db import migrations

LET_GO = "ALTER TABLE comparison_phototoken DROP CONSTRAINT comparison_phototoken_pkey"
WITH_HASHES = "ALTER TABLE comparison_phototoken ADD PRIMARY KEY (token, file_id) INCLUDE (code)"
KEYS_ALONE = "ALTER TABLE comparison_phototoken ADD PRIMARY KEY (token, file_id)"


class Migration(migrations.Migration):
    dependencies: ClassVar = [("comparison", "0001_tables")]

    operations: ClassVar = [
        migrations.RunSQL([LET_GO, WITH_HASHES], [LET_GO, KEYS_ALONE]),
    ]
