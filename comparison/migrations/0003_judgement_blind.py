"""A judgement keeps the blind of what the ledger commits to: nobody may try out how one concluded."""

from typing import ClassVar

from django.db import migrations, models

import ledger.commitments


class Migration(migrations.Migration):
    dependencies: ClassVar = [("comparison", "0002_photo_tokens_in_their_index")]

    operations: ClassVar = [
        migrations.AddField(
            model_name="judgement",
            name="blind",
            field=models.BinaryField(default=ledger.commitments.new_blind),
        ),
    ]
