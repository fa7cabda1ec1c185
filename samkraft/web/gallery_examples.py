"""What the gallery shows: invented people, and figures that only show how figures look."""

from datetime import date
from typing import Any

from django import forms


class ExampleForm(forms.Form):
    """One of each kind of question."""

    amount = forms.CharField(label="Belopp", help_text="Hela kronor, till exempel 500 000.")
    reason = forms.CharField(
        label="Varför?",
        help_text="Läses av alla som ser siffran. Båda källorna finns kvar.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    fund = forms.ChoiceField(label="Satsning", choices=[("", "Välj"), ("a", "Jobbpakt"), ("b", "Ung i sommar")])
    status = forms.ChoiceField(
        label="Vad blev beslutet?",
        choices=[("as", "Som föreslaget"), ("changed", "Med ändringar"), ("back", "Återremiss")],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(label="Anteckning", required=False)
    remind = forms.BooleanField(label="Påminn mig en vecka före", required=False)
    source = forms.FileField(label="Underlag", required=False, help_text="Textfil, Word eller PDF, högst 20 MB.")


def everything() -> dict[str, Any]:
    """The gallery's context."""
    return {
        "today": date(2021, 3, 11),
        "rows": _ladder(),
        "left": _decision(),
        "right": _report(),
        "paragraphs": _paragraphs(),
        "events": _events(),
        "tabs": _tabs(),
        "points": _points(),
        "waiting": _waiting(),
        "roles": _roles(),
        "kinds": ["ok", "needs", "overdue", "closed"],
    }


def _ladder() -> list[dict[str, Any]]:
    return [
        {"label": "Nya pengar i ärendet", "note": "p. 1, 2, 3 och 5", "ore": 3_983_700_000, "kind": "part"},
        {"label": "Betalas ur punkt 5", "note": "räknas en gång", "ore": 741_700_000, "kind": "inside"},
        {"label": "Beslutat tidigare 2023", "note": "Boost", "ore": 200_000_000, "kind": "earlier"},
        {"label": "Kvar att förklara", "note": "", "ore": 16_300_000, "kind": "unexplained"},
        {"label": "Budget 2023", "note": "", "ore": 4_200_000_000, "kind": "total"},
    ]


def _decision() -> dict[str, Any]:
    return {
        "name": "Beslutet",
        "value": "left",
        "source": "punkt 7",
        "ore": 691_200_000,
        "sentence": "tilldelar nämnden 6 912 000 kronor år 2024",
        "figure": "6 912 000 kronor",
        "chosen": True,
        "url": "#",
        "facts": [
            {"label": "Sagt av", "text": "Kommunstyrelsen"},
            {"label": "Datum", "text": "6 mars 2024"},
            {"label": "Stöds av", "text": "27 % av 25 600 000 kr, exakt", "kind": "ok"},
        ],
    }


def _report() -> dict[str, Any]:
    return {
        "name": "Årsanalysen",
        "value": "right",
        "source": "2024",
        "ore": 619_200_000,
        "sentence": "nämnden anger att 6 192 tkr har använts under året",
        "figure": "6 192 tkr",
        "chosen": False,
        "url": "#",
        "facts": [
            {"label": "Sagt av", "text": "Gymnasie- och vuxenutbildningsnämnden"},
            {"label": "Datum", "text": "2024, dag okänd"},
            {"label": "Stöds av", "text": "24,19 %. Nyckeln säger 27 %", "kind": "needs"},
        ],
    }


def _paragraphs() -> list[dict[str, Any]]:
    def said(text: str, kind: str = "") -> dict[str, str]:
        return {"text": text, "mark": "understood", "kind": kind}

    return [
        {
            "number": 1,
            "segments": [
                {"text": "Kommunstyrelsen "},
                said("tilldelar"),
                {"text": " "},
                said("arbetsmarknads- och socialnämnden"),
                {"text": " "},
                said("23 920 000 kronor", "amount"),
                {"text": " år "},
                said("2023"),
                {"text": "."},
            ],
        },
        {
            "number": 2,
            "segments": [
                {"text": "Kommunstyrelsen "},
                said("överför"),
                {"text": " "},
                said("7 417 000 kronor", "amount"),
                {"text": " till kommunstyrelsen. "},
                {"text": "vilket år?", "mark": "question", "letter": "A"},
            ],
        },
    ]


def _events() -> list[dict[str, Any]]:
    return [
        {
            "when": date(2024, 3, 6),
            "heading": "Beslut",
            "text": "Som föreslaget.",
            "kind": "ok",
            "source": "Kommunstyrelsen, § 64",
        },
        {
            "when": date(2024, 2, 19),
            "heading": "Till arbetsutskottet",
            "text": "",
            "kind": "closed",
            "source": "Karin Wahl · STK",
        },
        {"when": date(2024, 1, 15), "heading": "Rapport saknas", "text": "Skulle ha kommit i dag.", "kind": "overdue"},
    ]


def _tabs() -> list[dict[str, Any]]:
    return [
        {"label": "Översikt", "url": "#", "current": True},
        {"label": "Beslut", "url": "#", "count": 9},
        {"label": "Rapporter", "url": "#", "count": 3},
        {"label": "Händelser", "url": "#"},
    ]


def _points() -> list[dict[str, Any]]:
    return [
        {
            "number": "1",
            "verb": "tilldelar",
            "receiver": "Arbetsmarknads- och socialnämnden",
            "ore": 2_392_000_000,
            "year": "2023",
        },
        {
            "number": "5",
            "letter": "A",
            "verb": "överför",
            "receiver": "Kommunstyrelsen",
            "ore": 741_700_000,
            "year": "?",
            "row": "question",
        },
        {
            "number": "6",
            "verb": "beviljar",
            "receiver": "ReDI School",
            "ore": 50_000_000,
            "year": "2023",
            "row": "inside",
        },
        {"number": "7", "verb": "uppmanar", "receiver": "ASN, GVN, FSN: rapport", "ore": None, "year": "årsbokslut"},
        {
            "number": "",
            "verb": "",
            "receiver": "Kvar att förklara",
            "ore": 16_300_000,
            "year": "2023",
            "row": "unexplained",
        },
    ]


def _waiting() -> list[dict[str, Any]]:
    return [
        {
            "name": "Åsnäs förening",
            "what": "Delrapport 2",
            "kind": "overdue",
            "days": 16,
            "since": date(2021, 2, 23),
            "ore": 50_000_000,
        },
        {
            "name": "Servicenämnden",
            "what": "Årsanalys",
            "kind": "overdue",
            "days": 9,
            "since": date(2021, 3, 2),
            "ore": 300_000_000,
        },
        {
            "name": "Tekniska nämnden",
            "what": "Svar på fråga",
            "kind": "needs",
            "days": 3,
            "since": date(2021, 3, 8),
            "ore": 409_600_000,
        },
        {
            "name": "Kulturnämnden",
            "what": "Rekvisition",
            "kind": "ok",
            "days": 0,
            "since": date(2021, 3, 11),
            "ore": None,
        },
    ]


def _roles() -> list[dict[str, str]]:
    return [
        {"name": "Karin Wahl", "who": "Handläggare, stadskontoret · Malmö stad", "act": "163 000 kr kvar att förklara"},
        {"name": "Stefan Brink", "who": "Ekonom, GVF · Malmö stad", "act": "rapport senast 15 april"},
        {"name": "Nora Falk", "who": "Söker bidrag · ReDI School", "act": "ansökan påbörjad"},
    ]
