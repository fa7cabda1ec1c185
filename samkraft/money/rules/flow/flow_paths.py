"""Which way each krona of a year went: from the council, by a matter, to a body, and on to what it is used for.

Pure. A path is the smallest piece that can be told apart; every picture, table and total is a sum of paths, so that
they always agree. An amount that no source tells is None and stays None: it is never counted as nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Inflow:
    """A decided item that an appropriation pays: into a body's frame, or straight to a receiver (`receiver` set)."""

    key: str
    matter: str
    body: str
    fund: str
    amount_ore: int | None
    receiver: str = ""


@dataclass(frozen=True, slots=True)
class Outflow:
    """A decided item that a body's own frame pays, to a receiver."""

    key: str
    matter: str
    body: str
    fund: str
    receiver: str
    amount_ore: int | None


@dataclass(frozen=True, slots=True)
class Told:
    """A use that a body has told of. Most sources name no amount."""

    key: str
    body: str
    fund: str
    amount_ore: int | None = None


@dataclass(frozen=True, slots=True)
class Path:
    """One way for some of the money. `outflow` and `uses` are empty when nobody has told what comes after."""

    inflow: str
    matter: str
    body: str
    fund: str
    amount_ore: int | None
    outflow: str = ""
    receiver: str = ""
    uses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum of which some parts may be unknown."""

    known_ore: int = 0
    unknown: int = 0

    def plus(self, ore: int | None) -> "Amount":
        """With one more part."""
        return replace(self, unknown=self.unknown + 1) if ore is None else replace(self, known_ore=self.known_ore + ore)

    @property
    def ore(self) -> int | None:
        """The sum when all of it is known, else None."""
        return None if self.unknown else self.known_ore


def total(amounts: Iterable[int | None]) -> Amount:
    """Add up, keeping count of what is unknown."""
    result = Amount()
    for ore in amounts:
        result = result.plus(ore)
    return result


def follow(inflows: Sequence[Inflow], outflows: Sequence[Outflow], told: Sequence[Told]) -> list[Path]:
    """Split each inflow into paths. The paths of an inflow always sum to it.

    Money that a frame pays on is taken first from what came in by the same matter, then from what else came in to the
    same body and fund, in order. What stays in a frame goes to what the body has told of.
    """
    left = {inflow.key: inflow.amount_ore for inflow in inflows}
    passed: dict[str, list[Path]] = {inflow.key: [] for inflow in inflows}
    for outflow in outflows:
        _pay_on(outflow, inflows, left, passed)
    paths: list[Path] = []
    untold = list(told)
    for inflow in inflows:
        if inflow.receiver:
            paths.append(_path(inflow, inflow.amount_ore, outflow=inflow.key, receiver=inflow.receiver))
            continue
        paths += passed[inflow.key]
        if left[inflow.key] != 0:
            paths += _stay(inflow, left[inflow.key], inflows, untold)
    return paths


def _pay_on(
    outflow: Outflow, inflows: Sequence[Inflow], left: dict[str, int | None], passed: dict[str, list[Path]]
) -> None:
    able = [flow for flow in inflows if not flow.receiver and (flow.body, flow.fund) == (outflow.body, outflow.fund)]
    able.sort(key=lambda flow: flow.matter != outflow.matter)  # stable: the same matter first
    wanted = outflow.amount_ore
    for inflow in able:
        has = left[inflow.key]
        if wanted is None:
            passed[inflow.key].append(_path(inflow, None, outflow=outflow.key, receiver=outflow.receiver))
            return
        taken = wanted if has is None else min(has, wanted)
        if taken <= 0:
            continue
        passed[inflow.key].append(_path(inflow, taken, outflow=outflow.key, receiver=outflow.receiver))
        left[inflow.key] = None if has is None else has - taken
        wanted -= taken
        if wanted == 0:
            return


def _stay(inflow: Inflow, rest: int | None, inflows: Sequence[Inflow], untold: list[Told]) -> list[Path]:
    """What stays in the frame, split over told uses only where their amounts are told and fit; each is used once."""
    mine = [use for use in untold if (use.body, use.fund) == (inflow.body, inflow.fund)]
    counted = [use for use in mine if use.amount_ore is not None]
    summed = sum(use.amount_ore or 0 for use in counted)
    is_only = sum((flow.body, flow.fund) == (inflow.body, inflow.fund) for flow in inflows if not flow.receiver) == 1
    if rest is None or not counted or not (summed == rest or (summed < rest and is_only)):
        return [_path(inflow, rest, uses=tuple(use.key for use in mine))]
    for use in counted:
        untold.remove(use)
    paths = [_path(inflow, use.amount_ore, uses=(use.key,)) for use in counted]
    if rest > summed:
        paths.append(_path(inflow, rest - summed, uses=tuple(use.key for use in mine if use.amount_ore is None)))
    return paths


def _path(
    inflow: Inflow, amount_ore: int | None, *, outflow: str = "", receiver: str = "", uses: tuple[str, ...] = ()
) -> Path:
    return Path(inflow.key, inflow.matter, inflow.body, inflow.fund, amount_ore, outflow, receiver, uses)
