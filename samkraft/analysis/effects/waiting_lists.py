"""Places given down a list in random order until they are filled.

The last to be offered a place always accepts: had she declined, the offer would have gone on. So those who were offered
hold too many who accept, and the plain comparison is wrong however many lists there are. The doubly reweighted
estimator of de Chaisemartin and Behaghel (Econometrica 2020) counts each who accepted as (S - 1) / S, where S is the
list's places. Then the offered and the rest hold the same share of accepters in expectation, as (S - 1) / (L - 1) of
the first L - 1 offers does (Haldane 1945). Lists need at least two places and somebody who was never offered one.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from samkraft.analysis.effects import results
from samkraft.analysis.effects.passes import Floats
from samkraft.analysis.effects.results import Estimate
from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase

FEW_LISTS = 20

WITHOUT_OFFER = Reason(
    "took_without_offer",
    phrase("{many} personer deltog utan att ha blivit erbjudna en plats."),
    phrase("Listan följdes inte; metoden för väntelistor kan inte användas."),
)
LAST_DECLINED = Reason(
    "last_offer_declined",
    phrase(
        "I listan {name} tackade den sist erbjudna nej. Då fylldes inte platserna, och listan tog inte slut för att den var full."
    ),
    phrase("Ta bort listan, eller rätta ordningen."),
)
OUT_OF_ORDER = Reason(
    "offers_out_of_order", phrase("I listan {name} fick någon ett erbjudande före en som står tidigare i listan.")
)
NO_LISTS = Reason(
    "no_usable_lists",
    phrase("Ingen lista har minst två fyllda platser och någon som aldrig erbjöds en."),
    phrase("Med en enda plats, eller när alla erbjuds, finns inget att jämföra med."),
)


@dataclass(frozen=True, slots=True)
class Answer:
    """The effect of taking part on those who accept, and of being offered; which lists could be used."""

    complier: Estimate
    intention: Estimate
    naive: Estimate
    lists_used: int
    lists_left_out: int


@dataclass(frozen=True, slots=True)
class _Lists:
    """For each list: people, offered, accepted (lists), and for Y and D the offered's weighted mean less the others'."""

    people: Floats
    offered: Floats
    accepted: Floats
    outcome_gap: Floats
    taking_gap: Floats


def estimate(
    lists: NDArray[np.int64], offered: Floats, accepted: Floats, outcome: Floats, order: Floats | None = None
) -> Answer:
    """lists (n) says which list; offered and accepted 0 or 1 (n); order (n), where known, is checked.

    Lists are weighed by their people, so that the effect is the mean over all who accept.
    """
    wild = int(((accepted == 1) & (offered == 0)).sum())
    if wild:
        raise Refused(WITHOUT_OFFER, many=wild)
    names, places = np.unique(lists, return_inverse=True)
    if order is not None:
        _check_order(places, names, offered, accepted, order)
    many = len(names)
    people = np.bincount(places, minlength=many).astype(float)
    calls, seats = np.bincount(places, offered, many), np.bincount(places, accepted, many)
    usable = (seats >= 2) & (calls < people)
    if not usable.any():
        raise Refused(NO_LISTS)
    kept = usable[places]
    renumbered = np.cumsum(usable) - 1
    inside = renumbered[places[kept]], offered[kept], accepted[kept], outcome[kept]
    weights = np.where(inside[2] == 1, 1 - 1 / seats[places[kept]], 1.0)
    summed = _gaps(*inside, weights)
    plain = _gaps(*inside, np.ones(len(weights)))
    spread = None if usable.sum() >= FEW_LISTS else (inside, weights)
    return Answer(
        _ratio("waiting_list", summed, spread), _mean("waiting_list_offer", summed, spread),
        _ratio("waiting_list_naive", plain, spread), int(usable.sum()), int(many - usable.sum()),
    )  # fmt: skip


def _gaps(places: NDArray[np.intp], offered: Floats, accepted: Floats, outcome: Floats, weights: Floats) -> _Lists:
    many = int(places.max()) + 1

    def mean(values: Floats, shares: Floats) -> Floats:
        return np.asarray(np.bincount(places, values * shares, many) / np.bincount(places, shares, many))

    called, rest = offered * weights, 1 - offered
    return _Lists(
        np.bincount(places, minlength=many).astype(float),
        np.bincount(places, offered, many),
        np.bincount(places, accepted, many),
        mean(outcome, called) - mean(outcome, rest),
        mean(accepted, called) - mean(accepted, rest),
    )


def _ratio(method: str, lists: _Lists, spread: tuple[tuple[Floats, ...], Floats] | None) -> Estimate:
    taking = float(lists.people @ lists.taking_gap)
    effect = float(lists.people @ lists.outcome_gap) / taking
    pulls = lists.people * (lists.outcome_gap - effect * lists.taking_gap)
    return _with_errors(method, effect, pulls, taking, lists, spread, effect)


def _mean(method: str, lists: _Lists, spread: tuple[tuple[Floats, ...], Floats] | None) -> Estimate:
    effect = float(lists.people @ lists.outcome_gap / lists.people.sum())
    pulls = lists.people * (lists.outcome_gap - effect)
    return _with_errors(method, effect, pulls, float(lists.people.sum()), lists, spread, 0.0)


def _with_errors(
    method: str, effect: float, pulls: Floats, below: float, lists: _Lists,
    spread: tuple[tuple[Floats, ...], Floats] | None, slope: float,
) -> Estimate:  # fmt: skip
    """Between lists when they are many; with few (long) lists, from the spread within them."""
    many, n = len(pulls), int(lists.people.sum())
    if spread is None:
        se = float(np.sqrt((pulls**2).sum() * many / (many - 1)) / abs(below))
        return results.made(method, effect, se, n, dof=many - 1.0, details={"errors": "between_lists"})
    (places, offered, accepted, outcome), weights = spread
    value = outcome - slope * accepted
    labels = places.astype(np.intp)
    variance = np.zeros(many)
    for side in (1.0, 0.0):
        share = weights * (offered == side) if side else 1.0 * (offered == 0)
        total = np.bincount(labels, share, many)
        middle = np.bincount(labels, share * value, many) / total
        count = np.bincount(labels, share > 0, many)
        bits = np.bincount(labels, (share * (value - middle[labels])) ** 2, many) / total**2
        variance += bits * count / np.maximum(count - 1, 1)
    se = float(np.sqrt((lists.people**2 * variance).sum()) / abs(below))
    return results.made(method, effect, se, n, details={"errors": "within_lists"})


def _check_order(
    places: NDArray[np.intp], names: NDArray[np.int64], offered: Floats, accepted: Floats, order: Floats
) -> None:
    arranged = np.lexsort((order, places))
    label, called, took = places[arranged], offered[arranged], accepted[arranged]
    same = label[1:] == label[:-1]
    late = same & (called[1:] == 1) & (called[:-1] == 0)
    if late.any():
        raise Refused(OUT_OF_ORDER, name=str(names[label[1:][late][0]]))
    last = (called == 1) & np.append(~same | (called[1:] == 0), True)
    rest = np.append(same & (called[1:] == 0), False)  # somebody was left: the list stopped because it was full
    wrong = last & rest & (took == 0)
    if wrong.any():
        raise Refused(LAST_DECLINED, name=str(names[label[wrong][0]]))
