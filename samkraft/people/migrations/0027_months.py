"""Months that are closed and staff's hours: walled like the rest. Who closes the month meets names and hours alone."""

import uuid
from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models

from samkraft.partners.rules.roles import Role
from samkraft.people.rules.categories import READS, WRITES

second = import_module("samkraft.people.migrations.0002_who_sees_what")
owned = import_module("samkraft.people.migrations.0003_on_the_case").owned
AREA, MEMBERSHIP, ROLE, MINE = second.AREA, second.MEMBERSHIP, second.ROLE, second.MINE
READABLE, WRITABLE = second.READABLE, second.WRITABLE
ADMINISTRATOR = "project_administrator"
ACTOR = "nullif(current_setting('samkraft.actor', true), '')::uuid"
ME = "EXISTS (SELECT 1 FROM people_me())"
OURS = f"area_id = {AREA} AND {ME}"
CLOSES = f"{OURS} AND membership_id = {MEMBERSHIP} AND {ROLE} = '{ADMINISTRATOR}'"
OWN_CLOSING = f"closing_id IN (SELECT c.id FROM people_monthclosing c WHERE c.membership_id = {MEMBERSHIP})"
SEES_HOURS = (
    f"{ME} AND (membership_id = {MEMBERSHIP} OR {ROLE} IN ('main_project_leader', '{ADMINISTRATOR}', "
    f"'project_economist') OR ({ROLE} = 'subproject_leader' AND area_id = {AREA}))"
)
POLICIES = {
    "reads_own_areas_closings": ("monthclosing", "SELECT", f"USING ({OURS})"),
    "closes_as_oneself": ("monthclosing", "INSERT", f"WITH CHECK ({CLOSES})"),
    "reads_month_on_case": ("monthrow", "SELECT", f"USING ({MINE} AND {READABLE})"),
    "closes_what_it_may_know": ("monthrow", "INSERT", f"WITH CHECK ({MINE} AND {WRITABLE} AND {OWN_CLOSING})"),
    "reads_own_areas_files": ("monthfile", "SELECT", f"USING ({OURS})"),
    "makes_files_as_oneself": ("monthfile", "INSERT", f"WITH CHECK ({CLOSES})"),
    "reads_own_areas_settings": ("monthsetting", "SELECT", f"USING ({OURS})"),
    "settles_as_oneself": ("monthsetting", "INSERT", f"WITH CHECK ({CLOSES})"),
    "reads_hours_of_work": ("staffhours", "SELECT", f"USING ({SEES_HOURS})"),
    "writes_own_hours": (
        "staffhours", "INSERT", f"WITH CHECK ({OURS} AND membership_id = {MEMBERSHIP} AND user_id = {ACTOR})",
    ),
    "reads_attest_with_the_hours": (
        "staffattest", "SELECT", "USING (hours_id IN (SELECT h.id FROM people_staffhours h))",
    ),
    "attests_others_hours": (
        "staffattest", "INSERT",
        f"WITH CHECK ({OURS} AND membership_id = {MEMBERSHIP} AND user_id = {ACTOR} AND {ROLE} IN "
        "('main_project_leader', 'subproject_leader') AND (hours_id, staff_user_id) IN "
        "(SELECT h.id, h.user_id FROM people_staffhours h))",
    ),
}  # fmt: skip
TABLES = ("monthclosing", "monthrow", "monthfile", "monthsetting", "staffhours", "staffattest")

