
import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('initiatives', '0006_theory_of_change'),
    ]

    operations = [
        migrations.CreateModel(
            name='Snapshot',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('run', models.PositiveIntegerField()),
                ('day', models.DateField()),
                ('made_at', models.DateTimeField()),
                ('definitions', models.PositiveIntegerField()),
                ('figures', models.JSONField()),
                ('kept', models.JSONField()),
                ('digest', models.CharField(max_length=64)),
                ('initiative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='initiatives.initiative')),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Release',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('what', models.CharField(max_length=20)),
                ('title', models.CharField(max_length=200)),
                ('released_at', models.DateTimeField()),
                ('released_by', models.CharField(max_length=200)),
                ('shown', models.PositiveIntegerField()),
                ('hidden', models.PositiveIntegerField()),
                ('digest', models.CharField(max_length=64)),
                ('initiative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='initiatives.initiative')),
                ('snapshot', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='releases', to='knowledge.snapshot')),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Binding',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('item', models.SlugField(max_length=60)),
                ('indicator', models.SlugField(blank=True, max_length=60)),
                ('bound_at', models.DateTimeField()),
                ('bound_by', models.CharField(max_length=200)),
                ('initiative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='initiatives.initiative')),
            ],
            options={
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('initiative', 'item', 'bound_at'), name='knowledge_binding_once')],
            },
        ),
        migrations.CreateModel(
            name='Series',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('indicator', models.SlugField(max_length=60)),
                ('version', models.PositiveIntegerField()),
                ('name', models.CharField(max_length=200)),
                ('unit', models.CharField(max_length=10)),
                ('source', models.TextField()),
                ('points', models.JSONField()),
                ('read_in_at', models.DateTimeField()),
                ('read_in_by', models.CharField(max_length=200)),
                ('initiative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='initiatives.initiative')),
            ],
            options={
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('initiative', 'indicator', 'version'), name='knowledge_series_version_once'), models.CheckConstraint(condition=models.Q(('unit__in', ['people', 'share', 'days'])), name='knowledge_series_unit_known')],
            },
        ),
        migrations.AddConstraint(
            model_name='snapshot',
            constraint=models.UniqueConstraint(fields=('initiative', 'run'), name='knowledge_snapshot_once'),
        ),
        migrations.AddConstraint(
            model_name='snapshot',
            constraint=models.UniqueConstraint(fields=('initiative', 'day'), name='knowledge_snapshot_one_a_day'),
        ),
        migrations.AddConstraint(
            model_name='release',
            constraint=models.CheckConstraint(condition=models.Q(('what__in', ['snapshot', 'board_pack', 'document', 'study', 'extract'])), name='knowledge_release_what_known'),
        ),
    ]
