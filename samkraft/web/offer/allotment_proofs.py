"""The files that prove a proposal, for an evaluator: who waits as numbers, and the plan with its prices."""

import json
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samkraft.knowledge.actions import allotments as actions
from samkraft.knowledge.queries import allotments as asked
from samkraft.partners.rules.errands import File
from samkraft.partners.rules.roles import Permission
from samkraft.web import exports
from samkraft.web.acting import page
from samkraft.web.offer import frames


@page(needs=Permission.SEE_COHORTS)
def listed(request: Any) -> HttpResponse:
    """Every proposal, the latest first, with its two files."""
    rows = [{"id": one, "made_at": made_at, "many": many} for one, made_at, many in asked.proofs(request.by)]
    return frames.draw(request, "offer/allotment_proofs.html", {"rows": rows}, (_("Förslagens bevis"), ""))


@require_POST
@page(needs=Permission.SEE_COHORTS)
def fetch(request: Any, proposal_id: UUID, what: str) -> HttpResponse:
    """One of the files, as `samkraft allot --check` reads them."""
    if what not in ("instans", "plan"):
        raise Http404
    proof = actions.hand_out(by=request.by, proposal_id=proposal_id)
    content = json.dumps(proof.plan if what == "plan" else proof.instance, ensure_ascii=False, indent=1)
    return exports.as_attachment(File(f"{what}-{str(proposal_id)[:8]}.json", "application/json", content.encode()))
