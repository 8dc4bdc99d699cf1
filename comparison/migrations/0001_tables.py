import comparison.models.photo_token
import core.create_tables
import core.identity
import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('comparison', '0001_initial'), ('comparison', '0002_labels'), ('comparison', '0003_lots_of_readings'), ('comparison', '0004_withdrawals_and_other_sources'), ('comparison', '0005_keys_and_counts'), ('comparison', '0006_hits_and_disclosures'), ('comparison', '0007_rescoring'), ('comparison', '0008_photo_tokens'), ('comparison', '0009_parameters_by_two')]

    initial = True

    dependencies = [
        ('accounts', '0001_tables'),
        ('evidence', '0001_tables'),
        ('investigations', '0001_tables'),
    ]

    operations = [
        core.create_tables.CreateTables(
            models=[migrations.CreateModel(
                name='Rescoring',
                fields=[
                    ('id', models.UUIDField(default=core.identity.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='entered')),
                    ('parameters_version', models.CharField(max_length=40, unique=True, verbose_name='parameters')),
                    ('total', models.PositiveIntegerField(verbose_name='comparisons')),
                    ('seen', models.PositiveIntegerField(default=0, verbose_name='scored anew')),
                    ('changed', models.PositiveIntegerField(default=0, verbose_name='changed')),
                    ('last', models.UUIDField(editable=False, null=True)),
                    ('finished_at', models.DateTimeField(null=True, verbose_name='finished')),
                ],
                options={
                    'verbose_name': 'rescoring',
                    'verbose_name_plural': 'rescorings',
                    'ordering': ['-id'],
                },
            ), migrations.CreateModel(
                name='Spelling',
                fields=[
                    ('pk', models.CompositePrimaryKey('form', 'held', blank=True, editable=False, primary_key=True, serialize=False)),
                    ('form', models.BigIntegerField()),
                    ('held', models.BigIntegerField()),
                ],
            ), migrations.CreateModel(
                name='Link',
                fields=[
                    ('id', models.UUIDField(default=core.identity.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='entered')),
                    ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                    ('updated_at', models.DateTimeField(auto_now=True, verbose_name='changed')),
                    ('state', models.CharField(choices=[('proposed', 'proposed'), ('confirmed', 'confirmed'), ('rejected', 'rejected'), ('disputed', 'disputed'), ('superseded', 'superseded')], default='proposed', max_length=20, verbose_name='state')),
                    ('outcome', models.CharField(choices=[('assessed', 'assessed'), ('withheld', 'withheld'), ('insufficient', 'insufficient reference data'), ('not-comparable', 'nothing to compare')], max_length=20, verbose_name='outcome')),
                    ('ratio', models.FloatField(null=True, verbose_name='likelihood ratio')),
                    ('log10_ratio', models.FloatField(null=True, verbose_name='log10 of the likelihood ratio')),
                    ('band', models.CharField(choices=[('no-support', 'no support either way'), ('weak', 'weak support'), ('moderate', 'moderate support'), ('moderately-strong', 'moderately strong support'), ('strong', 'strong support'), ('very-strong', 'very strong support'), ('extremely-strong', 'extremely strong support'), ('insufficient-reference-data', 'insufficient reference data'), ('withheld', 'withheld'), ('nothing-comparable', 'nothing to compare')], max_length=40, verbose_name='strength')),
                    ('rank', models.FloatField(default=0, editable=False)),
                    ('alert', models.CharField(blank=True, choices=[('identical-serial', 'One serial number in two places'), ('same-photograph', 'One photograph under two exhibits'), ('serial-may-be-identical', 'The two serial numbers may be one'), ('reading-uncertain', 'A marking may have been misread'), ('counterfeit-suspected', 'A counterfeit is suspected')], max_length=40, verbose_name='alarm')),
                    ('alert_cause', models.CharField(blank=True, choices=[('recorded-twice', 'one object, recorded twice'), ('cloned-label', 'a cloned label'), ('counterfeit', 'a counterfeit'), ('misread', 'a misreading'), ('maker-repeats', 'the maker repeats its numbers')], max_length=20, verbose_name='what the alarm was')),
                    ('alert_reason', models.TextField(blank=True, verbose_name='how that is known')),
                    ('cross_theatre', models.BooleanField(default=False, verbose_name='across theatres')),
                    ('explanation', models.JSONField(verbose_name='explanation')),
                    ('parameters_version', models.CharField(max_length=40, verbose_name='parameters')),
                    ('fingerprint', models.CharField(editable=False, max_length=64)),
                    ('proposed_at', models.DateTimeField(verbose_name='proposed')),
                    ('examiners', models.PositiveSmallIntegerField(default=0, help_text='Who judged the facts as they stand.', verbose_name='examiners')),
                    ('alert_resolved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)s_rows', to='investigations.case', verbose_name='case')),
                    ('label', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='investigations.label', verbose_name='label')),
                    ('left', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='links_as_left', to='evidence.component')),
                    ('other_case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='investigations.case', verbose_name='case of the other component')),
                    ('right', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='links_as_right', to='evidence.component')),
                ],
                options={
                    'verbose_name': 'comparison',
                    'verbose_name_plural': 'comparisons',
                    'ordering': ['-rank', '-id'],
                    'indexes': [models.Index(fields=['state', '-rank', '-id'], name='link_queue'), models.Index(fields=['case', '-rank', '-id'], name='link_of_case'), models.Index(fields=['other_case', '-rank', '-id'], name='link_of_other_case')],
                    'constraints': [models.UniqueConstraint(fields=('left', 'right'), name='link_once_per_pair'), models.CheckConstraint(condition=models.Q(('left__lt', models.F('right'))), name='link_left_is_older'), models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'assessed'), ('ratio__isnull', False)), models.Q(models.Q(('outcome', 'assessed'), _negated=True), ('ratio__isnull', True)), _connector='OR'), name='link_figure_only_when_assessed')],
                },
            ), migrations.CreateModel(
                name='Judgement',
                fields=[
                    ('id', models.UUIDField(default=core.identity.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='entered')),
                    ('conclusion', models.CharField(choices=[('identical-item', 'identical item'), ('same-production-run', 'same model and same production run'), ('same-make-and-model', 'same make and model'), ('same-make-different-model', 'same make, different model'), ('consistent-with', 'consistent with'), ('similar', 'similar'), ('inconclusive-some-agreement', 'inconclusive, some agreement'), ('inconclusive', 'inconclusive'), ('inconclusive-some-disagreement', 'inconclusive, some disagreement'), ('excluded', 'excluded'), ('unsuitable', 'unsuitable for comparison')], max_length=40, verbose_name='conclusion')),
                    ('confidence', models.CharField(choices=[('low', 'low'), ('moderate', 'moderate'), ('high', 'high')], max_length=20, verbose_name='confidence')),
                    ('reason', models.TextField(verbose_name='reason')),
                    ('alternatives', models.TextField(blank=True, verbose_name='other possible sources')),
                    ('is_informed', models.BooleanField(default=False, verbose_name='given knowing the others’')),
                    ('explained', models.JSONField(blank=True, default=dict, verbose_name='explained differences')),
                    ('explanation', models.JSONField(verbose_name='as it was shown')),
                    ('fingerprint', models.CharField(max_length=64)),
                    ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)s_rows', to='investigations.case', verbose_name='case')),
                    ('examiner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='examiner')),
                    ('label', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='investigations.label', verbose_name='label')),
                    ('link', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='judgements', to='comparison.link')),
                ],
                options={
                    'verbose_name': 'judgement',
                    'verbose_name_plural': 'judgements',
                    'ordering': ['created_at'],
                    'indexes': [models.Index(fields=['link', 'examiner'], name='comparison__link_id_905f5a_idx')],
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('conclusion', 'consistent-with'), _negated=True), models.Q(('alternatives', ''), _negated=True), _connector='OR'), name='judgement_names_other_sources')],
                },
            ), migrations.CreateModel(
                name='Hit',
                fields=[
                    ('id', models.UUIDField(default=core.identity.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='entered')),
                    ('band', models.CharField(choices=[('no-support', 'no support either way'), ('weak', 'weak support'), ('moderate', 'moderate support'), ('moderately-strong', 'moderately strong support'), ('strong', 'strong support'), ('very-strong', 'very strong support'), ('extremely-strong', 'extremely strong support'), ('insufficient-reference-data', 'insufficient reference data'), ('withheld', 'withheld'), ('nothing-comparable', 'nothing to compare')], max_length=40, verbose_name='strength')),
                    ('rank', models.FloatField(default=0, editable=False)),
                    ('told_on', models.DateField(verbose_name='told')),
                    ('agency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.agency', verbose_name='agency')),
                    ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)s_rows', to='investigations.case', verbose_name='case')),
                    ('component', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evidence.component', verbose_name='component')),
                    ('label', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='investigations.label', verbose_name='label')),
                    ('other_case', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='investigations.case')),
                    ('theirs', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evidence.component')),
                    ('link', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='comparison.link')),
                ],
                options={
                    'verbose_name': 'hit with another agency',
                    'verbose_name_plural': 'hits with other agencies',
                    'ordering': ['-rank', '-id'],
                    'abstract': False,
                    'indexes': [models.Index(fields=['case', '-rank', '-id'], name='hit_of_case')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('case', models.F('other_case')), _negated=True), name='hit_is_across_cases'), models.UniqueConstraint(fields=('component', 'agency'), name='hit_once_per_agency', nulls_distinct=False)],
                },
            ), migrations.CreateModel(
                name='Disclosure',
                fields=[
                    ('id', models.UUIDField(default=core.identity.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='entered')),
                    ('band', models.CharField(choices=[('no-support', 'no support either way'), ('weak', 'weak support'), ('moderate', 'moderate support'), ('moderately-strong', 'moderately strong support'), ('strong', 'strong support'), ('very-strong', 'very strong support'), ('extremely-strong', 'extremely strong support'), ('insufficient-reference-data', 'insufficient reference data'), ('withheld', 'withheld'), ('nothing-comparable', 'nothing to compare')], max_length=40, verbose_name='strength')),
                    ('fingerprint', models.CharField(editable=False, max_length=64)),
                    ('reason', models.TextField(verbose_name='reason')),
                    ('state', models.CharField(choices=[('waiting', 'waiting for the other lead'), ('accepted', 'shared'), ('refused', 'refused')], default='waiting', max_length=20, verbose_name='state')),
                    ('lapses_at', models.DateTimeField(verbose_name='lapses')),
                    ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='decided')),
                    ('decision_reason', models.TextField(blank=True, verbose_name='reason of the decision')),
                    ('shared', models.JSONField(editable=False, null=True, verbose_name='what was shared')),
                    ('sha256', models.CharField(blank=True, editable=False, max_length=64, verbose_name='SHA-256')),
                    ('seen_at', models.DateTimeField(blank=True, null=True, verbose_name='seen')),
                    ('agency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.agency', verbose_name='agency')),
                    ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='asked by')),
                    ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)s_rows', to='investigations.case', verbose_name='case')),
                    ('component', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evidence.component', verbose_name='component')),
                    ('label', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='investigations.label', verbose_name='label')),
                    ('other_case', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='investigations.case')),
                    ('request', models.OneToOneField(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='disclosure', to='investigations.request')),
                    ('theirs', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evidence.component')),
                    ('link', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='comparison.link')),
                ],
                options={
                    'verbose_name': 'disclosure',
                    'verbose_name_plural': 'disclosures',
                    'ordering': ['-id'],
                    'abstract': False,
                    'indexes': [models.Index(fields=['case', '-id'], name='disclosure_of_case')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('case', models.F('other_case')), _negated=True), name='disclosure_is_across_cases'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='disclosure_has_a_reason'), models.CheckConstraint(condition=models.Q(models.Q(('shared__isnull', False), ('state', 'accepted')), models.Q(models.Q(('state', 'accepted'), _negated=True), ('shared__isnull', True)), _connector='OR'), name='disclosure_shares_once_accepted')],
                },
            ), migrations.CreateModel(
                name='ParameterSet',
                fields=[
                    ('id', models.UUIDField(default=core.identity.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='entered')),
                    ('name', models.CharField(max_length=40, unique=True, verbose_name='version')),
                    ('values', models.JSONField(verbose_name='values')),
                    ('reason', models.TextField(verbose_name='why it is better')),
                    ('based_on', models.CharField(blank=True, max_length=40, verbose_name='in place of')),
                    ('state', models.CharField(choices=[('proposed', 'waiting for a second person'), ('adopted', 'adopted'), ('refused', 'refused'), ('withdrawn', 'withdrawn')], default='proposed', max_length=20, verbose_name='state')),
                    ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='decided')),
                    ('decision_reason', models.TextField(blank=True, verbose_name='reason of the decision')),
                    ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='decided by')),
                    ('proposed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='proposed by')),
                ],
                options={
                    'verbose_name': 'parameter set',
                    'verbose_name_plural': 'parameter sets',
                    'ordering': ['-id'],
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['adopted', 'refused']), _negated=True), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='parameters_decided_by_somebody'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'adopted'), _negated=True), models.Q(('decided_by', models.F('proposed_by')), _negated=True), _connector='OR'), name='parameters_take_two_people')],
                },
            ), migrations.CreateModel(
                name='PhotoToken',
                fields=[
                    ('pk', models.CompositePrimaryKey('token', 'file', blank=True, editable=False, primary_key=True, serialize=False)),
                    ('token', models.IntegerField()),
                    ('code', comparison.models.photo_token.BitsField()),
                    ('file', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='evidence.file')),
                ],
            ), migrations.CreateModel(
                name='Question',
                fields=[
                    ('id', models.UUIDField(default=core.identity.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='entered')),
                    ('fingerprint', models.CharField(editable=False, max_length=64)),
                    ('is_own', models.BooleanField(default=True, verbose_name='put by the team')),
                    ('due_at', models.DateTimeField(verbose_name='due')),
                    ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='answered')),
                    ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)s_rows', to='investigations.case', verbose_name='case')),
                    ('component', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='evidence.component', verbose_name='component')),
                    ('label', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='investigations.label', verbose_name='label')),
                ],
                options={
                    'verbose_name': 'question to other agencies',
                    'verbose_name_plural': 'questions to other agencies',
                    'ordering': ['-id'],
                    'indexes': [models.Index(fields=['component', 'answered_at'], name='question_of_component'), models.Index(fields=['case', 'answered_at'], name='question_of_case'), models.Index(condition=models.Q(('answered_at__isnull', True)), fields=['due_at'], name='question_due')],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('answered_at__isnull', True)), fields=('component',), name='question_waits_once')],
                },
            ), migrations.CreateModel(
                name='Reading',
                fields=[
                    ('id', models.UUIDField(default=core.identity.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='entered')),
                    ('category', models.CharField(max_length=40)),
                    ('counter', models.CharField(blank=True, max_length=260)),
                    ('serial_number', models.BigIntegerField(null=True)),
                    ('lot', models.CharField(blank=True, default='', max_length=260)),
                    ('keys', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                    ('values', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None)),
                    ('facts', models.JSONField(default=dict)),
                    ('fingerprint', models.CharField(max_length=64)),
                    ('compared_at', models.DateTimeField(null=True)),
                    ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)s_rows', to='investigations.case', verbose_name='case')),
                    ('component', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='reading', to='evidence.component')),
                    ('incident', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='investigations.incident')),
                    ('label', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='investigations.label', verbose_name='label')),
                ],
                options={
                    'indexes': [models.Index(fields=['category', 'incident'], name='reading_category'), models.Index(condition=models.Q(('counter', ''), _negated=True), fields=['counter', 'serial_number'], name='reading_counter'), models.Index(condition=models.Q(('lot', ''), _negated=True), fields=['lot'], name='reading_lot')],
                },
            ), migrations.CreateModel(
                name='Key',
                fields=[
                    ('pk', models.CompositePrimaryKey('hash', 'incident', 'reading', blank=True, editable=False, primary_key=True, serialize=False)),
                    ('hash', models.BigIntegerField()),
                    ('incident', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='investigations.incident')),
                    ('reading', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='comparison.reading')),
                ],
            ), migrations.CreateModel(
                name='RecoveryCount',
                fields=[
                    ('id', models.UUIDField(default=core.identity.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='entered')),
                    ('key', models.BigIntegerField(unique=True)),
                    ('category', models.CharField(max_length=40, verbose_name='category')),
                    ('value', models.TextField(blank=True, verbose_name='value')),
                    ('recoveries', models.BigIntegerField(verbose_name='recoveries')),
                    ('alike_from', models.BigIntegerField(default=0)),
                    ('alike_to', models.BigIntegerField(default=0)),
                    ('has_moved', models.GeneratedField(db_persist=True, expression=models.ExpressionWrapper(models.Q(('recoveries__lt', models.F('alike_from')), ('recoveries__gt', models.F('alike_to')), _connector='OR'), output_field=models.BooleanField()), output_field=models.BooleanField())),
                ],
                options={
                    'verbose_name': 'recovery count',
                    'verbose_name_plural': 'recovery counts',
                    'indexes': [models.Index(condition=models.Q(('has_moved', True)), fields=['id'], name='recovery_count_moved')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('recoveries__gte', 0)), name='recovery_count_not_below_none')],
                },
            ), migrations.CreateModel(
                name='ReferenceSet',
                fields=[
                    ('id', models.UUIDField(default=core.identity.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='entered')),
                    ('name', models.CharField(max_length=120, verbose_name='name')),
                    ('source', models.CharField(max_length=500, verbose_name='source')),
                    ('as_of', models.DateField(verbose_name='as of')),
                    ('is_in_use', models.BooleanField(default=True, verbose_name='in use')),
                ],
                options={
                    'verbose_name': 'reference set',
                    'verbose_name_plural': 'reference sets',
                    'ordering': ['-as_of', 'name'],
                    'constraints': [models.UniqueConstraint(fields=('name', 'as_of'), name='reference_set_once')],
                },
            ), migrations.CreateModel(
                name='ReferenceCount',
                fields=[
                    ('id', models.UUIDField(default=core.identity.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='entered')),
                    ('category', models.CharField(max_length=40, verbose_name='category')),
                    ('feature', models.CharField(blank=True, max_length=40, verbose_name='feature')),
                    ('value', models.CharField(blank=True, max_length=260, verbose_name='value')),
                    ('recoveries', models.PositiveIntegerField(verbose_name='recoveries')),
                    ('reference_set', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='counts', to='comparison.referenceset')),
                ],
                options={
                    'verbose_name': 'reference count',
                    'verbose_name_plural': 'reference counts',
                    'ordering': ['category', 'feature', 'value'],
                    'constraints': [models.UniqueConstraint(fields=('reference_set', 'category', 'feature', 'value'), name='reference_counted_once')],
                },
            ), migrations.CreateModel(
                name='Withdrawal',
                fields=[
                    ('id', models.UUIDField(default=core.identity.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='entered')),
                    ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)s_rows', to='investigations.case', verbose_name='case')),
                    ('judgement', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='withdrawal', to='comparison.judgement', verbose_name='judgement')),
                    ('label', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='investigations.label', verbose_name='label')),
                    ('withdrawn_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='withdrawn by')),
                ],
                options={
                    'verbose_name': 'withdrawal',
                    'verbose_name_plural': 'withdrawals',
                    'ordering': ['id'],
                },
            )],
        ),
    ]
