import django.utils.timezone
from django.db import migrations, models
from django.db.models import F

from core.scope import system_scope

AMENDED = ('casualtycount', 'sourcereport')


def unchanged_so_far(apps, schema_editor):
    """Of rows of earlier days it is not known when they were corrected: they count as entered."""
    with system_scope('a column that is new is filled for every row'):
        for name in AMENDED:
            apps.get_model('investigations', name).objects.update(updated_at=F('created_at'))


class Migration(migrations.Migration):

    dependencies = [
        ('investigations', '0001_tables'),
    ]

    operations = [
        *(
            migrations.AddField(
                model_name=name,
                name='updated_at',
                field=models.DateTimeField(auto_now=True, default=django.utils.timezone.now, verbose_name='changed'),
                preserve_default=False,
            )
            for name in AMENDED
        ),
        *(
            migrations.AddField(
                model_name=name,
                name='version',
                field=models.PositiveIntegerField(default=1, editable=False, verbose_name='version'),
            )
            for name in AMENDED
        ),
        migrations.RunPython(unchanged_so_far, migrations.RunPython.noop),
    ]
