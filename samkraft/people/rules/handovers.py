"""Hand-over: asked for by the one, taken by the other, with days on which both are on the case."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from samkraft.people.rules import contents
from samkraft.people.rules.contents.choices import HandoverState
from samkraft.people.rules.contents.endings import Handover
from samkraft.people.rules.held import Held, latest
from samkraft.values.refusal import Reason
from samkraft.values.wording import phrase

DAYS_TO_ANSWER = 14  # how long the receiver may look at the case before answering
LONGEST_OVERLAP = 92

TO_ITSELF = Reason(
    "handover_to_itself",
    phrase("Du kan inte lämna över till dig själv eller till samma team."),
    phrase("Välj vem som ska ta över."),
)
ASKED_ALREADY = Reason(
    "handover_asked_already",
    phrase("En överlämning väntar redan på svar."),
    phrase("Vänta på svaret. Vill du att någon annan tar över, be mottagaren säga nej först."),
)
OVERLAP_PAST = Reason(
    "handover_overlap_past",
    phrase("Den sista gemensamma dagen {date} har redan varit."),
    phrase("Välj i dag eller en dag längre fram."),
)
OVERLAP_TOO_LONG = Reason(
    "handover_overlap_too_long",
    phrase("Så länge som till {date} kan inte båda vara med."),
    phrase("Välj en dag inom tre månader."),
)
CANNOT_TAKE_OVER = Reason(
    "handover_to_who_cannot",
    phrase("{name} tar inte emot deltagare i sin roll."),
    phrase("Välj någon annan i teamet."),
)
NOT_YOURS = Reason(
    "handover_not_yours",
    phrase("Du kan bara lämna över det som du eller ditt team håller i."),
    phrase("Be den som är processledare, eller någon i teamet."),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A request with its answer, which another area may have written."""

    held: Held
    content: Handover
    answer: Held | None

    @property
    def state(self) -> HandoverState:
        """The newest state, whoever wrote it."""
        return self.content.state if self.answer is None else HandoverState(self.answer.content["state"])


def fold(contributions: Iterable[Held]) -> list[Asked]:
    """All hand-overs, the oldest first."""
    found = latest(contributions, "handover")
    read = {held.lineage: contents.read("handover", held.content) for held in found}
    answers = {content.answers: held for held in found if (content := read[held.lineage]).answers is not None}
    return [
        Asked(held, content, answers.get(held.lineage))
        for held in found
        if (content := read[held.lineage]).answers is None
    ]


def why_not_ask(
    content: Handover, *, asked: Iterable[Asked], own: Collection[UUID], today: date
) -> tuple[Reason, dict[str, str]] | None:
    """None when it may be asked for. `own` are the asker's membership and teams."""
    if content.from_id == content.to_id:
        return TO_ITSELF, {}
    if content.from_id not in own:
        return NOT_YOURS, {}
    if any(one.state is HandoverState.ASKED for one in asked):
        return ASKED_ALREADY, {}
    if content.overlap_until is not None and content.overlap_until < today:
        return OVERLAP_PAST, {"date": content.overlap_until.isoformat()}
    if content.overlap_until is not None and content.overlap_until > today + timedelta(days=LONGEST_OVERLAP):
        return OVERLAP_TOO_LONG, {"date": content.overlap_until.isoformat()}
    return None
