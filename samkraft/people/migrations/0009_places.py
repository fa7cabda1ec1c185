"""Who waits for a place and who has one: tables about people, walled like the rest."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

# Every table about somebody's place, and its walls. The rows belong to the area that put the person in the queue, and are
# seen there by those on the case whose work meets what the place tells. What others may know goes through functions.
TABLES = ("placeentry", "placehold", "placeevent", "placedisclosure", "attendance", "placeresult")
MINE = (
    "area_id = nullif(current_setting('samkraft.area', true), '')::uuid AND person_id = ANY (ARRAY(SELECT people_cases())) "
    "AND category = ANY (ARRAY(SELECT people_reads()))"
)
WALLS = "\n".join(
    f"""
ALTER TABLE people_{table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE people_{table} FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_sees_all ON people_{table} TO samkraft_owner USING (true) WITH CHECK (true);
CREATE POLICY guard_sees_all ON people_{table} TO samkraft_guard USING (true) WITH CHECK (true);
CREATE POLICY reads_place_on_case ON people_{table} FOR SELECT TO samkraft_app USING ({MINE});
CREATE POLICY protected_identity ON people_{table} AS RESTRICTIVE TO samkraft_app
    USING (NOT person_id = ANY (ARRAY(SELECT people_hidden())));
GRANT SELECT, INSERT, UPDATE ON people_{table} TO samkraft_guard;
"""
    for table in TABLES
)
OPENED = "\n".join(
    f"""
DROP POLICY protected_identity ON people_{table};
DROP POLICY reads_place_on_case ON people_{table};
DROP POLICY guard_sees_all ON people_{table};
DROP POLICY owner_sees_all ON people_{table};
ALTER TABLE people_{table} DISABLE ROW LEVEL SECURITY;
"""
    for table in TABLES
)


class Migration(migrations.Migration):
    dependencies = [
        ("offer", "0002_catalogue"),
        ("partners", "0004_stand_ins"),
        ("people", "0008_how_many_rows"),
    ]

    operations = [
        migrations.CreateModel(
            name="PlaceEntry",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("category", models.CharField(max_length=30)),
                ("step", models.UUIDField(null=True)),
                ("code", models.CharField(max_length=6)),
                (
                    "criteria",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), blank=True, default=list, size=None
                    ),
                ),
                ("not_before", models.DateField(null=True)),
                ("needed_date", models.DateField()),
                ("joined_at", models.DateTimeField()),
                ("joined_by", models.CharField(max_length=200)),
                ("joined_membership_id", models.UUIDField()),
                ("left_at", models.DateTimeField(null=True)),
                ("left_by", models.CharField(max_length=200, null=True)),
                ("moved_from", models.UUIDField(null=True)),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offer.activity"
                    ),
                ),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partners.secrecyarea"
                    ),
                ),
                (
                    "enrolment",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.enrolment"
                    ),
                ),
                (
                    "occasion",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offer.occasion"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="place_entries", to="people.person"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="PlaceDisclosure",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("category", models.CharField(max_length=30)),
                ("receiver", models.CharField(max_length=12)),
                ("organisation_id", models.UUIDField(null=True)),
                ("to_area_id", models.UUIDField(null=True)),
                (
                    "fields",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), size=None),
                ),
                ("told", models.JSONField()),
                ("basis", models.CharField(max_length=20)),
                ("shown_how", models.CharField(max_length=20)),
                ("shown_date", models.DateField()),
                ("given_at", models.DateTimeField()),
                ("given_by", models.CharField(max_length=200)),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_by", models.CharField(max_length=200, null=True)),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partners.secrecyarea"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="disclosures", to="people.placeentry"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="PlaceHold",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("category", models.CharField(max_length=30)),
                ("offered_at", models.DateTimeField()),
                ("answer_until", models.DateTimeField()),
                ("accepted_at", models.DateTimeField(null=True)),
                ("accepted_by", models.CharField(max_length=200, null=True)),
                ("decided_date", models.DateField(null=True)),
                ("decision_number", models.CharField(blank=True, max_length=40)),
                ("decider_name", models.CharField(blank=True, max_length=200)),
                ("started_on", models.DateField(null=True)),
                ("ended_on", models.DateField(null=True)),
                ("released_at", models.DateTimeField(null=True)),
                ("released_as", models.CharField(blank=True, max_length=20)),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offer.activity"
                    ),
                ),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partners.secrecyarea"
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="holds", to="people.placeentry"
                    ),
                ),
                (
                    "occasion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offer.occasion"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offer.place"),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="PlaceEvent",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("category", models.CharField(max_length=30)),
                ("kind", models.CharField(max_length=20)),
                ("order", models.PositiveIntegerField()),
                ("happened_at", models.DateTimeField()),
                ("said_by", models.CharField(max_length=200)),
                ("membership_id", models.UUIDField(null=True)),
                ("reason_code", models.CharField(blank=True, max_length=40)),
                ("reason", models.TextField(blank=True)),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partners.secrecyarea"
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="events", to="people.placeentry"
                    ),
                ),
                (
                    "occasion",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offer.occasion"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offer.session"
                    ),
                ),
                (
                    "hold",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="people.placehold",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Attendance",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("category", models.CharField(max_length=30)),
                ("version", models.PositiveSmallIntegerField()),
                ("presence", models.CharField(max_length=20)),
                ("noted_at", models.DateTimeField()),
                ("noted_by", models.CharField(max_length=200)),
                ("membership_id", models.UUIDField()),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partners.secrecyarea"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offer.session"
                    ),
                ),
                (
                    "hold",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="attendance", to="people.placehold"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="PlaceResult",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("category", models.CharField(max_length=30)),
                ("reached", models.CharField(max_length=10)),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partners.secrecyarea"
                    ),
                ),
                (
                    "hold",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="results", to="people.placehold"
                    ),
                ),
                (
                    "outcome",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offer.outcome"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.AddIndex(
            model_name="placeentry",
            index=models.Index(fields=["person", "area"], name="people_placeentry_person"),
        ),
        migrations.AddIndex(
            model_name="placeentry",
            index=models.Index(
                condition=models.Q(("left_at__isnull", True)),
                fields=["activity", "joined_at"],
                name="people_placeentry_queue",
            ),
        ),
        migrations.AddConstraint(
            model_name="placeentry",
            constraint=models.UniqueConstraint(fields=("activity", "code"), name="people_placeentry_code_once"),
        ),
        migrations.AddConstraint(
            model_name="placeentry",
            constraint=models.UniqueConstraint(
                condition=models.Q(("left_at__isnull", True)),
                fields=("person", "activity", "area"),
                name="people_placeentry_once_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="placeentry",
            constraint=models.CheckConstraint(
                condition=models.Q(("left_at__isnull", True), ("left_at__gte", models.F("joined_at")), _connector="OR"),
                name="people_placeentry_left_after",
            ),
        ),
        migrations.AddIndex(
            model_name="placedisclosure",
            index=models.Index(fields=["entry"], name="people_placedisclosure_entry"),
        ),
        migrations.AddConstraint(
            model_name="placedisclosure",
            constraint=models.CheckConstraint(
                condition=models.Q(("receiver__in", ["coordinator", "provider", "decider"])),
                name="people_placedisclosure_receiver_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="placedisclosure",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                fields=("entry", "receiver"),
                name="people_placedisclosure_one_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="placedisclosure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("receiver", "provider"), _negated=True),
                    ("organisation_id__isnull", False),
                    _connector="OR",
                ),
                name="people_placedisclosure_provider_is_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="placedisclosure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("receiver", "decider"), _negated=True), ("to_area_id__isnull", False), _connector="OR"
                ),
                name="people_placedisclosure_decider_is_somebody",
            ),
        ),
        migrations.AddIndex(
            model_name="placehold",
            index=models.Index(fields=["occasion"], name="people_placehold_occasion"),
        ),
        migrations.AddIndex(
            model_name="placehold",
            index=models.Index(fields=["person", "area"], name="people_placehold_person"),
        ),
        migrations.AddConstraint(
            model_name="placehold",
            constraint=models.UniqueConstraint(
                condition=models.Q(("released_at__isnull", True)),
                fields=("place",),
                name="people_placehold_one_for_each_place",
            ),
        ),
        migrations.AddConstraint(
            model_name="placehold",
            constraint=models.UniqueConstraint(
                condition=models.Q(("released_at__isnull", True)),
                fields=("person", "activity"),
                name="people_placehold_one_for_each_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="placehold",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("released_as", ""), ("released_at__isnull", True)),
                    models.Q(("released_at__isnull", False), models.Q(("released_as", ""), _negated=True)),
                    _connector="OR",
                ),
                name="people_placehold_released_as_something",
            ),
        ),
        migrations.AddConstraint(
            model_name="placehold",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("started_on__isnull", True),
                    models.Q(("accepted_at__isnull", False), ("decided_date__isnull", False)),
                    _connector="OR",
                ),
                name="people_placehold_begins_when_given",
            ),
        ),
        migrations.AddConstraint(
            model_name="placehold",
            constraint=models.CheckConstraint(
                condition=models.Q(("ended_on__isnull", True), ("released_at__isnull", False), _connector="OR"),
                name="people_placehold_ended_is_released",
            ),
        ),
        migrations.AddIndex(
            model_name="placeevent",
            index=models.Index(fields=["kind", "happened_at"], name="people_placeevent_kind"),
        ),
        migrations.AddConstraint(
            model_name="placeevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "joined",
                            "offered",
                            "accepted",
                            "declined",
                            "lapsed",
                            "taken_back",
                            "cancelled",
                            "decided",
                            "refused",
                            "started",
                            "ended",
                            "gave_up",
                            "left",
                            "put_before",
                            "passed",
                            "absence",
                            "changed",
                        ],
                    )
                ),
                name="people_placeevent_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="placeevent",
            constraint=models.UniqueConstraint(fields=("entry", "order"), name="people_placeevent_order_once"),
        ),
        migrations.AddConstraint(
            model_name="attendance",
            constraint=models.UniqueConstraint(
                fields=("hold", "session", "version"), name="people_attendance_version_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="attendance",
            constraint=models.CheckConstraint(
                condition=models.Q(("presence__in", ["present", "late", "absent_told", "absent"])),
                name="people_attendance_presence_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="placeresult",
            constraint=models.UniqueConstraint(fields=("hold", "outcome"), name="people_placeresult_once"),
        ),
        migrations.AddConstraint(
            model_name="placeresult",
            constraint=models.CheckConstraint(
                condition=models.Q(("reached__in", ["yes", "partly", "no"])), name="people_placeresult_reached_known"
            ),
        ),
        migrations.RunSQL(WALLS, OPENED),
    ]
