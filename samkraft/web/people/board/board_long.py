"""Ask for a long list as a file: who stands in it is decided now, as on the screen; what stands about them when it is made."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.utils import timezone
from django.views.decorators.http import require_POST

from samkraft.audit.actions import transactions
from samkraft.partners.actions import errands
from samkraft.partners.rules.roles import Permission
from samkraft.people.queries import opening
from samkraft.people.rules import boards
from samkraft.values.period import day_in_stockholm
from samkraft.values.refusal import Refused
from samkraft.web import exports
from samkraft.web.acting import page
from samkraft.web.errands import errand
from samkraft.web.people.board import board, board_file


@require_POST
@page(needs=Permission.SEE_CASELOAD)
def ask(request: Any) -> HttpResponse:
    """`fil` which kind, `lista`, `sida_team` and `fraga` which rows, as the list's own forms say it."""
    sent = request.POST
    file = sent.get("fil", "")
    file = file if file in (exports.CSV, exports.XLSX) else exports.XLSX
    asked = QueryDict(sent.get("fraga", "")[:300])
    is_team_page = sent.get("lista") != "deltagare"
    with transactions.read(request.by):
        opened = opening.board(
            request.by, day_in_stockholm(timezone.now()), left=asked.get("vilka") == "utskrivna" and not is_team_page
        )
        team = next((one for one in opened.frame.teams if str(one.id) == sent.get("sida_team")), None)
        choice = board.chosen(asked, opened.frame, team if is_team_page else None, is_team_page)
        every, mine = board.of_team(boards.lines(opened.rows, opened.frame.day), choice, request.by)
        shown = boards.narrowed(mine if choice.only_mine else every, choice.bits, choice.words)
        ids: list[UUID] = [one.row.enrolment_id for one in boards.in_order(shown, choice.sort)]
    if not ids:
        raise Refused(board_file.NOBODY)
    arguments = board_file.arguments(file, ids, choice.team.id if choice.team else None)
    return errand.sent_to(errands.ask(by=request.by, kind=board_file.KIND, arguments=arguments))
