"""Beginning and going on: enrolment, the parties that are let in, the process lead, phases, pauses and more time."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samkraft.initiatives.queries import joined, teams
from samkraft.initiatives.queries.teams import TeamRow
from samkraft.people.actions import enrolments, phases
from samkraft.people.queries import consents, team_loads
from samkraft.people.rules import contents
from samkraft.people.rules.held import newest
from samkraft.values.context import Context
from samkraft.web import date_fields, days
from samkraft.web.people import loads, opened, readers
from samkraft.web.people.content_forms import ContentForm
from samkraft.web.sections import Plain, Section, data_for

KNOWS_AND_TELLS_NOT = gettext_lazy(
    "Vet om deltagandet, men får inte berätta för oss vad de gör. Be dem fråga personen om samtycke till det."
)


@dataclass(frozen=True, slots=True)
class Building:
    """What the sections are built from: who asks, the person's page, and the data that was sent."""

    request: Any
    page: opened.Page
    data: Any

    @property
    def by(self) -> Context:
        """Who asks."""
        by: Context = self.request.by
        return by

    @property
    def person_id(self) -> UUID:
        """The person."""
        return self.page.opened.person_id

    def sent(self, key: str) -> Any:
        """The typed data, for the section that was sent."""
        return data_for(self.request, key, self.data)

    def team(self) -> TeamRow | None:
        """The team that works with the person, with its members today."""
        held = newest(self.page.opened.held, "team")
        return teams.team(contents.read("team", held.content).team_id, on=self.page.today) if held else None


def day_field(label: str, **more: Any) -> forms.Field:
    """A day as people write it."""
    return date_fields.SwedishDateField(label=label, **more)


def enrol(made: Building) -> list[Section]:
    """Let the person begin, known to the own authority alone."""
    today = made.page.today
    choices = [
        (f"{row.id}:{team.id}", f"{row.name} · {team.name}")
        for row in joined.by_area(made.by.area_id, on=today)
        for team in teams.teams(row.id, on=today)
    ]
    form = Plain(
        {
            "team": forms.ChoiceField(label=_("Insats och team"), choices=choices),
            "started_on": day_field(_("Första dag"), initial=today),
        },
        made.sent("enrol"),
    )

    def do(filled: Any) -> str:
        initiative, _sign, team = filled.cleaned_data["team"].partition(":")
        enrolments.enrol(
            by=made.by,
            person_id=made.person_id,
            initiative_id=UUID(initiative),
            team_id=UUID(team),
            started_on=filled.cleaned_data["started_on"],
        )
        return _("Inskriven. Fråga nu om de andra i teamet får veta det.")

    lines = [
        line
        for row in joined.by_area(made.by.area_id, on=today)
        for line in loads.of_teams(team_loads.of_initiative(made.by, row.id, today=today))
    ]
    return [
        Section(
            "enrol",
            _("Skriv in") if made.page.opened.enrolled is None else _("Skriv in igen"),
            form,
            _("Skriv in"),
            do,
            text=_("Bara din egen myndighet vet om det tills personen säger ja till att delta gemensamt."),
            facts=lines,
            main=made.page.opened.enrolled is None,
            aside=made.page.opened.enrolled is not None,
        )
    ]


