"""One pair of sources that differ: side by side, what rests on it, and the choice with its reason."""

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
from samkraft.money.actions.contradictions import contradictions as actions
from samkraft.money.queries.contradictions import consequences, contradiction_sides
from samkraft.money.queries.contradictions import contradictions as queries
from samkraft.money.rules import settling
from samkraft.money.rules.contradictions import LABELS as CHOICES
from samkraft.money.rules.contradictions import Choice
from samkraft.money.rules.findings.every import LABELS as RULES
from samkraft.money.rules.settling import State
from samkraft.partners.rules.roles import Permission
from samkraft.values.refusal import Reason, Refused
from samkraft.web import afterwards, refusals, shell
from samkraft.web.acting import page
from samkraft.web.money import said
from samkraft.web.money.addresses import address

SHAPES = {
    State.OPEN: "needs",
    State.SETTLED: "ok",
    State.AGREES: "ok",
    State.CLEARED: "ok",
    State.OVERTAKEN: "closed",
}
CHANGES = {
    consequences.Change.NONE: ("ok", gettext_lazy("oförändrad, bara beslut bokförs")),
    consequences.Change.KEPT: ("ok", gettext_lazy("oförändrad")),
    consequences.Change.VALUE: ("needs", gettext_lazy("ändras")),
    consequences.Change.NOTE: ("needs", gettext_lazy("not läggs till")),
}


class _Plain(forms.Form):
    """Without the browser's own bubbles: what is missing is told in the page."""

    use_required_attribute = False


