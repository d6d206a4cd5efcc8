"""The day of a dispensation from appearing becomes a column; of those recorded before, it is read from the journal."""

from typing import Any

from django.db import migrations, models
from django.db.models import Q

from guichet.kit.clock import day_of


def read_from_the_journal(apps: Any, schema_editor: Any) -> None:
    """The day of each dispensation that was recorded before."""
    applications = apps.get_model("identity", "IdentityApplication").objects.exclude(dispensation="")
    entries = apps.get_model("casework", "Entry").objects.filter(act="appearance_dispensed")
    for application in applications.filter(dispensed_on=None).only("reference").iterator():
        entry = entries.filter(case_reference=application.reference).latest("at")
        applications.filter(pk=application.pk).update(dispensed_on=day_of(entry.at))


class Migration(migrations.Migration):
    """One column and what holds it."""

    dependencies = [("identity", "0002_append_only"), ("casework", "0001_initial")]

    operations = [
        migrations.AddField("identityapplication", "dispensed_on", models.DateField(null=True)),
        migrations.RunPython(read_from_the_journal, migrations.RunPython.noop, elidable=True),
        migrations.AddConstraint(
            "identityapplication",
            models.CheckConstraint(
                name="identity_dispensation_has_its_day",
                condition=Q(dispensation="", dispensed_on=None) | (~Q(dispensation="") & Q(dispensed_on__isnull=False)),
            ),
        ),
    ]
