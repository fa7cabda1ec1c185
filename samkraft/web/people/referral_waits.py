"""What can be done with a referral that is open: answer the start check, hand it on, or end it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samkraft.partners.rules.roles import Permission, may
from samkraft.people.actions import referral_deeds
from samkraft.people.actions import referrals as actions
from samkraft.people.queries import consents
from samkraft.people.rules import disclosures, referrals, start_check
from samkraft.people.rules.contents.choices import HowReferred, ReferralEnding, name_of
from samkraft.people.rules.referrals import Standing
from samkraft.people.rules.start_check import ANSWER_NAMES, Answer, Asked
from samkraft.web import days
from samkraft.web.people import referral_on
from samkraft.web.people.journey_begin import Building, day_field
from samkraft.web.sections import Plain, Section

_PREFIX = "check_"
# Which field a refusal stands beside: what the reason calls it, or the reason itself.
_DAYS = {
    "Kom in": "received_on", referrals.CAME_BEFORE_THE_LAST.code: "received_on",
    "Avslutad": "ended_on", referrals.ENDED_BEFORE_IT_CAME.code: "ended_on",
}  # fmt: skip
_SHAPES = {Answer.YES: "ok", Answer.NO: "ok", Answer.UNKNOWN: "closed"}


def sections(made: Building) -> list[Section]:
    """Of each referral that is open: where it came from and what was answered, and how it is ended."""
    if not may(made.by.role, Permission.REFER):
        return []
    asked = actions.questions_of_area(made.by.area_id, made.page.today)
    waits = referrals.open_ones(made.page.opened.held)
    return [
        section
        for one in waits
        for section in (
            _told(made, one),
            *_check(made, one, referrals.asked_of(one.content, asked)),
            *referral_on.hand_on(made, one),
            _end(made, one),
        )
    ]


def nothing_to_begin_on(made: Building) -> list[Section]:
    """Instead of the enrolment, when every referral has been ended: a new one is needed."""
    ended = referrals.last_ended(made.page.opened.held)
    if ended is None:
        return []
    text = _("Remitteringen avslutades {day}: {reason}. Ska personen börja behövs en ny.").format(
        day=days.dated(ended.ended_on), reason=_(name_of(ended.reason)).lower()
    )
    return [Section("enrol", _("Skriv in"), text=text)]


def again(made: Building) -> list[Section]:
    """A new referral of the same person, when every earlier one has been ended and the person does not take part."""
    one = made.page
    takes_part = one.opened.enrolled is not None and one.head.exited_on is None
    if not may(made.by.role, Permission.REFER) or takes_part or referrals.last_ended(one.opened.held) is None:
        return []
    form = Plain(
        {
            "how": forms.ChoiceField(
                label=_("Hur kom personen?"),
                choices=[(each.value, _(name_of(each)).capitalize()) for each in HowReferred],
                initial=referrals.all_of(one.opened.held)[-1].content.how.value,
            ),
            "reason": forms.CharField(
                label=_("Varför?"),
                required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
                help_text=_("Läses bara i din egen myndighet tills personen eller ni lämnar ut det."),
            ),
            "received_on": day_field(_("När kom det in?"), initial=one.today),
        },
        made.sent("refer-again"),
    )

    def do(filled: Any) -> str:
        data = filled.cleaned_data
        said = {"how": data["how"], "reason": data["reason"], "received_on": data["received_on"].isoformat()}
        referral_deeds.refer_again(by=made.by, person_id=made.person_id, referral=said)
        return _("Den nya remitteringen är registrerad. Svara på startkontrollen och skriv in när ni har träffats.")

    text = _("Startkontrollen svarar ni på efteråt. Det som var innan finns kvar i tidslinjen.")
    button = _("Registrera en ny remittering")
    return [Section("refer-again", _("Ny remittering"), form, button, do, text=text,
                    then=reverse("people:journey", args=[made.person_id]), beside=_DAYS)]  # fmt: skip


def _told(made: Building, one: Standing) -> Section:
    """How the person came, and where the referral has been handed over."""
    held, content = one.held, one.content
    body = made.page.bodies.get(held.author_area_id)
    facts: list[dict[str, Any]] = [
        {
            "text": content.reason or _(name_of(content.how)).capitalize(),
            "src": " · ".join(part for part in (held.author_name, body.name if body else "") if part),
        }
    ]
    if held.received is None:
        facts += _handed_over(made, one)
    waited = (made.page.today - content.received_on).days
    text = ngettext(
        "{how}, kom in {day}. Har väntat {waited} dag.", "{how}, kom in {day}. Har väntat {waited} dagar.", waited
    ).format(how=_(name_of(content.how)).capitalize(), day=days.dated(content.received_on), waited=waited)
    return Section(f"referral-{held.lineage}", _("Remitteringen"), text=text, facts=facts)


def _handed_over(made: Building, one: Standing) -> list[dict[str, Any]]:
    found = {}
    for act in reversed(consents.disclosures(made.by, made.person_id)):
        if act.lineage == one.held.lineage and act.from_area_id == made.by.area_id:
            found[act.to_area_id] = act.disclosed_at
    told = [(made.page.bodies[area].name, at) for area, at in found.items() if area in made.page.bodies]
    src = _("Den myndigheten går vidare. Vad de gör vet ni om personen har sagt ja till att de berättar.")
    return [
        {"shape": "ok", "text": _("Lämnad till {whom} {day}").format(whom=name, day=days.dated(at.date())), "src": src}
        for name, at in told
    ]


def _check(made: Building, one: Standing, asked: Sequence[Asked]) -> list[Section]:
    """The answers, and the form that changes them where the own area wrote them."""
    if not asked:
        return []
    known = {code: answer for code, answer in one.content.start_check.items() if answer in set(Answer)}
    found = start_check.check(asked, known)
    facts = [
        {
            "shape": "needs" if each.is_unexpected else _SHAPES[each.answer],
            "text": _(each.question.text),
            "src": _(ANSWER_NAMES[each.answer]),
        }
        for each in found.answers
    ]
    key = f"check-{one.held.lineage}"
    if one.held.received is not None:
        text = _("Besvarad av den som remitterade. Frågor som är kvar hindrar inte att personen skrivs in.")
        return [Section(key, _("Startkontroll"), facts=facts, text=text, aside=True)]
    form = Plain(
        {
            _PREFIX + each.question.code: forms.ChoiceField(
                label=_(each.question.text),
                choices=[(answer.value, _(name)) for answer, name in ANSWER_NAMES.items()],
                widget=forms.RadioSelect,
                initial=each.answer.value,
                required=False,
            )
            for each in found.answers
        }
        | {"based_on": forms.IntegerField(widget=forms.HiddenInput, initial=one.held.version)},
        made.sent(key),
    )

    def do(filled: Any) -> str:
        data = filled.cleaned_data
        answers = {name.removeprefix(_PREFIX): value for name, value in data.items() if name.startswith(_PREFIX)}
        referral_deeds.answer_check(
            by=made.by, person_id=made.person_id, lineage=one.held.lineage, answers=answers, based_on=data["based_on"]
        )
        return _("Svaren är sparade.")

    text = _("”Vet inte” är ett svar och hindrar inget.")
    return [Section(key, _("Startkontroll"), form, _("Ändra svaren"), do, text=text, facts=facts, aside=True)]


def _end(made: Building, one: Standing) -> Section:
    """Nobody goes on: why, from when, and whether the other authority is told."""
    key = f"end-{one.held.lineage}"
    fields: dict[str, forms.Field] = {
        "reason": forms.ChoiceField(
            label=_("Varför?"),
            choices=[(each.value, _(name_of(each))) for each in ReferralEnding],
            widget=forms.RadioSelect,
        ),
        "note": forms.CharField(
            label=_("Med egna ord"),
            required=False,
            widget=forms.Textarea(attrs={"rows": 2}),
            help_text=_("Behövs när du väljer Annat skäl. Läses bara hos er, och av dem du väljer att berätta för."),
        ),
        "ended_on": day_field(_("Från vilken dag?"), initial=made.page.today),
    }
    others, facts = _who_else(made, one)
    if others:
        fields["tell"] = forms.MultipleChoiceField(
            label=_("Vilka ska få veta det av er?"),
            choices=[(str(area), made.page.bodies[area].name) for area in others],
            widget=forms.CheckboxSelectMultiple,
            initial=[str(area) for area in others],
            required=False,
        )
    form = Plain(fields, made.sent(key))

    def do(filled: Any) -> str:
        data = filled.cleaned_data
        referral_deeds.end(
            by=made.by,
            person_id=made.person_id,
            lineage=one.held.lineage,
            ended={"reason": data["reason"], "note": data["note"], "ended_on": data["ended_on"].isoformat()},
            tell=[UUID(area) for area in data.get("tell", [])],
        )
        return _("Remitteringen är avslutad. Personen väntar inte längre, och kan remitteras på nytt.")

    text = _("När ingen går vidare. Det som är skrivet finns kvar, och en ny remittering kan komma senare.")
    button = _("Avsluta remitteringen")
    return Section(key, button, form, button, do, text=text, facts=facts,
                   then=reverse("people:journey", args=[made.person_id]), beside=_DAYS)  # fmt: skip


def _who_else(made: Building, one: Standing) -> tuple[list[UUID], list[dict[str, Any]]]:
    """The other authorities that know of the referral: those that may be told here, and lines about the others."""
    parties = {act.to_area_id for act in consents.disclosures(made.by, made.person_id)
               if act.lineage == one.held.lineage and act.from_area_id == made.by.area_id}  # fmt: skip
    if one.held.received is not None:
        parties = {one.held.received.from_area_id}
    standing = {line.to_area_id for line in consents.standing(made.by, made.person_id, category="referral")}
    bodies = made.page.bodies
    own = bodies[made.by.area_id]
    told, facts = [], []
    for area in sorted((area for area in parties if area in bodies), key=lambda area: bodies[area].name):
        if area not in standing:
            src = _("Får inte veta det av er: personen har inte sagt ja till det. Säg till personen att berätta själv.")
            url = f"{reverse('people:give_consent', args=[made.person_id])}?till={area}"
            facts.append({"shape": "needs", "text": bodies[area].name, "src": src, "url": url})
        elif disclosures.is_weaker(bodies[area].harm_test, own.harm_test):
            src = _("Har svagare sekretess än ni. Lämna ut avslutet för sig efteråt, från tidslinjen.")
            facts.append({"shape": "needs", "text": bodies[area].name, "src": src})
        else:
            told.append(area)
    return told, facts
