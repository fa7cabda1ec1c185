"""Who is invited to meet an employer, and to a first meeting at a time of their own choice: tables, walled like the rest."""

import uuid
from importlib import import_module

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.db import migrations, models

second = import_module("samkraft.people.migrations.0002_who_sees_what")
OURS = f"area_id = {second.AREA} AND EXISTS (SELECT 1 FROM people_me())"
ABOUT = ("recruitmentinvitation", "recruitmentresult", "invitation", "invitationbooking")


def _walls() -> str:
    lines = []
    for table in (*ABOUT, "invitationslot", "invitationlink"):
        name = f"people_{table}"
        lines += [
            f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY;",
            f"ALTER TABLE {name} FORCE ROW LEVEL SECURITY;",
            f"CREATE POLICY owner_sees_all ON {name} TO samkraft_owner USING (true) WITH CHECK (true);",
            f"CREATE POLICY guard_sees_all ON {name} TO samkraft_guard USING (true) WITH CHECK (true);",
            f"GRANT SELECT, INSERT, UPDATE ON {name} TO samkraft_guard;",
        ]
    for table in ABOUT:
        lines += [
            f"CREATE POLICY reads_invited_on_case ON people_{table} FOR SELECT TO samkraft_app "
            f"USING ({second.MINE} AND {second.READABLE});",
            f"CREATE POLICY protected_identity ON people_{table} AS RESTRICTIVE TO samkraft_app "
            "USING (NOT person_id = ANY (ARRAY(SELECT people_hidden())));",
        ]
    lines.append(
        f"CREATE POLICY reads_own_areas_times ON people_invitationslot FOR SELECT TO samkraft_app USING ({OURS});"
    )
    return "\n".join(lines)


def _opened() -> str:
    lines = ["DROP POLICY reads_own_areas_times ON people_invitationslot;"]
    for table in ABOUT:
        lines += [f"DROP POLICY {one} ON people_{table};" for one in ("protected_identity", "reads_invited_on_case")]
    for table in (*ABOUT, "invitationslot", "invitationlink"):
        name = f"people_{table}"
        lines += [f"DROP POLICY {one} ON {name};" for one in ("guard_sees_all", "owner_sees_all")]
        lines.append(f"ALTER TABLE {name} DISABLE ROW LEVEL SECURITY;")
    return "\n".join(lines)


