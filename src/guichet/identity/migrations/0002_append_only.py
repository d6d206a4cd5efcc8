"""What is never changed nor removed, held by the database too: invalid documents and checks of them, shares, statements."""

from django.db import migrations

from guichet.casework.triggers import append_only


class Migration(migrations.Migration):
    """Triggers that refuse change."""

    dependencies = [("identity", "0001_initial")]

    operations = [
        *append_only("identity_invaliddocument"),
        *append_only("identity_invaliditycheck"),
        *append_only("identity_share"),
        *append_only("identity_statement"),
    ]