# The numbers of those in a month that the asker closed for the own area: as the guard gives them one at a time. Of a
# protected person (whom the asker is named for) the day of birth and the sex, and never the number.
NUMBERS = f"""
CREATE FUNCTION people_month_numbers(asked uuid)
RETURNS TABLE (enrolment uuid, number text, born text, is_woman boolean, is_protected boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE me record;
BEGIN
    SELECT * INTO me FROM people_me();
    IF NOT FOUND OR me.role <> '{ADMINISTRATOR}' THEN PERFORM people_refuse('not_for_your_role'); END IF;
    IF NOT EXISTS (SELECT 1 FROM people_monthclosing c WHERE c.id = asked AND c.area_id = me.area_id) THEN
        PERFORM people_refuse('not_on_case');
    END IF;
    PERFORM people_limit('month_numbers', 30);
    RETURN QUERY
    SELECT r.enrolment_id, CASE WHEN p.held THEN NULL ELSE i.number::text END, left(i.number, 8),
           substr(i.number, 11, 1)::int % 2 = 0, p.held
    FROM people_monthrow r
    CROSS JOIN LATERAL (SELECT EXISTS (SELECT 1 FROM people_protection x WHERE x.person_id = r.person_id
        AND x.period @> statement_timestamp()) AS held) p
    CROSS JOIN LATERAL (SELECT i.number FROM people_identity i WHERE i.person_id = r.person_id AND (
            EXISTS (SELECT 1 FROM people_caseaccess c WHERE c.person_id = r.person_id AND c.area_id = me.area_id
                AND c.basis = 'referral')
            OR EXISTS (SELECT 1 FROM people_contribution c LEFT JOIN people_disclosure d ON d.id = c.disclosure_id
                LEFT JOIN people_consentscope s ON s.id = d.scope_id
                WHERE c.person_id = r.person_id AND c.area_id = me.area_id AND c.category = 'contact'
                  AND (c.copy_of_id IS NULL OR s.withdrawn_at IS NULL AND s.period @> statement_timestamp()
                    OR lower(i.valid) <= coalesce(s.withdrawn_at, upper(s.period), d.disclosed_at))))
        ORDER BY lower(i.valid) DESC LIMIT 1) i
    WHERE r.closing_id = asked AND r.person_id IN (SELECT people_cases())
      AND r.person_id NOT IN (SELECT people_hidden());
END $$;
GRANT SELECT ON people_monthclosing, people_monthrow TO samkraft_guard;
"""
FOR_THE_PRODUCT = ("people_month_numbers(uuid)",)
INDEX = """
CREATE INDEX people_contribution_month ON people_contribution (area_id, (content ->> 'month'))
    WHERE kind IN ('time_report', 'time_attest');
"""


def _walls() -> str:
    lines = []
    for table in TABLES:
        name = f"people_{table}"
        lines += [
            f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY;",
            f"ALTER TABLE {name} FORCE ROW LEVEL SECURITY;",
            f"CREATE POLICY owner_sees_all ON {name} TO samkraft_owner USING (true) WITH CHECK (true);",
        ]
    for table in ("monthclosing", "monthrow"):
        lines.append(f"CREATE POLICY guard_sees_all ON people_{table} TO samkraft_guard USING (true);")
    for policy, (table, command, clause) in POLICIES.items():
        lines.append(f"CREATE POLICY {policy} ON people_{table} FOR {command} TO samkraft_app {clause};")
    lines.append(
        "CREATE POLICY protected_identity ON people_monthrow AS RESTRICTIVE TO samkraft_app "
        "USING (NOT person_id = ANY (ARRAY(SELECT people_hidden())));"
    )
    return "\n".join(lines)


def _open() -> str:
    lines = ["DROP POLICY protected_identity ON people_monthrow;"]
    lines += [f"DROP POLICY {policy} ON people_{POLICIES[policy][0]};" for policy in reversed(POLICIES)]
    for table in ("monthclosing", "monthrow"):
        lines.append(f"DROP POLICY guard_sees_all ON people_{table};")
    for table in TABLES:
        lines += [
            f"DROP POLICY owner_sees_all ON people_{table};",
            f"ALTER TABLE people_{table} DISABLE ROW LEVEL SECURITY;",
        ]
    return "\n".join(lines)


