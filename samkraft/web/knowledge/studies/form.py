"""The registration: what is promised before anybody is drawn. A draft is kept as it is written, right or wrong."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from samkraft.audit.actions import transactions
from samkraft.knowledge.actions import studies as actions
from samkraft.knowledge.queries import studies
from samkraft.knowledge.queries.studies import FIELDS, DraftRow, StudyRow
from samkraft.knowledge.rules.studies import registrations as rules
from samkraft.knowledge.rules.studies import stages
from samkraft.knowledge.rules.studies.stages import Kind
from samkraft.partners.rules.roles import Permission
from samkraft.values.refusal import Refused
from samkraft.values.wording import phrase
from samkraft.web import figures, refusals
from samkraft.web.acting import page
from samkraft.web.knowledge import frames

# Field → label and help.
SAID = {
    "title": (phrase("Studiens namn"), ""),
    "question": (phrase("Frågan"), phrase("En fråga som går att svara ja eller nej på.")),
    "offer": (phrase("Vad de som lotten drar får"), ""),
    "comparison": (phrase("Vad de andra får under tiden"), phrase("De följs upp på samma sätt.")),
    "outcome": (phrase("Det som avgör svaret"), phrase("Ett enda, bestämt i förväg.")),
    "horizon_days": (phrase("Dagar från lottningen till uppföljningen"), ""),
    "people": (phrase("Hur många som väntas stå på listan"), ""),
    "places": (phrase("Hur många som ska dras"), phrase("Hälften kvinnor och hälften män.")),
    "baseline_percent": (
        phrase("Hur många av hundra som når dit utan erbjudandet"), phrase("Det du vet eller tror i dag.")),
    "effect_points": (phrase("Hur många fler av hundra som skulle vara värt att veta"), ""),
    "ethics": (phrase("Etikprövning"), ""),
    "ethics_reference": (
        phrase("Diarienummer, eller skälet till att det inte är forskning"), phrase("Publiceras med studien.")),
    "legal_basis": (phrase("Rättslig grund"), phrase("Den bestämmelse som behandlingen vilar på.")),
    "impact_assessment": (phrase("Konsekvensbedömning"), phrase("Var den finns och när den gjordes.")),
    "seed_source": (
        phrase("Varifrån lottens frö ska komma"), phrase("Ett tal som ingen kan välja och som blir känt senare.")),
}  # fmt: skip
LONG = ("question", "offer", "comparison", "ethics_reference", "legal_basis")
SHORT = ("horizon_days", *rules.NUMBERS[1:])


class RegistrationForm(forms.Form):
    """Every field may be empty while it is a draft; what registering needs is said by the rules."""

    marks_optional = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in FIELDS:
            label, help_text = (_(text) if text else "" for text in SAID[name])
            self.fields[name] = _field(name, label, help_text)


def _field(name: str, label: str, help_text: str) -> forms.Field:
    said: dict[str, Any] = {"label": label, "help_text": help_text, "required": False}
    if name in ("outcome", "ethics"):
        names = rules.OUTCOME_NAMES if name == "outcome" else rules.ETHICS_NAMES
        return forms.ChoiceField(
            choices=[(one.value, _(text)) for one, text in names.items()], widget=forms.RadioSelect, **said
        )
    if name in LONG:
        return forms.CharField(widget=forms.Textarea(attrs={"rows": 2}), max_length=4_000, **said)
    widget = forms.TextInput(attrs={"inputmode": "numeric"}) if name in SHORT else forms.TextInput()
    return forms.CharField(widget=widget, max_length=400, **said)


@page(needs=Permission.RUN_STUDIES)
def show(request: Any, code: str) -> HttpResponse:
    """A new registration, a draft of one's own (`utkast`), or a new version of a study (`studie`)."""
    row = frames.initiative(code)
    if request.method == "POST":
        return _sent(request, code)
    draft, study = _draft(request), _study(request, row.id)
    if study is not None and (reason := stages.why_not(study.held, Kind.REGISTERED)) is not None:
        refusals.tell(request, Refused(reason[0]))  # before anybody has filled in a form that cannot be kept
        return redirect("results:study", code, study.number)
    first = draft.fields if draft else studies.as_fields(study.registration) if study else {}
    return _drawn(request, code, RegistrationForm(initial=first), draft, study)


