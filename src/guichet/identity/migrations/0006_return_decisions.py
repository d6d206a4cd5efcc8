"""The answers to restitutions become decisions like the others: reasons, letter, notification, last day to appeal (RDId 8/2)."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models


def _write_decisions(apps: Any, schema_editor: Any) -> None:
    """Write each answer that was given into a decision of its own, with its reasons."""
    request, decision = apps.get_model("identity", "ReturnRequest"), apps.get_model("identity", "IdentityDecision")
    for asked in request.objects.exclude(decided_at=None).iterator():
        decision.objects.create(
            application_id=asked.application_id,
            act="return_granted" if asked.is_returned else "return_refused",
            reasons=asked.assessment,
            decided_at=asked.decided_at,
            decided_by=asked.decided_by,
            signatory=asked.signatory,
            return_request_id=asked.pk,
        )
    if schema_editor.connection.vendor == "postgresql":
        # Its tables cannot be altered while the checks of the rows just written are pending.
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


class Migration(migrations.Migration):

    dependencies = [
        ("identity", "0005_parental_objections"),
    ]

    operations = [
        migrations.AddField(
            model_name='identitydecision',
            name='appealed_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='identitydecision',
            name='judgment',
            field=models.CharField(blank=True, choices=[('upheld', 'la décision est confirmée'), ('set_aside', 'la décision est annulée')], max_length=10),
        ),
        migrations.AddField(
            model_name='identitydecision',
            name='return_request',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='identity.returnrequest'),
        ),
        migrations.RunPython(_write_decisions, migrations.RunPython.noop),
        migrations.RemoveConstraint(
            model_name='returnrequest',
            name='identity_return_decided_with_its_assessment',
        ),
        migrations.RemoveField(
            model_name='returnrequest',
            name='assessment',
        ),
        migrations.RemoveField(
            model_name='returnrequest',
            name='decided_by',
        ),
        migrations.RemoveField(
            model_name='returnrequest',
            name='signatory',
        ),
        migrations.AddConstraint(
            model_name='identitydecision',
            constraint=models.CheckConstraint(condition=models.Q(('appealed_on', None), models.Q(('notified_on__isnull', False), ('return_request__isnull', False)), _connector='OR'), name='identity_decision_appeal_held_for_a_return_only'),
        ),
        migrations.AddConstraint(
            model_name='identitydecision',
            constraint=models.CheckConstraint(condition=models.Q(('judgment', ''), ('appealed_on__isnull', False), _connector='OR'), name='identity_decision_judged_after_an_appeal'),
        ),
        migrations.AddConstraint(
            model_name='returnrequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('is_returned', None)), models.Q(('decided_at__isnull', False), ('is_returned__isnull', False)), _connector='OR'), name='identity_return_decided_iff_answered'),
        ),
    ]
