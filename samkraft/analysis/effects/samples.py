"""Who is compared with whom: the rows that can be used, what was missing in the others, and refusals of bad input."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from samkraft.analysis.effects import columns, terms
from samkraft.analysis.effects.columns import Design
from samkraft.analysis.effects.passes import Floats
from samkraft.analysis.effects.tables import Table
from samkraft.analysis.effects.terms import Term
from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase

SMALLEST_GROUP = 5
YES = {"1", "ja", "yes", "true", "j", "y", "sann", "deltog", "treated"}
NO = {"0", "nej", "no", "false", "n", "falsk", "deltog inte", "control"}

NOT_TWO = Reason(
    "treatment_not_two",
    phrase("Kolumnen {name} ska ha två värden, ett för dem som deltog och ett för de andra, men har {many}: {values}."),
    phrase("Välj ut de två grupper som ska jämföras."),
)
UNKNOWN_PAIR = Reason(
    "treatment_unknown_pair",
    phrase("Kolumnen {name} har värdena {values}; det går inte att veta vilket som är att ha deltagit."),
    phrase("Skriv 1 för dem som deltog och 0 för de andra, eller säg det med --treated."),
)
GROUP_TOO_SMALL = Reason(
    "group_too_small",
    phrase("En grupp har {smallest} personer med kända värden. Minst {limit} behövs i var grupp."),
    phrase("Ett så litet underlag säger ingenting om effekten, och kan röja enskilda."),
)
TOO_MANY_COLUMNS = Reason(
    "too_many_columns",
    phrase("{columns} bakgrundsvariabler är för många för {rows} personer i den minsta gruppen."),
    phrase("Välj färre variabler."),
)
CONSTANT_OUTCOME = Reason(
    "constant_outcome", phrase("Utfallet {name} är lika för alla. Då finns ingen effekt att räkna på.")
)
NO_SPREAD = Reason(
    "no_spread",
    phrase("Utfallet {name} är lika för alla inom var grupp. Då går osäkerheten inte att räkna ut."),
    phrase("Kontrollera att utfallet inte är detsamma som deltagandet."),
)
SAME_COLUMN = Reason("same_column", phrase("Kolumnen {name} används både som utfall, deltagande eller bakgrund."))


@dataclass(frozen=True, slots=True)
class Sample:
    """Rows with everything known. treated and outcome (n); kept (rows of the table) says which they are.

    design holds ones and the columns adjusted for; together (m, n) those that are multiplied with treatment, with names.
    missing counts unknown values by column among all rows; lost counts (rows left out among the others, the treated).
    """

    treated: Floats
    outcome: Floats
    design: Design
    together: Floats
    together_names: tuple[str, ...]
    kept: NDArray[np.bool_]
    missing: dict[str, int]
    lost: tuple[int, int]
    attrition: tuple[float, float]

    @property
    def n(self) -> int:
        """How many rows are compared."""
        return len(self.outcome)

    @property
    def groups(self) -> tuple[int, int]:
        """How many were not treated, and how many were."""
        inside = int(self.treated.sum())
        return self.n - inside, inside


def binary(table: Table, name: str, yes: str | None = None) -> Floats:
    """A column of two values as 1 and 0, missing NaN. Raises Refused for one or three values, or an unknown pair."""
    places, values = table.categories(name)
    if len(values) != 2:
        shown = ", ".join(values[:6]) + (" …" if len(values) > 6 else "")
        raise Refused(NOT_TWO, name=name, many=len(values), values=shown)
    if yes is None:
        known_yes = [value for value in values if value.lower() in YES]
        known_no = [value for value in values if value.lower() in NO]
        if len(known_yes) != 1 or len(known_no) != 1:
            raise Refused(UNKNOWN_PAIR, name=name, values=", ".join(values))
        yes = known_yes[0]
    elif yes not in values:
        raise Refused(UNKNOWN_PAIR, name=name, values=", ".join(values))
    return np.where(places < 0, np.nan, (places == values.index(yes)).astype(float))


def made(
    table: Table,
    *,
    outcome: str,
    treatment: str,
    covariates: Sequence[Term] = (),
    treated_value: str | None = None,
    also_known: Sequence[str] = (),
) -> Sample:
    """Keep the rows where treatment, outcome, all covariates and `also_known` are known, and refuse what is no sample."""
    treated = binary(table, treatment, treated_value)
    result = table.numbers(outcome)
    used = [name for term in covariates for name in term.columns]
    for name in {outcome} & {treatment, *used}:
        raise Refused(SAME_COLUMN, name=name)
    missing = {treatment: int(np.isnan(treated).sum()), outcome: int(np.isnan(result).sum())}
    plain = [term for term in covariates if treatment not in term.columns]
    joint = [_without(term, treatment) for term in covariates if treatment in term.columns]
    known = ~np.isnan(treated) & ~np.isnan(result)
    for name in dict.fromkeys([*used, *also_known]):
        if name == treatment:
            continue
        absent = table.categories(name)[0] < 0 if table.is_text(name) else np.isnan(table.numbers(name))
        missing[name] = int(absent.sum())
        known &= ~absent
    groups = int((treated[known] == 0).sum()), int((treated[known] == 1).sum())
    if min(groups) < SMALLEST_GROUP:
        raise Refused(GROUP_TOO_SMALL, smallest=min(groups), limit=SMALLEST_GROUP)
    values, names = _columns(plain, table, known)
    together, together_names = _columns(joint, table, known)
    if len(names) + 2 > min(groups):
        raise Refused(TOO_MANY_COLUMNS, columns=len(names), rows=min(groups))
    if np.ptp(result[known]) == 0:
        raise Refused(CONSTANT_OUTCOME, name=outcome)
    if all(np.ptp(result[known & (treated == side)]) == 0 for side in (0, 1)):
        raise Refused(NO_SPREAD, name=outcome)
    design = columns.made(values, names, int(known.sum()))
    everyone = ~np.isnan(treated)
    sides = [everyone & (treated == side) for side in (0, 1)]
    return Sample(
        treated[known], result[known], design, np.array(together).reshape(len(together), int(known.sum())),
        tuple(together_names), known, missing,
        tuple(int((side & ~known).sum()) for side in sides),  # type: ignore[arg-type] # two of them
        tuple(float(np.isnan(result[side]).mean()) for side in sides),  # type: ignore[arg-type] # two of them
    )  # fmt: skip


def _without(term: Term, treatment: str) -> Term:
    return Term(term.text, tuple(factor for factor in term.factors if factor[0] != treatment))


def _columns(chosen: Sequence[Term], table: Table, known: NDArray[np.bool_]) -> tuple[list[Floats], list[str]]:
    values: list[Floats] = []
    names: list[str] = []
    for term in chosen:
        if not term.factors:
            continue
        more, called = terms.values(term, table, known)
        values += [column[known] for column in more]
        names += called
    return values, names
