"""One received application, for the city: what they ask for, what everybody says about it, and what can be done now."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samkraft.money.actions.grants import assessments as actions
from samkraft.money.actions.grants import opinions
from samkraft.money.queries.grants import grant_applications
from samkraft.money.queries.grants.grant_applications import ApplicationPage
from samkraft.money.rules.figures import UNIT_LABELS
from samkraft.money.rules.grants.grant_kinds import (
    ADVICE_LABELS,
    EVENT_LABELS,
    STANCE_LABELS,
    Advice,
    ApplicationState,
    Stance,
)
from samkraft.partners.queries import organisations, recipients
from samkraft.partners.rules.organisations import OrganisationKind
from samkraft.partners.rules.roles import Permission, Role, may
from samkraft.web import figures, sections
from samkraft.web.acting import page
from samkraft.web.amount_fields import KronorField
from samkraft.web.date_fields import SwedishDateField
from samkraft.web.grants import frames
from samkraft.web.grants.home import application_line
from samkraft.web.number_fields import WholeNumberField
from samkraft.web.sections import Plain, Section, data_for

UNDER_WAY = (ApplicationState.RECEIVED, ApplicationState.ASSESSED, ApplicationState.PROPOSED)


def _text(label: str, *, rows: int = 4, help_text: str = "", required: bool = True) -> forms.Field:
    return forms.CharField(
        label=label,
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": rows}),
        help_text=help_text,
        required=required,
    )


@page(needs=Permission.SEE_GRANTS)
def show(request: Any, application_id: UUID) -> HttpResponse:
    """The application, and a section for each thing that the reader can do."""

    def found() -> ApplicationPage:
        one = grant_applications.page(by=request.by, application_id=application_id)
        if one is None:
            raise Http404
        return one

    def build(data: Any) -> list[Section]:
        return _sections(request, found(), data)

    def render_all(made: list[Section]) -> HttpResponse:
        one = found()
        context = {
            **shown(one),
            "line": application_line(one.row),
            "matrix": _matrix(one),
            "opinions": [
                {"row": row, "stance": frames.word(STANCE_LABELS, row.stance), "is_late": row.due_date < timezone.localdate()}
                for row in one.opinions
            ],
            "proposals": [{"row": row, "advice": frames.word(ADVICE_LABELS, row.advice)} for row in one.proposals],
            "sections": made,
        }  # fmt: skip
        crumbs = ((_("Ansökningar"), reverse("grants:applications")), (one.row.number, ""))
        return frames.draw(request, "grants/application.html", context, *crumbs)

    return sections.serve(request, build, render_all)


def shown(one: ApplicationPage, file_route: str = "grants:file") -> dict[str, Any]:
    """What an application says, as both sides read it."""
    units = {unit.value: label for unit, label in UNIT_LABELS.items()}
    return {
        "page": one,
        "content": one.content,
        "difference": one.content.costs_ore - one.content.income_ore,
        "targets": [{"row": row, "unit": _(units[row.unit]) if row.unit in units else ""} for row in one.content.targets],
        "files": [
            {"row": row, "size": frames.size(row.size), "url": reverse(file_route, args=[row.id])} for row in one.files
        ],
        "events": [
            {"when": row.at, "heading": _(EVENT_LABELS[row.kind]), "text": row.text, "source": row.by} for row in one.events
        ],
    }  # fmt: skip


def _matrix(one: ApplicationPage) -> dict[str, Any]:
    """Criteria down, assessors across: only what counts."""
    seats = [seat for seat in one.seats if seat.recused_at is None]
    rows = []
    for criterion in one.call.criteria:
        points = [seat.said.points.get(criterion.name) if seat.said else None for seat in seats]
        known = [point for point in points if point is not None]
        mean = figures.decimal(sum(known) / len(known), 1) if known else ""
        rows.append({"name": criterion.name, "most": criterion.most, "points": points, "mean": mean})
    return {
        "seats": [{"row": seat, "advice": frames.word(ADVICE_LABELS, seat.said.advice) if seat.said else ""} for seat in seats],
        "rows": rows,
        "recused": [seat for seat in one.seats if seat.recused_at is not None],
    }  # fmt: skip


def _sections(request: Any, one: ApplicationPage, data: Any) -> list[Section]:
    if one.row.state not in UNDER_WAY:
        return []
    made: list[Section] = []
    own = next((seat for seat in one.seats if seat.membership_id == request.by.membership_id), None)
    if own is not None and own.recused_at is None:
        made += [_assess(request, one, data), _recuse(request, one, data)]
    asked = any(row.organisation_id == request.by.organisation_id and row.answered_at is None for row in one.opinions)
    if asked and may(request.by.role, Permission.ANSWER_FOR_COMMITTEE):
        made.append(_opinion(request, one, data))
    if may(request.by.role, Permission.PREPARE_GRANTS):
        made += [
            _propose(request, one, data), _appoint(request, one, data), _ask_opinion(request, one, data),
            _completion(request, one, data), _reject(request, one, data),
        ]  # fmt: skip
    return made


def _assess(request: Any, one: ApplicationPage, data: Any) -> Section:
    fields: dict[str, forms.Field] = {
        f"c{place}": WholeNumberField(
            label=_("%(name)s (0 till %(most)d)") % {"name": row.name, "most": row.most}, min_value=0, max_value=row.most,
            help_text=row.guide,
        )
        for place, row in enumerate(one.call.criteria)
    }  # fmt: skip
    fields |= {
        "advice": forms.ChoiceField(
            label=_("Vad ska beslutas?"), choices=frames.choices(ADVICE_LABELS), widget=forms.RadioSelect
        ),
        "text": _text(_("Motivering")),
    }

    def do(sent: Any) -> str:
        said = sent.cleaned_data
        points = {row.name: said[f"c{place}"] for place, row in enumerate(one.call.criteria)}
        actions.assess(
            by=request.by, application_id=one.row.id, points=points, advice=Advice(said["advice"]), text=said["text"]
        )
        return _("Bedömningen är sparad.")

    form = Plain(fields, data_for(request, "bedom", data))
    return Section("bedom", _("Din bedömning"), form, _("Spara bedömningen"), do, main=True)


def _recuse(request: Any, one: ApplicationPage, data: Any) -> Section:
    form = Plain({"reason": _text(_("Varför är du jävig?"), rows=2)}, data_for(request, "jav", data))

    def do(sent: Any) -> str:
        actions.recuse(
            by=request.by,
            application_id=one.row.id,
            membership_id=request.by.membership_id,
            reason=sent.cleaned_data["reason"],
        )
        return _("Antecknat. Du kan inte längre läsa eller bedöma ansökan.")

    return Section(
        "jav", _("Jäv"), form, _("Jag är jävig"), do, text=_("Då bedömer någon annan. Det du har bedömt räknas inte."),
        then=reverse("grants:home"),
    )  # fmt: skip


def _opinion(request: Any, one: ApplicationPage, data: Any) -> Section:
    fields: dict[str, forms.Field] = {
        "stance": forms.ChoiceField(
            label=_("Vad tycker ni?"), choices=frames.choices(STANCE_LABELS), widget=forms.RadioSelect
        ),
        "text": _text(_("Yttrande")),
    }

    def do(sent: Any) -> str:
        said = sent.cleaned_data
        opinions.give(by=request.by, application_id=one.row.id, stance=Stance(said["stance"]), text=said["text"])
        return _("Yttrandet är lämnat.")

    form = Plain(fields, data_for(request, "yttrande", data))
    return Section("yttrande", _("Ert yttrande"), form, _("Lämna yttrandet"), do, main=True)


def _propose(request: Any, one: ApplicationPage, data: Any) -> Section:
    initial = {"amount": one.content.asked_ore}
    fields: dict[str, forms.Field] = {
        "advice": forms.ChoiceField(
            label=_("Förslag"), choices=frames.choices(ADVICE_LABELS), widget=forms.RadioSelect
        ),
        "amount": KronorField(label=_("Belopp"), required=False, help_text=_("Lämna tomt vid avslag.")),
        "text": _text(_("Stadskontorets bedömning")),
        "conditions": _text(_("Villkor"), rows=3, required=False, help_text=_("Ett på varje rad.")),
    }

    def do(sent: Any) -> str:
        said = sent.cleaned_data
        actions.propose(
            by=request.by, application_id=one.row.id, advice=Advice(said["advice"]), amount_ore=said["amount"],
            text=said["text"], conditions=said["conditions"].splitlines(),
        )  # fmt: skip
        return _("Förslaget är sparat. Gör ett förslag till beslut på utlysningens sida när alla är klara.")

    form = Plain(fields, data_for(request, "forslag", data), initial=initial)
    is_main = one.row.state is ApplicationState.ASSESSED
    return Section("forslag", _("Förslag"), form, _("Spara förslaget"), do, main=is_main)


def _appoint(request: Any, one: ApplicationPage, data: Any) -> Section:
    seated = {seat.membership_id for seat in one.seats}
    people = [
        (str(who.membership_id), who.name)
        for who in recipients.in_roles(roles=[Role.GRANT_ASSESSOR], day=timezone.localdate())
        if who.membership_id not in seated
    ]
    fields: dict[str, forms.Field] = {"who": forms.ChoiceField(label=_("Bedömare"), choices=[("", _("Välj")), *people])}

    def do(sent: Any) -> str:
        actions.appoint(by=request.by, application_id=one.row.id, membership_id=UUID(sent.cleaned_data["who"]))
        return _("Bedömaren är utsedd och kan läsa ansökan.")

    form = Plain(fields, data_for(request, "utse", data))
    return Section(
        "utse", _("Bedömare"), form, _("Utse en bedömare"), do, aside=True, unfolded=not seated,
        text="" if people or seated else _("Ingen har rollen bedömare. Be systemadministratören ge någon den."),
    )  # fmt: skip


def _ask_opinion(request: Any, one: ApplicationPage, data: Any) -> Section:
    asked = {row.organisation_id for row in one.opinions}
    bodies = [
        (str(row.id), row.administration_name or row.name)
        for row in organisations.listed(kind=OrganisationKind.COMMITTEE.value)
        if row.id not in asked
    ]
    fields: dict[str, forms.Field] = {
        "body": forms.ChoiceField(label=_("Förvaltning"), choices=[("", _("Välj")), *bodies]),
        "due_date": SwedishDateField(label=_("Svar senast"), initial=timezone.localdate() + timedelta(days=21)),
        "question": _text(_("Vad vill ni veta?"), rows=2, required=False),
    }

    def do(sent: Any) -> str:
        said = sent.cleaned_data
        opinions.ask(
            by=request.by, application_id=one.row.id, organisation_id=UUID(said["body"]), due_date=said["due_date"],
            question=said["question"],
        )  # fmt: skip
        return _("Förvaltningen är tillfrågad och kan läsa ansökan.")

    form = Plain(fields, data_for(request, "fraga", data))
    return Section("fraga", _("Yttrande"), form, _("Fråga en förvaltning"), do, aside=True)


def _said(request: Any, one: ApplicationPage, run: Callable[..., None], told: str) -> Callable[[Any], str]:
    def do(sent: Any) -> str:
        run(by=request.by, application_id=one.row.id, text=sent.cleaned_data["text"])
        return told

    return do


def _completion(request: Any, one: ApplicationPage, data: Any) -> Section:
    form = Plain({"text": _text(_("Vad saknas?"), rows=3)}, data_for(request, "komplettering", data))
    do = _said(request, one, actions.ask_completion, _("Organisationen ser din fråga och kan lägga till filer."))
    return Section("komplettering", _("Komplettering"), form, _("Be om komplettering"), do, aside=True)


def _reject(request: Any, one: ApplicationPage, data: Any) -> Section:
    form = Plain(
        {"text": _text(_("Skäl, och var det är beslutat"), rows=3, help_text=_("Organisationen läser det här."))},
        data_for(request, "avslag", data),
    )
    do = _said(request, one, actions.reject, _("Avslaget är antecknat, och organisationen kan läsa det."))
    return Section("avslag", _("Avslag"), form, _("Anteckna avslag"), do, aside=True)
