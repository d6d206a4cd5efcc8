from django.db import migrations, models

from guichet.payments.reduce import Reduced, Seen
from guichet.payments.states import Kind


def fill(apps, editor):
    attempts = apps.get_model("payments", "PaymentAttempt").objects
    for attempt in attempts.filter(events__isnull=False).distinct().only("expires_at").iterator():
        known = Reduced()
        for kind, asked_at in attempt.events.values_list("kind", "asked_at"):
            known = known.after(Seen(Kind(kind), asked_at), expires_at=attempt.expires_at)
        if known.said is not None:
            attempts.filter(pk=attempt.pk).update(said=known.said.kind, said_at=known.said.asked_at)


class Migration(migrations.Migration):

    dependencies = [
        ("payments", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="paymentattempt",
            name="said",
            field=models.CharField(blank=True, choices=Kind.choices, default="", max_length=20),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="paymentattempt",
            name="said_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
