"""Boken: accounts with their balance on any day, an account's transfers, vouchers and their reversal."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samkraft.audit.actions import transactions
from samkraft.money.actions import ledger as actions
from samkraft.money.queries import ledger as queries
from samkraft.money.rules.accounts import LABELS, AccountKind
from samkraft.partners.rules.roles import Permission, may
from samkraft.values.refusal import Refused
from samkraft.values.wording import phrase
from samkraft.web import afterwards, date_fields, days, exports, refusals
from samkraft.web.acting import page
from samkraft.web.exports import Head
from samkraft.web.money import asked_fields, crumbs

ACCOUNT_HEADS = (
    Head(phrase("Konto")),
    Head(phrase("Slag")),
    Head(phrase("År"), "number"),
    Head(phrase("Satsning")),
    Head(phrase("Saldo, kronor"), "ore"),
)
TRANSFER_HEADS = (
    Head(phrase("Datum"), "date"),
    Head(phrase("Verifikat")),
    Head(phrase("Text")),
    Head(phrase("Mot konto")),
    Head(phrase("Belopp, kronor"), "ore"),
    Head(phrase("Saldo, kronor"), "ore"),
)
VOUCHER_HEADS = (
    Head(phrase("Verifikat")),
    Head(phrase("Datum"), "date"),
    Head(phrase("Text")),
    Head(phrase("Belopp, kronor"), "ore"),
    Head(phrase("Vänt av")),
)
MOST_IN_A_FILE = 1_000_000


class ReverseForm(forms.Form):
    """Why a voucher is taken back."""

    use_required_attribute = False

    reason = asked_fields.AskedText(
        label=gettext_lazy("Varför vänds verifikatet?"),
        help_text=gettext_lazy("Syns i boken, så att andra förstår."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def _day_in(request: Any) -> tuple[date | None, str, str]:
    """The day in `?per=`, what was typed, and what was wrong with it."""
    typed = request.GET.get("per", "").strip()
    if not typed:
        return None, "", ""
    try:
        return date_fields.read(typed), typed, ""
    except ValueError:
        return (
            None,
            typed,
            _("”%(text)s” går inte att läsa som ett datum. Skriv till exempel 2024-06-30.") % {"text": typed},
        )


@page(needs=Permission.SEE_MONEY)
def accounts(request: Any) -> HttpResponse:
    """All accounts. Query: `per` a day, `ar`, `satsning`, `slag`, `fil` csv or xlsx."""
    per, typed, wrong = _day_in(request)
    year = request.GET.get("ar", "")
    chosen_year = int(year) if year.isdecimal() and len(year) == 4 else None
    fund, kind = request.GET.get("satsning", ""), request.GET.get("slag", "")
    rows = queries.accounts(by=request.by, per=per, year=chosen_year, fund=fund, kind=kind)
    if file := exports.wanted(request):
        cells = [[row.name, _(row.kind_name), row.year, row.fund, row.balance_ore] for row in rows]
        return exports.answer(file, _("konton"), ACCOUNT_HEADS, cells)
    return render(
        request,
        "money/accounts.html",
        {
            "may_take_out": may(request.by.role, Permission.MANAGE_FUNDS),
            "shell": crumbs.frame(request, (_("Boken"), "")),
            "rows": rows,
            "per": per,
            "typed": typed,
            "wrong": wrong,
            "year": chosen_year,
            "years": queries.years(),
            "fund": fund,
            "funds": queries.funds(),
            "kind": kind,
            "kinds": [(each.value, _(LABELS[each])) for each in AccountKind],
            "is_narrowed": bool(per or chosen_year or fund or kind),
        },
    )


@page(needs=Permission.SEE_MONEY)
def account(request: Any, account_id: UUID) -> HttpResponse:
    """One account with its transfers. Query: `per` a day, `efter` where the list goes on, `fil` csv or xlsx."""
    per, typed, wrong = _day_in(request)
    shown = queries.account(by=request.by, account_id=account_id, per=per, after=request.GET.get("efter", ""))
    if shown is None:
        raise Http404
    if file := exports.wanted(request):
        rows = queries.every_transfer(by=request.by, account_id=account_id, per=per)
        cells = ([row.posted_date, row.voucher, row.text, row.other, row.change_ore, row.balance_ore] for row in rows)
        return exports.answer(file, shown.line.name, TRANSFER_HEADS, cells)
    where = (_("Boken"), reverse("money:accounts"))
    return render(
        request,
        "money/account.html",
        {
            "shell": crumbs.frame(request, where, (shown.line.name, "")),
            "account": shown,
            "per": per,
            "typed": typed,
            "wrong": wrong,
        },
    )


@page(needs=Permission.SEE_MONEY)
def vouchers(request: Any) -> HttpResponse:
    """All vouchers, the latest first. Query: `ar`, `efter` where the list goes on, `fil` csv or xlsx."""
    year = request.GET.get("ar", "")
    chosen = int(year) if year.isdecimal() and len(year) == 4 else None
    if file := exports.wanted(request):
        listed, _after = queries.vouchers(by=request.by, year=chosen, most=MOST_IN_A_FILE)
        cells = [[row.number, row.posted_date, row.text, row.amount_ore, row.reversed_by] for row in listed]
        return exports.answer(file, _("verifikat"), VOUCHER_HEADS, cells)
    rows, after = queries.vouchers(by=request.by, year=chosen, after=request.GET.get("efter", ""))
    where = (_("Boken"), reverse("money:accounts"))
    return render(
        request,
        "money/vouchers.html",
        {
            "shell": crumbs.frame(request, where, (_("Verifikat"), "")),
            "rows": rows,
            "after": after,
            "year": chosen,
            "years": queries.years(),
        },
    )


@page(needs=Permission.SEE_MONEY)
def voucher(request: Any, voucher_id: UUID) -> HttpResponse:
    """One voucher, with a form to reverse it for those who may."""
    if request.method == "POST":
        return _reverse(request, voucher_id)
    return _show_voucher(request, voucher_id, ReverseForm())


def _reverse(request: Any, voucher_id: UUID) -> HttpResponse:
    form = ReverseForm(request.POST)
    form.is_valid()
    try:
        made = actions.reverse(by=request.by, voucher_id=voucher_id, reason=form.cleaned_data.get("reason", ""))
    except Refused as refusal:
        is_about_reason = refusal.reason.code == actions.REASON_NEEDED.code
        form.add_error("reason" if is_about_reason else None, str(refusals.explain(refusal)))
        with transactions.read(request.by):
            return _show_voucher(request, voucher_id, form, status=422 if is_about_reason else 409)
    messages.success(request, _("Verifikatet är vänt. Båda finns kvar i boken."))
    return afterwards.to("money:voucher", made.id)


def _show_voucher(request: Any, voucher_id: UUID, form: ReverseForm, *, status: int = 200) -> HttpResponse:
    found = queries.voucher(by=request.by, voucher_id=voucher_id)
    if found is None:
        raise Http404
    words = _("Verifikat %(number)s") % {"number": found.number}
    frame = crumbs.frame(
        request, (_("Boken"), reverse("money:accounts")), (_("Verifikat"), reverse("money:vouchers")), (words, "")
    )
    return render(
        request,
        "money/voucher.html",
        {
            "shell": frame,
            "voucher": found,
            "heading": words,
            "day": days.full(found.posted_date),
            "form": form,
            "may_reverse": may(request.by.role, Permission.REGISTER_DECISIONS) and found.reversed_by is None,
        },
        status=status,
    )
