"""A version of the parameters takes two people; those adopted before keep the one they had."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

PERSON = {
    "null": True,
    "blank": True,
    "on_delete": django.db.models.deletion.PROTECT,
    "related_name": "+",
    "to": settings.AUTH_USER_MODEL,
}


def keep_adopted(apps, schema_editor):
    """What is there was adopted, when it was written."""
    sets = apps.get_model("comparison", "ParameterSet").objects
    sets.update(state="adopted", decided_at=F("created_at"))


class Migration(migrations.Migration):
    dependencies = [
        ("comparison", "0008_photo_tokens"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RenameField("parameterset", "adopted_by", "decided_by"),
        migrations.AlterField(
            "parameterset",
            "decided_by",
            models.ForeignKey(verbose_name="decided by", **PERSON),
        ),
        migrations.AlterField(
            "parameterset", "reason", models.TextField(verbose_name="why it is better")
        ),
        migrations.AddField(
            "parameterset",
            "proposed_by",
            models.ForeignKey(verbose_name="proposed by", **PERSON),
        ),
        migrations.AddField(
            "parameterset",
            "based_on",
            models.CharField(blank=True, max_length=40, verbose_name="in place of", default=""),
            preserve_default=False,
        ),
        migrations.AddField(
            "parameterset",
            "state",
            models.CharField(
                choices=[
                    ("proposed", "waiting for a second person"),
                    ("adopted", "adopted"),
                    ("refused", "refused"),
                    ("withdrawn", "withdrawn"),
                ],
                default="proposed",
                max_length=20,
                verbose_name="state",
            ),
        ),
        migrations.AddField(
            "parameterset",
            "decided_at",
            models.DateTimeField(null=True, blank=True, verbose_name="decided"),
        ),
        migrations.AddField(
            "parameterset",
            "decision_reason",
            models.TextField(blank=True, default="", verbose_name="reason of the decision"),
            preserve_default=False,
        ),
        migrations.RunPython(keep_adopted, migrations.RunPython.noop),
        migrations.AddConstraint(
            "parameterset",
            models.CheckConstraint(
                condition=~Q(state__in=["adopted", "refused"])
                | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="parameters_decided_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            "parameterset",
            models.CheckConstraint(
                condition=~Q(state="adopted") | ~Q(decided_by=F("proposed_by")),
                name="parameters_take_two_people",
            ),
        ),
    ]
