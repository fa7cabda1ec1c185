"""An EU project's budget against itself, against the share that is demanded, and against the text beside it."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction

from samkraft.money.rules.eu import eu_budgets
from samkraft.money.rules.eu.eu_budgets import RowKind
from samkraft.money.rules.eu.eu_statements import StatementKind
from samkraft.money.rules.findings.facts import EuBudget, EuStatement, Sources
from samkraft.money.rules.findings.outcome import Finding, Side, about
from samkraft.money.rules.findings.words import Said, say
from samkraft.values import kronor
from samkraft.values.wording import phrase

DEAR = Fraction(3, 2)  # a month that costs half as much again as the project's own is worth a question


def share_below_demand(sources: Sources) -> Iterable[Finding]:
    """The others' share against the one that the programme demands, before any rounding.

    A comparison that holds only when both are rounded is told as a difference: somebody must know which rule applies.
    """
    for budget in sources.eu_budgets:
        check = eu_budgets.check_demand(eu_budgets.add_up(budget.rows), budget.demand)
        exact, demanded = _percent(check.exact, 4), _percent(Fraction(budget.demand.percent) / 100, 2)
        missing = kronor.in_words(_whole_kronor(check.short_ore))
        yield Finding(
            rule="share_below_demand",
            about=about(budget.code, budget.number),
            subject=say(phrase("medfinansieringen av {project}"), project=budget.name),
            question=say(phrase("Räcker medfinansieringen av {project} till kravet?"), project=budget.name),
            sides=(
                _side(budget, phrase("Kravet"), demanded, str(budget.demand.percent)),
                _side(budget, phrase("Budgetens egna rader, utan avrundning"), exact, exact),
            ),
            explanation=None if check.holds_exactly else _shortfall(missing, check),
            agrees=check.holds_exactly,
            year=budget.year,
        )


def _shortfall(missing: str, check: eu_budgets.DemandCheck) -> Said:
    if check.holds_rounded:
        return say(
            phrase("{missing} fattas. Kravet nås bara om andelen avrundas till {decimals} decimaler."),
            missing=missing, decimals=check.demand.decimals,
        )  # fmt: skip
    return say(phrase("{missing} fattas, också när andelen avrundas."), missing=missing)


def promise_without_money(sources: Sources) -> Iterable[Finding]:
    """What the text promises that costs, against a row of that kind that is zero in every phase."""
    for budget in sources.eu_budgets:
        for kind, promised in _by_row(budget, StatementKind.PROMISES_COST):
            found = _sum(budget, kind)
            yield Finding(
                rule="promise_without_money",
                about=about(budget.code, budget.number, kind.value),
                subject=say(phrase("{row} i {project}"), row=eu_budgets.LABELS[kind], project=budget.name),
                question=say(phrase("Vad ska betala det som {project} lovar?"), project=budget.name),
                sides=(
                    *(_said(budget, one) for one in promised),
                    _side(budget, eu_budgets.LABELS[kind], "", str(found), amount_ore=found),
                ),
                agrees=found > 0,
                year=budget.year,
            )


def in_kind_without_value(sources: Sources) -> Iterable[Finding]:
    """A body that the text says pays with staff or the like, against in-kind rows that are zero."""
    for budget in sources.eu_budgets:
        for kind, said in _by_row(budget, StatementKind.PAYS_IN_KIND):
            found = _sum(budget, kind)
            yield Finding(
                rule="in_kind_without_value",
                about=about(budget.code, budget.number, kind.value),
                subject=say(phrase("bidrag i annat än pengar till {project}"), project=budget.name),
                question=say(phrase("Är personalen en medfinansiering, och vad är den i så fall värd?")),
                sides=(
                    *(_said(budget, one) for one in said),
                    _side(budget, eu_budgets.LABELS[kind], "", str(found), amount_ore=found),
                ),
                agrees=found > 0,
                year=budget.year,
            )


def cash_dearer_than_staff(sources: Sources) -> Iterable[Finding]:
    """Cash that the text says is certain staff: its amount a month against what a month costs in the whole project.

    Silent when the project's own months are not known.
    """
    for budget in sources.eu_budgets:
        if not budget.person_months:
            continue
        ordinary = Fraction(_sum(budget, RowKind.PERSONNEL), budget.person_months)
        for one in budget.statements:
            if one.kind is not StatementKind.CASH_IS_STAFF or not one.person_months:
                continue
            monthly = Fraction(_sum(budget, one.row_kind), one.person_months)
            yield Finding(
                rule="cash_dearer_than_staff",
                about=about(budget.code, budget.number, one.row_kind.value, one.body),
                subject=say(phrase("{body}s kontanta medel till {project}"), body=one.body, project=budget.name),
                question=say(phrase("Kan {months} månader personal kosta så mycket?"), months=one.person_months),
                sides=(
                    _said(budget, one, value=say(phrase("{amount} i månaden"), amount=_amount(monthly))),
                    _side(
                        budget, phrase("En personmånad i hela projektet"),
                        say(phrase("{amount} i månaden"), amount=_amount(ordinary)), str(round(ordinary)),
                    ),
                ),
                agrees=monthly <= DEAR * ordinary,
                year=budget.year,
            )  # fmt: skip


def financier_unsaid(sources: Sources) -> Iterable[Finding]:
    """Cash or in-kind financing above zero that no source says who gives."""
    for budget in sources.eu_budgets:
        for row in budget.rows:
            if row.amount_ore and not row.financier and row.kind in (*eu_budgets.CASH, *eu_budgets.IN_KIND):
                yield Finding(
                    rule="financier_unsaid",
                    about=about(budget.code, budget.number, row.kind.value),
                    subject=say(phrase("{row} till {project}"), row=eu_budgets.LABELS[row.kind], project=budget.name),
                    question=say(phrase("Vem ger {amount}?"), amount=kronor.in_words(row.amount_ore)),
                    sides=(
                        _side(budget, eu_budgets.LABELS[row.kind], "", str(row.amount_ore), amount_ore=row.amount_ore),
                        _side(budget, phrase("Finansiärer i texten"), say(phrase("ingen nämns")), "missing"),
                    ),
                    year=budget.year,
                )


def _by_row(budget: EuBudget, kind: StatementKind) -> Iterator[tuple[RowKind, list[EuStatement]]]:
    for row in dict.fromkeys(one.row_kind for one in budget.statements if one.kind is kind):
        yield row, [one for one in budget.statements if one.kind is kind and one.row_kind is row]


def _sum(budget: EuBudget, kind: RowKind) -> int:
    return sum(row.amount_ore for row in budget.rows if row.kind is kind)


def _said(budget: EuBudget, one: EuStatement, value: Said | str = "") -> Side:
    return Side(
        title=say(phrase("Texten")),
        place=one.place,
        weight=one.what,
        value=value or one.what,
        quote=one.quote,
        said_by=budget.owner,
        document_id=budget.document_id,
    )


def _side(budget: EuBudget, title: str, value: Said | str, weight: str, *, amount_ore: int | None = None) -> Side:
    return Side(
        title=say(title),
        place=say(phrase("budget {number}"), number=budget.number),
        weight=weight,
        value=value,
        amount_ore=amount_ore,
        said_by=budget.owner,
        document_id=budget.document_id,
    )


def _percent(exact: Fraction, decimals: int) -> str:
    told: Decimal = eu_budgets.rounded(exact, decimals)
    return f"{told} %".replace(".", ",").replace(" ", "\u00a0")


def _whole_kronor(ore: int) -> int:
    """Whole kronor, upwards: what must be added for the demand to be met."""
    return -(-ore // 100) * 100


def _amount(ore: Fraction) -> str:
    return kronor.in_words(round(ore / 100) * 100)
