"""An announced maintenance closes every room, not orders alone: its table goes to casework."""

from django.db import migrations


class Migration(migrations.Migration):
    """The table gets its new name; the model is casework's (its next migration)."""

    dependencies = [("orders", "0001_initial")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.AlterModelTable("maintenance", "casework_maintenance")],
            state_operations=[migrations.DeleteModel("Maintenance")],
        ),
    ]
