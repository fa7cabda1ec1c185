"""The annual analysis of a large city as a file, made beside the pages."""

from typing import Any

from samkraft.audit.actions import transactions
from samkraft.knowledge.queries import annual_analysis
from samkraft.knowledge.rules import writing
from samkraft.partners.actions.runners import Tell
from samkraft.partners.rules.errands import File, Made
from samkraft.partners.rules.roles import Permission
from samkraft.values.context import Context
from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase

KIND = "annual_analysis"
NAME = phrase("Årsanalys som fil")
NEEDS = Permission.SEE_MONEY
NOTHING = Reason(
    "no_reports_that_year",
    phrase("Det finns inga redovisningar för {year}."),
    phrase("Välj ett annat år."),
)


def run(by: Context, arguments: dict[str, Any], tell: Tell) -> Made:
    """Read, compose, write."""
    year, ending = int(arguments["year"]), f".{arguments['ending']}"
    tell(0, 2)
    with transactions.read(by):
        document = annual_analysis.document(by=by, year=year)
    if document is None:
        raise Refused(NOTHING, year=year)
    tell(1, 2)
    content = writing.as_file(document, ending)
    return Made(file=File(f"arsanalys-{year}{ending}", writing.MEDIA_TYPES[ending], content))
