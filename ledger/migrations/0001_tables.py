import core.create_tables
import core.identity
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


REFUSE = """
CREATE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the ledger is append-only: % refused', TG_OP;
END $$;
CREATE TRIGGER ledger_entry_append_only BEFORE UPDATE OR DELETE ON ledger_entry
    FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_entry_no_truncate BEFORE TRUNCATE ON ledger_entry
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_checkpoint_append_only BEFORE UPDATE OR DELETE ON ledger_checkpoint
    FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_formerstate_append_only BEFORE UPDATE OR DELETE ON ledger_formerstate
    FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_formerstate_no_truncate BEFORE TRUNCATE ON ledger_formerstate
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
"""
ALLOW = """
DROP TRIGGER ledger_formerstate_no_truncate ON ledger_formerstate;
DROP TRIGGER ledger_formerstate_append_only ON ledger_formerstate;
DROP TRIGGER ledger_checkpoint_append_only ON ledger_checkpoint;
DROP TRIGGER ledger_entry_append_only ON ledger_entry;
DROP TRIGGER ledger_entry_no_truncate ON ledger_entry;
DROP FUNCTION ledger_refuse();
"""
"""The database itself refuses to change or remove what was written, signed or said before."""


class Migration(migrations.Migration):

    replaces = [('ledger', '0001_initial'), ('ledger', '0002_append_only'), ('ledger', '0003_checkpoints'), ('ledger', '0004_checkpoints_stay'), ('ledger', '0005_head_keeps_two_seals'), ('ledger', '0006_former_states')]

    initial = True

    dependencies = [
    ]

    operations = [
        core.create_tables.CreateTables(
            models=[migrations.CreateModel(
                name='Alarm',
                fields=[
                    ('id', models.UUIDField(default=core.identity.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('log', models.UUIDField(verbose_name='chain')),
                    ('reason', models.CharField(choices=[('cut', 'the chain is shorter than what was signed already'), ('forked', 'the chain does not begin with what was signed already'), ('rolled-back', 'signed checkpoints are gone, as after an old backup'), ('broken', 'a line is missing or is not sealed to the one before')], max_length=20, verbose_name='reason')),
                    ('signed_size', models.PositiveBigIntegerField(verbose_name='lines signed already')),
                    ('found_size', models.PositiveBigIntegerField(verbose_name='lines found')),
                    ('since', models.DateTimeField(auto_now_add=True, verbose_name='since')),
                    ('last_at', models.DateTimeField(verbose_name='last found')),
                    ('over_at', models.DateTimeField(null=True, verbose_name='over')),
                ],
                options={
                    'verbose_name': 'alarm of the signer',
                    'verbose_name_plural': 'alarms of the signer',
                    'ordering': ['-last_at'],
                },
            ), migrations.CreateModel(
                name='Head',
                fields=[
                    ('log', models.UUIDField(primary_key=True, serialize=False)),
                    ('position', models.PositiveBigIntegerField(default=0)),
                    ('seal', models.CharField(default='0000000000000000000000000000000000000000000000000000000000000000', max_length=64)),
                    ('previous_seal', models.CharField(default='0000000000000000000000000000000000000000000000000000000000000000', max_length=64)),
                ],
                options={
                    'verbose_name': 'chain head',
                    'verbose_name_plural': 'chain heads',
                },
            ), migrations.CreateModel(
                name='SignerKey',
                fields=[
                    ('line', models.CharField(max_length=300, primary_key=True, serialize=False, verbose_name='public key')),
                    ('since', models.DateTimeField(auto_now_add=True, verbose_name='since')),
                    ('seen_at', models.DateTimeField(verbose_name='the signer last worked')),
                ],
                options={
                    'verbose_name': "signer's key",
                    'verbose_name_plural': "signer's keys",
                    'ordering': ['-since'],
                },
            ), migrations.CreateModel(
                name='Checkpoint',
                fields=[
                    ('id', models.UUIDField(default=core.identity.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('log', models.UUIDField(verbose_name='chain')),
                    ('size', models.PositiveBigIntegerField(verbose_name='lines')),
                    ('root', models.CharField(max_length=64, verbose_name='root')),
                    ('note', models.TextField(verbose_name='signed note')),
                    ('at', models.DateTimeField(auto_now_add=True, verbose_name='signed')),
                    ('register_index', models.PositiveBigIntegerField(null=True, verbose_name='place in the register')),
                ],
                options={
                    'verbose_name': 'checkpoint',
                    'verbose_name_plural': 'checkpoints',
                    'ordering': ['log', '-size'],
                    'constraints': [models.UniqueConstraint(fields=('log', 'size'), name='ledger_one_checkpoint_a_size'), models.UniqueConstraint(fields=('register_index',), name='ledger_one_register_place')],
                },
            ), migrations.CreateModel(
                name='Entry',
                fields=[
                    ('id', models.UUIDField(default=core.identity.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('log', models.UUIDField(verbose_name='chain')),
                    ('position', models.PositiveBigIntegerField(verbose_name='position')),
                    ('at', models.DateTimeField(verbose_name='time')),
                    ('act', models.CharField(max_length=60, verbose_name='act')),
                    ('subject_kind', models.CharField(max_length=60, verbose_name='kind')),
                    ('subject_id', models.UUIDField(verbose_name='subject')),
                    ('body', models.TextField(verbose_name='sealed text')),
                    ('previous_seal', models.CharField(max_length=64, verbose_name='previous seal')),
                    ('seal', models.CharField(max_length=64, verbose_name='seal')),
                    ('actor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL, verbose_name='actor')),
                ],
                options={
                    'verbose_name': 'ledger entry',
                    'verbose_name_plural': 'ledger entries',
                    'ordering': ['log', 'position'],
                    'indexes': [models.Index(fields=['subject_kind', 'subject_id'], name='ledger_entr_subject_f3aafa_idx'), models.Index(fields=['log', '-position'], name='ledger_entr_log_9b11e2_idx')],
                    'constraints': [models.UniqueConstraint(fields=('log', 'position'), name='ledger_one_line_a_position')],
                },
            ), migrations.CreateModel(
                name='FormerState',
                fields=[
                    ('id', models.UUIDField(default=core.identity.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('subject_kind', models.CharField(max_length=60, verbose_name='kind')),
                    ('subject_id', models.UUIDField(verbose_name='subject')),
                    ('said', models.JSONField(verbose_name='said before')),
                    ('changed', models.JSONField(verbose_name='said since')),
                    ('entry', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.entry', verbose_name='deed')),
                ],
                options={
                    'verbose_name': 'former state',
                    'verbose_name_plural': 'former states',
                    'ordering': ['-id'],
                    'indexes': [models.Index(fields=['subject_id', 'id'], name='former_states_of_a_record')],
                },
            ), migrations.CreateModel(
                name='Tile',
                fields=[
                    ('id', models.UUIDField(default=core.identity.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('log', models.UUIDField(verbose_name='chain')),
                    ('level', models.PositiveSmallIntegerField(verbose_name='level')),
                    ('index', models.PositiveBigIntegerField(verbose_name='number')),
                    ('hashes', models.BinaryField(verbose_name='hashes')),
                ],
                options={
                    'verbose_name': 'tile',
                    'verbose_name_plural': 'tiles',
                    'constraints': [models.UniqueConstraint(fields=('log', 'level', 'index'), name='ledger_one_tile_a_place')],
                },
            ), migrations.CreateModel(
                name='TimeStamp',
                fields=[
                    ('id', models.UUIDField(default=core.identity.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('authority', models.CharField(max_length=500, verbose_name='authority')),
                    ('state', models.CharField(choices=[('queued', 'waiting for the authority'), ('stamped', 'stamped'), ('failed', 'refused by the authority'), ('overtaken', 'a later one covers it')], default='queued', max_length=20, verbose_name='state')),
                    ('token', models.BinaryField(null=True, verbose_name='token')),
                    ('stamped_at', models.DateTimeField(null=True, verbose_name='time of the authority')),
                    ('tries', models.PositiveIntegerField(default=0, verbose_name='attempts')),
                    ('next_try_at', models.DateTimeField(auto_now_add=True, verbose_name='next attempt')),
                    ('problem', models.CharField(blank=True, max_length=300, verbose_name='problem')),
                    ('checkpoint', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stamps', to='ledger.checkpoint')),
                ],
                options={
                    'verbose_name': 'time-stamp',
                    'verbose_name_plural': 'time-stamps',
                    'ordering': ['-checkpoint__size'],
                    'constraints': [models.UniqueConstraint(fields=('checkpoint', 'authority'), name='ledger_one_stamp_an_authority')],
                },
            )],
        ),
        migrations.RunSQL(REFUSE, ALLOW),
    ]
