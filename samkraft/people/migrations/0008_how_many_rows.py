"""How many rows the walls' functions give, told to the planner: it guesses a thousand, and then reads every key there is
instead of the reader's own by their index. The functions themselves, and what they answer, are unchanged."""

from django.db import migrations

# One membership, a dozen categories, a team's caseload, hardly anybody protected, an organisation with a few areas.
USUAL = {
    "people_me": 1,
    "people_reads": 12,
    "people_writes": 12,
    "people_cases": 150,
    "people_hidden": 1,
    "people_reviews": 5,
}
GUESSED = 1000


class Migration(migrations.Migration):
    dependencies = [("people", "0007_saved_views")]
    operations = [
        migrations.RunSQL(
            "".join(f"ALTER FUNCTION {name}() ROWS {rows};" for name, rows in USUAL.items()),
            "".join(f"ALTER FUNCTION {name}() ROWS {GUESSED};" for name in USUAL),
        )
    ]
