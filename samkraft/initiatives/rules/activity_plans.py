"""The activity plan that ends the planning: its points, who answers for each, and what must stand before it is carried out."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from samkraft.values.refusal import Reason
from samkraft.values.wording import phrase


class PointKind(StrEnum):
    """What the financier asks for."""

    STATE = "state"
    INCLUDE = "include"


KIND_NAMES = {PointKind.STATE: phrase("ska beskrivas"), PointKind.INCLUDE: phrase("ska bifogas")}


class PointState(StrEnum):
    """How far a point has come."""

    NOT_BEGUN = "not_begun"
    WORKING = "working"
    READY = "ready"


STATE_NAMES = {
    PointState.NOT_BEGUN: phrase("inte påbörjad"),
    PointState.WORKING: phrase("pågår"),
    PointState.READY: phrase("klar"),
}


class PlanEventKind(StrEnum):
    """What happens to the whole plan."""

    DECIDED = "decided"
    SENT = "sent"
    APPROVED = "approved"
    RETURNED = "returned"


EVENT_NAMES = {
    PlanEventKind.DECIDED: phrase("Beslutad av styrgruppen"),
    PlanEventKind.SENT: phrase("Skickad till ESF-rådet"),
    PlanEventKind.APPROVED: phrase("Godkänd av ESF-rådet"),
    PlanEventKind.RETURNED: phrase("ESF-rådet vill ha kompletteringar"),
}

NO_TEXT = Reason("plan_point_without_text", phrase("Punkten saknar text."), phrase("Skriv vad den gäller."))
NO_ANSWER = Reason(
    "plan_point_without_answer",
    phrase("En punkt som är klar måste ha ett svar."),
    phrase("Skriv svaret, eller låt punkten stå som pågående."),
)
NO_EVIDENCE = Reason(
    "plan_point_without_evidence",
    phrase("En punkt som är klar måste säga var underlaget finns."),
    phrase("Skriv diarienummer, dokumentets namn eller en länk."),
)
CHANGED_MEANWHILE = Reason(
    "plan_point_changed_meanwhile",
    phrase("{who} ändrade punkten {when}, efter att du öppnade sidan."),
    phrase("Läs vad som står nu och spara igen om din ändring fortfarande behövs."),
)
NOT_YOUR_POINT = Reason(
    "plan_point_not_yours",
    phrase("{owner} svarar för punkten."),
    phrase("Be den som leder insatsen ändra vem som svarar, om det är du som ska skriva."),
)
NOBODYS_POINT = Reason(
    "plan_point_nobodys",
    phrase("Ingen svarar för punkten än."),
    phrase("Be den som leder insatsen välja vem som svarar."),
)
DECIDED_AS_IT_STANDS = Reason(
    "plan_point_decided",
    phrase("Styrgruppen har beslutat punkten som den står."),
    phrase("Be den som leder insatsen öppna punkten igen. Då måste planen beslutas på nytt."),
)
POINTS_STAND = Reason(
    "plan_points_stand", phrase("Planen har redan {count} punkter."), phrase("Ändra i dem som finns.")
)
NOT_READY = Reason(
    "plan_not_ready",
    phrase("{count} av planens punkter är inte klara: {points}."),
    phrase("Gör dem klara innan planen beslutas."),
)
NOT_DECIDED = Reason(
    "plan_not_decided",
    phrase("Styrgruppen har inte beslutat planen som den står nu."),
    phrase("Ta upp den på ett möte och låt protokollet justeras."),
)
NOT_SENT = Reason("plan_not_sent", phrase("Planen är inte skickad till ESF-rådet."), phrase("Skicka den först."))
SENT_ALREADY = Reason(
    "plan_sent_already", phrase("Planen är redan skickad till ESF-rådet."), phrase("Vänta på svaret.")
)
NO_REFERENCE = Reason(
    "plan_answer_without_reference", phrase("Svaret saknar referens."), phrase("Skriv ESF-rådets diarienummer.")
)
NOT_OPENED = Reason(
    "initiative_not_opened",
    phrase("Insatsen kan inte gå till genomförande än. Det här saknas: {missing}"),
    phrase("Öppna aktivitetsplanen och gör klart det som saknas."),
)

MISSING_READY = phrase("punkterna {points} är inte klara.")
MISSING_DECISION = phrase("styrgruppen har inte beslutat planen som den står nu.")
MISSING_SENT = phrase("planen är inte skickad till ESF-rådet.")
MISSING_ANSWER = phrase("ESF-rådet har inte godkänt planen.")


@dataclass(frozen=True, slots=True)
class PointDraft:
    """One point as it is laid out."""

    number: int
    kind: PointKind
    text: str


@dataclass(frozen=True, slots=True)
class Standing:
    """What has become of the whole plan. `decided` and `approved`: of the points as they stand now."""

    unready: tuple[int, ...]
    decided: bool
    sent: bool
    approved: bool

    @property
    def opens(self) -> bool:
        """Whether the initiative may be carried out."""
        return self.approved


# What the financier asks of a project's plan before it may begin: nine things to state and five to include.
USUAL_POINTS = (
    PointDraft(1, PointKind.STATE, phrase("Hur personalen får kunskap om jämställdhet och tillgänglighet")),
    PointDraft(2, PointKind.STATE, phrase("Vilka som håller kontakten med externa aktörer i vardagen")),
    PointDraft(3, PointKind.STATE, phrase("Hur teamen arbetar, steg för steg")),
    PointDraft(4, PointKind.STATE, phrase("Vilka resurser som metodstödet får")),
    PointDraft(5, PointKind.STATE, phrase("En detaljerad tids- och aktivitetsplan, knuten till resultaten")),
    PointDraft(6, PointKind.STATE, phrase("Ett styrkort med indikatorer ur förändringsteorin")),
    PointDraft(7, PointKind.STATE, phrase("Hur deltagarna själva är med och påverkar")),
    PointDraft(8, PointKind.STATE, phrase("Deltagarens väg genom insatsen")),
    PointDraft(9, PointKind.STATE, phrase("Andra insatser, också över landsgränser")),
    PointDraft(10, PointKind.INCLUDE, phrase("Plan för utvärderingen")),
    PointDraft(11, PointKind.INCLUDE, phrase("Uppdaterad förändringsteori")),
    PointDraft(12, PointKind.INCLUDE, phrase("Plan för jämställdhet")),
    PointDraft(13, PointKind.INCLUDE, phrase("Plan för kommunikation")),
    PointDraft(14, PointKind.INCLUDE, phrase("Uppdaterad budget")),
)


def why_not_write(
    *, leads: bool, owner: UUID | None, actor: UUID, state: PointState, is_decided: bool
) -> Reason | None:
    """None when somebody may write in a point: whoever leads, or its owner until it is ready in a plan that is decided."""
    if leads:
        return None
    if owner is None:
        return NOBODYS_POINT
    if owner != actor:
        return NOT_YOUR_POINT
    return DECIDED_AS_IT_STANDS if is_decided and state is PointState.READY else None


def why_not_ready(state: PointState, *, answer: str, evidence: str) -> Reason | None:
    """None when a point may stand as it is said to."""
    if state is not PointState.READY:
        return None
    if not answer.strip():
        return NO_ANSWER
    return None if evidence.strip() else NO_EVIDENCE


def digest(points: Sequence[tuple[int, str, str, str]]) -> str:
    """What a decision on the plan is about: number, text, answer and evidence of every point."""
    whole = "\x1e".join("\x1f".join(map(str, point)) for point in sorted(points))
    return hashlib.sha256(whole.encode()).hexdigest()


def missing(standing: Standing) -> list[tuple[str, dict[str, str]]]:
    """What stands between the initiative and carrying it out, as templates with what fills them."""
    found: list[tuple[str, dict[str, str]]] = []
    if standing.unready:
        found.append((MISSING_READY, {"points": ", ".join(map(str, standing.unready))}))
    if not standing.decided:
        found.append((MISSING_DECISION, {}))
    elif not standing.sent:
        found.append((MISSING_SENT, {}))
    if not standing.approved:
        found.append((MISSING_ANSWER, {}))
    return found
