"""An announced maintenance, whose table comes from orders."""

from django.db import migrations, models

import guichet.kit.ids


class Migration(migrations.Migration):
    """The model as it was there; nothing to do in the database."""

    dependencies = [("casework", "0001_initial"), ("orders", "0002_maintenance_leaves")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="Maintenance",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=guichet.kit.ids.uuid7, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("from_at", models.DateTimeField()),
                        ("until_at", models.DateTimeField()),
                        ("message", models.CharField(blank=True, max_length=300)),
                        ("announced_at", models.DateTimeField()),
                        ("ended_at", models.DateTimeField(null=True)),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("until_at__gt", models.F("from_at"))),
                                name="maintenance_ends_after_it_begins",
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
