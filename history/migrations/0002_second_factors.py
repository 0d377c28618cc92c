from django.db import migrations


class Migration(migrations.Migration):
    """Second factors and recovery codes have a history too: `migrate`, which this asks for, puts their triggers on."""

    dependencies = [("history", "0001_history")]

    operations = []
