"""Whether somebody comes to a recruitment meeting, and what came of it: the forms, and the same in words."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _

from samkraft.offer.queries.employers import MeetingRow
from samkraft.people.actions import recruitment as actions
from samkraft.people.queries.recruitment import InvitedRow
from samkraft.people.rules import recruitment as rules
from samkraft.people.rules.recruitment import Reply, Result
from samkraft.web import days
from samkraft.web.date_fields import SwedishDateField
from samkraft.web.employers import words
from samkraft.web.sections import Plain, Section, data_for

REPLY_SHAPES = {Reply.YES: "ok", Reply.NO: "closed", Reply.NONE: "needs"}


def told(one: InvitedRow) -> dict[str, Any]:
    """Where it stands for one person: shape and words, and what the employer has said that nobody has confirmed."""
    if one.ended_at is not None:
        return {"shape": "closed", "state": _("Inbjudan är återtagen"), "said": ""}
    said = ""
    if one.to_confirm:
        said = _("Arbetsgivaren säger: {what}").format(what=named(one.to_confirm).lower())
    if one.confirmed:
        return {"shape": words.RESULT_SHAPES[Result(one.confirmed.result)], "state": named(one.confirmed), "said": said}
    return {"shape": REPLY_SHAPES[Reply(one.reply)], "state": _(rules.REPLY_NAMES[Reply(one.reply)]), "said": said}


def named(one: Any) -> str:
    """A result in words, with the day on which it begins."""
    name = _(rules.RESULT_NAMES[Result(one.result)])
    if one.start_date is None:
        return name
    return _("{what} från {day}").format(what=name, day=days.dated(one.start_date))


def of(request: Any, meeting: MeetingRow, one: InvitedRow, data: Any, heading: str = "") -> list[Section]:
    """What can be done now about one who is invited. `heading`: what it stands under, when not under the person's name."""
    if one.ended_at is not None or meeting.cancelled_at is not None:
        return []
    name = heading or one.name or _("Deltagare {code}").format(code=one.code)
    if meeting.starts_at <= timezone.now():
        return [_result(request, one, name, data)]
    return [_reply(request, one, name, data), _withdraw(request, one, name)]


def _result(request: Any, one: InvitedRow, name: str, data: Any) -> Section:
    key = f"resultat-{one.id}"
    suggested = one.to_confirm or one.confirmed
    fields: dict[str, forms.Field] = {
        "result": forms.ChoiceField(
            label=_("Hur gick det"), choices=words.choices(rules.RESULT_NAMES), widget=forms.RadioSelect
        ),
        "start_date": SwedishDateField(
            label=_("Börjar"), required=False, help_text=_("Behövs när personen får prova eller är anställd.")
        ),
    }

    def do(sent: Any, person_id: UUID = one.person_id, invitation_id: UUID = one.id) -> str:
        actions.note_result(
            by=request.by, person_id=person_id, invitation_id=invitation_id, result=sent.cleaned_data["result"],
            start_date=sent.cleaned_data["start_date"],
        )  # fmt: skip
        if sent.cleaned_data["result"] == Result.HIRED:
            return _("Sparat. Planen är ändrad. Skriv ut personen till arbete under Insatsen när det är dags.")
        return _("Sparat. Planen är ändrad.")

    form = Plain(fields, data_for(request, key, data), initial={
        "result": suggested.result if suggested else None,
        "start_date": suggested.start_date.isoformat() if suggested and suggested.start_date else None,
    })  # fmt: skip
    text = told(one)["said"]
    main = one.confirmed is None or one.to_confirm is not None
    return Section(key, name, form, _("Skriv resultatet"), do, text=text, unfolded=main)


def _reply(request: Any, one: InvitedRow, name: str, data: Any) -> Section:
    key = f"svar-{one.id}"
    fields: dict[str, forms.Field] = {
        "comes": forms.ChoiceField(
            label=_("Kommer personen"), choices=[("ja", _("Ja")), ("nej", _("Nej"))], widget=forms.RadioSelect
        )
    }

    def do(sent: Any) -> str:
        comes = sent.cleaned_data["comes"] == "ja"
        actions.reply(by=request.by, person_id=one.person_id, invitation_id=one.id, comes=comes)
        return _("Svaret är sparat.")

    initial = {"comes": {Reply.YES: "ja", Reply.NO: "nej"}.get(Reply(one.reply))}
    form = Plain(fields, data_for(request, key, data), initial=initial)
    return Section(key, name, form, _("Skriv svaret"), do, unfolded=one.reply == Reply.NONE)


def _withdraw(request: Any, one: InvitedRow, name: str) -> Section:
    def do(_sent: Any) -> str:
        actions.withdraw(by=request.by, person_id=one.person_id, invitation_id=one.id)
        return _("Inbjudan är återtagen. Arbetsgivaren ser inget mer.")

    heading = _("Ta tillbaka inbjudan: {name}").format(name=name)
    return Section(f"ta-tillbaka-{one.id}", heading, None, _("Ta tillbaka"), do, aside=True)
