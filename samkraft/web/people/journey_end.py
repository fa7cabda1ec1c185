"""Handing over and leaving: the request and the answer, the exit with its promise, and the follow-ups after it."""

from typing import Any
from uuid import UUID

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samkraft.people.actions import exits, handovers
from samkraft.people.queries import consents
from samkraft.people.rules import exits as rules
from samkraft.people.rules.contents.choices import FollowUpState, HandoverState, Outcome, name_of
from samkraft.web import days
from samkraft.web.people import readers, timeline
from samkraft.web.people.content_forms import ContentForm
from samkraft.web.people.journey_begin import Building, day_field
from samkraft.web.sections import Plain, Section

_ANSWERS = (FollowUpState.DONE, FollowUpState.NOT_REACHED)


def handover(made: Building) -> list[Section]:
    """Ask a colleague to take over, or answer what somebody asked of you."""
    team = made.team()
    found = []
    for one in made.page.opened.joint.handovers:
        if one.state is not HandoverState.ASKED or one.content.to_id != made.by.membership_id:
            continue
        found.append(_asked_of_me(made, one))
    found += _let_go(made)
    waits = _waits_for_answer(made)
    if team is None or waits:
        return [*found, *waits]
    form = Plain(
        {
            "to_id": forms.ChoiceField(
                label=_("Till vem?"),
                choices=[
                    (str(member.membership_id), f"{member.name}, {_(member.role_name).lower()}")
                    for member in team.members
                    if member.can_lead and member.membership_id != made.by.membership_id
                ],
            ),
            "reason": forms.CharField(
                label=_("Varför?"),
                widget=forms.Textarea(attrs={"rows": 2}),
                help_text=readers.hint("handover", "reason"),
            ),
            "overlap_until": day_field(_("Båda är med till"), required=False),
        },
        made.sent("handover"),
    )

    def ask(filled: Any) -> str:
        data = filled.cleaned_data
        handovers.ask(
            by=made.by,
            person_id=made.person_id,
            from_id=made.by.membership_id,
            to_id=UUID(data["to_id"]),
            reason=data["reason"],
            overlap_until=data["overlap_until"],
        )
        return _("Frågan är skickad. Du är kvar tills den andra har svarat.")

    about = _("Den du frågar får se ärendet i 14 dagar för att kunna svara.")
    facts = _who_cannot_answer(made, team)
    return [*found, Section("handover", _("Överlämning"), form, _("Be någon ta över"), ask, text=about, facts=facts)]


def _who_cannot_answer(made: Building, team: Any) -> list[dict[str, str]]:
    """Those who could be asked, and whose answer would not be known here: the person has not agreed that they tell."""
    telling = consents.telling(made.by, made.person_id, category="enrolment") | {made.by.area_id}
    asked = {line.to_area_id for line in consents.standing(made.by, made.person_id, category="enrolment")}
    areas = {one.area_id for one in team.members if one.can_lead} & asked - telling
    names = sorted(made.page.bodies[area].name for area in areas if area in made.page.bodies)
    src = _("Får inte berätta för oss om någon där tar över. Be dem först fråga personen om samtycke till det.")
    return [{"shape": "needs", "text": ", ".join(names), "src": src}] if names else []


def _waits_for_answer(made: Building) -> list[Section]:
    """What I have asked of somebody who has not answered: until then nobody else can be asked."""
    team = made.team()
    names = {one.membership_id: one.name for one in team.members} if team else {}
    for one in made.page.opened.joint.handovers:
        if one.state is HandoverState.ASKED and one.held.author_membership_id == made.by.membership_id:
            who = names.get(one.content.to_id, _("mottagaren"))
            text = _("Du har bett {who} ta över. Du är kvar tills {who} har svarat.").format(who=who)
            return [Section("handover", _("Överlämning"), text=text)]
    return []


def _asked_of_me(made: Building, one: Any) -> Section:
    key = f"take-{one.held.lineage}"
    choices = [("yes", _("Ja, jag tar över")), ("no", _("Nej, tacka nej"))]
    answers = forms.ChoiceField(label=_("Tar du över?"), choices=choices, widget=forms.RadioSelect)

    def answer(filled: Any) -> str:
        accept = filled.cleaned_data["answer"] == "yes"
        handovers.answer(by=made.by, person_id=made.person_id, lineage=one.held.lineage, accept=accept)
        taken = _("Du har tagit över. Under Vilka vet ser du vilka som inte får veta det av er.")
        return taken if accept else _("Du har tackat nej. Den som frågade är kvar.")

    text = _("{who} ber dig ta över: {reason}").format(who=one.held.author_name, reason=one.content.reason)
    form, facts = Plain({"answer": answers}, made.sent(key)), []
    asker = one.held.author_area_id
    told = {line.to_area_id for line in consents.standing(made.by, made.person_id, category="enrolment")}
    if asker not in told | {made.by.area_id} and asker in made.page.bodies:
        src = _(
            "Får inte veta ditt svar. Fråga personen om samtycke till att ni berättar det, och registrera det först."
        )
        give = f"{reverse('people:give_consent', args=[made.person_id])}?till={asker}"
        facts.append({"shape": "needs", "text": made.page.bodies[asker].name, "src": src, "url": give})
    return Section(key, _("Överlämning till dig"), form, _("Svara"), answer, text=text, facts=facts, main=True)


