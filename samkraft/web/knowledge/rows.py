"""Pseudonymous rows for an evaluator: one file for one named study."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from samkraft.audit.actions import transactions
from samkraft.knowledge.actions import releases
from samkraft.knowledge.queries import scorecards, studies
from samkraft.knowledge.rules.studies import stages
from samkraft.partners.queries import areas
from samkraft.partners.rules.roles import Permission
from samkraft.people.queries.cohorts import Pseudonymous
from samkraft.people.rules.cohorts import DAYS, FIELDS, ORIGIN, UNKNOWN
from samkraft.values.refusal import Refused
from samkraft.web import exports, refusals
from samkraft.web.acting import page
from samkraft.web.exports import Head
from samkraft.web.knowledge import frames


@page(needs=Permission.SEE_COHORTS)
def show(request: Any, code: str) -> HttpResponse:
    """Choose the study; the file comes as an answer, and stands in the ledger."""
    row = frames.initiative(code)
    tried, chosen = None, request.POST.get("study", "")
    if request.method == "POST":
        try:
            found = releases.hand_out_rows(by=request.by, initiative_id=row.id, study_id=_key(chosen))
        except Refused as refused:
            tried = refusals.explain(refused)
        else:
            return exports.answer(exports.CSV, f"rader {code}", _heads(), _lines(found))
    with transactions.read(request.by):
        snapshots, listed = scorecards.snapshots(row.id), studies.listed(row.id)
        context = {
            "refusal": tried, "chosen": chosen, "snapshot": snapshots[0] if snapshots else None, "fields": FIELDS,
            "studies": [(str(one.id), one.number, one.registration.title) for one in listed],
        }  # fmt: skip
        return frames.draw(
            request,
            "knowledge/rows.html",
            row,
            "rows",
            context,
            (_("Rader till studie"), ""),
            status=422 if tried else 200,
        )


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Refused(stages.NO_SUCH_STUDY) from None


def _heads() -> list[Head]:
    return [Head("kod"), Head("avsandare"), *(Head(name, "date" if name in DAYS else "number") for name in FIELDS)]


def _lines(found: Pseudonymous) -> list[list[object]]:
    names = {key: label.name for key, label in areas.labels().items()}
    lines: list[list[object]] = []
    for place, pseudonym in enumerate(found.names):
        body = found.body_ids[place]
        line: list[object] = [pseudonym, names.get(body, "") if body else ""]
        for name in FIELDS:
            value = int(found.rows.columns[name][place])
            if value == UNKNOWN:
                line.append(None)
            else:
                line.append(ORIGIN + timedelta(days=value) if name in DAYS else value)
        lines.append(line)
    return lines
