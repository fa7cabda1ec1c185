"""What an estimate holds. Every method gives one of these; nothing here computes."""

from dataclasses import dataclass, field
from typing import Any

LEVEL = 0.95


@dataclass(frozen=True, slots=True)
class Estimate:
    """An effect with its uncertainty, in the outcome's own unit.

    `dof` is the degrees of freedom of the t distribution behind interval and p-value; None means normal. `low` and
    `high` bound the interval at `LEVEL`; infinite when the data cannot bound the effect. `details` holds what the
    method says beside (other standard errors, first stage), each a number, a text or a list of them.
    """

    method: str
    estimate: float
    se: float
    low: float
    high: float
    p: float
    n: int
    dof: float | None = None
    details: dict[str, Any] = field(default_factory=dict)


def made(
    method: str, estimate: float, se: float, n: int, *, dof: float | None = None, details: dict[str, Any] | None = None
) -> Estimate:
    """An estimate with the interval and two-sided p-value that its standard error gives."""
    from scipy import stats

    shape = stats.norm if dof is None else stats.t(dof)
    reach = float(shape.ppf(0.5 + LEVEL / 2)) * se
    p = float(2 * shape.sf(abs(estimate) / se)) if se > 0 else float("nan")
    return Estimate(method, estimate, se, estimate - reach, estimate + reach, p, n, dof, details or {})
