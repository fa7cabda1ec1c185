"""One grant, for the city: decision, agreement, payments, targets with years, reports, state aid, recovery."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samkraft.money.actions.grants import agreements, grants, instalments
from samkraft.money.queries.grants import grants_given
from samkraft.money.queries.grants.grant_instalments import InstalmentRow, RecoveryRow
from samkraft.money.queries.grants.grants_given import GrantPage
from samkraft.money.rules.figures import UNIT_LABELS
from samkraft.money.rules.grants.grant_kinds import AID_LABELS, REPORT_LABELS, ReportKind
from samkraft.money.rules.points import SUPPORT_LABELS
from samkraft.partners.rules.roles import Permission, may
from samkraft.values.refusal import Refused
from samkraft.web import figures, refusals, sections
from samkraft.web.acting import page
from samkraft.web.amount_fields import KronorField
from samkraft.web.date_fields import SwedishDateField
from samkraft.web.grants import frames
from samkraft.web.grants.lists import report_line
from samkraft.web.number_fields import YearField
from samkraft.web.sections import Plain, Section, data_for


@page(needs=Permission.SEE_GRANTS)
def show(request: Any, grant_id: UUID) -> HttpResponse:
    """The grant, and a section for each thing that can be done now."""

    def found() -> GrantPage:
        one = grants_given.page(by=request.by, grant_id=grant_id, today=timezone.localdate())
        if one is None:
            raise Http404
        return one

    def build(data: Any) -> list[Section]:
        one = found()
        if not may(request.by.role, Permission.PREPARE_GRANTS):
            return []
        return _sections(request, one, data)

    def render_all(made: list[Section]) -> HttpResponse:
        one = found()
        context = {**shown(one, "grants:report"), "sections": made, "inside": True}
        crumbs = ((_("Beviljade"), reverse("grants:given")), (one.row.organisation, ""))
        return frames.draw(request, "grants/grant.html", context, *crumbs)

    return sections.serve(request, build, render_all)


def shown(one: GrantPage, report_route: str) -> dict[str, Any]:
    """What a grant says, as both sides read it."""
    row = one.row
    ceiling = one.aid.standing
    return {
        "page": one,
        "row": row,
        "support": frames.word(SUPPORT_LABELS, row.support),
        "aid": frames.word(AID_LABELS, row.aid),
        "aid_parts": one.aid.given,
        "aid_sum": f"{figures.number(ceiling.sum_cents // 100)} €",
        "aid_ceiling": f"{figures.number(ceiling.ceiling_cents // 100)} €",
        "aid_source": ceiling.source,
        "aid_width": round(min(ceiling.share, 1) * 400, 1),
        "paid_width": round(row.paid_ore / row.amount_ore * 400, 1),
        "targets": [{"row": target, "unit": frames.word(UNIT_LABELS, target.unit)} for target in one.targets],
        "instalments": [payment_line(each) for each in one.instalments],
        "left": row.amount_ore - sum(each.amount_ore for each in one.instalments),
        "reports": [report_line(each, report_route) for each in one.reports],
    }


def payment_line(row: InstalmentRow) -> dict[str, Any]:
    """A payment as a row of a table: what it is at, and what stands in its way."""
    why = ""
    if row.why_not is not None:
        why = str(refusals.explain(Refused(row.why_not[0], **row.why_not[1])))
    if row.paid_date is not None:
        state = ("ok", _("utbetald"))
    elif row.stopped_at is not None:
        state = ("overdue", _("stoppad"))
    elif row.why_not is not None:
        state = (
            ("overdue", _("stoppad")) if row.why_not[0].code == "instalment_report_missing" else ("closed", _("väntar"))
        )
    elif row.decided_at is not None:
        state = ("needs", _("beslutad, ska betalas"))
    else:
        state = ("needs", _("väntar på beslut"))
    return {"row": row, "state": state, "why": why}


def _sections(request: Any, one: GrantPage, data: Any) -> list[Section]:
    made: list[Section] = []
    for row in one.instalments:
        made += _of_payment(request, row, data)
    for recovery in one.recoveries:
        made += _of_recovery(request, recovery, data)
    made += _agreement(request, one, data)
    if one.row.has_decision:
        if one.row.left_ore > one.row.prepared_ore:
            made.append(_prepare(request, one, data))
        made.append(_ask_back(request, one, data))
    made.append(_ask_report(request, one, data))
    return made


def _of_payment(request: Any, row: InstalmentRow, data: Any) -> list[Section]:
    named = {"number": row.number, "amount": figures.kronor(row.amount_ore), "who": row.prepared_by}
    heading = _("Utbetalning %(number)d: %(amount)s") % named
    made: list[Section] = []
    if row.paid_date is not None:
        return made
    if row.decided_at is None and row.why_not is None:
        if row.prepared_actor == request.by.actor_id:
            text = _("Du har berett den. Någon annan beslutar.")
            made.append(Section(f"beslut-{row.number}", heading, text=text))
        else:
            text = _("Beredd av %(who)s. Du beslutar.") % named
            made.append(Section(
                f"beslut-{row.number}", heading, None, _("Besluta att betala ut"), _decide(request, row), text=text, main=True
            ))  # fmt: skip
    if row.decided_at is not None and row.why_not is None:
        key = f"betald-{row.number}"
        form = Plain(
            {"paid_date": SwedishDateField(label=_("Betaldag"), initial=timezone.localdate())},
            data_for(request, key, data),
        )

        def paid(sent: Any) -> str:
            instalments.mark_paid(by=request.by, instalment_id=row.id, paid_date=sent.cleaned_data["paid_date"])
            return _("Antecknat som utbetalt.")

        made.append(Section(key, heading, form, _("Anteckna att den är betald"), paid))
    key = f"stopp-{row.number}"
    form = Plain({"reason": forms.CharField(label=_("Skäl"), max_length=500)}, data_for(request, key, data))

    def turn(sent: Any) -> str:
        run = instalments.release if row.stopped_at else instalments.stop
        run(by=request.by, instalment_id=row.id, reason=sent.cleaned_data["reason"])
        return (
            _("Stoppet är hävt. Utbetalningen ska beslutas igen.") if row.stopped_at else _("Utbetalningen är stoppad.")
        )

    button = _("Häv stoppet") if row.stopped_at else _("Stoppa utbetalningen")
    made.append(Section(key, heading, form, button, turn, aside=True))
    return made


def _decide(request: Any, row: InstalmentRow) -> Any:
    def do(_sent: Any) -> str:
        instalments.decide(by=request.by, instalment_id=row.id)
        return _("Utbetalningen är beslutad.")

    return do


def _of_recovery(request: Any, row: RecoveryRow, data: Any) -> list[Section]:
    heading = _("Återkrav: %(amount)s") % {"amount": figures.kronor(row.amount_ore)}
    key = f"aterkrav-{str(row.id)[:8]}"
    if row.decided_at is None:
        if row.prepared_actor == request.by.actor_id:
            return [Section(key, heading, text=_("Du har berett det. Någon annan beslutar."))]

        def decide(_sent: Any) -> str:
            instalments.decide_recovery(by=request.by, recovery_id=row.id)
            return _("Återkravet är beslutat och bokfört.")

        return [Section(key, heading, None, _("Besluta om återkravet"), decide, text=row.reason, main=True)]
    if row.repaid_date is None:
        form = Plain(
            {"repaid_date": SwedishDateField(label=_("Dag"), initial=timezone.localdate())},
            data_for(request, key, data),
        )

        def repaid(sent: Any) -> str:
            instalments.mark_repaid(by=request.by, recovery_id=row.id, repaid_date=sent.cleaned_data["repaid_date"])
            return _("Antecknat som återbetalt.")

        return [Section(key, heading, form, _("Anteckna att pengarna är tillbaka"), repaid, text=row.reason)]
    return []


def _agreement(request: Any, one: GrantPage, data: Any) -> list[Section]:
    latest = one.agreements[0] if one.agreements else None
    made: list[Section] = []
    if latest is not None and latest.city_signed_at is None:

        def sign(_sent: Any) -> str:
            agreements.sign(by=request.by, grant_id=one.row.id, version=latest.version)
            return _("Avtalet är underskrivet för staden.")

        made.append(Section("skriv-under", _("Avtal"), None, _("Skriv under för staden"), sign, main=True))
    fields: dict[str, forms.Field] = {
        "text": forms.CharField(
            label=_("Avtalets text"), widget=forms.Textarea(attrs={"rows": 8}), max_length=40_000,
            initial=latest.text if latest else _beginning(one),
        ),
        "starts_on": SwedishDateField(label=_("Gäller från"), initial=latest.starts_on if latest else date(one.row.year, 1, 1)),
        "ends_on": SwedishDateField(label=_("Gäller till"), initial=latest.ends_on if latest else date(one.row.year, 12, 31)),
    }  # fmt: skip
    if latest is not None:
        fields["reason"] = forms.CharField(label=_("Vad är ändrat, och varför?"), max_length=500)

    def write(sent: Any) -> str:
        agreements.write(by=request.by, grant_id=one.row.id, **sent.cleaned_data)
        return _("Avtalet är skrivet. Båda ska skriva under det.")

    button = _("Skriv en ny version") if latest else _("Skriv avtalet")
    form = Plain(fields, data_for(request, "avtal", data))
    made.append(Section("avtal", _("Avtal"), form, button, write, aside=bool(latest), unfolded=latest is None))
    return made


def _beginning(one: GrantPage) -> str:
    """A first text from what is known, to go on from."""
    lines = [
        _("Staden ger %(who)s %(amount)s för %(what)s år %(year)d.")
        % {"who": one.row.organisation, "amount": figures.kronor(one.row.amount_ore), "what": one.row.title, "year": one.row.year}
    ]  # fmt: skip
    lines += [_("Mål: %(label)s, %(value)s %(unit)s.") % {
        "label": target.label, "value": figures.decimal(target.value, 0), "unit": frames.word(UNIT_LABELS, target.unit)
    } for target in one.targets if target.value is not None]  # fmt: skip
    lines += [_("Villkor: %(words)s") % {"words": words} for words in one.conditions]
    return "\n".join(lines)


def _prepare(request: Any, one: GrantPage, data: Any) -> Section:
    reports = [(str(row.id), f"{frames.word(REPORT_LABELS, row.kind)} {row.year}") for row in one.reports]
    left = one.row.amount_ore - sum(row.amount_ore for row in one.instalments)
    fields: dict[str, forms.Field] = {
        "amount": KronorField(label=_("Belopp"), initial=left if left > 0 else None),
        "due_date": SwedishDateField(label=_("Betalas"), initial=timezone.localdate() + timedelta(days=14)),
        "report": forms.ChoiceField(
            label=_("Väntar på rapport"), choices=[("", _("Ingen")), *reports], required=False
        ),
    }  # fmt: skip

    def do(sent: Any) -> str:
        said = sent.cleaned_data
        instalments.prepare(
            by=request.by, grant_id=one.row.id, amount_ore=said["amount"], due_date=said["due_date"],
            report_id=UUID(said["report"]) if said["report"] else None,
        )  # fmt: skip
        return _("Utbetalningen är beredd. Någon annan beslutar om den.")

    form = Plain(fields, data_for(request, "bered", data))
    text = _("%(left)s är kvar att betala ut.") % {"left": figures.kronor(left)}
    return Section("bered", _("Ny utbetalning"), form, _("Bered en utbetalning"), do, text=text)


def _ask_back(request: Any, one: GrantPage, data: Any) -> Section:
    fields: dict[str, forms.Field] = {
        "amount": KronorField(label=_("Belopp")),
        "reason": forms.CharField(label=_("Skäl"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000),
        "due_date": SwedishDateField(label=_("Tillbaka senast"), initial=timezone.localdate() + timedelta(days=30)),
    }

    def do(sent: Any) -> str:
        said = sent.cleaned_data
        instalments.prepare_recovery(
            by=request.by,
            grant_id=one.row.id,
            amount_ore=said["amount"],
            reason=said["reason"],
            due_date=said["due_date"],
        )
        return _("Återkravet är berett. Någon annan beslutar om det.")

    form = Plain(fields, data_for(request, "krav", data))
    text = _("Pengarna går tillbaka dit de kom ifrån. Inget mer betalas ut medan kravet är öppet.")
    return Section("krav", _("Återkrav"), form, _("Bered ett återkrav"), do, text=text, aside=True)


def _ask_report(request: Any, one: GrantPage, data: Any) -> Section:
    fields: dict[str, forms.Field] = {
        "kind": forms.ChoiceField(label=_("Sort"), choices=frames.choices(REPORT_LABELS), widget=forms.RadioSelect),
        "year": YearField(label=_("Gäller år"), initial=one.row.year, min_value=1990, max_value=2199),
        "due_date": SwedishDateField(label=_("Senast"), initial=date(one.row.year + 1, 5, 31)),
    }

    def do(sent: Any) -> str:
        said = sent.cleaned_data
        grants.ask_report(
            by=request.by,
            grant_id=one.row.id,
            due_date=said["due_date"],
            kind=ReportKind(said["kind"]),
            year=said["year"],
        )
        return _("Rapporten är begärd och står i årshjulet.")

    form = Plain(fields, data_for(request, "rapport", data))
    return Section("rapport", _("Rapport"), form, _("Begär en rapport"), do, aside=True)