def parties(made: Building) -> list[Section]:
    """Which of the initiative's parties know of the enrolment through us, and the team's part there that is let in."""
    enrolled = made.page.opened.enrolled
    assert enrolled is not None  # the page shows this section to those who are enrolled
    standing = {line.to_area_id for line in consents.standing(made.by, made.person_id, category="enrolment")}
    telling = consents.telling(made.by, made.person_id, category="enrolment")
    facts, knows = [], []
    for party in teams.parties_on(enrolled.initiative_id, on=made.page.today):
        if party.area_id == made.by.area_id or party.area_id not in made.page.bodies:
            continue
        name = made.page.bodies[party.area_id].name
        if party.area_id in standing:
            knows.append((str(party.area_id), name))
            tells = party.area_id in telling
            src = _("Vet om deltagandet, med personens samtycke.") if tells else KNOWS_AND_TELLS_NOT
            facts.append({"shape": "ok" if tells else "needs", "text": name, "src": src})
        else:
            give = f"{reverse('people:give_consent', args=[made.person_id])}?till={party.area_id}"
            facts.append({"shape": "closed", "text": name, "src": _("Inget samtycke från oss dit."), "url": give})
    if not knows:
        return [Section("parties", _("Vilka vet"), facts=facts, aside=True)]
    form = Plain({"area": forms.ChoiceField(label=_("Myndighet"), choices=knows)}, made.sent("parties"))

    def do(filled: Any) -> str:
        enrolments.let_in(by=made.by, person_id=made.person_id, area_id=UUID(filled.cleaned_data["area"]))
        return _("Teamets handläggare där är med i ärendet.")

    return [Section("parties", _("Vilka vet"), form, _("Släpp in teamets handläggare"), do, facts=facts, aside=True)]


def lead(made: Building) -> list[Section]:
    """Name the process lead; one at a time."""
    team = made.team()
    if team is None:
        return []
    now = newest(made.page.opened.held, "lead")
    leading = contents.read("lead", now.content).membership_id if now else None
    form = Plain(
        {
            "membership_id": forms.ChoiceField(
                label=_("Processledare"),
                choices=[
                    (str(one.membership_id), f"{one.name}, {_(one.role_name).lower()}")
                    for one in team.members
                    if one.can_lead
                ],
            ),
            "since": day_field(_("Från och med"), initial=made.page.today),
            "instead_of": forms.CharField(widget=forms.HiddenInput, required=False, initial=str(leading or "")),
        },
        made.sent("lead"),
    )

    def do(filled: Any) -> str:
        enrolments.choose_lead(
            by=made.by,
            person_id=made.person_id,
            membership_id=UUID(filled.cleaned_data["membership_id"]),
            since=filled.cleaned_data["since"],
            instead_of=UUID(filled.cleaned_data["instead_of"]) if filled.cleaned_data["instead_of"] else None,
        )
        return _("Processledaren är bytt.") if leading else _("Processledaren är vald.")

    return [
        Section(
            "lead",
            _("Processledare"),
            form,
            _("Byt processledare") if leading else _("Välj processledare"),
            do,
            text=_("Nu: {name}").format(name=made.page.head.lead_name) if made.page.head.lead_name else _("Ingen än."),
            facts=loads.of_leads(team.id, team.members),
            main=leading is None,
        )
    ]


def phase(made: Building) -> list[Section]:
    """Where the person is, and the move to another phase with its reason."""
    enrolled = made.page.opened.enrolled
    assert enrolled is not None  # as above
    rows = teams.phases(enrolled.initiative_id)
    now = newest(made.page.opened.held, "phase")
    following = [row.number for row in rows if now is None or row.number > now.content["number"]]
    form = Plain(
        {
            "number": forms.TypedChoiceField(
                label=_("Ny fas"),
                coerce=int,
                choices=[
                    *([] if following else [("", _("Välj"))]),
                    *((row.number, f"{row.number}, {row.name}") for row in rows),
                ],
                initial=following[0] if following else None,
            ),
            "since": day_field(_("Från och med"), initial=made.page.today),
            "reason": forms.CharField(
                label=_("Varför?"), widget=forms.Textarea(attrs={"rows": 2}), help_text=readers.hint("phase", "reason")
            ),
        },
        made.sent("phase"),
    )

    def do(filled: Any) -> str:
        phases.move(by=made.by, person_id=made.person_id, **filled.cleaned_data)
        return _("Fasen är bytt.")

    standing = made.page.opened.joint.standing
    text = made.page.head.phase
    if standing and standing.days_left is not None:
        text += " · " + (
            _("{days} dagar kvar av gränsen").format(days=standing.days_left)
            if standing.days_left >= 0
            else _("{days} dagar över gränsen").format(days=-standing.days_left)
        )
    has_lead = newest(made.page.opened.held, "lead") is not None
    return [Section("phase", _("Fas"), form, _("Byt fas"), do, text=text, main=has_lead)]


