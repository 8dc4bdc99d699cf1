import core.create_tables
import core.identity
import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('reports', '0001_reports'), ('reports', '0002_labels'), ('reports', '0003_jobs_keep_count'), ('reports', '0004_evidence_bundles'), ('reports', '0005_bundles_for_an_agency'), ('reports', '0006_stored_bytes')]

    initial = True

    dependencies = [
        ('accounts', '0001_tables'),
        ('investigations', '0001_tables'),
    ]

    operations = [
        core.create_tables.CreateTables(
            models=[migrations.CreateModel(
                name='Bundle',
                fields=[
                    ('id', models.UUIDField(default=core.identity.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='entered')),
                    ('fixity', models.CharField(choices=[('unread', 'not read again yet'), ('whole', 'as received'), ('altered', 'altered'), ('missing', 'missing or unreadable')], default='unread', editable=False, max_length=20, verbose_name='fixity')),
                    ('fixity_at', models.DateTimeField(editable=False, null=True, verbose_name='last read again')),
                    ('fixity_by', models.CharField(blank=True, editable=False, max_length=60, verbose_name='read again by')),
                    ('exhibits', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), blank=True, default=list, editable=False, size=None, verbose_name='exhibits')),
                    ('up_to', models.CharField(choices=[('clear', 'TLP:CLEAR'), ('green', 'TLP:GREEN'), ('amber', 'TLP:AMBER'), ('amber+strict', 'TLP:AMBER+STRICT'), ('red', 'TLP:RED')], default='amber', max_length=20, verbose_name='marked at most')),
                    ('language', models.CharField(choices=[('en', 'English'), ('ar', 'العربية')], editable=False, max_length=5, verbose_name='language')),
                    ('clearance', models.PositiveSmallIntegerField(choices=[(0, 'unclassified'), (1, 'restricted'), (2, 'confidential'), (3, 'secret'), (4, 'top secret')], default=0, editable=False, verbose_name='clearance')),
                    ('request_position', models.PositiveBigIntegerField(default=0, editable=False)),
                    ('state', models.CharField(choices=[('waiting', 'waiting'), ('packing', 'being made'), ('ready', 'ready'), ('failed', 'failed')], default='waiting', editable=False, max_length=20, verbose_name='state')),
                    ('step', models.CharField(choices=[('queued', 'Waiting for a worker'), ('sealing', 'Waiting for the seal of the ledger'), ('certifying', 'Writing the certificates'), ('packing', 'Packing the files'), ('proving', 'Writing the proofs'), ('storing', 'Storing the file'), ('done', 'Done')], default='queued', editable=False, max_length=20)),
                    ('done', models.PositiveIntegerField(default=0, editable=False)),
                    ('total', models.PositiveIntegerField(default=0, editable=False)),
                    ('failure', models.CharField(blank=True, editable=False, max_length=300, verbose_name='what went wrong')),
                    ('marking', models.CharField(blank=True, choices=[('clear', 'TLP:CLEAR'), ('green', 'TLP:GREEN'), ('amber', 'TLP:AMBER'), ('amber+strict', 'TLP:AMBER+STRICT'), ('red', 'TLP:RED')], editable=False, max_length=20, verbose_name='marking')),
                    ('sha256', models.CharField(blank=True, editable=False, max_length=64, verbose_name='SHA-256')),
                    ('size', models.PositiveBigIntegerField(default=0, editable=False, verbose_name='size (bytes)')),
                    ('files', models.PositiveIntegerField(default=0, editable=False, verbose_name='files')),
                    ('lines', models.PositiveBigIntegerField(default=0, editable=False, verbose_name='ledger lines')),
                    ('withheld', models.PositiveIntegerField(default=0, editable=False, verbose_name='withheld')),
                    ('ledger_position', models.PositiveBigIntegerField(default=0, editable=False, verbose_name='ledger position')),
                    ('anchored_at', models.DateTimeField(editable=False, null=True, verbose_name='time-stamped')),
                    ('finished_at', models.DateTimeField(editable=False, null=True, verbose_name='finished')),
                    ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)s_rows', to='investigations.case', verbose_name='case')),
                    ('for_agency', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.agency', verbose_name='for the agency')),
                    ('label', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='investigations.label', verbose_name='label')),
                    ('requested_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='asked for by')),
                ],
                options={
                    'verbose_name': 'evidence bundle',
                    'verbose_name_plural': 'evidence bundles',
                    'ordering': ['-id'],
                    'indexes': [models.Index(fields=['case', '-id'], name='reports_bun_case_id_ee2216_idx')],
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('state', 'ready'), _negated=True), models.Q(models.Q(('sha256', ''), _negated=True), ('finished_at__isnull', False)), _connector='OR'), name='bundle_ready_has_its_file')],
                },
            ), migrations.CreateModel(
                name='Report',
                fields=[
                    ('id', models.UUIDField(default=core.identity.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='entered')),
                    ('template', models.CharField(choices=[('case', 'case report')], default='case', editable=False, max_length=20, verbose_name='kind')),
                    ('language', models.CharField(choices=[('en', 'English'), ('ar', 'العربية')], editable=False, max_length=5, verbose_name='language')),
                    ('state', models.CharField(choices=[('waiting', 'waiting'), ('typesetting', 'being made'), ('ready', 'ready'), ('failed', 'failed')], default='waiting', editable=False, max_length=20, verbose_name='state')),
                    ('step', models.CharField(choices=[('queued', 'Waiting for a worker'), ('reading', 'Reading the case'), ('pictures', 'Fetching the photographs'), ('setting', 'Setting the pages'), ('storing', 'Storing the file'), ('done', 'Done')], default='queued', editable=False, max_length=20)),
                    ('done', models.PositiveIntegerField(default=0, editable=False)),
                    ('total', models.PositiveIntegerField(default=0, editable=False)),
                    ('failure', models.CharField(blank=True, editable=False, max_length=300, verbose_name='what went wrong')),
                    ('marking', models.CharField(blank=True, choices=[('clear', 'TLP:CLEAR'), ('green', 'TLP:GREEN'), ('amber', 'TLP:AMBER'), ('amber+strict', 'TLP:AMBER+STRICT'), ('red', 'TLP:RED')], editable=False, max_length=20, verbose_name='marking')),
                    ('holds_finding', models.BooleanField(default=False, editable=False, verbose_name='holds a finding')),
                    ('sha256', models.CharField(blank=True, editable=False, max_length=64, verbose_name='SHA-256')),
                    ('size', models.PositiveBigIntegerField(default=0, editable=False, verbose_name='size (bytes)')),
                    ('content_sha256', models.CharField(blank=True, editable=False, max_length=64, verbose_name='SHA-256 of the content')),
                    ('ledger_position', models.PositiveBigIntegerField(editable=False, null=True, verbose_name='ledger position')),
                    ('ledger_seal', models.CharField(blank=True, editable=False, max_length=64, verbose_name='ledger seal')),
                    ('finished_at', models.DateTimeField(editable=False, null=True, verbose_name='finished')),
                    ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)s_rows', to='investigations.case', verbose_name='case')),
                    ('label', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='investigations.label', verbose_name='label')),
                    ('other_cases', models.ManyToManyField(editable=False, related_name='+', to='investigations.case', verbose_name='other cases shown')),
                    ('requested_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='asked for by')),
                ],
                options={
                    'verbose_name': 'report',
                    'verbose_name_plural': 'reports',
                    'ordering': ['-id'],
                    'indexes': [models.Index(fields=['case', '-id'], name='reports_rep_case_id_ad08b5_idx'), models.Index(condition=models.Q(('state__in', ['waiting', 'typesetting'])), fields=['id'], name='reports_unfinished')],
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('state', 'ready'), _negated=True), models.Q(models.Q(('sha256', ''), _negated=True), models.Q(('content_sha256', ''), _negated=True), ('finished_at__isnull', False)), _connector='OR'), name='report_ready_has_its_file')],
                },
            )],
        ),
    ]
