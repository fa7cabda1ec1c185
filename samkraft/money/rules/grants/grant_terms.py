"""When an application can be sent, an instalment paid, a report is late, and who the lot falls on. Pure."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from samkraft.values.refusal import Reason
from samkraft.values.wording import phrase

CALL_NOT_OPEN = Reason(
    "call_not_open", phrase("Utlysningen öppnar {day}."), phrase("Ni kan skriva ett utkast från den dagen.")
)
CALL_CLOSED = Reason(
    "call_closed",
    phrase("Utlysningen stängde {day}."),
    phrase("Hör av er till stadskontoret om ni har särskilda skäl. Utkastet finns kvar hos er."),
)
SAME_PERSON = Reason(
    "same_person_on_money",
    phrase("Du har själv berett det här. Den som bereder får inte besluta."),
    phrase("Be en kollega med rätt att besluta om utbetalningar."),
)
REPORT_MISSING = Reason(
    "instalment_report_missing",
    phrase("Utbetalningen är stoppad: {report} skulle ha kommit {day} och saknas."),
    phrase("Vänta på rapporten, flytta dess datum med ett skäl, eller kräv tillbaka pengar."),
)
REPORT_NOT_YET = Reason(
    "instalment_report_not_yet",
    phrase("Utbetalningen väntar på {report}, som ska komma senast {day}."),
    phrase("Den går att besluta när rapporten har kommit in."),
)
NO_AGREEMENT = Reason(
    "instalment_without_agreement",
    phrase("Avtalet är inte underskrivet av båda."),
    phrase("Skriv under avtalet, och be organisationens firmatecknare göra det."),
)
STOPPED = Reason(
    "instalment_stopped",
    phrase("Utbetalningen är stoppad: {why}"),
    phrase("Häv stoppet först, om skälet inte finns kvar."),
)
DECIDED_ALREADY = Reason(
    "instalment_decided", phrase("Utbetalningen är redan beslutad."), phrase("Du behöver inte göra något.")
)
NOT_DECIDED = Reason(
    "instalment_not_decided",
    phrase("Utbetalningen är inte beslutad."),
    phrase("Någon annan än den som beredde den beslutar."),
)
PAID_ALREADY = Reason(
    "instalment_paid", phrase("Utbetalningen är redan gjord."), phrase("Kräv tillbaka pengar om det blev fel.")
)
RECOVERY_WAITS = Reason(
    "instalment_recovery",
    phrase("Staden har krävt tillbaka pengar av det här bidraget. Inget mer betalas ut."),
    phrase("Avsluta återkravet först."),
)


@dataclass(frozen=True, slots=True)
class Held:
    """The report that an instalment waits for: how it is named, its day, and whether it has come."""

    name: str
    due_date: date
    has_come: bool


def why_not_pay(
    held: Held | None, *, is_signed: bool, has_recovery: bool, today: date
) -> tuple[Reason, dict[str, str]] | None:
    """None when money may leave: both have signed, the report has come, nothing is being recovered."""
    if not is_signed:
        return NO_AGREEMENT, {}
    if has_recovery:
        return RECOVERY_WAITS, {}
    if held is None or held.has_come:
        return None
    named = {"report": held.name, "day": held.due_date.isoformat()}
    return (REPORT_MISSING if held.due_date < today else REPORT_NOT_YET), named


def is_late(due_date: date, *, has_come: bool, today: date) -> bool:
    """Whether a report should have come and has not."""
    return not has_come and due_date < today


def why_not_send(opens: date, closes: date | None, today: date) -> tuple[Reason, date] | None:
    """None while the call is open; the last day is in time."""
    if today < opens:
        return CALL_NOT_OPEN, opens
    if closes is not None and today > closes:
        return CALL_CLOSED, closes
    return None


def sample(frame: Sequence[str], *, seed: str, size: int) -> list[str]:
    """Those that the lot falls on: everybody gets the digest of seed and id, the smallest are taken.

    The same seed and frame give the same answer whoever draws, in whatever order the frame stands.
    """
    tickets = sorted((hashlib.sha256(f"{seed}\n{one}".encode()).hexdigest(), one) for one in set(frame))
    return [one for _ticket, one in tickets[:size]]