def _let_go(made: Building) -> list[Section]:
    """After another authority has taken over: leave the case."""
    found = []
    for one in made.page.opened.joint.handovers:
        if (
            one.state is not HandoverState.ACCEPTED
            or one.content.from_id != made.by.membership_id
            or one.answer is None
        ):
            continue

        def go(_form: Any, lineage: UUID = one.held.lineage) -> str:
            handovers.let_go(by=made.by, person_id=made.person_id, lineage=lineage)
            return _("Du lämnar ärendet.")

        until = one.content.overlap_until
        text = _("{who} har tagit över.").format(who=one.answer.author_name)
        if until:
            text = _("{who} har tagit över. Ni är båda med till {day}, och sedan lämnar du ärendet.").format(
                who=one.answer.author_name, day=days.dated(until)
            )
        key = f"let-go-{one.held.lineage}"
        found.append(
            Section(key, _("Lämna ärendet"), None, _("Lämna ärendet"), go, text=text, then=reverse("people:board"))
        )
    return found


def leave(made: Building) -> list[Section]:
    """Let the person leave with an outcome. Work or studies may begin within ninety days by agreement."""
    form = ContentForm(
        "exit",
        made.sent("exit"),
        only=("outcome", "left_on", "promised_start", "note"),
        stands={"left_on": made.page.today.isoformat()},
    )

    def do(filled: ContentForm) -> str:
        exits.leave(by=made.by, person_id=made.person_id, left=filled.content())
        return _("Utskriven. Uppföljningarna är planerade.")

    text = _(
        "Till arbete eller studier som har börjat, eller börjar inom 90 dagar enligt avtal. Planen följs upp ändå."
    )
    return [Section("exit", _("Utskrivning"), form, _("Skriv ut"), do, text=text)]


def after(made: Building) -> list[Section]:
    """After the exit: did it begin as promised, and how did it go."""
    joint = made.page.opened.joint
    found = []
    if joint.left and joint.left.must_look:
        form = Plain(
            {
                "kept": forms.ChoiceField(
                    label=_("Började det som avtalat?"),
                    choices=[("yes", _("Ja")), ("no", _("Nej, tillbaka på sin plats"))],
                    widget=forms.RadioSelect,
                ),
                "reason": forms.CharField(label=_("Vad hände?"), required=False),
            },
            made.sent("promise"),
        )

        def look(filled: Any) -> str:
            exits.look_at_promise(
                by=made.by,
                person_id=made.person_id,
                kept=filled.cleaned_data["kept"] == "yes",
                reason=filled.cleaned_data["reason"],
            )
            return _("Antecknat.")

        has_been = joint.left.must_look <= made.page.today
        text = _("Avtalad start {day}.").format(day=days.dated(joint.left.must_look))
        if not has_been:
            text = _("Avtalad start {day}. Efter den dagen säger ni om det blev av.").format(
                day=days.dated(joint.left.must_look)
            )
        found.append(Section("promise", _("Avtalad start"), form, _("Spara"), look, text=text, main=has_been))
    return [*found, *(_follow_up(made, one) for one in joint.follow_ups)]


def _done(one: Any) -> str:
    day = one.content.done_on
    return days.dated(day) if day else ""


def _follow_up(made: Building, one: Any) -> Section:
    heading = timeline.follow_up_heading(one.content.months)
    if one.state is not FollowUpState.DUE:
        text = _("{state} {day}").format(state=_(name_of(one.state)).capitalize(), day=_done(one))
        return Section(f"done-{one.held.lineage}", heading, text=text.strip())
    key = f"follow-up-{one.held.lineage}"
    form = Plain(
        {
            "state": forms.ChoiceField(
                label=_("Hur gick det?"),
                choices=[
                    (state.value, _(name_of(state)).capitalize())
                    for state in (FollowUpState.DONE, FollowUpState.NOT_REACHED)
                ],
                widget=forms.RadioSelect,
            ),
            "situation": forms.ChoiceField(
                label=_("Vad gör personen nu?"),
                required=False,
                choices=[("", _("Inget valt")), *((out.value, _(name_of(out))) for out in Outcome)],
            ),
            "done_on": day_field(_("Dag"), initial=made.page.today),
        },
        made.sent(key),
    )

    def do(filled: Any) -> str:
        data = filled.cleaned_data
        exits.answer_follow_up(
            by=made.by,
            person_id=made.person_id,
            lineage=one.held.lineage,
            state=data["state"],
            situation=data["situation"] or None,
            done_on=data["done_on"],
        )
        return _("Uppföljningen är sparad.")

    late = (made.page.today - one.content.due_date).days
    day = days.dated(one.content.due_date)
    first = rules.follow_up_from(one.content)
    if made.page.today < first and made.sent(key) is None:
        said = _("Gäller hur det är {day}, och kan skrivas från {first}. Då kommer den också till inkorgen.")
        return Section(key, heading, text=said.format(day=day, first=days.dated(first)))
    if late <= 0:
        text = _("Ska göras senast {day}.").format(day=day)
        return Section(key, heading, form, _("Skriv hur det gick"), do, text=text)
    said = ngettext("Skulle ha gjorts {day}, {late} dag sen", "Skulle ha gjorts {day}, {late} dagar sen", late)
    facts = [{"text": said.format(day=day, late=late), "shape": "overdue"}]
    return Section(key, heading, form, _("Skriv hur det gick"), do, facts=facts)