def _sent(request: Any, code: str) -> HttpResponse:
    with transactions.read(request.by):
        row = frames.initiative(code)
        draft, study = _draft(request), _study(request, row.id)
    form = RegistrationForm(request.POST)
    fields = {name: request.POST.get(name, "") for name in FIELDS}
    try:
        if request.POST.get("do") == "throw" and draft:
            actions.throw_draft(by=request.by, draft_id=draft.id)
            messages.success(request, _("Utkastet är borttaget."))
            return redirect("results:studies", code)
        kept: UUID | None = actions.keep_draft(
            by=request.by, initiative_id=row.id, fields=fields, draft_id=draft.id if draft else None,
            study_id=study.id if study else None,
        )  # fmt: skip
        if request.POST.get("do") != "register":
            messages.success(request, _("Utkastet är sparat. Ingen annan ser det."))
            return redirect(f"{reverse('results:new_study', args=[code])}?utkast={kept}")
        _promised, faults = rules.read(fields)
        if not faults:
            assert kept is not None  # it was kept just now
            study_id = actions.register(by=request.by, draft_id=kept)
            with transactions.read(request.by):
                made = next(one for one in studies.listed(row.id) if one.id == study_id)
            messages.success(request, _("Studien är registrerad. Det som står ändras inte mer."))
            return redirect("results:study", code, made.number)
        form.is_valid()
        for name, fault in faults.items():
            form.add_error(name, _(fault))
    except Refused as refused:
        form.is_valid()
        refusals.put_in(form, refused)
        kept = draft.id if draft else None
    with transactions.read(request.by):
        held = studies.draft(kept, request.by.membership_id) if kept else None
        return _drawn(request, code, form, held, study, status=422)


def _draft(request: Any) -> DraftRow | None:
    key = _key(request.POST.get("draft") or request.GET.get("utkast", ""))
    return studies.draft(key, request.by.membership_id) if key else None


def _study(request: Any, initiative_id: UUID) -> StudyRow | None:
    number = request.POST.get("study") or request.GET.get("studie", "")
    return studies.by_number(initiative_id, int(number)) if number.isascii() and number.isdigit() else None


def _key(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        raise Http404 from None


def _drawn(
    request: Any, code: str, form: RegistrationForm, draft: DraftRow | None, study: StudyRow | None, status: int = 200
) -> HttpResponse:
    row = frames.initiative(code)
    said = {name: str(form[name].value() or "") for name in FIELDS}
    context = {
        "form": form, "draft": draft, "study": study, "failed": form if status == 422 else None, "strength": _strength(said),
    }  # fmt: skip
    heading = _("Ny version") if study else _("Ny studie")
    return frames.draw(
        request, "knowledge/studies/form.html", row, "studies", context, (_("Studier"), reverse("results:studies", args=[code])),
        (heading, ""), status=status,
    )  # fmt: skip


def _strength(said: dict[str, str]) -> dict[str, str] | None:
    """What such a study could see, as far as the numbers are there and make sense."""
    _promised, faults = rules.read(said)
    if set(faults) & {"people", "places", "baseline_percent", "effect_points"}:
        return None
    people, places = (int(float(said[name].replace(" ", ""))) for name in ("people", "places"))
    baseline, effect = (float(said[name].replace(",", ".")) / 100 for name in ("baseline_percent", "effect_points"))
    chance = rules.chance_to_see(people, places, baseline, effect)
    smallest = rules.smallest_to_see(people, places, baseline)
    return {
        "chance": figures.percent(chance, 0), "smallest": figures.decimal(100 * smallest, 0),
        "is_enough": "1" if chance >= rules.LEAST_POWER else "",
    }  # fmt: skip
