"""Pots that others draw on: who has drawn, for how many, how much, and what is left. No names."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from samkraft.money.actions.grants import pots as actions
from samkraft.money.queries.grants import pots as queries
from samkraft.money.queries.grants.pots import DrawRow, PotRow
from samkraft.money.rules.grants.grant_kinds import POT_SUPPORTS
from samkraft.money.rules.points import SUPPORT_LABELS, Support
from samkraft.partners.queries import organisations
from samkraft.partners.rules.organisations import OrganisationKind
from samkraft.partners.rules.roles import Permission, may
from samkraft.web import figures, sections
from samkraft.web.acting import page
from samkraft.web.amount_fields import KronorField
from samkraft.web.grants import frames
from samkraft.web.number_fields import WholeNumberField
from samkraft.web.sections import Plain, Section, data_for


@page(needs=Permission.SEE_GRANTS)
def index(request: Any) -> HttpResponse:
    """Every pot, and a form to open one."""

    def build(data: Any) -> list[Section]:
        return [_open(request, data)] if _may_open(request) else []

    def render_all(found: list[Section]) -> HttpResponse:
        context = {
            "tabs": frames.tabs(request, "pots"),
            "rows": [shown(row) for row in queries.listed(by=request.by)],
            "sections": found,
        }
        return frames.draw(request, "grants/pots.html", context, (_("Avrop och ersättning"), ""))

    return sections.serve(request, build, render_all)


def _may_open(request: Any) -> bool:
    role = request.by.role
    return may(role, Permission.PREPARE_GRANTS) or may(role, Permission.ANSWER_FOR_COMMITTEE)


def shown(row: PotRow) -> dict[str, Any]:
    """A pot with its bar, 400 units wide."""
    return {
        "row": row,
        "url": reverse("grants:pot", args=[row.id]),
        "support": frames.word(SUPPORT_LABELS, row.support),
        "given": round(row.given_ore / row.amount_ore * 400, 1),
        "waiting": round(min(row.waiting_ore, row.left_ore) / row.amount_ore * 400, 1),
        "counted": _("anställningar") if row.support is Support.CALL_OFF else _("ungdomar"),
    }


@page(needs=Permission.SEE_GRANTS)
def show(request: Any, pot_id: UUID) -> HttpResponse:
    """One pot with its draws."""

    def found() -> PotRow:
        row = queries.one(by=request.by, pot_id=pot_id)
        if row is None:
            raise Http404
        return row

    def build(data: Any) -> list[Section]:
        return _sections(request, found(), data)

    def render_all(made: list[Section]) -> HttpResponse:
        row = found()
        context = {**shown(row), "draws": [_line(one) for one in row.draws], "sections": made}
        crumbs = ((_("Avrop och ersättning"), reverse("grants:pots")), (row.title, ""))
        return frames.draw(request, "grants/pot.html", context, *crumbs)

    return sections.serve(request, build, render_all)


def _line(row: DrawRow) -> dict[str, Any]:
    states = {True: ("ok", _("givet")), False: ("closed", _("avslaget")), None: ("needs", _("väntar på beslut"))}
    url = reverse("money:voucher", args=[row.voucher_id]) if row.voucher_id else ""
    return {"row": row, "state": states[row.is_given], "url": url}


def _sections(request: Any, row: PotRow, data: Any) -> list[Section]:
    by = request.by
    if not _may_open(request):
        return []
    holds = by.organisation_id == row.holder_id or may(by.role, Permission.PREPARE_GRANTS)
    made: list[Section] = []
    is_compensation = row.support is Support.COMPENSATION
    if may(by.role, Permission.ANSWER_FOR_COMMITTEE) and (by.organisation_id == row.holder_id) == is_compensation:
        made.append(_ask(request, row, data))
    if holds:
        waiting = [one for one in row.draws if one.is_given is None]
        made += [_decide(request, one, data) for one in waiting if one.asked_actor != by.actor_id]
    return made


def _ask(request: Any, row: PotRow, data: Any) -> Section:
    fields: dict[str, forms.Field] = {}
    if row.support is Support.COMPENSATION:
        bodies = [(str(one.id), one.name) for one in organisations.listed(kind=OrganisationKind.ASSOCIATION.value)]
        fields["body"] = forms.ChoiceField(label=_("Förening"), choices=[("", _("Välj")), *bodies])
        fields["quantity"] = WholeNumberField(
            label=_("Antal handledda ungdomar"), min_value=1, max_value=10_000
        )  # fmt: skip
    else:
        fields["quantity"] = WholeNumberField(
            label=_("Antal anställningar"), min_value=1, max_value=10_000
        )  # fmt: skip
        fields["amount"] = KronorField(label=_("Belopp"))
    fields["words"] = forms.CharField(
        label=_("Vad det gäller"), max_length=300, required=False, help_text=_("Skriv inga namn på personer.")
    )

    def do(sent: Any) -> str:
        said = sent.cleaned_data
        body = UUID(said["body"]) if "body" in said else request.by.organisation_id
        actions.ask(
            by=request.by, pot_id=row.id, organisation_id=body, quantity=said["quantity"], amount_ore=said.get("amount"),
            words=said["words"],
        )  # fmt: skip
        return _("Det väntar nu på beslut av någon annan.")

    form = Plain(fields, data_for(request, "avropa", data))
    heading = _("Begär ersättning") if row.support is Support.COMPENSATION else _("Avropa")
    text = ""
    if row.unit_ore:
        text = _("%(amount)s för varje ungdom.") % {"amount": figures.kronor(row.unit_ore)}
    return Section("avropa", heading, form, heading, do, main=True, text=text)


def _decide(request: Any, one: DrawRow, data: Any) -> Section:
    key = f"d-{str(one.id)[:8]}"
    fields: dict[str, forms.Field] = {
        "gives": forms.ChoiceField(
            label=_("Beslut"), choices=[("yes", _("Ge")), ("no", _("Avslå"))], widget=forms.RadioSelect
        ),
        "reason": forms.CharField(label=_("Skäl"), required=False, max_length=500, help_text=_("Behövs vid avslag.")),
    }

    def do(sent: Any) -> str:
        said = sent.cleaned_data
        actions.decide(by=request.by, draw_id=one.id, gives=said["gives"] == "yes", reason=said["reason"])
        return _("Beslutat.")

    form = Plain(fields, data_for(request, key, data))
    text = _("%(amount)s, begärt av %(who)s") % {"amount": figures.kronor(one.amount_ore), "who": one.asked_by}
    return Section(key, one.organisation, form, _("Besluta"), do, text=text, main=True)


def _open(request: Any, data: Any) -> Section:
    by = request.by
    holder = None if may(by.role, Permission.PREPARE_GRANTS) else by.organisation_id
    items = [(str(key), words) for key, words in queries.decided_items(by=by, holder_id=holder)]
    fields: dict[str, forms.Field] = {
        "item": forms.ChoiceField(label=_("Beslutade pengar"), choices=[("", _("Välj")), *items]),
        "support": forms.ChoiceField(
            label=_("Sort"), choices=frames.choices({kind: SUPPORT_LABELS[kind] for kind in POT_SUPPORTS}),
            widget=forms.RadioSelect,
        ),
        "title": forms.CharField(label=_("Namn"), max_length=200),
        "amount": KronorField(label=_("Pottens storlek")),
        "unit": KronorField(label=_("Belopp per ungdom"), required=False, help_text=_("Bara för ersättning.")),
    }  # fmt: skip

    def do(sent: Any) -> str:
        said = sent.cleaned_data
        actions.open_pot(
            by=by, point_item_id=UUID(said["item"]), support=Support(said["support"]), title=said["title"],
            amount_ore=said["amount"], unit_ore=said["unit"],
        )  # fmt: skip
        return _("Potten är öppnad.")

    form = Plain(fields, data_for(request, "oppna", data))
    return Section(
        "oppna", _("Ny pott"), form, _("Öppna en pott"), do, text=_("En del av en nämnds pengar som andra kan avropa.")
    )
