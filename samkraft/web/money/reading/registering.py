"""Register a proposal, or what a body decided: at a given day, as proposed or not, after seeing what will be posted."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samkraft.audit.actions import transactions
from samkraft.money.actions import decisions
from samkraft.money.queries import drafts as draft_queries
from samkraft.money.queries import matters as matter_queries
from samkraft.money.queries import registration as posting_queries
from samkraft.money.queries.drafts import DraftPage
from samkraft.money.rules import changes
from samkraft.money.rules.decision_text import reading as read
from samkraft.money.rules.points import POSTS, Outcome
from samkraft.money.rules.posting import PointDraft
from samkraft.money.rules.registration import registration_outcome
from samkraft.partners.queries import matching
from samkraft.partners.rules.roles import Permission
from samkraft.values.refusal import Refused
from samkraft.web import afterwards, refusals
from samkraft.web.acting import page
from samkraft.web.money import crumbs
from samkraft.web.money.reading import decision_form, reading

OUTCOME_OF_TEXT = {
    read.REMITTED: Outcome.REMITTED,
    read.TABLED: Outcome.TABLED,
    read.REJECTED: Outcome.REJECTED,
}


@dataclass(frozen=True, slots=True)
class Subject:
    """What is being decided: a draft's own points or a proposal's, and where to go from here."""

    case_number: str
    title: str
    decider_id: UUID
    decider: str
    points: tuple[PointDraft, ...]
    proposed: tuple[PointDraft, ...] | None
    proposal_id: UUID | None
    draft: DraftPage | None
    planned_date: date | None
    paragraph: str
    outcome: Outcome


@require_POST
@page(needs=Permission.REGISTER_DECISIONS)
def propose(request: Any, draft_id: UUID) -> HttpResponse:
    """Register the draft as a proposal. No money moves."""
    with transactions.read(request.by):
        draft = _draft(request, draft_id)
    if draft.open_questions or draft.now.decider_id is None:
        return reading.show(request, draft_id, problem=_("Svara på frågorna först."), status=422)
    meetings = registration_outcome.meetings(draft.now, draft.known)
    proposer = next((body for body, _day in meetings if body != draft.now.decider_id), None)
    try:
        decisions.propose(
            by=request.by,
            case_number=draft.now.case_number,
            title=draft.now.title or draft.now.case_number,
            decider_id=draft.now.decider_id,
            points=registration_outcome.drafts(draft.now),
            proposer_id=proposer,
            meetings=meetings,
            addressees=draft.reading.recipients,
            source=_source(draft),
            draft=(draft_id, reading.version_in(request)),
        )
    except Refused as refusal:
        return reading.show(request, draft_id, problem=str(refusals.explain(refusal)), status=409)
    messages.success(request, _("Förslaget är registrerat. Inget är bokfört."))
    return _to_matter(request, draft.now.case_number)


@page(needs=Permission.REGISTER_DECISIONS)
def decide_draft(request: Any, draft_id: UUID) -> HttpResponse:
    """Register a text that is a decision, or a proposal that is decided at once."""
    return _decide(request, lambda: _of_draft(request, draft_id))


@page(needs=Permission.REGISTER_DECISIONS)
def decide_proposal(request: Any, matter_id: UUID, proposal_id: UUID) -> HttpResponse:
    """Register what became of a registered proposal."""
    return _decide(request, lambda: _of_proposal(request, matter_id, proposal_id))


def _of_draft(request: Any, draft_id: UUID) -> Subject:
    draft = _draft(request, draft_id)
    if draft.open_questions or draft.now.decider_id is None:
        raise Refused(reading.QUESTIONS_LEFT)
    latest = draft.standing.latest_proposal_id if draft.standing else None
    proposal = matter_queries.proposal_drafts(by=request.by, proposal_id=latest) if latest else None
    if proposal and proposal.decider_id != draft.now.decider_id:
        proposal = None
    points = tuple(registration_outcome.drafts(draft.now))
    changed = bool(proposal and changes.between(proposal.points, points))
    decided = next(
        (each for each in draft.reading.meetings if draft.known.receivers.get(each.body) == draft.now.decider_id), None
    )
    return Subject(
        case_number=draft.now.case_number,
        title=draft.now.title or draft.now.case_number,
        decider_id=draft.now.decider_id,
        decider=draft.names.get(draft.now.decider_id, ""),
        points=points,
        proposed=proposal.points if proposal else None,
        proposal_id=proposal.id if proposal else None,
        draft=draft,
        planned_date=date.fromisoformat(decided.date) if decided else None,
        paragraph=draft.reading.facts.paragraph or "",
        outcome=OUTCOME_OF_TEXT.get(draft.reading.status, Outcome.CHANGED if changed else Outcome.AS_PROPOSED),
    )


def _of_proposal(request: Any, matter_id: UUID, proposal_id: UUID) -> Subject:
    proposal = matter_queries.proposal_drafts(by=request.by, proposal_id=proposal_id)
    if proposal is None or proposal.matter_id != matter_id:
        raise Http404
    return Subject(
        case_number=proposal.case_number,
        title=proposal.title,
        decider_id=proposal.decider_id,
        decider=matching.choices([proposal.decider_id])[proposal.decider_id].name,
        points=proposal.points,
        proposed=proposal.points,
        proposal_id=proposal.id,
        draft=None,
        planned_date=proposal.planned_date,
        paragraph="",
        outcome=Outcome.AS_PROPOSED,
    )


def _decide(request: Any, find: Any) -> HttpResponse:
    with transactions.read(request.by):
        subject: Subject = find()
        if request.method != "POST":
            initial = {
                "date": subject.planned_date, "paragraph": subject.paragraph, "outcome": subject.outcome.value,
                "version": subject.draft.version if subject.draft else None,
            }  # fmt: skip
            return _render(request, subject, decision_form.DecisionForm(initial=initial), subject.points)
        if "recount" in request.POST:
            tried = decision_form.DecisionForm(
                initial={**request.POST.dict(), "is_assumption": "is_assumption" in request.POST}
            )
            points, wrong = _points(request, subject)
            return _render(request, subject, tried, points, wrong=wrong)
        form = decision_form.DecisionForm(request.POST)
        is_valid = form.is_valid()
        points, wrong = _points(request, subject)
        if not is_valid or wrong:
            return _render(request, subject, form, points, wrong=wrong, status=422)
        outcome = Outcome(form.cleaned_data["outcome"])
        if problem := _mismatch(subject, outcome, points):
            form.add_error("outcome", problem)
            return _render(request, subject, form, points, status=422)
        if outcome in POSTS and form.cleaned_data["seen"] != _seen(points):
            return _render(request, subject, form, points, ask_again=True)
    try:
        _register(request, subject, form.cleaned_data, outcome, points)
    except Refused as refusal:
        form.add_error(_field_of(refusal), str(refusals.explain(refusal)))
        with transactions.read(request.by):
            return _render(request, subject, form, points, status=409)
    messages.success(
        request,
        _("Beslutet är registrerat och bokfört.")
        if outcome in POSTS
        else _("Beslutet är registrerat. Inget är bokfört."),
    )
    return _to_matter(request, subject.case_number)


def _register(
    request: Any, subject: Subject, data: dict[str, Any], outcome: Outcome, points: Sequence[PointDraft]
) -> None:
    draft = subject.draft
    decisions.decide(
        by=request.by,
        case_number=subject.case_number,
        title=subject.title,
        body_id=subject.decider_id,
        date=data["date"],
        outcome=outcome,
        proposal_id=subject.proposal_id,
        points=points if outcome in POSTS else None,
        paragraph=data["paragraph"],
        addressees=draft.reading.recipients if draft else None,
        is_assumption=data["is_assumption"],
        note=data["note"],
        source=_source(draft) if draft else None,
        draft=(draft.id, data["version"] or 0) if draft else None,
    )


def _field_of(refusal: Refused) -> str | None:
    fields = {decisions.ASSUMPTION_NEEDS_REASON.code: "note", decisions.ALREADY_DECIDED.code: "date"}
    return fields.get(refusal.reason.code)


def _mismatch(subject: Subject, outcome: Outcome, points: Sequence[PointDraft]) -> str:
    """Why the outcome cannot be what is chosen; empty when it can."""
    if subject.proposed is None:
        return ""
    differs = bool(changes.between(subject.proposed, points))
    if outcome is Outcome.AS_PROPOSED and differs:
        return _("Beloppen skiljer sig från förslaget. Välj beslutat med ändringar, eller ändra tillbaka beloppen.")
    if outcome is Outcome.CHANGED and not differs and subject.draft is None:
        return _("Inget belopp är ändrat. Ändra minst ett belopp nedan, eller välj beslutat enligt förslaget.")
    return ""


def _points(request: Any, subject: Subject) -> tuple[tuple[PointDraft, ...], dict[str, tuple[str, str]]]:
    """The decided points: a draft's own, or the proposal's with the amounts that were typed."""
    return (subject.points, {}) if subject.draft is not None else decision_form.points_in(request, subject.points)


def _seen(points: Sequence[PointDraft]) -> str:
    """A mark of what would be posted: the button registers only what the page has shown."""
    told = "|".join(
        f"{point.number}:{item.receiver_id}:{item.year}:{item.amount_ore}" for point in points for item in point.items
    )
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def _render(
    request: Any,
    subject: Subject,
    form: decision_form.DecisionForm,
    points: Sequence[PointDraft],
    *,
    wrong: dict[str, tuple[str, str]] | None = None,
    ask_again: bool = False,
    status: int = 200,
) -> HttpResponse:
    problem = ""
    movements: list[posting_queries.Movement] = []
    try:
        movements = posting_queries.movements(by=request.by, points=points, decider_id=subject.decider_id)
    except Refused as refusal:
        problem = str(refusals.explain(refusal))
    if form.is_bound:
        form.data = {**form.data.dict(), "seen": _seen(points)}
    form.initial["seen"] = _seen(points)
    ids = {item.receiver_id for point in subject.points for item in point.items if item.receiver_id}
    names = {key: choice.name for key, choice in matching.choices(ids).items()}
    found = changes.between(subject.proposed, points) if subject.proposed is not None else []
    where = (_("Ärenden"), reverse("money:matters"))
    frame = crumbs.frame(request, where, (subject.case_number, ""))
    return render(
        request,
        "money/decide.html",
        {
            "shell": frame,
            "subject": subject,
            "form": form,
            "ask_again": ask_again,
            "standing": posting_queries.standing(subject.case_number),
            "problem": problem,
            "movements": [each for each in movements if not each.waits],
            "waiting": [each for each in movements if each.waits],
            "total_ore": sum(each.amount_ore for each in movements if not each.waits),
            "changes": [
                (
                    change,
                    names.get(change.receiver_id, change.receiver_words)
                    if change.receiver_id
                    else change.receiver_words,
                )
                for change in found
            ],
            "amounts": decision_form.fields(request, subject.points, names, wrong or {})
            if subject.draft is None
            else [],
            "choosing_changed": form["outcome"].value() == Outcome.CHANGED.value,
            "short": [each for each in movements if each.left_ore is not None and each.left_ore < 0],
        },
        status=status,
    )


def _draft(request: Any, draft_id: UUID) -> DraftPage:
    found = draft_queries.page(by=request.by, draft_id=draft_id, with_content=True)
    if found is None:
        raise Refused(reading.actions.NO_DRAFT)
    return found


def _source(draft: DraftPage) -> decisions.Text:
    kind = draft.reading.facts.document_kind or ("Beslut" if draft.is_decision else "Tjänsteskrivelse")
    return decisions.Text(
        kind=kind[:1].upper() + kind[1:40],
        title=draft.now.title or draft.file_name or draft.now.case_number,
        text=draft.text,
        file_name=draft.file_name,
        media_type=draft.media_type,
        content=draft.content,
    )


def _to_matter(request: Any, case_number: str) -> HttpResponse:
    with transactions.read(request.by):
        standing = posting_queries.standing(case_number)
    target = reverse("money:matter", args=[standing.matter_id]) if standing else reverse("money:matters")
    return afterwards.at(target)
