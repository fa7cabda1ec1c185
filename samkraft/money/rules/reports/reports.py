"""A committee's report: its steps, who may take which, and how far it has come. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from samkraft.values.period import day_in_stockholm
from samkraft.values.refusal import Reason
from samkraft.values.wording import phrase


class StepKind(StrEnum):
    """What somebody does with a report."""

    READY = "ready"
    REVIEWED = "reviewed"
    GIVEN_BACK = "given_back"
    HANDED_IN = "handed_in"
    FILED = "filed"
    COMMENT = "comment"


class State(StrEnum):
    """How far a report has come."""

    DRAFT = "draft"
    READY = "ready"
    REVIEWED = "reviewed"
    HANDED_IN = "handed_in"
    FILED = "filed"


STATE_LABELS = {
    State.DRAFT: phrase("utkast"),
    State.READY: phrase("väntar på granskning"),
    State.REVIEWED: phrase("granskad"),
    State.HANDED_IN: phrase("inlämnad"),
    State.FILED: phrase("lagd till handlingarna"),
}
STEP_LABELS = {
    StepKind.READY: phrase("skickade till granskning"),
    StepKind.REVIEWED: phrase("granskade"),
    StepKind.GIVEN_BACK: phrase("lämnade tillbaka"),
    StepKind.HANDED_IN: phrase("lämnade in"),
    StepKind.FILED: phrase("lade till handlingarna"),
    StepKind.COMMENT: phrase("kommenterade"),
}
# Who may read the text beside the committee itself.
READ_BY_OTHERS = frozenset({State.HANDED_IN, State.FILED})
OPEN_FOR_WRITING = frozenset({State.DRAFT, State.READY, State.REVIEWED})


class System(StrEnum):
    """Another system of the city that the report is put into, so that nobody writes it twice."""

    FOLLOW_UP = "stratsys"
    MATTERS = "platina"
    ECONOMY = "raindance"


SYSTEM_LABELS = {
    System.FOLLOW_UP: phrase("Stratsys"),
    System.MATTERS: phrase("Platina"),
    System.ECONOMY: phrase("Raindance"),
}

NO_REPORT = Reason("no_report", phrase("Redovisningen finns inte."), phrase("Gå till listan och välj en annan."))
NO_QUESTION = Reason(
    "no_report_question",
    phrase("Frågan hör inte till den här redovisningen."),
    phrase("Öppna redovisningen på nytt och välj en av dess frågor."),
)
OTHER_COMMITTEE = Reason(
    "report_of_other_committee",
    phrase("Redovisningen hör till en annan nämnd."),
    phrase("Be den nämndens controller."),
)
CLOSED = Reason(
    "report_closed",
    phrase("Redovisningens läge är ”{state}”. Då kan den inte ändras."),
    phrase("Be den som har tagit emot den att lämna tillbaka den."),
)
STALE = Reason(
    "report_changed",
    phrase("{who} har sparat en annan ändring sedan du öppnade sidan."),
    phrase("Dina och deras ord står bredvid varandra här nedanför. Välj, och spara igen."),
)
NOTHING_WRITTEN = Reason(
    "report_empty",
    phrase("{count} av frågorna är obesvarade: {questions}"),
    phrase("Skriv ett svar. Finns det inget att berätta skriver du det."),
)
NOT_IN_THAT_STATE = Reason(
    "report_step_out_of_order",
    phrase("Redovisningens läge är ”{state}”. Då går det inte att göra det."),
    phrase("Öppna sidan på nytt och se vad som kan göras nu."),
)
OWN_WORDS = Reason(
    "report_reviewed_by_writer",
    phrase("Du har själv skrivit i redovisningen. Någon annan granskar den."),
    phrase("Be en kollega vid förvaltningen att granska."),
)
REVIEWER_HANDS_IN = Reason(
    "report_handed_in_by_reviewer",
    phrase("Du har granskat redovisningen. Någon annan lämnar in den."),
    phrase("Be den som har skrivit att lämna in."),
)
SAYS_WHY = Reason(
    "report_returned_without_reason",
    phrase("Det står inte vad som behöver ändras."),
    phrase("Skriv vad den som har skrivit ska göra."),
)
EMPTY_COMMENT = Reason("report_comment_empty", phrase("Kommentaren är tom."), phrase("Skriv något, eller avbryt."))
NO_BODIES = Reason(
    "report_year_without_bodies",
    phrase("Ingen nämnd har fått pengar ur {fund} för {year}."),
    phrase("Registrera beslutet först, eller välj ett annat år."),
)
NO_QUESTIONS = Reason(
    "report_year_without_questions",
    phrase("Det finns inga frågor för {fund} {year}."),
    phrase("Skriv frågorna först."),
)
QUESTION_EMPTY = Reason(
    "report_question_empty", phrase("Frågan är tom."), phrase("Skriv den som nämnderna ska läsa den.")
)
TITLE_EMPTY = Reason("report_effort_empty", phrase("Insatsen har inget namn."), phrase("Skriv vad insatsen heter."))
LABEL_EMPTY = Reason(
    "report_figure_empty", phrase("Det står inte vad siffran räknar."), phrase("Skriv vad den räknar.")
)
SOURCE_EMPTY = Reason(
    "report_figure_without_source",
    phrase("Det står inte var siffran kommer ifrån."),
    phrase("Skriv vilket system, vilken lista eller vem som räknade."),
)
WRONG_YEAR = Reason(
    "report_figure_year",
    phrase("Siffran gäller {year}. Redovisningen gäller {report_year}, och tidigare år kan stå bredvid."),
    phrase("Välj redovisningens år eller ett tidigare."),
)
AMOUNT_NOT_POSITIVE = Reason(
    "report_effort_amount",
    phrase("Beloppet måste vara större än noll."),
    phrase("Lämna fältet tomt om ni inte vet hur mycket."),
)
STILL_IN_TEXT = Reason(
    "report_figure_in_text",
    phrase("Siffran {number} står i texten."),
    phrase("Ta bort [[{number}]] ur texten först."),
)
NOT_HANDED_IN = Reason(
    "report_not_handed_in",
    phrase("Redovisningen är inte inlämnad ännu."),
    phrase("För över den när den är inlämnad, så att det som förs över är det som gäller."),
)


@dataclass(frozen=True, slots=True)
class Step:
    """One step as the fold needs it, in order."""

    kind: StepKind
    membership_id: UUID
    at: datetime
    digest: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a report has come. `review_lapsed` when it was changed after the review, which then does not count."""

    state: State
    review_lapsed: bool
    reviewed_by: UUID | None
    handed_in_at: datetime | None

    def is_late(self, due_date: date, today: date) -> bool:
        """Not handed in, and the day has passed."""
        return self.handed_in_at is None and today > due_date

    def came_late(self, due_date: date) -> bool:
        """Handed in, but after the day."""
        return self.handed_in_at is not None and day_in_stockholm(self.handed_in_at) > due_date


