"""Letters to the young people of a round: who has something waiting that they have not been told, by e-mail or on paper."""

from typing import Any

from django.contrib import messages
from django.core import mail
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samkraft.audit.actions import transactions
from samkraft.partners.rules.roles import Permission
from samkraft.people.actions.summer import summer_telling
from samkraft.people.actions.summer.summer_telling import Letter
from samkraft.people.queries.summer import summer_letters
from samkraft.values.refusal import Refused
from samkraft.values.wording import phrase
from samkraft.web import afterwards, refusals
from samkraft.web.acting import page
from samkraft.web.invitations import letters as invitation_letters
from samkraft.web.summer import crumbs, open_rounds
from samkraft.web.summer.workplaces import held_or_404

KINDS = {
    "offered": phrase("Har ett erbjudande att svara på"),
    "ended": phrase("Har inte kvar sin plats"),
    "lapsed": phrase("Svarade inte i tid"),
}


@page(needs=Permission.RUN_SUMMER)
def show(request: Any, code: str) -> HttpResponse:
    """Those who wait for a letter; send what can be sent, print what cannot."""
    if request.method == "POST":
        return _write(request, code)
    held = held_or_404(request, code)
    rows = [{"one": row, "what": _(KINDS[row.kind]), "how": _how(row)} for row in summer_letters.untold(held.id)]
    context = {
        "round": held, "rows": rows, "by_email": sum(row["one"].has_email for row in rows),
        "on_paper": sum(not row["one"].has_email for row in rows), "most": summer_telling.MOST_AT_ONCE,
        "crumbs_made": crumbs.held(request, held.code, held.name, _("Brev")),
    }  # fmt: skip
    return render(request, "summer/letters.html", context)


def _how(row: summer_letters.Untold) -> str:
    if row.has_email:
        return _("e-post")
    return _("sms eller papper") if row.has_phone else _("papper")


def _write(request: Any, code: str) -> HttpResponse:
    with transactions.read(request.by):
        held = held_or_404(request, code)
    how = "paper" if request.POST.get("hur") == "papper" else "email"
    try:
        letters = summer_telling.write(by=request.by, round_id=held.id, how=how)
    except Refused as refused:
        refusals.tell(request, refused)
        return afterwards.at(request.path)
    if how == "paper" and letters:
        printed = [_printed(one) for one in letters]
        context = {"round": held, "letters": printed, "today": timezone.localdate()}
        return render(request, "summer/letters_printed.html", context)
    _send(letters, held.name)
    messages.success(
        request, ngettext("{n} brev är skickat.", "{n} brev är skickade.", len(letters)).format(n=len(letters))
    )
    return afterwards.at(request.path)


def _printed(one: Letter) -> dict[str, Any]:
    address = open_rounds.own_address(one.token)
    sms = _("Ung i sommar: det har hänt något med din plats. Läs och svara: {link}").format(link=address)
    return {
        "name": one.untold.name, "code": one.untold.code, "address": address, "phone": one.phone, "sms": sms,
        "picture": invitation_letters.picture_of(address),
    }  # fmt: skip


def _send(letters: list[Letter], name: str) -> None:
    """One connection for all. What has happened is not in the letter: it stands behind the link."""
    text = _(
        "Hej!\n\nDet har hänt något med din plats i {name}. Läs, och svara om du behöver, här:\n\n{link}\n\nLänken är bara din. "
        "Skicka den inte vidare.\n"
    )
    subject = _("Läs om din plats i Ung i sommar")
    sent = [
        mail.EmailMessage(subject, text.format(name=name, link=open_rounds.own_address(one.token)), None, [one.email])
        for one in letters
    ]
    if sent:
        mail.get_connection(fail_silently=True).send_messages(sent)
