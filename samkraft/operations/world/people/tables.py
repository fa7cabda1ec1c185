"""The tables that an invented life fills, their columns in order, and rows as the database's bulk reader takes them."""

COLUMNS = {
    "people_person": "id created_at",
    "people_identity": "id person_id number kind valid",
    "people_caseaccess": "id person_id area_id team_id membership_id period basis granted_at granted_by",
    "people_enrolment": "id person_id initiative_id area_id period category",
    "people_protection": "id person_id level period area_id registered_by lift_asked_at lift_asked_by lifted_by",
    "people_protectionname": "id person_id membership_id period named_by",
    "people_match": "id known_id newer_id found_at state decided_at decided_by reason moved",
    "people_consent": "id person_id from_area_id to_area_id purpose given_at how giver giver_ground giver_scope language "
    "text_version interpreter document registered_at registered_by registered_membership_id",
    "people_consentscope": "id consent_id person_id from_area_id to_area_id category period withdrawn_at withdrawn_by "
    "withdrawn_voice",
    "people_disclosure": "id person_id from_area_id to_area_id category contribution_id lineage version scope_id statute "
    "standing disclosed_at disclosed_by disclosed_membership_id",
    "people_contribution": "id area_id person_id enrolment_id kind category lineage version content voice author_area_id "
    "author_organisation_id author_membership_id author_name author_role occurred_at written_at withheld_ground "
    "withheld_by copy_of_id disclosure_id",
}
# The trail of what was done, put in last and in the order of time. The database adds when it was recorded.
TRAIL = "audit_event"
TRAIL_COLUMNS = "id at actor_id actor_name membership_id role area_id purpose action subject_kind subject_id subject_name salt content"
NOTHING = "\\N"
_ESCAPES = str.maketrans({"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"})


def told(text: str) -> str:
    """A free text in one cell."""
    return text.translate(_ESCAPES)


def line(*cells: str) -> str:
    """One row; each cell is already written as the database reads it."""
    return "\t".join(cells) + "\n"


def since(start: str, end: str = "") -> str:
    """A range of moments from one up to another, or without end."""
    return f'["{start}","{end}")' if end else f'["{start}",)'


class Rows:
    """Rows gathered by table, in the order in which tables refer to each other."""

    def __init__(self) -> None:
        self.count = 0
        self.by_table: dict[str, list[str]] = {table: [] for table in (*COLUMNS, TRAIL)}

    def add(self, table: str, *cells: str) -> None:
        """One row of a table."""
        self.by_table[table].append(line(*cells))
        self.count += 1

    def close(self) -> None:
        """No more rows come: each table's become one text, which is quicker to hand over."""
        self.by_table = {table: ["".join(lines)] if lines else [] for table, lines in self.by_table.items()}
