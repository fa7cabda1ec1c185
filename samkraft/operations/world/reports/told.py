"""What a body tells in a report of the demo, and how one answer is written."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from samkraft.money.actions.reports import report_writing
from samkraft.money.rules.figures import Unit
from samkraft.money.rules.reports.reports import System
from samkraft.money.rules.uses import EffortStatus
from samkraft.values import kronor
from samkraft.values.context import Context

DONE, PARTLY, NOT_DONE = EffortStatus.DONE, EffortStatus.PARTLY, EffortStatus.NOT_DONE


@dataclass(frozen=True, slots=True)
class Effort:
    """An effort as the committee tells it. `kronor` only where it says."""

    title: str
    text: str = ""
    status: EffortStatus = DONE
    kronor: int | None = None
    other: str = ""


@dataclass(frozen=True, slots=True)
class Number:
    """A figure as the committee tells it; the text names them in this order, from `[[1]]`."""

    measure: str
    label: str
    unit: Unit
    value: str | None
    source: str
    year: int = 2024
    group: str = ""
    rounded_to: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """What a body answers to one question, told by its place in the set."""

    question: int
    text: str
    efforts: tuple[Effort, ...] = ()
    figures: tuple[Number, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """A body's whole report. `days_late` after the last day; `filed` and put into other systems or not."""

    fund: str
    body: str
    answers: tuple[Answer, ...]
    days_late: int = -2
    filed: bool = True
    transferred: tuple[System, ...] = field(default=(System.FOLLOW_UP, System.MATTERS, System.ECONOMY))
    comment: str = ""


def write(by: Context, report_id: UUID, question_id: UUID, answer: Answer, at: datetime) -> None:
    """One answer with its figures first, so that the text can name them."""
    first = 0
    for number in answer.figures:
        made = report_writing.write_figure(
            by=by,
            at=at,
            report_id=report_id,
            question_id=question_id,
            measure=number.measure,
            label=number.label,
            unit=number.unit,
            value=Decimal(number.value) if number.value is not None else None,
            year=number.year,
            source=number.source,
            group=number.group,
            rounded_to=number.rounded_to,
        )
        first = first or made
    for effort in answer.efforts:
        report_writing.write_effort(
            by=by,
            at=at,
            report_id=report_id,
            question_id=question_id,
            title=effort.title,
            text=effort.text,
            status=effort.status,
            counterparty=effort.other,
            amount_ore=kronor.from_kronor(effort.kronor) if effort.kronor else None,
        )
    text = answer.text
    for place in range(len(answer.figures), 0, -1):
        text = re.sub(rf"\[\[{place}( tal)?\]\]", rf"[[#{place + first - 1}\1]]", text)
    report_writing.answer(
        by=by,
        at=at,
        report_id=report_id,
        question_id=question_id,
        version=0,
        text=text.replace("[[#", "[["),
    )