def pause(made: Building) -> list[Section]:
    """Begin a pause, or end the one that goes on."""
    standing = made.page.opened.joint.standing
    if standing and standing.is_paused:
        form = Plain({"until": day_field(_("Första dag igen"), initial=made.page.today)}, made.sent("unpause"))

        def end(filled: Any) -> str:
            phases.end_pause(by=made.by, person_id=made.person_id, until=filled.cleaned_data["until"])
            return _("Pausen är slut.")

        return [Section("unpause", _("Paus"), form, _("Avsluta pausen"), end, aside=True)]
    asked = ContentForm("pause", made.sent("pause"), stands={"from_date": made.page.today.isoformat()})

    def begin(filled: ContentForm) -> str:
        data = filled.cleaned_data
        phases.pause(
            by=made.by,
            person_id=made.person_id,
            from_date=data["from_date"],
            until=data["until"],
            reason_kind=data["reason_kind"],
        )
        return _("Pausen är antecknad. Dagarna räknas inte.")

    text = _("Semester, sjukdom eller annat som stoppar arbetet. Dagarna räknas inte mot gränsen.")
    return [Section("pause", _("Paus"), asked, _("Gör en paus"), begin, text=text, aside=True)]


def more_time(made: Building) -> list[Section]:
    """Ask for more time than the limit gives; decide what somebody else asked for."""
    found = []
    for one in made.page.opened.joint.prolongations:
        if not one.is_open:
            continue
        if one.held.author_membership_id == made.by.membership_id:
            mine = _("Du har begärt tid till {day}. Någon annan än du beslutar.")
            found.append(
                Section("asked-time", _("Mer tid är begärd"), text=mine.format(day=days.dated(one.content.until)))
            )
            continue
        key = f"decide-{one.held.lineage}"
        form = Plain(
            {
                "grant": forms.ChoiceField(
                    label=_("Beslut"),
                    choices=[("yes", _("Bevilja")), ("no", _("Avslå"))],
                    widget=forms.RadioSelect,
                ),
                "reason": forms.CharField(label=_("Varför?"), required=False),
            },
            made.sent(key),
        )

        def decide(filled: Any, lineage: UUID = one.held.lineage) -> str:
            phases.decide_time(
                by=made.by,
                person_id=made.person_id,
                asked=lineage,
                grant=filled.cleaned_data["grant"] == "yes",
                reason=filled.cleaned_data["reason"],
            )
            return _("Beslutet är sparat.")

        text = _("{who} begär tid till {day}: {reason}").format(
            who=one.held.author_name, day=days.dated(one.content.until), reason=one.content.reason
        )
        found.append(Section(key, _("Besluta om mer tid"), form, _("Besluta"), decide, text=text))
    standing = made.page.opened.joint.standing
    if standing is None or standing.limit_date is None:
        return found  # without a limit there is nothing to prolong
    ask = Plain(
        {
            "until": day_field(_("Till och med")),
            "reason": forms.CharField(
                label=_("Varför?"),
                widget=forms.Textarea(attrs={"rows": 2}),
                help_text=readers.hint("prolongation", "reason"),
            ),
        },
        made.sent("more-time"),
    )

    def do(filled: Any) -> str:
        phases.ask_for_time(by=made.by, person_id=made.person_id, **filled.cleaned_data)
        return _("Begäran är skickad. Någon annan än du beslutar.")

    asks = _("Om tiden i insatsen inte räcker. Den som begär beslutar aldrig själv.")
    return [*found, Section("more-time", _("Mer tid"), ask, _("Begär mer tid"), do, text=asks, aside=True)]
