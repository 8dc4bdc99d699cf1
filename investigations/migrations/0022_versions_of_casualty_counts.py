import django.utils.timezone
from django.db import migrations, models
from django.db.models import F

from core.scope import system_scope


def unchanged_so_far(apps, schema_editor):
    """Of counts of earlier days it is not known when they were corrected: they count as entered."""
    CasualtyCount = apps.get_model('investigations', 'CasualtyCount')
    with system_scope('a column that is new is filled for every row'):
        CasualtyCount.objects.update(updated_at=F('created_at'))


class Migration(migrations.Migration):

    dependencies = [
        ('investigations', '0021_recall_notices'),
    ]

    operations = [
        migrations.AddField(
            model_name='casualtycount',
            name='updated_at',
            field=models.DateTimeField(auto_now=True, default=django.utils.timezone.now, verbose_name='changed'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='casualtycount',
            name='version',
            field=models.PositiveIntegerField(default=1, editable=False, verbose_name='version'),
        ),
        migrations.RunPython(unchanged_so_far, migrations.RunPython.noop),
    ]