def standing(steps: Sequence[Step], digest: str) -> Standing:
    """Where a report with these steps stands, when its content now has this digest."""
    state, reviewed_by, handed_in, reviewed_digest = State.DRAFT, None, None, ""
    for step in steps:
        if step.kind is StepKind.COMMENT:
            continue
        state = State.DRAFT if step.kind is StepKind.GIVEN_BACK else State(step.kind.value)
        if step.kind is StepKind.GIVEN_BACK:
            reviewed_by, handed_in, reviewed_digest = None, None, ""
        elif step.kind is StepKind.REVIEWED:
            reviewed_by, reviewed_digest = step.membership_id, step.digest
        elif step.kind is StepKind.HANDED_IN:
            handed_in = step.at
    lapsed = state is State.REVIEWED and reviewed_digest != digest
    return Standing(State.DRAFT if lapsed else state, lapsed, None if lapsed else reviewed_by, handed_in)


def why_not(kind: StepKind, at: State) -> bool:
    """Whether the step is out of order when the report stands there."""
    allowed = {
        StepKind.READY: {State.DRAFT},
        StepKind.REVIEWED: {State.DRAFT, State.READY},
        StepKind.GIVEN_BACK: {State.READY, State.REVIEWED, State.HANDED_IN},
        StepKind.HANDED_IN: {State.REVIEWED},
        StepKind.FILED: {State.HANDED_IN},
        StepKind.COMMENT: set(State) - {State.FILED},
    }
    return at not in allowed[kind]
