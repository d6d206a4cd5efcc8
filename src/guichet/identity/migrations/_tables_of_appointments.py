"""Openings, places and appointments of the counters: their tables, for the squashed migration."""

import django.db.models.deletion
import guichet.kit.ids
from django.db import migrations, models

TABLES = [
    migrations.CreateModel(
        name='Agenda',
        fields=[
            ('id', models.UUIDField(default=guichet.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
            ('token', models.CharField(default=guichet.kit.ids.secret_token, max_length=32, unique=True)),
            ('office', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='agenda', to='institutions.office')),
        ],
        options={
            'verbose_name': "flux d'agenda",
        },
    ),
    migrations.CreateModel(
        name='Opening',
        fields=[
            ('id', models.UUIDField(default=guichet.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
            ('weekday', models.PositiveSmallIntegerField(verbose_name='jour de la semaine, lundi = 0')),
            ('week', models.PositiveSmallIntegerField(null=True, verbose_name='semaine du mois')),
            ('begins', models.TimeField(verbose_name='de')),
            ('ends', models.TimeField(verbose_name='à')),
            ('minutes', models.PositiveSmallIntegerField(verbose_name='minutes par rendez-vous')),
            ('places', models.PositiveSmallIntegerField(verbose_name='places')),
            ('on_holidays', models.BooleanField(default=False, verbose_name='aussi les jours fériés')),
            ('valid_from', models.DateField(verbose_name='dès le')),
            ('valid_until', models.DateField(null=True, verbose_name="jusqu'au")),
            ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='openings', to='institutions.office')),
        ],
        options={
            'verbose_name': 'plage de rendez-vous',
            'constraints': [
                models.CheckConstraint(condition=models.Q(('weekday__lte', 6)), name='opening_known_weekday'),
                models.CheckConstraint(condition=models.Q(('week', None), models.Q(('week__gte', 1), ('week__lte', 5)), _connector='OR'), name='opening_known_week'),
                models.CheckConstraint(condition=models.Q(('ends__gt', models.F('begins'))), name='opening_ends_after_it_begins'),
                models.CheckConstraint(condition=models.Q(('minutes__gte', 5), ('places__gte', 1)), name='opening_has_places'),
                models.CheckConstraint(condition=models.Q(('valid_until', None), ('valid_until__gte', models.F('valid_from')), _connector='OR'), name='opening_valid_until_after_from'),
                models.UniqueConstraint(fields=('office', 'weekday', 'begins', 'valid_from'), name='opening_once'),
            ],
        },
    ),
    migrations.CreateModel(
        name='Slot',
        fields=[
            ('starts_at', models.DateTimeField(verbose_name='début')),
            ('minutes', models.PositiveSmallIntegerField(verbose_name='minutes')),
            ('id', models.UUIDField(default=guichet.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
            ('capacity', models.PositiveSmallIntegerField(verbose_name='places')),
            ('taken', models.PositiveSmallIntegerField(default=0, verbose_name='places prises')),
            ('is_closed', models.BooleanField(default=False, verbose_name='fermé')),
            ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='slots', to='institutions.office')),
        ],
        options={
            'verbose_name': 'créneau',
            'constraints': [
                models.CheckConstraint(condition=models.Q(('taken__lte', models.F('capacity'))), name='slot_taken_within_capacity'),
                models.UniqueConstraint(fields=('office', 'starts_at'), name='slot_one_per_office_and_start'),
            ],
        },
    ),
    migrations.CreateModel(
        name='Appointment',
        fields=[
            ('starts_at', models.DateTimeField(verbose_name='début')),
            ('minutes', models.PositiveSmallIntegerField(verbose_name='minutes')),
            ('id', models.UUIDField(default=guichet.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
            ('status', models.CharField(choices=[('booked', 'réservé'), ('cancelled', 'annulé'), ('attended', 'honoré'), ('missed', 'manqué')], default='booked', max_length=10)),
            ('sequence', models.PositiveSmallIntegerField(default=0)),
            ('placed_at', models.DateTimeField()),
            ('reminded_at', models.DateTimeField(null=True)),
            ('ended_at', models.DateTimeField(null=True)),
            ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.office')),
            ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appointments', to='identity.identityapplication')),
            ('slot', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='appointments', to='identity.slot')),
        ],
        options={
            'verbose_name': 'rendez-vous',
            'indexes': [
                models.Index(fields=['office', 'starts_at'], name='appointment_agenda'),
                models.Index(condition=models.Q(('reminded_at', None), ('status', 'booked')), fields=['starts_at'], name='appointment_to_remind'),
            ],
            'constraints': [
                models.CheckConstraint(condition=models.Q(('status__in', ['booked', 'cancelled', 'attended', 'missed'])), name='appointment_known_status'),
                models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('status', 'booked')), models.Q(models.Q(('status', 'booked'), _negated=True), ('ended_at__isnull', False)), _connector='OR'), name='appointment_ended_exactly_when_not_booked'),
                models.CheckConstraint(condition=models.Q(models.Q(('status', 'booked'), _negated=True), ('slot__isnull', False), _connector='OR'), name='appointment_booked_has_a_slot'),
                models.UniqueConstraint(condition=models.Q(('status', 'booked')), fields=('application',), name='appointment_one_booked_per_application'),
            ],
        },
    ),
    migrations.CreateModel(
        name='Waiting',
        fields=[
            ('id', models.UUIDField(default=guichet.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
            ('from_on', models.DateField()),
            ('until_on', models.DateField()),
            ('places', models.PositiveSmallIntegerField(default=1)),
            ('since', models.DateTimeField()),
            ('held_until', models.DateTimeField(null=True)),
            ('application', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='waiting', to='identity.identityapplication')),
            ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.office')),
            ('slot', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='identity.slot')),
        ],
        options={
            'verbose_name': "attente d'un rendez-vous plus proche",
            'indexes': [
                models.Index(fields=['office', 'since', 'id'], name='waiting_in_turn'),
            ],
            'constraints': [
                models.CheckConstraint(condition=models.Q(('until_on__gte', models.F('from_on'))), name='waiting_ends_after_it_begins'),
                models.CheckConstraint(condition=models.Q(models.Q(('held_until', None), ('slot', None)), models.Q(('held_until__isnull', False), ('slot__isnull', False)), _connector='OR'), name='waiting_held_exactly_with_a_slot'),
            ],
        },
    ),
    migrations.CreateModel(
        name='Closure',
        fields=[
            ('id', models.UUIDField(default=guichet.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
            ('from_on', models.DateField(verbose_name='du')),
            ('until_on', models.DateField(verbose_name='au')),
            ('reason', models.CharField(max_length=120, verbose_name='motif')),
            ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='closures', to='institutions.office')),
        ],
        options={
            'verbose_name': 'fermeture',
            'constraints': [models.CheckConstraint(condition=models.Q(('until_on__gte', models.F('from_on'))), name='closure_ends_after_it_begins')],
        },
    ),
]