class SettleForm(_Plain):
    """Why one of them is used, why they are not about the same, or why nobody can know. Also the text of a question."""

    side = forms.IntegerField(required=False, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=gettext_lazy("Varför?"),
        help_text=gettext_lazy("Läses av alla som ser siffran. Båda källorna finns kvar."),
        error_messages={"required": gettext_lazy("Skriv varför, i en mening.")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)


class AnswerForm(_Plain):
    """The answer of the body that was asked."""

    text = forms.CharField(
        label=gettext_lazy("Ert svar"),
        help_text=gettext_lazy("Skriv vad som gäller och hur ni vet det. Svaret står bredvid källorna."),
        error_messages={"required": gettext_lazy("Skriv ert svar.")},
        widget=forms.Textarea(attrs={"rows": 4}),
    )


@page(needs=Permission.SEE_MONEY)
def show(request: Any, contradiction_id: UUID) -> HttpResponse:
    """The page of one, and everything that can be done there."""
    if request.method != "POST":
        return _render(request, contradiction_id)
    form, answer = SettleForm(request.POST), AnswerForm(request.POST)
    tried: forms.Form = answer if request.POST.get("do") == "answer" else form
    try:
        if not tried.is_valid():
            raise Refused(settling.NO_REASON if tried is form else settling.NO_ANSWER)
        told = _act(request, contradiction_id, tried.cleaned_data)
    except Refused as refusal:
        if not tried.errors:
            refusals.put_in(tried, refusal)
        with transactions.read(request.by):
            return _render(request, contradiction_id, tried=tried)
    messages.success(request, told)
    return afterwards.to("money:contradiction", contradiction_id)


def _act(request: Any, contradiction_id: UUID, data: dict[str, Any]) -> str:
    """Run the one action that the pressed button names; say what was done."""
    do, seen = request.POST.get("do", ""), data.get("seen") or 0
    reason = data.get("reason", "")
    if do == "answer":
        actions.answer(by=request.by, contradiction_id=contradiction_id, text=data["text"])
        return _("Svaret är skickat.")
    if do.startswith("ask:"):
        actions.ask(by=request.by, contradiction_id=contradiction_id, body_id=_party(do), text=reason)
        return _("Frågan är ställd. Nämnden har den i sin inkorg och i årshjulet.")
    if do == "reopen":
        actions.reopen(by=request.by, contradiction_id=contradiction_id, reason=reason, seen=seen)
        return _("Öppnad igen.")
    choice = {"use": Choice.USE, "not_same": Choice.NOT_SAME, "unknown": Choice.UNKNOWN}.get(do)
    if choice is None:
        raise Refused(settling.NO_SIDE)
    actions.settle(
        by=request.by, contradiction_id=contradiction_id, choice=choice, reason=reason, seen=seen,
        position=data.get("side") if choice is Choice.USE else None,
    )  # fmt: skip
    return _("Klart. Båda källorna finns kvar.")


def _party(do: str) -> UUID:
    try:
        return UUID(do.removeprefix("ask:"))
    except ValueError:
        raise Refused(settling.NOT_A_PARTY, body="–") from None


def _render(request: Any, contradiction_id: UUID, *, tried: forms.Form | None = None) -> HttpResponse:
    found = queries.one(by=request.by, contradiction_id=contradiction_id)
    if found is None:
        raise Http404
    form = tried if isinstance(tried, SettleForm) else None
    if form is not None:
        form.data = form.data.copy()  # what was done meanwhile is now seen: the next try is made with open eyes
        form.data["seen"] = found.seen
    chosen = _chosen(request, found, form)
    listed = queries.listed(by=request.by)
    frame = shell.of(request)
    frame.crumbs = [
        {"label": _("Medel"), "url": address("money:home")},
        {"label": _("Uppgifter som skiljer sig"), "url": reverse("money:contradictions")},
        {"label": capitalised(said.words(found.row.subject)), "url": ""},
    ]
    mine = [each for each in found.asked if each.body_id == request.by.organisation_id and not each.answer]
    context = {
        "shell": frame,
        "found": found,
        "row": found.row,
        "subject": capitalised(said.words(found.row.subject)),
        "heading": _heading(found),
        "question": said.words(found.row.question),
        "may_settle": found.why_not_settle is None,
        "may_reopen": found.why_not_reopen is None,
        "settled_name": _settled_name(found.row.settled),
        "state": _(settling.LABELS[found.row.state]),
        "shape": SHAPES[found.row.state],
        "rule": _(RULES[found.row.rule]) if found.row.rule in RULES else "",
        "sides": [_card(side, chosen) for side in found.sides],
        "difference": _difference(found),
        "explanation": said.words(found.explanation),
        "rests": [_rest(rest) for rest in consequences.of(by=request.by, page=found)],
        "history": [_event(each) for each in found.history],
        "neighbours": _neighbours(listed, found),
        "form": form or SettleForm(initial={"seen": found.seen}),
        "answer": tried if isinstance(tried, AnswerForm) else AnswerForm(),
        "failed": tried,
        "asked_here": mine,
        "is_open": found.row.state is State.OPEN,
        "is_settled": found.row.state is State.SETTLED,
        "is_overtaken": found.row.state is State.OVERTAKEN,
        "why_not_settle": _why(found.why_not_settle),
    }
    return render(request, "money/contradictions/one.html", context, status=422 if tried else 200)


def _heading(found: queries.Page) -> str:
    """How many sources, and what about. What a person has written in is a heading of its own, after a colon."""
    subject = said.words(found.row.subject)
    if found.row.state in {State.AGREES, State.CLEARED}:
        return _("Källorna är överens om %(subject)s") % {"subject": subject}
    count = len(found.sides)
    templates = {
        (2, False): _("Två källor säger olika om %(subject)s"),
        (3, False): _("Tre källor säger olika om %(subject)s"),
        (2, True): _("Två källor säger olika: %(subject)s"),
        (3, True): _("Tre källor säger olika: %(subject)s"),
    }
    fallback = _("%(count)d källor säger olika: %(subject)s")
    return templates.get((count, found.row.is_entered), fallback) % {"count": count, "subject": subject}


def capitalised(text: str) -> str:
    """With a capital first, as a heading or a line of a list."""
    return text[:1].upper() + text[1:]


def _settled_name(settled: queries.Settled | None) -> str:
    if settled is None:
        return ""
    return said.words(settled.side) if settled.side else capitalised(_(CHOICES[settled.choice]))


def _chosen(request: Any, found: queries.Page, form: SettleForm | None) -> int | None:
    """The side that is marked: what was sent, what was settled, what the address says, or the only one supported."""
    last = found.row.settled
    if found.row.state is State.SETTLED:
        return last.position if last else None
    if found.why_not_settle is not None:
        return None
    asked = (form.data.get("side") if form else None) or request.GET.get("val", "")
    if str(asked).isdigit():
        return int(asked)
    supported = [side.position for side in found.sides if side.is_supported]
    return supported[0] if len(supported) == 1 else None


def _card(side: contradiction_sides.Side, chosen: int | None) -> dict[str, Any]:
    """One source as the card shows it."""
    facts = [
        {"label": _("Sagt av"), "text": side.said_by or _("okänt")},
        {"label": _("Datum"), "text": (said.words(side.said_words) and _dated(side)) or _("okänt")},
    ]
    if side.support is not None:
        kind = {True: "ok", False: "needs", None: ""}[side.is_supported]
        facts.append(
            {"label": _("Stöds av") if kind else _("Att veta"), "text": said.words(side.support), "kind": kind}
        )
    value = said.value(side.amount_ore if side.amount_ore is not None else side.value, side.unit)
    title = said.words(side.title)
    return {
        "position": side.position,
        "name": title,
        "source": said.words(side.place),
        "ore": side.amount_ore,
        "words": said.day_or_words(value),
        "is_long": side.amount_ore is None and len(value) > 16,
        "value_words": said.day_or_words(value),
        "sentence": side.quote,
        "figure": side.mark,
        "facts": facts,
        "url": _source_address(side),
        "chosen": side.position == chosen,
        "use_words": _("Använd beslutet") if side.point_number else _("Använd den här uppgiften"),
    }


def _dated(side: contradiction_sides.Side) -> str:
    return said.day_or_words(said.words(side.said_words))


def _source_address(side: contradiction_sides.Side) -> str:
    """The very place: the point in its matter, the figure, or the document."""
    if side.matter_id and side.point_number:
        return address("money:matter", side.matter_id, f"#punkt-{side.point_number}")
    if side.figure_id:
        return address("money:figure", side.figure_id)
    return address("money:document", side.document_id) if side.document_id else ""


def _difference(found: queries.Page) -> dict[str, Any]:
    """The middle: how far apart, and which digits."""
    return {
        "ore": found.row.difference_ore if found.row.difference_ore and len(found.sides) == 2 else None,
        "digits": found.digits,
    }


def _rest(rest: consequences.Rest) -> dict[str, Any]:
    now = [said.day_or_words(said.value(value, rest.unit)) for value in rest.now]
    query = f"?ar={rest.year}" + (f"&namnd={rest.body_code}" if rest.body_code else "")
    url = {
        consequences.Place.FLOW: address("money:flow", rest=query),
        consequences.Place.FIGURE: address("money:figure", rest.subject_id),
        consequences.Place.DOCUMENT: address("money:document", rest.subject_id),
    }[rest.place]
    joined = _(" eller ").join(dict.fromkeys(now))
    then = [said.day_or_words(said.value(value, rest.unit)) for value in rest.if_chosen]
    if rest.place is consequences.Place.DOCUMENT:
        then = [joined] * len(then)  # nothing in a source is ever changed
    return {
        "what": said.words(rest.what),
        "url": url,
        "now": joined,
        "then": then,
        "changes": [CHANGES[change] for change in rest.changes],
    }


def _event(settled: queries.Settled) -> dict[str, Any]:
    heading = _(CHOICES[settled.choice])
    if settled.side is not None:
        heading = _("Använder %(side)s") % {"side": said.words(settled.side)}
    shape = "needs" if settled.choice is Choice.REOPENED else "ok"
    return {"when": settled.at, "heading": heading, "text": settled.reason, "source": settled.by, "kind": shape}


def _neighbours(listed: list[queries.Row], found: queries.Page) -> dict[str, Any]:
    """Which of the open ones this is, and the way to the one before and after."""
    ids = [row.id for row in listed if row.state is State.OPEN]
    if found.row.id not in ids:
        return {"total": len(ids), "next": ids[0] if ids else None}
    place = ids.index(found.row.id)
    return {
        "number": place + 1,
        "total": len(ids),
        "previous": ids[place - 1] if place else None,
        "next": ids[place + 1] if place + 1 < len(ids) else None,
    }


def _why(reason: Reason | None) -> str:
    """Why the reader may not settle it, where that is about who they are."""
    if reason is None or reason.code != "not_allowed":
        return ""
    return _("Stadskontoret reder ut det. Vet du vad som gäller: svara på deras fråga, eller hör av dig till dem.")
