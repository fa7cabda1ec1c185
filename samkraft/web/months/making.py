"""Makes a closed month's file beside the pages, for whoever closes months, with what that reader may know when it is made.

The numbers come from the guard and leave a trace each time. A protected person whom the reader is not named for is in neither
the month nor the file; whoever is named reports in the receiver's way.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from samkraft.audit.actions import transactions
from samkraft.initiatives.queries import teams as arrangements
from samkraft.partners.actions.runners import Tell
from samkraft.partners.rules.errands import Made
from samkraft.partners.rules.roles import Permission
from samkraft.people.actions.months import months as actions
from samkraft.people.queries.months import months as asked
from samkraft.people.rules.months import esf, month_reasons, months, scb
from samkraft.values.context import Context
from samkraft.values.refusal import Refused
from samkraft.values.wording import phrase
from samkraft.web import days, exports
from samkraft.web.exports import Head

KIND = "month_file"
NAME = phrase("Månadens fil")
NEEDS = Permission.CLOSE_MONTHS
KINDS = ("scb", "esf")
_SHAPES = {
    "scb": ("text", "text", "text", "date", "date", "number"),
    "esf": ("text", "text", "date", "date", "number", "text"),
}


def heads(kind: str) -> tuple[str, ...]:
    """The file's columns."""
    return scb.HEADS if kind == "scb" else esf.HEADS


def run(by: Context, arguments: dict[str, Any], tell: Tell) -> Made:
    """Make it, and note that it was made."""
    closing_id, kind = UUID(arguments["closing"]), arguments["what"]
    with transactions.read(by):
        found = asked.closing(by, closing_id)
        if found is None:
            raise Refused(month_reasons.NO_SUCH_MONTH)
        initiative_id, closing = found
        rows = asked.snapshots(by, [closing_id])[closing_id]
        settings = asked.settings(by, initiative_id)
        names = asked.names(by, initiative_id)
        basis = asked.basis(by, [row.enrolment_id for row in rows])
        day = months.span(closing.month)[1]
        teams = {one.id: one.name for one in arrangements.teams(initiative_id, on=day)}
    if not basis:
        raise Refused(month_reasons.CHANGED_MEANWHILE)
    numbers = actions.numbers(by=by, closing_id=closing_id)
    tell(1, 2)
    codes = scb.Codes(settings.project_number, settings.protected_woman or scb.PROTECTED_WOMAN, settings.protected_man)
    if kind == "scb":
        identities = {
            key: scb.Identity(one.number, one.born, one.is_woman, one.is_protected) for key, one in numbers.items()
        }
        written, _checks = scb.rows(rows, identities, codes)
        cells: list[list[object]] = [
            [codes.project_number, closing.month, one.who, one.started_on, one.ended_on, one.hours] for one in written
        ]
    else:
        protected = frozenset(key for key, one in numbers.items() if one.is_protected)
        summed = esf.sums(rows, {key: one.is_woman for key, one in numbers.items()})
        cells = [
            [one.name or _("Skyddad identitet"), one.team, one.started_on, one.ended_on, one.hours, one.attested_by]
            for one in esf.rows(rows, names, protected, teams)
        ]
        cells += _sums(summed)
    columns = [Head(name, shape) for name, shape in zip(heads(kind), _SHAPES[kind], strict=True)]
    actions.note_file(by=by, closing_id=closing_id, kind=kind)
    whole = " ".join([basis, *(str(row.enrolment_id) for row in rows)])
    return Made(file=exports.made(arguments["file"], f"{kind}-{closing.month}", columns, cells, basis=whole))


def _sums(summed: esf.Sums) -> list[list[object]]:
    """The project's own lines, under those of the participants."""
    return [
        [_("Alla deltagare: {number}").format(number=summed.participants), "", None, None, summed.hours, ""],
        [_("Kvinnor: {number}").format(number=summed.women), "", None, None, summed.hours_of_women, ""],
        [
            _("Okänt kön, personnummer saknas: {number}").format(number=summed.unknown), "", None, None, "", "",
        ],
    ]  # fmt: skip


def still_holds(by: Context, arguments: dict[str, Any], basis: str) -> bool:
    """Whether everyone in the file may still be known by whoever asks."""
    digest, _space, written = basis.partition(" ")
    with transactions.read(by):
        return bool(digest) and asked.basis(by, [UUID(key) for key in written.split()]) == digest


def changes_in_words(found: Sequence[months.Change], names: dict[UUID, str]) -> list[dict[str, Any]]:
    """Differences between two closings, for a table."""
    return [
        {
            "name": names.get(one.person_id) or _("Inte längre i månaden"),
            "what": _(months.CHANGED_NAMES[one.what]),
            "before": _value(one.before),
            "after": _value(one.after),
        }
        for one in found
    ]


def _value(value: int | date | None) -> str:
    if value is None:
        return str(_("ingen"))
    return days.dated(value) if isinstance(value, date) else str(value)
