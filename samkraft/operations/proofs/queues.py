"""Does the simulation agree with queueing theory, with another simulator, and with worlds whose truth is known?"""

import argparse
import dataclasses
import secrets
from typing import Any

from samkraft.operations.proofs import Outcome

NAME = "queues"
WHAT = "simuleringen: kötteorins svar, och prognoser för påhittade världar vars slut är känt"
NEEDS_DATABASE = False
WORLDS = 400
RIGHT_AT_LEAST, LOST_BELOW = 0.85, 0.8


def add_options(parser: argparse.ArgumentParser) -> None:
    """`--seed` repeats a proof; without it a fresh seed is drawn and printed."""
    parser.add_argument("--seed", type=int, metavar="FRÖ", help="slumpens frö (ett nytt, om inget sägs)")
    parser.add_argument("--worlds", type=int, default=WORLDS, metavar="N", help=f"antal påhittade världar ({WORLDS})")


def run(options: argparse.Namespace) -> Outcome:
    """Theory first, then calibration, then worlds that drift: there coverage must be lost, or the test sees nothing."""
    from samkraft.analysis.queues import agreement  # every command lists the proofs; only this one needs the compiler

    given = getattr(options, "seed", None)
    seed = secrets.randbelow(2**31) if given is None else given
    findings = agreement.check(agreement.cases(), seed=seed)
    lines = [f"Frö {seed}.", "Kötteori (alla intervall tillsammans fel högst en gång av hundra):"]
    lines += [
        f"  {'=' if one.holds else '≠'} {one.case}, {one.measure}: {one.found:.5f} mot {one.expected:.5f}, ±{one.half:.2%}"
        for one in findings
    ]
    worlds = max(40, getattr(options, "worlds", WORLDS))
    judged = {
        name: _judge(name, worlds, seed)
        for name in ("rätt", "intaget sviktar", "vistelserna blir längre", "allt är säkert")
    }
    lines.append(f"Prognoser för {worlds} världar: hur ofta slutet låg inom 90 procent")
    for name, one in judged.items():
        lines.append(
            f"  {name}: {one.coverage:.1%}, PIT {' '.join(f'{share:.2f}' for share in one.pit)} (p {one.probability:.3f})"
        )
    skill = ", ".join(f"{name} {value:.2f}" for name, value in judged["rätt"].skill.items())
    lines.append(f"  skicklighet mot andra sätt: {skill}")
    lines.append(
        "Ett verkligt projekt ger omkring fem oberoende tillfällen; det här gäller världarna, inte verkligheten."
    )
    right = judged["rätt"]
    calibrated = right.coverage >= RIGHT_AT_LEAST and right.probability > 0.001
    lost = all(one.coverage < LOST_BELOW for name, one in judged.items() if name != "rätt")
    holds = all(one.holds for one in findings) and calibrated and lost
    data = {
        "holds": holds, "seed": seed, "theory": [{**dataclasses.asdict(one), "holds": one.holds} for one in findings],
        "worlds": {name: {**dataclasses.asdict(one), "pit": one.pit.tolist()} for name, one in judged.items()},
    }  # fmt: skip
    lines.append("Simuleringen stämmer." if holds else "Simuleringen stämmer inte.")
    return Outcome(holds, lines, data)


def _judge(name: str, worlds: int, seed: int) -> Any:
    """How forecasts of one kind of world came out."""
    from samkraft.analysis.queues.forecast import calibration

    world = calibration.scenario(before_day=500)
    believed, true, origin = world, world, 400.0
    if name == "intaget sviktar":
        believed = calibration.scenario()
        true = calibration.drifting(believed, intake=0.7)
    elif name == "vistelserna blir längre":
        believed, true = calibration.certain(world, "stay"), calibration.drifting(world, stay=1.3)
    elif name == "allt är säkert":
        true = calibration.scenario()
        believed = calibration.certain(true)
    return calibration.calibrate(
        worlds, seed=seed % 10**6, believed=believed, true=true, origin_day=origin, replications=200
    )
