"""What may and may not be said of an estimate, in plain Swedish and English.

The same words for the same cases, so that nobody is tempted to say more than the design carries.
"""

import math
from typing import Literal

from samkraft.analysis.effects.results import Estimate

LOTTERY = {"draw", "waiting_list", "invited"}
Doubt = Literal["", "unsaid", "uneven", "unsaid_uneven"]


_LOT_SV: dict[Doubt, str] = {
    "": "Eftersom lotten avgjorde kan skillnaden tillskrivas insatsen.",
    "unsaid": "Bara om lotten avgjorde vem som bjöds in kan skillnaden tillskrivas insatsen.",
    "uneven": "Grupperna skilde sig redan före mer än en lott brukar ge: skillnaden kan bero på det.",
    "unsaid_uneven": "Ingen lott är angiven, och grupperna skilde sig redan före. Säg ”samband”, inte ”orsak”.",
}
_LOT_EN: dict[Doubt, str] = {
    "": "Because the lot decided, the difference can be put down to the programme.",
    "unsaid": "Only if a lot decided who was invited can the difference be put down to the programme.",
    "uneven": "The groups were more unlike beforehand than a lot tends to make them: the difference may be due to that.",
    "unsaid_uneven": "No lot is stated, and the groups were unlike beforehand. Say “association”, not “cause”.",
}


def said(
    design: str,
    outcome: str | dict[str, str],
    primary: Estimate,
    *,
    poor_overlap: bool,
    limited: bool,
    clusters: int = 0,
    doubt: Doubt = "",
) -> dict[str, str]:
    """The sentences, by language. outcome: its name, or what it is called in each language; poor_overlap: the groups are
    too unlike; limited: places are limited; doubt: whether nobody has said that a lot decided, and whether the groups were
    more unlike before than a lot makes them."""
    named = {"sv": outcome, "en": outcome} if isinstance(outcome, str) else outcome
    return {
        "sv": " ".join(_swedish(design, named["sv"], primary, poor_overlap, limited, clusters, doubt)),
        "en": " ".join(_english(design, named["en"], primary, poor_overlap, limited, clusters, doubt)),
    }


def share_with(exit_: str) -> dict[str, str]:
    """What the share that has left in a way is called, by language."""
    return {"sv": f"andelen med utgången {exit_}", "en": f"the share with exit {exit_}"}


def _covers_nought(primary: Estimate) -> bool:
    return not (primary.low > 0 or primary.high < 0)


def number(value: float, language: str) -> str:
    """Three digits that count; decimal comma and minus sign in Swedish."""
    if not math.isfinite(value):
        return {"sv": "obegränsat", "en": "unbounded"}[language]
    size = 0 if value == 0 else max(0, 2 - math.floor(math.log10(abs(value))))
    text = f"{value:,.{min(size, 6)}f}"
    if language == "sv":
        return text.replace(",", " ").replace(".", ",").replace("-", "−")
    return text


def _range(primary: Estimate, language: str) -> str:
    low, high = number(primary.low, language), number(primary.high, language)
    return f"{low} till {high}" if language == "sv" else f"{low} to {high}"


def _swedish(
    design: str, outcome: str, primary: Estimate, poor: bool, limited: bool, clusters: int, doubt: Doubt
) -> list[str]:
    value, reach = number(primary.estimate, "sv"), _range(primary, "sv")
    if poor:
        return [
            f"Skillnaden i {outcome} är {value}, men grupperna är för olika för att jämföras.",
            "Siffran får inte läsas som en effekt.",
        ]
    if design in LOTTERY:
        what = f"Skattningen för {outcome} är" if doubt else f"Effekten på {outcome} skattas till"
        lines = [f"{what} {value} (95 % osäkerhet: {reach}).", _LOT_SV[doubt]]
        if design == "invited":
            lines.append("Den gäller dem som kom för att de blev inbjudna, inte alla.")
        if design == "waiting_list":
            lines.append("Den gäller dem som tackar ja till en plats.")
    elif design == "staggered":
        lines = [
            f"Efter starten ändrades {outcome} med {value} mer än hos dem som inte hade börjat (95 % osäkerhet: {reach})."
        ]
        lines.append(
            "Det är en effekt bara om båda annars hade utvecklats lika; perioderna före starten prövar det men bevisar det inte."
        )
    else:
        lines = [
            f"De som deltog hade {value} i skillnad i {outcome} mot jämförbara som inte deltog (95 % osäkerhet: {reach})."
        ]
        lines.append(
            "Det är en effekt bara om inget som inte är mätt skiljer grupperna åt. Säg ”samband”, inte ”orsak”."
        )
    if _covers_nought(primary):
        lines.append("Underlaget kan inte skilja effekten från noll. Det visar inte att den är noll.")
    if clusters and clusters < 40:
        lines.append(f"Osäkerheten bygger på {clusters} grupper, inte på antalet personer.")
    if limited:
        lines.append(
            "Platserna var begränsade: den som fick en plats kan ha fått den i stället för någon annan, så siffran säger "
            "inte hur många fler som lyckas totalt."
        )
    return lines


def _english(
    design: str, outcome: str, primary: Estimate, poor: bool, limited: bool, clusters: int, doubt: Doubt
) -> list[str]:
    value, reach = number(primary.estimate, "en"), _range(primary, "en")
    if poor:
        return [
            f"The difference in {outcome} is {value}, but the groups are too unlike to be compared.",
            "The figure must not be read as an effect.",
        ]
    if design in LOTTERY:
        what = f"The estimate for {outcome} is" if doubt else f"The effect on {outcome} is estimated at"
        lines = [f"{what} {value} (95% interval: {reach}).", _LOT_EN[doubt]]
        if design == "invited":
            lines.append("It holds for those who came because they were invited, not for everybody.")
        if design == "waiting_list":
            lines.append("It holds for those who accept a place.")
    elif design == "staggered":
        lines = [
            f"After the start, {outcome} changed by {value} more than among those who had not started (95% interval: {reach})."
        ]
        lines.append(
            "That is an effect only if both would otherwise have moved alike; the periods before the start test it "
            "but do not prove it."
        )
    else:
        lines = [
            f"Those who took part differed by {value} in {outcome} from comparable people who did not (95% interval: {reach})."
        ]
        lines.append(
            "That is an effect only if nothing unmeasured sets the groups apart. Say “association”, not “cause”."
        )
    if _covers_nought(primary):
        lines.append("The data cannot tell the effect from nought. They do not show that it is nought.")
    if clusters and clusters < 40:
        lines.append(f"The uncertainty rests on {clusters} groups, not on the number of people.")
    if limited:
        lines.append(
            "Places were limited: whoever got one may have got it instead of somebody else, so the figure does not say "
            "how many more succeed in all."
        )
    return lines
