"""What can be done to several at once from the board: the question it asks, and the one action it runs for each of them.

Only what a team really does to many on the same day. Each is the same action as on the person's own page.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _

from samkraft.initiatives.queries import teams
from samkraft.partners.rules.roles import Permission
from samkraft.people.actions import enrolments, handovers, meetings, threads
from samkraft.people.rules.boards import Row
from samkraft.people.rules.contents.choices import Purpose, name_of
from samkraft.people.rules.meetings import month_of
from samkraft.values.context import Context
from samkraft.values.wording import phrase
from samkraft.web import date_fields, days
from samkraft.web.number_fields import WholeNumberField
from samkraft.web.people.content_forms import ContentForm
from samkraft.web.sections import Plain

LONGEST_BETWEEN = 240  # minutes
Letter = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing. `form` makes its questions; `do` runs the action for the row at a place (from 0) among the chosen.

    `letter` is what is printed for each it was done for; None where nothing is sent.
    """

    code: str
    label: str
    about: str
    button: str
    done: str
    needs: Permission
    form: Callable[[Context, date, Sequence[Row], Any], Any]
    do: Callable[[Context, Row, int, Any], object]
    letter: Callable[[Row, int, Any], Letter] | None = None


def _colleagues(by: Context, today: date, rows: Sequence[Row], *, me: bool) -> list[tuple[str, str]]:
    """Those with a place in the teams of the chosen."""
    found: dict[str, str] = {}
    for team_id in sorted({row.team_id for row in rows if row.team_id is not None}):
        team = teams.team(team_id, on=today)
        for one in team.members if team else ():
            if one.can_lead and (me or one.membership_id != by.membership_id):
                found[str(one.membership_id)] = f"{one.name}, {_(one.role_name).lower()}"
    return sorted(found.items(), key=lambda pair: pair[1])


def _lead_form(by: Context, today: date, rows: Sequence[Row], data: Any) -> Any:
    fields = {
        "to_id": forms.ChoiceField(
            label=_("Ny processledare"), choices=[("", _("Välj")), *_colleagues(by, today, rows, me=True)]
        ),
        "since": date_fields.SwedishDateField(label=_("Från och med"), initial=today),
    }
    return Plain(fields, data)


def _name_lead(by: Context, row: Row, _place: int, said: Mapping[str, Any]) -> object:
    return enrolments.choose_lead(
        by=by,
        person_id=row.person_id,
        membership_id=UUID(said["to_id"]),
        since=said["since"],
        instead_of=row.lead_membership_id,
    )


def _handover_form(by: Context, today: date, rows: Sequence[Row], data: Any) -> Any:
    fields = {
        "to_id": forms.ChoiceField(
            label=_("Vem ska ta över?"), choices=[("", _("Välj")), *_colleagues(by, today, rows, me=False)]
        ),
        "reason": forms.CharField(label=_("Varför?"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2})),
        "overlap_until": date_fields.SwedishDateField(label=_("Båda är med till"), required=False),
    }
    return Plain(fields, data)


def _hand_over(by: Context, row: Row, _place: int, said: Mapping[str, Any]) -> object:
    return handovers.ask(
        by=by,
        person_id=row.person_id,
        from_id=by.membership_id,
        to_id=UUID(said["to_id"]),
        reason=said["reason"],
        overlap_until=said["overlap_until"],
    )


class MeetingForm(ContentForm):
    """A meeting's own questions, and how many minutes lie between one person's time and the next one's."""

    def __init__(self, data: Any = None) -> None:
        super().__init__("meeting", data, only=("starts_at", "place", "purpose"))
        self.fields["starts_at"].label = _("Första tiden")
        self.fields["between"] = WholeNumberField(
            label=_("Minuter mellan tiderna"),
            help_text=_("0 om alla kommer samtidigt. Annars får de markerade var sin tid, i listans ordning."),
            min_value=0,
            max_value=LONGEST_BETWEEN,
            initial=0,
        )


def _starts_at(place: int, said: Mapping[str, Any]) -> datetime:
    first: datetime = said["starts_at"]
    return first + timedelta(minutes=place * int(said["between"]))


def _book(by: Context, row: Row, place: int, said: Mapping[str, Any]) -> object:
    meeting = {
        "starts_at": _starts_at(place, said).isoformat(),
        "place": said["place"],
        "purpose": said["purpose"],
        "with": [by.actor_name],
    }
    return meetings.book(by=by, person_id=row.person_id, meeting=meeting)


def _summons(row: Row, place: int, said: Mapping[str, Any]) -> Letter:
    starts_at = _starts_at(place, said)
    return (
        _("Kallelse till möte"),
        _("%(name)s är välkommen på möte %(moment)s.") % {"name": row.name, "moment": days.moment(starts_at)},
        _("Plats: %(place)s") % {"place": said["place"]} if said["place"] else "",
        _("Mötet gäller: %(purpose)s") % {"purpose": _(name_of(Purpose(said["purpose"]))).lower()},
        _("Kan du inte komma? Hör av dig till %(lead)s.") % {"lead": row.lead_name or _("oss")},
    )


def _reminder_form(by: Context, today: date, rows: Sequence[Row], data: Any) -> Any:
    last = today.replace(day=1) - timedelta(days=1)
    before = last.replace(day=1) - timedelta(days=1)
    fields = {
        "month": forms.ChoiceField(
            label=_("Vilken månad saknas?"), choices=[(month_of(day), days.month(day)) for day in (last, before)]
        ),
        "text": forms.CharField(
            label=_("Det här skriver vi"),
            max_length=2000,
            widget=forms.Textarea(attrs={"rows": 3}),
            initial=_("Hej! Vi saknar din tidrapport för %(month)s. Lämna den till din processledare så snart du kan.")
            % {"month": days.month(last)},
        ),
    }
    return Plain(fields, data)


def _remind(by: Context, row: Row, _place: int, said: Mapping[str, Any]) -> object:
    return threads.remind_of_time_report(by=by, person_id=row.person_id, month=said["month"], text=said["text"])


def _reminder(row: Row, _place: int, said: Mapping[str, Any]) -> Letter:
    return (_("Påminnelse om tidrapport"), row.name, said["text"], row.lead_name)


DEEDS = (
    Deed(
        "ledare", phrase("Byt processledare"),
        phrase("Alla markerade får samma processledare. Den som leder redan står kvar."),
        phrase("Byt processledare"), phrase("Processledaren är bytt"), Permission.ENROL, _lead_form, _name_lead,
    ),
    Deed(
        "over", phrase("Be någon ta över"),
        phrase("Den du frågar får se ärendena i 14 dagar för att kunna svara. Du är kvar tills den har svarat."),
        phrase("Skicka frågan"), phrase("Frågan är skickad"), Permission.HAND_OVER, _handover_form, _hand_over,
    ),
    Deed(
        "mote", phrase("Boka möte"),
        phrase("Tid, plats och varför ses av alla som vet om deltagandet. Efteråt kan du skriva ut kallelserna."),
        phrase("Boka mötena"), phrase("Mötet är bokat"), Permission.WRITE_PLAN,
        lambda by, today, rows, data: MeetingForm(data), _book, _summons,
    ),
    Deed(
        "paminn", phrase("Påminn om tidrapport"),
        phrase("Det skrivs i varje tråd och väntar på deltagaren. Efteråt kan du skriva ut påminnelserna."),
        phrase("Skriv påminnelserna"), phrase("Påminnelsen är skriven"), Permission.WRITE_PLAN,
        _reminder_form, _remind, _reminder,
    ),
)  # fmt: skip
BY_CODE = {deed.code: deed for deed in DEEDS}
