import core.create_tables
import core.identity
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('core', '0001_job'), ('core', '0002_once')]

    initial = True

    dependencies = [
    ]

    operations = [
        core.create_tables.CreateTables(
            models=[migrations.CreateModel(
                name='Job',
                fields=[
                    ('id', models.UUIDField(default=core.identity.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='entered')),
                    ('task', models.CharField(editable=False, max_length=100, verbose_name='task')),
                    ('row', models.UUIDField(editable=False, verbose_name='row')),
                    ('state', models.CharField(choices=[('waiting', 'waiting'), ('running', 'running'), ('done', 'done'), ('failed', 'failed')], default='waiting', editable=False, max_length=10, verbose_name='state')),
                    ('again', models.BooleanField(default=False, editable=False, verbose_name='asked for again meanwhile')),
                    ('attempt', models.PositiveIntegerField(default=0, editable=False, verbose_name='attempt')),
                    ('failures', models.PositiveIntegerField(default=0, editable=False, verbose_name='failures')),
                    ('run_after', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='not before')),
                    ('ring_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='rung again')),
                    ('lease_until', models.DateTimeField(editable=False, null=True, verbose_name='lease ends')),
                    ('last_error', models.CharField(blank=True, editable=False, max_length=100, verbose_name='last error')),
                    ('reason', models.CharField(blank=True, editable=False, max_length=300, verbose_name='reason')),
                    ('finished_at', models.DateTimeField(editable=False, null=True, verbose_name='finished')),
                ],
                options={
                    'verbose_name': 'job',
                    'verbose_name_plural': 'jobs',
                    'ordering': ['-id'],
                    'indexes': [models.Index(condition=models.Q(('state__in', ['waiting', 'running'])), fields=['ring_at'], name='jobs_unfinished'), models.Index(condition=models.Q(('state', 'done')), fields=['finished_at'], name='jobs_done')],
                    'constraints': [models.UniqueConstraint(fields=('row', 'task'), name='job_once_for_task_and_row'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'running'), _negated=True), ('lease_until__isnull', False), _connector='OR'), name='job_running_has_a_lease'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['done', 'failed']), _negated=True), ('finished_at__isnull', False), _connector='OR'), name='job_ended_has_its_time')],
                },
            ), migrations.CreateModel(
                name='Once',
                fields=[
                    ('id', models.UUIDField(default=core.identity.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='entered')),
                    ('key', models.CharField(editable=False, max_length=255)),
                    ('body', models.CharField(editable=False, max_length=64)),
                    ('status', models.PositiveSmallIntegerField(default=0, editable=False)),
                    ('location', models.TextField(editable=False)),
                    ('subject', models.UUIDField(editable=False, null=True)),
                    ('plain', models.JSONField(editable=False, null=True)),
                    ('user', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': 'request with a key',
                    'verbose_name_plural': 'requests with a key',
                    'ordering': ['-id'],
                    'indexes': [models.Index(fields=['created_at'], name='core_once_created_9cba7b_idx')],
                    'constraints': [models.UniqueConstraint(fields=('user', 'key'), name='key_once_for_each_person')],
                },
            )],
        ),
    ]
