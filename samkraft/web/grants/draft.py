"""An application that is being written: saved as it stands, checked all the time, signed and sent by who may."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samkraft.audit.actions import transactions
from samkraft.money.actions.grants import applications, attachments
from samkraft.money.queries.grants import grant_applications
from samkraft.money.queries.grants.grant_applications import ApplicationPage
from samkraft.money.rules.figures import Unit
from samkraft.money.rules.grants import grant_content, grant_terms
from samkraft.money.rules.grants.grant_content import Application
from samkraft.money.rules.grants.grant_kinds import ApplicationState
from samkraft.partners.rules.roles import Permission, may
from samkraft.values import written_day
from samkraft.values.refusal import Refused
from samkraft.web import afterwards, figures, refusals
from samkraft.web.acting import page
from samkraft.web.grants import frames, rows, uploading

SPARE = 3


@page(needs=Permission.APPLY_FOR_GRANTS)
def show(request: Any, application_id: UUID) -> HttpResponse:
    """The form, all of it on one page."""
    with transactions.read(request.by):
        one = grant_applications.page(by=request.by, application_id=application_id)
    if one is None:
        raise Http404
    if one.row.state is not ApplicationState.DRAFT:
        return afterwards.to("grants:own_application", application_id)
    return _take(request, one) if request.method == "POST" else _draw(request, one)


def _draw(
    request: Any, one: ApplicationPage, *, typed: Application | None = None, problem: str = "", status: int = 200
) -> HttpResponse:
    content = typed or one.content
    faults = [str(refusals.explain(fault)) for fault in grant_content.faults(content)]
    late = grant_terms.why_not_send(one.call.opens_date, one.call.closes_date, timezone.localdate())
    if late is not None:
        faults.insert(0, str(refusals.explain(Refused(late[0], day=late[1].isoformat()))))
    context = {
        "page": one,
        "content": content,
        "asked": figures.amount(content.asked_ore) if content.asked_ore is not None else "",
        "costs": rows.money_rows("costs", content.costs, SPARE),
        "financiers": rows.money_rows("financiers", content.financiers, 2),
        "targets": rows.target_rows(content.targets, SPARE),
        "units": rows.units(),
        "other_aid": [
            *({"giver": aid.giver, "day": aid.given_date, "euro": figures.amount(aid.euro_cents)} for aid in content.other_aid),
            *([{"giver": "", "day": "", "euro": ""}] * 2),
        ],
        "difference": content.costs_ore - content.income_ore,
        "files": [
            {"row": row, "size": frames.size(row.size), "url": reverse("grants:own_file", args=[row.id])} for row in one.files
        ],
        "faults": faults,
        "problem": problem,
        "may_sign": may(request.by.role, Permission.SIGN_FOR_ORGANISATION),
        "accept": uploading.ACCEPT,
        "version": one.version,
    }  # fmt: skip
    if typed is not None:  # as it was typed, also what cannot be read
        post = request.POST
        context |= {
            "asked": post.get("asked", ""),
            "costs": rows.typed_rows(post, "costs", SPARE),
            "financiers": rows.typed_rows(post, "financiers", 2),
            "other_aid": [
                {"giver": giver, "day": day, "euro": euro}
                for giver, day, euro in zip(
                    post.getlist("aid-giver"), post.getlist("aid-day"), post.getlist("aid-euro"), strict=False
                )
            ],
        }
    return frames.draw(request, "grants/draft.html", context, (one.call.title, ""), status=status)


def _take(request: Any, one: ApplicationPage) -> HttpResponse:
    """Save, add or remove a file, or sign and send. Nothing that was typed is lost when it is refused."""
    deed = request.POST.get("do", "save")
    typed: Application | None = None
    try:
        if deed == "file":
            uploading.keep(request, application_id=one.row.id)
            messages.success(request, _("Filen är tillagd."))
        elif deed.startswith("remove-"):
            attachments.remove(by=request.by, attachment_id=UUID(deed.removeprefix("remove-")))
            messages.success(request, _("Filen är borttagen."))
        else:
            typed = _typed(request)
            version = rows.whole(request.POST.get("version")) or 0
            applications.save(by=request.by, application_id=one.row.id, content=typed, version=version)
            if deed == "send":
                number = applications.send(by=request.by, application_id=one.row.id)
                messages.success(request, _("Ansökan är inkommen med nummer %(number)s.") % {"number": number})
                return afterwards.to("grants:own_application", one.row.id)
            messages.success(request, _("Utkastet är sparat. Bara ni kan läsa det."))
    except Refused as refusal:
        return _again(request, one.row.id, typed, str(refusals.explain(refusal)))
    except rows.Unreadable as odd:
        return _again(request, one.row.id, grant_content.read(odd.kept), str(odd))
    return afterwards.at(request.path)


def _again(request: Any, application_id: UUID, typed: Application | None, problem: str) -> HttpResponse:
    with transactions.read(request.by):
        one = grant_applications.page(by=request.by, application_id=application_id)
        assert one is not None
        return _draw(request, one, typed=typed, problem=problem, status=422)


def _typed(request: Any) -> Application:
    """What the form says. Raises Unreadable for an amount that cannot be read, with everything that was typed."""
    post = request.POST
    known = {unit.value for unit in Unit}
    kept: dict[str, Any] = {
        name: post.get(name, "") for name in ("title", "purpose", "target_group", "method", "starts", "ends")
    }
    kept["targets"] = [
        {"label": label.strip()[:200], "unit": unit if unit in known else "", "value": value.strip()[:40]}
        for label, unit, value in zip(
            post.getlist("target-label"), post.getlist("target-unit"), post.getlist("target-value"), strict=False
        )
        if label.strip() or value.strip()
    ]
    kept["has_other_aid"] = {"yes": True, "no": False}.get(post.get("has_other_aid", ""))
    kept["other_aid"] = _other_aid(post, kept)
    kept["costs"] = rows.read_money(post, "costs", kept)
    kept["financiers"] = rows.read_money(post, "financiers", kept)
    kept["asked_ore"] = rows.read_amount(post, "asked", kept)
    return grant_content.tidy(grant_content.read(kept))


def _other_aid(post: Any, kept: dict[str, Any]) -> list[dict[str, Any]]:
    found = []
    for giver, day, euro in zip(
        post.getlist("aid-giver"), post.getlist("aid-day"), post.getlist("aid-euro"), strict=False
    ):
        if not (giver.strip() or day.strip() or euro.strip()):
            continue
        number = grant_content.number(euro)
        try:
            read = written_day.read(day)
        except ValueError:
            raise rows.Unreadable(day, kept) from None
        if number is None or number <= 0:
            raise rows.Unreadable(euro, kept)
        found.append({"giver": giver.strip()[:200], "given_date": read.isoformat(), "euro_cents": int(number * 100)})
    return found
