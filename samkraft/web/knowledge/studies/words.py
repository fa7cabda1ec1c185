"""What a study's answer says in plain words, what may be said of it, and what may not."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from samkraft.knowledge.rules.studies import estimates
from samkraft.knowledge.rules.studies.registrations import OUTCOME_NAMES, Registration
from samkraft.knowledge.rules.studies.stages import Kind
from samkraft.values.identity_number import Sex
from samkraft.values.wording import phrase
from samkraft.web import figures

Figures = Mapping[str, Any]
GROUPS = {Sex.WOMAN.value: phrase("Kvinnor"), Sex.MAN.value: phrase("Män")}
NEXT = {
    Kind.REGISTERED: phrase("Publicera listan och regeln"),
    Kind.LIST_PUBLISHED: phrase("Dra lotten"),
    Kind.DRAWN: phrase("Frys studien"),
    Kind.FROZEN: phrase("Räkna ut svaret"),
    Kind.ESTIMATED: phrase("Publicera svaret"),
}
BALANCED = {
    "women": phrase("Andel kvinnor"),
    "age": phrase("Ålder i år"),
    "before": phrase("Hade arbete någon gång året före"),
}


def points(share: float | None, decimals: int = 0) -> str:
    """A share as so many of a hundred; whole by default, as few of them carry a decimal."""
    return figures.unknown() if share is None else figures.decimal(100 * share, decimals)


def signed(share: float) -> str:
    """So many more or fewer of a hundred, with its sign."""
    text = points(share)
    return f"+{text}" if share > 0 and text != "0" else text


def is_told(one: Figures) -> bool:
    """Whether the interval leaves out nought: then there is something to say of direction."""
    return bool(one["low"] > 0 or one["high"] < 0)


def headline(found: Figures, promised: Registration) -> str:
    """The answer in one sentence. Without the registered figure: that it cannot be shown."""
    one, outcome = found.get("primary") or found.get("plain"), _(OUTCOME_NAMES[promised.outcome])
    if one is None:
        return _("Svaret går inte att visa: grupperna är så små att någon kunde pekas ut.")
    fields = {
        "outcome": outcome,
        "many": points(abs(one["estimate"])),
        "low": points(one["low"]),
        "high": points(one["high"]),
    }
    if not is_told(one):
        return _(
            "Det går inte att säga om de som lotten drog oftare nådde %(outcome)s. Skillnaden kan vara allt från %(low)s till "
            "%(high)s av hundra."
        ) % fields  # fmt: skip
    if one["estimate"] > 0:
        return _(
            "Av hundra som lotten drog nådde %(many)s fler %(outcome)s än av hundra andra. Osäkerheten går från %(low)s till "
            "%(high)s."
        ) % fields  # fmt: skip
    return _(
        "Av hundra som lotten drog nådde %(many)s färre %(outcome)s än av hundra andra. Osäkerheten går från %(low)s till "
        "%(high)s."
    ) % fields  # fmt: skip


def may_be_said(found: Figures, promised: Registration) -> list[str]:
    """What the study carries."""
    lines = [
        _("Lotten avgjorde vem som fick erbjudandet. Skillnaden kan därför tillskrivas det, och inte vilka de var.")
    ]
    if complier := found.get("complier"):
        lines.append(
            _(
                "För dem som kom för att de blev dragna är det %(many)s av hundra, med osäkerhet från %(low)s till %(high)s."
            )
            % {"many": signed(complier["estimate"]), "low": points(complier["low"]), "high": points(complier["high"])}
        )
    primary = found.get("primary") or found.get("plain")
    if primary and not is_told(primary):
        lines.append(
            _("Studien kunde se en skillnad på %(many)s av hundra eller mer. En mindre kan finnas utan att synas.")
            % {"many": points(found.get("smallest_effect"))}
        )
    by_sex = found.get("by_sex")
    if by_sex and is_told(by_sex["difference"]):
        lines.append(
            _("Erbjudandet gjorde olika mycket för kvinnor och för män. Det är skillnaden mellan dem som är prövad.")
        )
    return lines


def may_not_be_said(found: Figures, promised: Registration) -> list[str]:
    """What it does not carry, in the order of how easily it is believed."""
    lines = [
        _("Hur många fler som kommer vidare totalt: den som fick en plats kan ha fått den i någon annans ställe."),
        _("Hur det går för andra än dem som stod på listan, på andra platser eller i andra tider."),
    ]  # fmt: skip
    by_sex = found.get("by_sex")
    if by_sex and not is_told(by_sex["difference"]):
        lines.append(
            _(
                "Att det hjälper det ena könet mer än det andra. Skillnaden mellan dem går från %(low)s till %(high)s av hundra."
            )
            % {"low": points(by_sex["difference"]["low"]), "high": points(by_sex["difference"]["high"])}
        )
    if bounds := found.get("attrition"):
        lines.append(
            _("Exakt hur stor skillnaden är: uppföljningen saknas oftare i den ena gruppen. Räknat på bästa och sämsta sätt "
              "ligger den mellan %(low)s och %(high)s av hundra.")
            % {"low": points(bounds["low"]), "high": points(bounds["high"])}
        )  # fmt: skip
    if names := estimates.unlike(found):
        told = ", ".join(_(BALANCED[name]).lower() for name in names)
        lines.append(
            _("Att grupperna var lika från början: lotten råkade göra dem olika i %(names)s.") % {"names": told}
        )
    if any(one["moved"] for one in found.get("placebo", [])):
        lines.append(
            _(
                "Att lotten gjorde grupperna lika: de skiljer sig åt också i det som hände före samtalet. Läs svaret försiktigt."
            )
        )
    return lines


def tests(found: Figures) -> list[dict[str, str]]:
    """What was tried against the answer: what it is, what came, and how to read it."""
    rows = []
    for one in found.get("placebo", []):
        rows.append({
            "name": _("Något som samtalet inte kan ha ändrat: arbete året före"),
            "value": _("%(many)s av hundra (%(low)s till %(high)s)")
            % {"many": signed(one["estimate"]), "low": points(one["low"]), "high": points(one["high"])},
            "reading": _("skiljer sig åt, och det borde det inte") if one["moved"] else _("ingen skillnad, som det ska vara"),
        })  # fmt: skip
    if exact := found.get("exact"):
        rows.append({
            "name": _("Exakt prövning: lotten dragen om tiotusen gånger"), "value": _p(exact["permutation_p"]),
            "reading": _("så ofta hade slumpen ensam gett en minst lika stor skillnad"),
        })  # fmt: skip
    if found.get("robustness") is not None:
        rows.append({
            "name": _("Hur starkt något omätt måste vara"), "value": figures.percent(found["robustness"], 0),
            "reading": _("så mycket av både dragningen och utfallet måste det förklara för att ta bort skillnaden"),
        })  # fmt: skip
    if known := found.get("known"):
        rows.append({
            "name": _("Känd uppföljning, dragna och andra"),
            "value": _("%(drawn)s och %(others)s")
            % {"drawn": figures.percent(known[1], 0), "others": figures.percent(known[0], 0)},
            "reading": _("skiljer sig åt; se gränserna") if found.get("attrition") else _("ungefär lika i båda"),
        })  # fmt: skip
    return rows


def _p(value: float) -> str:
    return _("mindre än 0,001") if value < 0.001 else figures.decimal(value, 3)


def balance(found: Figures) -> list[dict[str, str]]:
    """What the lot was to make alike, and how alike it became."""
    rows = []
    for one in found.get("balance", []):
        drawn, others = (_mean(one["name"], value) for value in reversed(one["means"]))
        rows.append({
            "name": _(BALANCED[one["name"]]), "drawn": drawn, "others": others,
            "apart": figures.decimal(one["apart"], 2),
        })  # fmt: skip
    return rows


def _mean(name: str, value: float) -> str:
    return figures.decimal(value, 1) if name == "age" else figures.percent(value, 0)
