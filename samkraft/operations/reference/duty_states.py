"""States of a duty and what may happen in each; and the yearly cycle with where each step is said."""

from samkraft.initiatives.rules import duties, year_wheel
from samkraft.initiatives.rules.duties import DutyEventKind, DutyState

PATH = "year-wheel.md"
MEANINGS = {
    DutyState.LATE: "dagen har varit och uppgiften är inte klar",
    DutyState.SOON: f"högst {duties.SOON_DAYS} dagar kvar",
    DutyState.LATER: f"mer än {duties.SOON_DAYS} dagar kvar",
    DutyState.DONE: "någon har markerat den som klar",
    DutyState.WITHDRAWN: "beslutet som den kom av är taget tillbaka; den syns bara på sin egen sida",
}


def text() -> str:
    """The page."""
    lines = ["# Årshjulet: lägen och den årliga gången", ""]
    lines += ["Läget sparas aldrig. Det räknas fram ur datumet och det som har hänt, varje gång någon tittar.", ""]
    heads = " | ".join(f"{duties.EVENT_LABELS[kind]} (`{kind.value}`)" for kind in DutyEventKind)
    lines += [f"| Läge | Betyder | {heads} |", "|---|---|" + "---|" * len(DutyEventKind)]
    for state in MEANINGS:
        may = " | ".join("nej" if duties.why_not(kind, state) else "ja" for kind in DutyEventKind)
        lines.append(f"| {duties.LABELS[state]} (`{state.value}`) | {MEANINGS[state]} | {may} |")
    steps = ", ".join(f"{duties.STEP_DAYS[step]} dagar före (`{step.value}`)" for step in duties.STEP_DAYS)
    lines += ["", f"Påminnelser går ut {steps} och när uppgiften är försenad; en gång var för varje person och datum."]
    lines += [
        "",
        "## Den årliga gången",
        "",
        "Året är det som pengarna gäller. Uppgifterna i tabellen är från det senaste året.",
        "",
    ]
    lines += [
        "| Vad | Organ | När källan säger | Vår läsning | Sagt som | År | Grund |",
        "|---|---|---|---|---|---|---|",
    ]
    for step in year_wheel.STEPS:
        day = step.due_date(step.last)
        reading = f"{day.isoformat()} för {step.last}"
        years = str(step.first) if step.first == step.last else f"{step.first}–{step.last}"
        brought = f" ({', '.join(map(str, sorted(step.brought_in)))} kommer med beslutet)" if step.brought_in else ""
        strength = "beslut" if step.binding else "uppmaning"
        bodies = ", ".join(step.bodies)
        title = step.title.format(year=step.last)
        lines.append(
            f"| {title} | {bodies} | {step.words} | {reading} | {strength} | {years}{brought} | {step.basis} |"
        )
    return "\n".join(lines)
