"""The room's tables as the ten migrations before make them, their constraints and indexes created with them."""

from django.conf import settings
from django.db import migrations

from guichet.casework.triggers import append_only

from . import _tables_of_applications as applications
from . import _tables_of_appointments as appointments
from . import _tables_of_losses as losses
from . import _tables_of_shares as shares


class Migration(migrations.Migration):

    initial = True

    # A new database takes this one; those that have begun the ten take them to their end.
    replaces = [
        ('identity', '0001_initial'),
        ('identity', '0002_append_only'),
        ('identity', '0003_dispensed_on'),
        ('identity', '0004_drafts_given_up'),
        ('identity', '0005_parental_objections'),
        ('identity', '0006_return_decisions'),
        ('identity', '0007_shares_of_declarations'),
        ('identity', '0008_received_forms'),
        ('identity', '0009_forgotten_declarations'),
        ('identity', '0010_documents_handed_over'),
    ]

    dependencies = [
        ('institutions', '0002_authority'),
        ('people', '0002_sessions'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        *applications.TABLES,
        *losses.TABLES,
        *appointments.TABLES,
        *shares.TABLES,
        *append_only('identity_invaliddocument'),
        *append_only('identity_invaliditycheck'),
        *append_only('identity_share'),
        *append_only('identity_statement'),
    ]