class Migration(migrations.Migration):
    dependencies = [
        ("offer", "0004_employers"),
        ("partners", "0004_stand_ins"),
        ("people", "0028_cohort_door"),
    ]

    operations = [
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("category", models.CharField(max_length=30)),
                ("step", models.UUIDField(null=True)),
                ("hosts", django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None)),
                ("given_name", models.CharField(max_length=120)),
                ("answer_until", models.DateTimeField()),
                ("made_at", models.DateTimeField()),
                ("made_by", models.CharField(max_length=200)),
                ("membership_id", models.UUIDField()),
                ("reminded_at", models.DateTimeField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("withdrawn_by", models.CharField(max_length=200, null=True)),
                ("moved_from", models.UUIDField(null=True)),
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
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="invitations", to="people.person"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="InvitationLink",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("digest", models.CharField(max_length=64)),
                ("sent", models.CharField(max_length=8)),
                ("period", django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                (
                    "invitation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="links", to="people.invitation"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="InvitationSlot",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("host_name", models.CharField(max_length=200)),
                ("period", django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                ("place_name", models.CharField(max_length=120)),
                ("published_at", models.DateTimeField()),
                ("published_by", models.CharField(max_length=200)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("withdrawn_by", models.CharField(max_length=200, null=True)),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partners.secrecyarea"
                    ),
                ),
                (
                    "membership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partners.membership"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="InvitationBooking",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("category", models.CharField(max_length=30)),
                ("by_participant", models.BooleanField()),
                ("booked_at", models.DateTimeField()),
                ("booked_by", models.CharField(max_length=200)),
                ("reminded_at", models.DateTimeField(null=True)),
                ("released_at", models.DateTimeField(null=True)),
                ("released_by", models.CharField(max_length=200, null=True)),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partners.secrecyarea"
                    ),
                ),
                (
                    "invitation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="bookings", to="people.invitation"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "slot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="bookings", to="people.invitationslot"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="RecruitmentInvitation",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("category", models.CharField(max_length=30)),
                ("code", models.CharField(max_length=6)),
                ("step", models.UUIDField(null=True)),
                (
                    "fields",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), blank=True, default=list, size=None
                    ),
                ),
                ("told", models.JSONField()),
                ("basis", models.CharField(max_length=20)),
                ("shown_how", models.CharField(max_length=20)),
                ("shown_date", models.DateField()),
                ("reply", models.CharField(default="none", max_length=5)),
                ("replied_at", models.DateTimeField(null=True)),
                ("replied_by", models.CharField(max_length=200, null=True)),
                ("invited_at", models.DateTimeField()),
                ("invited_by", models.CharField(max_length=200)),
                ("membership_id", models.UUIDField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_by", models.CharField(max_length=200, null=True)),
                ("moved_from", models.UUIDField(null=True)),
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
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offer.recruitmentmeeting"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recruitment_invitations",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="RecruitmentResult",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("category", models.CharField(max_length=30)),
                ("version", models.PositiveSmallIntegerField()),
                ("result", models.CharField(max_length=10)),
                ("said_by", models.CharField(max_length=8)),
                ("start_date", models.DateField(null=True)),
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
                    "invitation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="results",
                        to="people.recruitmentinvitation",
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
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_at__isnull", True)),
                fields=("person", "area"),
                name="people_invitation_one_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitationlink",
            constraint=models.UniqueConstraint(fields=("digest",), name="people_invitationlink_digest_once"),
        ),
        migrations.AddConstraint(
            model_name="invitationlink",
            constraint=models.CheckConstraint(
                condition=models.Q(("sent__in", ["email", "letter", "by_hand"])),
                name="people_invitationlink_sent_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitationslot",
            constraint=models.CheckConstraint(
                condition=models.Q(("period__isempty", False)), name="people_invitationslot_some_time"
            ),
        ),
        migrations.AddConstraint(
            model_name="invitationslot",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("withdrawn_at__isnull", True)),
                expressions=[("membership", "="), ("period", "&&")],
                name="people_invitationslot_no_overlap",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitationbooking",
            constraint=models.UniqueConstraint(
                condition=models.Q(("released_at__isnull", True)),
                fields=("slot",),
                name="people_invitationbooking_one_for_each_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitationbooking",
            constraint=models.UniqueConstraint(
                condition=models.Q(("released_at__isnull", True)),
                fields=("invitation",),
                name="people_invitationbooking_one_at_a_time",
            ),
        ),
        migrations.AddIndex(
            model_name="recruitmentinvitation",
            index=models.Index(fields=["person", "area"], name="people_recruitment_person"),
        ),
        migrations.AddConstraint(
            model_name="recruitmentinvitation",
            constraint=models.UniqueConstraint(fields=("meeting", "code"), name="people_recruitment_code_once"),
        ),
        migrations.AddConstraint(
            model_name="recruitmentinvitation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                fields=("meeting", "person", "area"),
                name="people_recruitment_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="recruitmentinvitation",
            constraint=models.CheckConstraint(
                condition=models.Q(("reply__in", ["none", "yes", "no"])), name="people_recruitment_reply_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="recruitmentresult",
            constraint=models.UniqueConstraint(
                fields=("invitation", "version"), name="people_recruitmentresult_version_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="recruitmentresult",
            constraint=models.CheckConstraint(
                condition=models.Q(("result__in", ["no_show", "interview", "trial", "hired", "not_now"])),
                name="people_recruitmentresult_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="recruitmentresult",
            constraint=models.CheckConstraint(
                condition=models.Q(("said_by__in", ["staff", "employer"])), name="people_recruitmentresult_by_known"
            ),
        ),
        migrations.RunSQL(_walls(), _opened()),
    ]
