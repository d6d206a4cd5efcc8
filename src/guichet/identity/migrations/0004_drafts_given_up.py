from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("identity", "0003_dispensed_on"),
        ("institutions", "0002_authority"),
        ("people", "0002_sessions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="identityapplication",
            name="identity_known_state",
        ),
        migrations.RemoveIndex(
            model_name="identityapplication",
            name="identity_unfinished",
        ),
        migrations.AddIndex(
            model_name="identityapplication",
            index=models.Index(
                condition=models.Q(("state", "draft")), fields=["touched_at"], name="identity_unfinished"
            ),
        ),
        migrations.AddConstraint(
            model_name="identityapplication",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "draft",
                            "old_document_due",
                            "certificate_due",
                            "open",
                            "stopped",
                            "referred",
                            "ordered",
                            "issued",
                            "kept",
                            "delivered",
                            "destroyed",
                            "refused",
                            "refusal_appealed",
                            "closed",
                            "revoked",
                            "withdrawal_appealed",
                            "void",
                            "abandoned",
                            "dropped",
                        ],
                    )
                ),
                name="identity_known_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="identityapplication",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "dropped"), _negated=True),
                    models.Q(
                        ("bearer_index", ""),
                        ("born_on", None),
                        ("commune", None),
                        ("lodged_at", None),
                        ("person_id", None),
                        ("purged_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="identity_nothing_typed_in_a_dropped_draft",
            ),
        ),
    ]
