from django.db import migrations


class Migration(migrations.Migration):
    """The demonstration's mail is received by a mail server of its own (docs/adr/0018)."""

    dependencies = [
        ("mail", "0001_initial"),
    ]

    operations = [
        migrations.DeleteModel(name="SentMessage"),
    ]
