"""Shares of fees and their statements: their tables, for the squashed migration."""

import django.db.models.deletion
import django.db.models.expressions
import guichet.kit.ids
from django.db import migrations, models

TABLES = [
    migrations.CreateModel(
        name='Share',
        fields=[
            ('id', models.UUIDField(default=guichet.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
            ('case_reference', models.CharField(max_length=20)),
            ('place', models.PositiveSmallIntegerField()),
            ('kind', models.CharField(choices=[('paid', 'émolument payé'), ('exempted', 'exonération'), ('divided', 'répartition'), ('reversed', 'contre-écriture')], max_length=10)),
            ('request', models.CharField(choices=[('identity_card', "carte d'identité"), ('passport', 'passeport'), ('both', "passeport et carte d'identité"), ('provisional_passport', 'passeport provisoire'), ('loss_declaration', 'déclaration de vol, de perte ou de destruction')], max_length=20)),
            ('is_minor', models.BooleanField(default=False)),
            ('is_online', models.BooleanField(default=False)),
            ('commune', models.PositiveSmallIntegerField(default=0)),
            ('month', models.DateField()),
            ('law_day', models.DateField()),
            ('booked_at', models.DateTimeField()),
            ('fee_centimes', models.IntegerField(default=0)),
            ('federal_centimes', models.IntegerField(default=0)),
            ('canton_centimes', models.IntegerField(default=0)),
            ('commune_part_centimes', models.IntegerField(default=0)),
            ('undivided_centimes', models.IntegerField(default=0)),
            ('missing', models.CharField(blank=True, max_length=300)),
            ('reason', models.CharField(blank=True, max_length=300)),
            ('basis', models.JSONField(default=list)),
            ('answered', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='identity.share')),
        ],
        options={
            'verbose_name': 'écriture de répartition',
            'indexes': [
                models.Index(fields=['month', 'commune', 'booked_at'], name='share_of_month'),
                models.Index(condition=models.Q(('kind', 'paid'), ('undivided_centimes__gt', 0)), fields=['booked_at'], name='share_undivided'),
            ],
            'constraints': [
                models.UniqueConstraint(fields=('case_reference', 'place'), name='share_one_per_place'),
                models.CheckConstraint(condition=models.Q(('fee_centimes', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('federal_centimes'), '+', models.F('canton_centimes')), '+', models.F('commune_part_centimes')), '+', models.F('undivided_centimes')))), name='share_sums_to_the_fee'),
                models.CheckConstraint(condition=models.Q(('undivided_centimes', 0), models.Q(('missing', ''), _negated=True), models.Q(('kind', 'paid'), _negated=True), _connector='OR'), name='share_says_what_is_missing'),
                models.CheckConstraint(condition=models.Q(models.Q(('kind', 'exempted'), _negated=True), models.Q(('canton_centimes', 0), ('commune_part_centimes', 0), ('federal_centimes', 0), ('fee_centimes', 0)), _connector='OR'), name='share_of_an_exemption_is_nothing'),
                models.CheckConstraint(condition=models.Q(models.Q(('kind', 'paid'), _negated=True), models.Q(('canton_centimes__gte', 0), ('commune_part_centimes__gte', 0), ('federal_centimes__gte', 0), ('fee_centimes__gt', 0)), _connector='OR'), name='share_of_a_payment_is_positive'),
                models.CheckConstraint(condition=models.Q(models.Q(('answered__isnull', False), ('kind__in', ['divided', 'reversed'])), models.Q(('answered', None), ('kind__in', ['paid', 'exempted'])), _connector='OR'), name='share_answers_iff_divided_or_reversed'),
                models.CheckConstraint(condition=models.Q(models.Q(('kind', 'reversed'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='share_reversal_has_its_reason'),
                models.CheckConstraint(condition=models.Q(('commune_part_centimes', 0), ('commune__gt', 0), _connector='OR'), name='share_of_a_commune_needs_a_commune'),
            ],
        },
    ),
    migrations.CreateModel(
        name='Statement',
        fields=[
            ('id', models.UUIDField(default=guichet.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
            ('month', models.DateField()),
            ('commune', models.PositiveSmallIntegerField()),
            ('entries', models.PositiveIntegerField()),
            ('exemptions', models.PositiveIntegerField()),
            ('fee_centimes', models.IntegerField()),
            ('federal_centimes', models.IntegerField()),
            ('canton_centimes', models.IntegerField()),
            ('commune_part_centimes', models.IntegerField()),
            ('undivided_centimes', models.IntegerField()),
            ('digest', models.CharField(max_length=64)),
            ('closed_at', models.DateTimeField()),
            ('closed_by', models.CharField(max_length=60)),
        ],
        options={
            'verbose_name': 'décompte mensuel',
            'constraints': [models.UniqueConstraint(fields=('month', 'commune'), name='statement_once_per_month_and_commune'), models.CheckConstraint(condition=models.Q(('fee_centimes', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('federal_centimes'), '+', models.F('canton_centimes')), '+', models.F('commune_part_centimes')), '+', models.F('undivided_centimes')))), name='statement_sums_to_the_fees')],
        },
    ),
]
