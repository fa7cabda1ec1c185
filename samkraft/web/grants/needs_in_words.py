"""What waits for somebody who works with grants, in words: on the first page about grants and in the inbox."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from samkraft.money.queries.grants.grant_needs import Need
from samkraft.web import days, figures


def told(need: Need) -> dict[str, Any]:
    """What waits, as one sentence with its way."""
    names = {
        "who": need.who, "what": need.what, "amount": figures.kronor(need.amount_ore), "many": need.many,
        "day": days.dated(need.day) if need.day else "",
    }  # fmt: skip
    sentences = {
        "assess": _("Bedöm ansökan från %(who)s: %(what)s"),
        "opinion": _("Lämna yttrande om %(who)s: %(what)s, senast %(day)s"),
        "no_assessor": _("Utse bedömare för %(who)s: %(what)s"),
        "to_propose": _("Gör ett förslag om %(who)s: %(what)s"),
        "completed": _("%(who)s har kompletterat: %(what)s"),
        "no_grant": _("%(many)s beslutade punkter är inte upplagda som bidrag"),
        "sign": _("Skriv under avtalet med %(who)s: %(what)s"),
        "decide_payment": _("Besluta om %(amount)s till %(who)s, som en kollega har berett"),
        "decide_recovery": _("Besluta om återkrav av %(amount)s från %(who)s"),
        "pay": _("%(amount)s till %(who)s är beslutat och ska betalas"),
        "late_report": _("%(who)s är sen med rapporten: %(what)s, skulle ha kommit %(day)s"),
        "read_report": _("Läs rapporten från %(who)s: %(what)s"),
        "decide_draw": _("Besluta om avrop: %(who)s, %(amount)s"),
    }
    shape = "overdue" if need.is_late else "needs"
    return {
        "text": sentences[need.kind] % names,
        "shape": shape,
        "url": reverse(f"grants:{need.route}", args=need.args),
    }
