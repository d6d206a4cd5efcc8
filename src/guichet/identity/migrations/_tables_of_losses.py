"""Declarations of loss, and the documents they make invalid: their tables, for the squashed migration."""

import django.db.models.deletion
import guichet.kit.crypto
import guichet.kit.ids
from django.conf import settings
from django.db import migrations, models

TABLES = [
    migrations.CreateModel(
        name='LossDeclaration',
        fields=[
            ('id', models.UUIDField(default=guichet.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
            ('reference', models.CharField(max_length=20, unique=True)),
            ('state', models.CharField(max_length=30)),
            ('opened_at', models.DateTimeField()),
            ('due_on', models.DateField(null=True)),
            ('token', models.CharField(max_length=32, unique=True)),
            ('tracking_code', models.CharField(max_length=20, unique=True)),
            ('start_key', models.CharField(max_length=64, unique=True)),
            ('kind', models.CharField(blank=True, choices=[('loss', 'perte'), ('theft', 'vol'), ('destruction', 'destruction')], max_length=12)),
            ('happened_on', models.DateField(null=True)),
            ('born_on', models.DateField(null=True)),
            ('bearer_index', models.CharField(blank=True, db_index=True, max_length=64)),
            ('name', guichet.kit.crypto.EncryptedTextField(null=True)),
            ('email', guichet.kit.crypto.EncryptedTextField(null=True)),
            ('address', guichet.kit.crypto.EncryptedJSONField(null=True)),
            ('answers', guichet.kit.crypto.EncryptedJSONField(default=dict)),
            ('touched_at', models.DateTimeField()),
            ('declared_at', models.DateTimeField(null=True)),
            ('recorded_at', models.DateTimeField(null=True)),
            ('recorded_by', models.UUIDField(null=True)),
            ('identity_checked', guichet.kit.crypto.EncryptedTextField(null=True)),
            ('fee_centimes', models.PositiveIntegerField(null=True)),
            ('paid_at', models.DateTimeField(null=True)),
            ('exempted_at', models.DateTimeField(null=True)),
            ('exemption_proof', guichet.kit.crypto.EncryptedTextField(null=True)),
            ('certified_at', models.DateTimeField(null=True)),
            ('minutes', guichet.kit.crypto.EncryptedTextField(null=True)),
            ('account', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ('application', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='declarations', to='identity.identityapplication')),
            ('first', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='repetitions', to='identity.lossdeclaration')),
            ('office', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.office')),
            ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
        ],
        options={
            'verbose_name': 'déclaration de perte, de vol ou de destruction',
            'indexes': [
                models.Index(fields=['state', 'office', '-id'], name='identity_loss_worklist'),
                models.Index(fields=['account', '-id'], name='identity_loss_of_account'),
                models.Index(condition=models.Q(('state', 'draft')), fields=['touched_at'], name='identity_loss_unfinished'),
            ],
            'constraints': [
                models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'declared', 'recorded', 'invalid', 'recovered', 'destroyed', 'dropped'])), name='identity_loss_known_state'),
                models.CheckConstraint(condition=models.Q(('recorded_at', None), models.Q(('office__isnull', False), ('recorded_by__isnull', False)), _connector='OR'), name='identity_loss_recorded_by_the_police'),
                models.CheckConstraint(condition=models.Q(('declared_at', None), models.Q(models.Q(('kind', ''), _negated=True), ('born_on__isnull', False), ('happened_on__isnull', False)), _connector='OR'), name='identity_loss_declared_complete'),
                models.CheckConstraint(condition=models.Q(('certified_at', None), ('recorded_at__isnull', False), _connector='OR'), name='identity_loss_certified_after_recording'),
                models.CheckConstraint(condition=models.Q(('paid_at', None), ('exempted_at', None), _connector='OR'), name='identity_loss_paid_or_exempted'),
                models.CheckConstraint(condition=models.Q(('first', None), ('recorded_at', None), _connector='OR'), name='identity_loss_repetition_is_not_recorded'),
                models.CheckConstraint(condition=models.Q(models.Q(('state', 'dropped'), _negated=True), models.Q(('bearer_index', ''), ('born_on', None), ('declared_at', None), ('happened_on', None), ('kind', ''), ('person_id', None)), _connector='OR'), name='identity_nothing_typed_in_a_dropped_declaration'),
            ],
        },
    ),
    migrations.CreateModel(
        name='InvalidDocument',
        fields=[
            ('id', models.UUIDField(default=guichet.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
            ('kind', models.CharField(choices=[('passport', 'passeport'), ('identity_card', "carte d'identité")], max_length=20)),
            ('number_index', models.CharField(max_length=64, null=True)),
            ('bearer_index', models.CharField(max_length=64)),
            ('since', models.DateField()),
            ('declaration', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invalidations', to='identity.lossdeclaration')),
        ],
        options={
            'verbose_name': 'document invalide',
            'indexes': [
                models.Index(fields=['bearer_index', 'kind', 'since'], name='identity_losses_of_bearer'),
            ],
            'constraints': [
                models.UniqueConstraint(fields=('kind', 'number_index'), name='identity_invalid_once'),
                models.UniqueConstraint(fields=('declaration', 'kind'), name='identity_invalid_once_per_declaration'),
            ],
        },
    ),
    migrations.CreateModel(
        name='InvalidityCheck',
        fields=[
            ('id', models.UUIDField(default=guichet.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
            ('role', models.CharField(max_length=20)),
            ('reader', models.CharField(max_length=60)),
            ('kind', models.CharField(choices=[('passport', 'passeport'), ('identity_card', "carte d'identité")], max_length=20)),
            ('number_index', models.CharField(max_length=64)),
            ('reason', models.CharField(max_length=200)),
            ('is_invalid', models.BooleanField()),
            ('at', models.DateTimeField()),
            ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.office')),
        ],
        options={
            'verbose_name': "consultation d'un document invalide",
            'indexes': [
                models.Index(fields=['reader', 'at'], name='identity_checks_of_reader'),
            ],
            'constraints': [
                models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='identity_check_has_a_reason'),
            ],
        },
    ),
    migrations.CreateModel(
        name='LostDocument',
        fields=[
            ('id', models.UUIDField(default=guichet.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
            ('kind', models.CharField(choices=[('passport', 'passeport'), ('identity_card', "carte d'identité")], max_length=20)),
            ('number', guichet.kit.crypto.EncryptedTextField(null=True)),
            ('number_index', models.CharField(db_index=True, max_length=64, null=True)),
            ('why_unknown', guichet.kit.crypto.EncryptedTextField(null=True)),
            ('declaration', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='identity.lossdeclaration')),
        ],
        options={
            'verbose_name': 'document perdu',
            'constraints': [
                models.UniqueConstraint(fields=('declaration', 'kind'), name='identity_lost_one_of_each_kind'),
                models.CheckConstraint(condition=models.Q(('number_index__isnull', False), ('why_unknown__isnull', False), _connector='OR'), name='identity_lost_number_or_why_not'),
            ],
        },
    ),
]
