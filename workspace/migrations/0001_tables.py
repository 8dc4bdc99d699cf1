import core.create_tables
import core.identity
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('workspace', '0001_exercise_run'), ('workspace', '0002_jobs_keep_count')]

    initial = True

    dependencies = [
    ]

    operations = [
        core.create_tables.CreateTables(
            models=[migrations.CreateModel(
                name='ExerciseRun',
                fields=[
                    ('id', models.UUIDField(default=core.identity.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='entered')),
                    ('state', models.CharField(choices=[('waiting', 'waiting'), ('loading', 'being loaded'), ('ready', 'ready'), ('failed', 'failed')], default='waiting', editable=False, max_length=20, verbose_name='state')),
                    ('step', models.CharField(blank=True, editable=False, max_length=200, verbose_name='step')),
                    ('done', models.PositiveIntegerField(default=0, editable=False)),
                    ('total', models.PositiveIntegerField(default=0, editable=False)),
                    ('error', models.CharField(blank=True, editable=False, max_length=300, verbose_name='what went wrong')),
                    ('cast', models.JSONField(default=list, editable=False, verbose_name='cast')),
                    ('finished_at', models.DateTimeField(editable=False, null=True, verbose_name='finished')),
                    ('requested_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='asked for by')),
                ],
                options={
                    'verbose_name': 'loading of the exercise',
                    'verbose_name_plural': 'loadings of the exercise',
                    'ordering': ['-id'],
                },
            )],
        ),
    ]
