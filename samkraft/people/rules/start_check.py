"""The check before somebody is enrolled: named questions, named answers. What nobody knows may stay unknown.

The questions are the initiative's own data. Consent is asked, never a condition: a no or an unknown never stops anybody.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from samkraft.values.refusal import Reason
from samkraft.values.wording import phrase


class Answer(StrEnum):
    """What can be answered to a question of the start check."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


ANSWER_NAMES = {Answer.YES: phrase("Ja"), Answer.NO: phrase("Nej"), Answer.UNKNOWN: phrase("Vet inte")}

# Asked in every initiative, whatever its own questions are, and never a gate.
CONSENT = "consent_asked"
CONSENT_TEXT = phrase("Är personen tillfrågad om samtycke till att parterna delar uppgifter?")

UNKNOWN_ANSWER = Reason(
    "start_check_unknown_answer",
    phrase("Svaret på frågan ”{question}” går inte att förstå."),
    phrase("Välj ja, nej eller vet inte."),
)
UNKNOWN_QUESTION = Reason(
    "start_check_unknown_question",
    phrase("Startkontrollen har ett svar på en fråga som inte ställs: {question}."),
    phrase("Ladda om sidan och svara igen."),
)
MUST_HOLD = Reason(
    "start_check_must_hold",
    phrase("Svaret på frågan ”{question}” gör att personen inte kan skrivas in i den här insatsen."),
    phrase("Kontrollera svaret. Stämmer det behöver personen ett annat stöd."),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """One question as an initiative asks it. `must_hold`: who answers the opposite of `expected` cannot begin."""

    code: str
    text: str
    expected: str = Answer.YES
    must_hold: bool = False


@dataclass(frozen=True, slots=True)
class Answered:
    """A question with its answer, and whether the answer is another than expected."""

    question: Asked
    answer: Answer
    is_unexpected: bool


@dataclass(frozen=True, slots=True)
class Check:
    """The whole check as it was answered."""

    answers: tuple[Answered, ...]
    is_consent_asked: Answer

    @property
    def unknown(self) -> tuple[Answered, ...]:
        """What is left to find out."""
        return tuple(one for one in self.answers if one.answer is Answer.UNKNOWN)

    @property
    def unexpected(self) -> tuple[Answered, ...]:
        """What speaks against, or has to be looked at."""
        return tuple(one for one in self.answers if one.is_unexpected)


def check(questions: Sequence[Asked], answers: Mapping[str, str]) -> Check:
    """Put the answers to the questions. A question without an answer is unknown. Does not judge."""
    found = []
    for question in questions:
        answer = Answer(answers.get(question.code) or Answer.UNKNOWN)
        is_unexpected = answer is not Answer.UNKNOWN and answer != question.expected
        found.append(Answered(question, answer, is_unexpected))
    return Check(tuple(found), Answer(answers.get(CONSENT) or Answer.UNKNOWN))


def why_not_answer(questions: Sequence[Asked], answers: Mapping[str, str]) -> tuple[Reason, dict[str, str]] | None:
    """None when every answer is one that can be given to a question that is asked."""
    texts = {question.code: question.text for question in questions} | {CONSENT: CONSENT_TEXT}
    for code, answer in answers.items():
        if code not in texts:
            return UNKNOWN_QUESTION, {"question": code[:50]}
        if answer and answer not in tuple(Answer):
            return UNKNOWN_ANSWER, {"question": texts[code]}
    return None


def why_not_begin(checked: Check) -> tuple[Reason, dict[str, str]] | None:
    """None when the person may be enrolled. Only a known answer to a question that must hold can stop somebody."""
    for one in checked.unexpected:
        if one.question.must_hold:
            return MUST_HOLD, {"question": one.question.text}
    return None