def _meets() -> list[tuple[str, list[object]]]:
    role = Role.PROJECT_ADMINISTRATOR
    return [
        ("INSERT INTO people_rolecategory (role, category, reads, writes_it) VALUES (%s, %s, true, %s) "
         "ON CONFLICT DO NOTHING", [role.value, category.value, category in WRITES[role]])
        for category in sorted(READS[role])
    ]  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("people", "0026_summer_places_held")]

    operations = [
        migrations.CreateModel(
            name="MonthClosing",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("month", models.CharField(max_length=7)),
                ("number", models.PositiveSmallIntegerField()),
                ("why", models.TextField(blank=True)),
                ("digest", models.CharField(max_length=64)),
                ("closed_at", models.DateTimeField()),
                ("closed_by", models.CharField(max_length=200)),
                ("membership_id", models.UUIDField()),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partners.secrecyarea"
                    ),
                ),
                (
                    "initiative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="initiatives.initiative"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="MonthFile",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=10)),
                ("made_at", models.DateTimeField()),
                ("made_by", models.CharField(max_length=200)),
                ("membership_id", models.UUIDField()),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partners.secrecyarea"
                    ),
                ),
                (
                    "closing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="files", to="people.monthclosing"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="MonthRow",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("category", models.CharField(default="enrolment", max_length=30)),
                ("enrolment_id", models.UUIDField()),
                ("team_id", models.UUIDField(null=True)),
                ("started_on", models.DateField(null=True)),
                ("ended_on", models.DateField(null=True)),
                ("hours", models.PositiveSmallIntegerField(null=True)),
                ("attested_by", models.CharField(blank=True, max_length=200)),
                ("note", models.CharField(blank=True, max_length=20)),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partners.secrecyarea"
                    ),
                ),
                (
                    "closing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="rows", to="people.monthclosing"
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
        migrations.CreateModel(
            name="MonthSetting",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("project_number", models.CharField(max_length=40)),
                ("protected_woman", models.CharField(max_length=4)),
                ("protected_man", models.CharField(blank=True, max_length=4)),
                ("decided_at", models.DateTimeField()),
                ("decided_by", models.CharField(max_length=200)),
                ("membership_id", models.UUIDField()),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partners.secrecyarea"
                    ),
                ),
                (
                    "initiative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="initiatives.initiative"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="StaffHours",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("membership_id", models.UUIDField()),
                ("user_id", models.UUIDField()),
                ("staff_name", models.CharField(max_length=200)),
                ("role", models.CharField(max_length=40)),
                ("month", models.CharField(max_length=7)),
                ("version", models.PositiveSmallIntegerField()),
                ("quarters", models.PositiveSmallIntegerField()),
                ("written_at", models.DateTimeField()),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partners.secrecyarea"
                    ),
                ),
                (
                    "initiative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="initiatives.initiative"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="StaffAttest",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("staff_user_id", models.UUIDField()),
                ("membership_id", models.UUIDField()),
                ("user_id", models.UUIDField()),
                ("attested_at", models.DateTimeField()),
                ("attested_by", models.CharField(max_length=200)),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partners.secrecyarea"
                    ),
                ),
                (
                    "hours",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="attest", to="people.staffhours"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.AddConstraint(
            model_name="monthclosing",
            constraint=models.UniqueConstraint(
                fields=("initiative", "area", "month", "number"), name="people_monthclosing_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="monthclosing",
            constraint=models.CheckConstraint(
                condition=models.Q(("month__regex", "^20\\d\\d-(0[1-9]|1[0-2])$")), name="people_monthclosing_month"
            ),
        ),
        migrations.AddConstraint(
            model_name="monthclosing",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__gte", 1)), name="people_monthclosing_from_one"
            ),
        ),
        migrations.AddConstraint(
            model_name="monthclosing",
            constraint=models.CheckConstraint(
                condition=models.Q(("number", 1), models.Q(("why", ""), _negated=True), _connector="OR"),
                name="people_monthclosing_corrected_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="monthfile",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["scb", "esf"])), name="people_monthfile_kind_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="monthrow",
            constraint=models.UniqueConstraint(fields=("closing", "enrolment_id"), name="people_monthrow_once"),
        ),
        migrations.AddConstraint(
            model_name="monthrow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("started_on__isnull", True),
                    ("ended_on__isnull", True),
                    ("ended_on__gte", models.F("started_on")),
                    _connector="OR",
                ),
                name="people_monthrow_ends_after",
            ),
        ),
        migrations.AddConstraint(
            model_name="staffhours",
            constraint=models.UniqueConstraint(
                fields=("initiative", "membership_id", "month", "version"), name="people_staffhours_version_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="staffhours",
            constraint=models.CheckConstraint(
                condition=models.Q(("month__regex", "^20\\d\\d-(0[1-9]|1[0-2])$")), name="people_staffhours_month"
            ),
        ),
        migrations.AddConstraint(
            model_name="staffhours",
            constraint=models.CheckConstraint(
                condition=models.Q(("quarters__lte", 1600)), name="people_staffhours_not_more_than_a_month"
            ),
        ),
        migrations.AddConstraint(
            model_name="staffattest",
            constraint=models.CheckConstraint(
                condition=models.Q(("user_id", models.F("staff_user_id")), _negated=True),
                name="people_staffattest_by_another",
            ),
        ),
        migrations.RunSQL(_meets(), f"DELETE FROM people_rolecategory WHERE role = '{ADMINISTRATOR}';"),
        migrations.RunSQL(
            NUMBERS + owned((), FOR_THE_PRODUCT) + _walls(), _open() + "DROP FUNCTION people_month_numbers(uuid);"
        ),
        migrations.RunSQL(INDEX, "DROP INDEX people_contribution_month;"),
    ]
