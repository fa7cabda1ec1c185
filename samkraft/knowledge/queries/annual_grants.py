"""A year's grants for the annual analysis: each target beside its outcome, in the words of the document."""

from collections.abc import Sequence

from samkraft.knowledge.rules.annual_material import GrantTold, TargetTold
from samkraft.money.queries.grants import grant_outcomes
from samkraft.money.queries.grants.grant_outcomes import GrantOutcomes, Outcome, TargetOutcome
from samkraft.money.rules.figures import Unit
from samkraft.money.rules.points import SUPPORT_LABELS
from samkraft.money.rules.reports import report_words
from samkraft.values.context import Context

DIFFERS = "källorna skiljer sig"


def told(
    *, by: Context, year: int, fund_codes: Sequence[str] = (), body_codes: Sequence[str] = ()
) -> list[GrantOutcomes]:
    """The grants of a year; narrowed, those of these funds that these bodies have decided on."""
    return [
        one
        for one in grant_outcomes.of_year(by=by, year=year)
        if (not fund_codes or one.fund_code in fund_codes) and (not body_codes or one.decider_code in body_codes)
    ]


def in_words(one: GrantOutcomes) -> GrantTold:
    """The same as the document tells it."""
    return GrantTold(
        key=str(one.grant_id),
        organisation=one.performer or one.organisation,
        performer=one.organisation if one.performer else "",
        title=one.title,
        support=SUPPORT_LABELS[one.support],
        amount_ore=one.amount_ore,
        report=_report(one),
        source=one.source,
        address=one.source_address,
        targets=tuple(_target(each) for each in one.targets),
    )


def _report(one: GrantOutcomes) -> str:
    if one.filed_on is not None:
        return f"lagd till handlingarna {one.filed_on.isoformat()}"
    if one.has_come:
        return "inkommen, inte genomgången"
    return f"ska komma senast {one.report_due.isoformat()}" if one.report_due else "ingen rapport är begärd"


def _target(target: TargetOutcome) -> TargetTold:
    outcome = target.outcome
    share = target.share
    return TargetTold(
        label=target.label,
        aimed=_aimed(target),
        outcome=_told(outcome, target.unit) if outcome else "",
        # whole percent, never rounded up: 100 % says that the target is met
        share=f"{report_words.number(share * 100 // 1)}\u00a0%" if share is not None else "",
        earlier=tuple((each.year, _told(each, target.unit)) for each in target.earlier),
        source=outcome.document if outcome else "",
        address=f"/medel/dokument/{outcome.document_id}/" if outcome else "",
        differs=bool(outcome and outcome.differs),
    )


def _told(outcome: Outcome, unit: Unit) -> str:
    return DIFFERS if outcome.differs else report_words.figure(outcome.value, unit)


def _aimed(target: TargetOutcome) -> str:
    if target.value is None:
        return target.words
    low, high = report_words.number(target.value), target.upper_value
    return (
        f"{low}–{report_words.figure(high, target.unit)}"
        if high is not None
        else report_words.figure(target.value, target.unit)
    )
