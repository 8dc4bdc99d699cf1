import accounts.models
import core.create_tables
import core.identity
import django.contrib.auth.models
import django.contrib.auth.validators
import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('accounts', '0001_initial'), ('accounts', '0002_agency_second_factor'), ('accounts', '0003_clearance_and_keys'), ('accounts', '0004_sign_in')]

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        core.create_tables.CreateTables(
            models=[migrations.CreateModel(
                name='Agency',
                fields=[
                    ('id', models.UUIDField(default=core.identity.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='entered')),
                    ('name', models.CharField(max_length=200, unique=True, verbose_name='name')),
                    ('short_name', models.CharField(max_length=20, unique=True, verbose_name='short name')),
                    ('native_name', models.CharField(blank=True, max_length=200, verbose_name='name in its own script')),
                    ('country', models.CharField(blank=True, max_length=2, verbose_name='country (ISO 3166-1)')),
                    ('kind', models.CharField(choices=[('investigation', 'investigating body'), ('laboratory', 'laboratory'), ('prosecution', 'prosecution service'), ('partner', 'partner agency')], default='investigation', max_length=20, verbose_name='kind')),
                    ('requires_second_factor', models.BooleanField(default=False, help_text='Its people open nothing until they have set one up.', verbose_name='requires a second factor')),
                ],
                options={
                    'verbose_name': 'agency',
                    'verbose_name_plural': 'agencies',
                    'ordering': ['name'],
                },
            ), migrations.CreateModel(
                name='Compartment',
                fields=[
                    ('id', models.UUIDField(default=core.identity.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='entered')),
                    ('code', models.CharField(max_length=20, unique=True, validators=[django.core.validators.RegexValidator('^[A-Z][A-Z0-9-]*$', 'Capital letters, digits, hyphens.')], verbose_name='code')),
                    ('name', models.CharField(max_length=200, verbose_name='name')),
                ],
                options={
                    'verbose_name': 'compartment',
                    'verbose_name_plural': 'compartments',
                    'ordering': ['code'],
                },
            ), migrations.CreateModel(
                name='Guesses',
                fields=[
                    ('id', models.UUIDField(default=core.identity.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='entered')),
                    ('key', models.CharField(editable=False, max_length=64, unique=True)),
                    ('count', models.PositiveIntegerField(default=0, verbose_name='secrets entered')),
                    ('forgotten_at', models.DateTimeField(db_index=True, verbose_name='forgotten')),
                ],
                options={
                    'verbose_name': 'guesses',
                    'verbose_name_plural': 'guesses',
                },
            ), migrations.CreateModel(
                name='User',
                fields=[
                    ('password', models.CharField(max_length=128, verbose_name='password')),
                    ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                    ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                    ('username', models.CharField(error_messages={'unique': 'A user with that username already exists.'}, help_text='Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.', max_length=150, unique=True, validators=[django.contrib.auth.validators.UnicodeUsernameValidator()], verbose_name='username')),
                    ('first_name', models.CharField(blank=True, max_length=150, verbose_name='first name')),
                    ('last_name', models.CharField(blank=True, max_length=150, verbose_name='last name')),
                    ('email', models.EmailField(blank=True, max_length=254, verbose_name='email address')),
                    ('is_staff', models.BooleanField(default=False, help_text='Designates whether the user can log into this admin site.', verbose_name='staff status')),
                    ('is_active', models.BooleanField(default=True, help_text='Designates whether this user should be treated as active. Unselect this instead of deleting accounts.', verbose_name='active')),
                    ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='date joined')),
                    ('id', models.UUIDField(default=core.identity.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('display_name', models.CharField(blank=True, max_length=120, verbose_name='name shown')),
                    ('native_name', models.CharField(blank=True, max_length=120, verbose_name='name in their own script')),
                    ('may_open_cases', models.BooleanField(default=False, verbose_name='may open cases')),
                    ('clearance', models.PositiveSmallIntegerField(choices=[(0, 'unclassified'), (1, 'restricted'), (2, 'confidential'), (3, 'secret'), (4, 'top secret')], default=0, verbose_name='clearance')),
                    ('compartments', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), blank=True, default=list, size=None, verbose_name='compartments')),
                    ('language', models.CharField(choices=[('en', 'English'), ('ar', 'العربية')], default='en', max_length=5, verbose_name='language')),
                    ('theme', models.CharField(choices=[('system', 'as the device'), ('light', 'light'), ('dark', 'dark')], default='system', max_length=10, verbose_name='theme')),
                    ('density', models.CharField(choices=[('compact', 'compact'), ('cosy', 'cosy')], default='cosy', max_length=10, verbose_name='density')),
                    ('time_zone', models.CharField(default='UTC', max_length=60, verbose_name='time zone')),
                    ('keyboard', models.BooleanField(default=True, verbose_name='single-key shortcuts')),
                    ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                    ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
                    ('agency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='accounts.agency', verbose_name='agency')),
                ],
                options={
                    'verbose_name': 'person',
                    'verbose_name_plural': 'people',
                    'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('email'), condition=models.Q(('email', ''), _negated=True), name='one_person_for_an_email', violation_error_message='Somebody has this e-mail address already.')],
                },
                managers=[
                    ('objects', django.contrib.auth.models.UserManager()),
                ],
            ), migrations.CreateModel(
                name='ApiToken',
                fields=[
                    ('id', models.UUIDField(default=core.identity.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='entered')),
                    ('name', models.CharField(max_length=80, verbose_name='what it is for')),
                    ('scopes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('read', 'read records'), ('write', 'enter and change records'), ('decide', 'judge, review and release')], max_length=20), default=accounts.models.all_scopes, size=None, verbose_name='scopes')),
                    ('case_ids', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), blank=True, default=list, size=None, verbose_name='bound to cases')),
                    ('prefix', models.CharField(editable=False, max_length=12, unique=True, verbose_name='prefix')),
                    ('digest', models.CharField(editable=False, max_length=64)),
                    ('expires_at', models.DateTimeField(verbose_name='expires')),
                    ('last_used_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='last used')),
                    ('revoked_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='revoked')),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tokens', to=settings.AUTH_USER_MODEL, verbose_name='person')),
                ],
                options={
                    'verbose_name': 'API key',
                    'verbose_name_plural': 'API keys',
                    'ordering': ['-created_at'],
                },
            )],
        ),
    ]
