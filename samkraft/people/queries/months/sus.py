"""Who came into the initiative or left it in a month, with what is written for SUS, as the reader may know it."""

from uuid import UUID

from samkraft.audit.queries import statements
from samkraft.people.models import Contribution
from samkraft.people.queries import contributions
from samkraft.people.rules import contents
from samkraft.people.rules.contents.following import Direction, Schooling, SusSheet
from samkraft.people.rules.held import latest
from samkraft.people.rules.months import months
from samkraft.people.rules.months.sus import Line
from samkraft.values.context import Context

_ROWS = """
SELECT o.person_id, o.enrolment_id, o.name, o.started_on, o.exited_on,
       EXISTS (SELECT 1 FROM people_protection p WHERE p.person_id = o.person_id AND p.period @> statement_timestamp()),
       coalesce((SELECT c.content ->> 'sex' FROM people_contribution c WHERE c.person_id = o.person_id AND c.kind = 'card'
                 AND c.area_id = o.area_id ORDER BY c.written_at DESC LIMIT 1), '')
FROM people_overview o
WHERE o.initiative_id = %(initiative)s AND (o.started_on BETWEEN %(first)s AND %(last)s
   OR o.exited_on BETWEEN %(first)s AND %(last)s)
ORDER BY o.sort_key, o.enrolment_id
"""


def lines(by: Context, initiative_id: UUID, month: str) -> list[Line]:
    """One for each direction. Two statements."""
    first, last = months.span(month)
    rows = statements.rows(_ROWS, {"initiative": initiative_id, "first": first, "last": last})
    asked = Contribution.objects.filter(
        area_id=by.area_id, kind__in=("sus_sheet", "education_level"), person_id__in=[row[0] for row in rows]
    )
    sheets: dict[tuple[UUID | None, str], SusSheet] = {}
    noted: dict[UUID, Schooling] = {}
    known = list(asked)
    person_of = {one.lineage: one.person_id for one in known}
    for held in latest(contributions.as_held(known), "sus_sheet", "education_level"):
        content = contents.read(held.kind, held.content)
        if held.kind == "sus_sheet":
            sheets[held.enrolment_id, str(held.content["direction"])] = content
        else:
            noted[person_of[held.lineage]] = content.level
    found = []
    for person, enrolment, name, started_on, exited_on, is_protected, sex in rows:
        for direction, on in ((Direction.ENTRY, started_on), (Direction.EXIT, exited_on)):
            if on is not None and first <= on <= last:
                sheet = sheets.get((enrolment, direction.value))
                found.append(Line(person, name, sex, direction, on, started_on, is_protected, sheet, noted.get(person)))
    return found
