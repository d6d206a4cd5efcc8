"""The objection of a parent, and which minors wait for the agreement; of those who came before, from the journal."""

from typing import Any

import django.db.models.deletion
import guichet.kit.crypto
import guichet.kit.ids
from django.conf import settings
from django.db import migrations, models


AGREED = ("parental_agreement_given", "legalised_authorisation_received")


def read_from_the_journal(apps: Any, schema_editor: Any) -> None:
    """Which minors have come to the counter and wait for the agreement."""
    entries = apps.get_model("casework", "Entry").objects
    agreed = entries.filter(act__in=AGREED).values("case_reference")
    minors = entries.filter(act="minority_recorded").exclude(case_reference__in=agreed).values("case_reference")
    applications = apps.get_model("identity", "IdentityApplication").objects.filter(issued_at=None)
    applications.filter(reference__in=minors).update(awaits_agreement=True)


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0001_initial'),
        ('identity', '0004_drafts_given_up'),
        ('institutions', '0002_authority'),
        ('people', '0002_sessions'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ParentalObjection',
            fields=[
                ('id', models.UUIDField(default=guichet.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('objected_on', models.DateField()),
                ('way', models.CharField(choices=[('form', 'dite dans la formule de demande'), ('letter', 'par lettre'), ('in_person', 'en personne, au guichet')], max_length=10)),
                ('words', guichet.kit.crypto.EncryptedTextField()),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.UUIDField(null=True)),
                ('lifting', models.CharField(blank=True, choices=[('agreement', 'accord des deux parents'), ('decision', "décision de l'autorité de protection ou du juge"), ('majority', 'majorité de la personne')], max_length=10)),
                ('lifting_words', guichet.kit.crypto.EncryptedTextField(null=True)),
                ('lifted_at', models.DateTimeField(null=True)),
                ('lifted_by', models.UUIDField(null=True)),
            ],
            options={
                'verbose_name': "opposition d'un parent",
            },
        ),
        migrations.AddField(
            model_name='identityapplication',
            name='awaits_agreement',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='identityapplication',
            name='opposed_on',
            field=models.DateField(null=True),
        ),
        migrations.RunPython(read_from_the_journal, migrations.RunPython.noop, elidable=True),
        migrations.AddConstraint(
            model_name='identityapplication',
            constraint=models.CheckConstraint(condition=models.Q(('opposed_on', None), models.Q(('approved_at', None), ('issued_at', None)), _connector='OR'), name='identity_nothing_ordered_against_an_objection'),
        ),
        migrations.AddConstraint(
            model_name='identityapplication',
            constraint=models.CheckConstraint(condition=models.Q(('issued_at', None), ('awaits_agreement', False), _connector='OR'), name='identity_no_issue_before_the_parents_agree'),
        ),
        migrations.AddField(
            model_name='parentalobjection',
            name='application',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='objections', to='identity.identityapplication'),
        ),
        migrations.AddConstraint(
            model_name='parentalobjection',
            constraint=models.UniqueConstraint(condition=models.Q(('lifted_at', None)), fields=('application',), name='identity_one_standing_objection'),
        ),
        migrations.AddConstraint(
            model_name='parentalobjection',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('lifted_at', None), ('lifting', '')), models.Q(('lifted_at__isnull', False), models.Q(('lifting', ''), _negated=True)), _connector='OR'), name='identity_objection_lifted_by_something'),
        ),
    ]
