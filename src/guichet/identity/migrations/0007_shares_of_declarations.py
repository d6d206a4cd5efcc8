"""The fees of declarations of loss join the ledger of shares (RDId 11/1/1/c, 11/1/2/c, 11/2)."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('identity', '0006_return_decisions'),
    ]

    operations = [
        migrations.AlterField(
            model_name='share',
            name='request',
            field=models.CharField(choices=[('identity_card', "carte d'identité"), ('passport', 'passeport'), ('both', "passeport et carte d'identité"), ('provisional_passport', 'passeport provisoire'), ('loss_declaration', 'déclaration de vol, de perte ou de destruction')], max_length=20),
        ),
    ]
