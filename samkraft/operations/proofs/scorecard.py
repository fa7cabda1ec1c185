"""Do the indicators say the same as plain SQL over what was written, in every cell of team, month and sex?"""

import argparse
from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np

from samkraft.operations.proofs import Outcome

NAME = "scorecard"
WHAT = "styrkortets indikatorer: räknade på nytt med vanlig SQL över det som skrivits, cell för cell"
MOST_SHOWN = 20
_EDUCATION, _TIME = "utbildning", "employer_time"
_PASSED = (
    "(extract(year FROM age(date_trunc('month', least(coalesce(left_on, %(day)s), coalesce(left_on, %(day)s))), "
    "date_trunc('month', started))) * 12 + extract(month FROM age(date_trunc('month', coalesce(left_on, %(day)s)), "
    "date_trunc('month', started))))"
)
_WORK = "outcome IN ('work', 'studies')"
# Indicator → whom it is about, who is counted, days, and the day whose month it belongs to.
SQL: Mapping[str, tuple[str, str, str, str]] = {
    "participants": ("true", "true", "", "started"),
    "to_work_or_studies": ("left_on IS NOT NULL", _WORK, "", "left_on"),
    "share_to_work_or_studies": ("left_on IS NOT NULL", _WORK, "", "left_on"),
    "joint_plans": ("planned >= started", "true", "", "planned"),
    "days_to_plan": ("planned >= started", "true", "planned - started", "planned"),
    "planned_in_time": ("%(day)s - started >= 60", "planned - started <= 60", "", "started"),
    "workplace": ("workplace >= started", "true", "", "workplace"),
    "workplace_share": ("left_on IS NOT NULL", "workplace IS NOT NULL", "", "left_on"),
    "cooperation_share": ("left_on IS NOT NULL AND insured", "outcome = 'af_fk_cooperation'", "", "left_on"),
    "stay": ("left_on IS NOT NULL", "true", "left_on - started", "left_on"),
    "over_limit": ("left_on IS NOT NULL", "left_on - started > 182", "", "left_on"),
    "wait_for_meeting": ("first_meeting >= received", "true", "first_meeting - received", "first_meeting"),
    "wait_for_activity": ("active >= started", "true", "active - started", "active"),
    "wait_for_workplace": ("workplace >= started", "true", "workplace - started", "workplace"),
    "reports_in": (f"{_PASSED} > 0", f"reports >= {_PASSED}", "", "started"),
    "followed_up": ("%(day)s - left_on >= 214", "looked IS NOT NULL", "", "left_on"),
    "lasting": (
        f"left_on IS NOT NULL AND {_WORK} AND looked IS NOT NULL",
        "looked IN ('work', 'studies')",
        "",
        "left_on",
    ),
    "returns": ("true", "returned", "", "started"),
    "guided": ("true", "guided > 0", "", "started"),
    "study_plans": ("study_plan >= started", "true", "", "study_plan"),
    "went_round": ("went_round IS NOT NULL", "true", "", "went_round"),
    "in_motivating": ("motivating >= started", "true", "", "motivating"),
    "in_rehabilitation": ("true", "coalesce(rehabilitating >= started, false)", "", "started"),
    "in_education": ("studying >= started", "true", "", "studying"),
    "in_matching": ("matching >= started", "true", "", "matching"),
    "in_programme": ("programme >= started", "true", "", "programme"),
    "phase_three": ("left_on IS NOT NULL", "phase_three IS NOT NULL", "", "left_on"),
    "in_stock": ("left_on IS NULL", "true", "", "NULL::date"),
}
Cells = dict[tuple[int, str, str], tuple[int, int, float]]
"""Team, month and sex → how many it is about, how many are counted, and the median of days (nought without)."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """There are none."""


def run(options: argparse.Namespace) -> Outcome:
    """Compare every indicator of every initiative that has a run, as the owner."""
    from django.db import transaction

    from samkraft.people.queries import milestone_proof

    lines, findings, cells, unlike = [], [], 0, 0
    with transaction.atomic():
        for one in milestone_proof.kept():
            milestone_proof.gather(one.initiative_id, one.day)
            for code in SQL:
                ours, theirs = from_milestones(code, one), from_events(code, one.day)
                cells += len(ours.keys() | theirs.keys())
                findings += [
                    (code, key, ours.get(key), theirs.get(key))
                    for key in sorted(ours.keys() | theirs.keys())
                    if ours.get(key) != theirs.get(key)
                ]
            pairs = ((_EDUCATION, by_education(one), _asked_education()), (_TIME, told_time(one), _asked_time(one)))
            for name, ours, theirs in pairs:
                cells += len(ours.keys() | theirs.keys())
                findings += [
                    (name, key, ours.get(key), theirs.get(key))
                    for key in sorted(ours.keys() | theirs.keys())
                    if ours.get(key) != theirs.get(key)
                ]
            lines.append(f"Körning {one.run} till och med {one.day}: {len(one.rows)} inskrivningar.")
            if one.is_same_in_columns is False:
                unlike += 1
                lines.append(f"FEL: kolumnerna i körning {one.run} säger inte samma som raderna.")
    for code, (team, month, sex), kept, told in findings[:MOST_SHOWN]:
        lines.append(f"FEL: {code}, team {team}, {month}, {sex}: {kept} i jobbets rader, {told} med SQL.")
    lines.append(
        f"{len(SQL) + 1} indikatorer, {cells} celler: {'lika' if not findings else f'{len(findings)} skiljer sig'}."
    )
    holds = not findings and not unlike
    data: dict[str, Any] = {"holds": holds, "cells": cells, "differ": len(findings), "indicators": len(SQL) + 1}
    return Outcome(holds, lines, data)


def by_education(kept: Any) -> Cells:
    """How many there are of each education, in the job's rows."""
    words = ("", "compulsory", "upper_secondary", "higher")
    found = np.bincount(kept.rows.columns["education"], minlength=len(words))
    return {(0, words[place], ""): (int(many), 0, 0.0) for place, many in enumerate(found) if many}


def _asked_education() -> Cells:
    from samkraft.people.queries import milestone_proof

    found = milestone_proof.ask("SELECT coalesce(education, ''), count(*) FROM facts GROUP BY 1")
    return {(0, word, ""): (many, 0, 0.0) for word, many in found}


def told_time(kept: Any) -> Cells:
    """Minutes for employers of minutes worked by team and by month, as the snapshot of the same run tells them."""
    from samkraft.knowledge.queries import scorecards
    from samkraft.knowledge.rules import employer_shares

    found = scorecards.told_by(kept.initiative_id, kept.run)
    told = found[1].get(employer_shares.CODE, {}) if found else {}
    cells = {(int(team), "", ""): figure for team, figure in told.get("team", {}).items()}
    cells |= {(0, month, ""): figure for month, figure in told.get("month", {}).items()}
    return {key: (one.of, one.n or 0, 0.0) for key, one in cells.items() if one.of}


def _asked_time(kept: Any) -> Cells:
    """A week counts in the month of its Thursday, from the first month that the snapshot tells of."""
    from samkraft.knowledge.queries import scorecards
    from samkraft.knowledge.rules import employer_shares
    from samkraft.people.queries import milestone_proof

    found = scorecards.told_by(kept.initiative_id, kept.run)
    months = sorted(found[1].get(employer_shares.CODE, {}).get("month", {})) if found else []
    cells: Cells = {}
    for key in ("t.number, ''", "0, to_char(w.monday_date + 3, 'YYYY-MM')"):
        rows = milestone_proof.ask(
            f"SELECT {key}, sum(w.worked), sum(w.visits + w.contacts + w.recruitment + w.placements) "  # nosec B608: listed above
            "FROM offer_employerweek w JOIN initiatives_team t ON t.id = w.team_id WHERE t.initiative_id = %(initiative)s "
            "AND to_char(w.monday_date + 3, 'YYYY-MM') = ANY (%(months)s) GROUP BY 1, 2",
            initiative=kept.initiative_id,
            months=months,
        )
        cells |= {(team, word, ""): (int(worked), int(spent), 0.0) for team, word, worked, spent in rows if worked}
    return cells


def from_milestones(code: str, kept: Any) -> Cells:
    """The cells as the indicators are defined in Python, over the job's rows."""
    from samkraft.knowledge.rules import months
    from samkraft.knowledge.rules.indicators import BY_CODE
    from samkraft.knowledge.rules.populations import POPULATIONS, View
    from samkraft.people.rules.cohorts import as_number

    one, view = BY_CODE[code], View(kept.rows, as_number(kept.day))
    among, counted = POPULATIONS[one.population](view), one.counted(view)
    month = months.index(view.columns[one.month]) if one.month else np.full(len(among), -1)
    value = one.value(view) if one.value else np.zeros(len(among), int)
    found: dict[tuple[int, str, str], list[tuple[bool, float]]] = {}
    for place in np.flatnonzero(among):
        sex = ("unknown", "woman", "man")[int(view.sex[place])]
        word = months.word(int(month[place])) if month[place] >= 0 else ""
        found.setdefault((int(view.team[place]), word, sex), []).append((bool(counted[place]), float(value[place])))
    return {
        key: (len(rows), sum(hit for hit, _days in rows), float(np.median([days for _hit, days in rows])))
        for key, rows in found.items()
    }


def from_events(code: str, day: date) -> Cells:
    """The same cells by plain SQL over the facts."""
    from samkraft.people.queries import milestone_proof

    among, counted, value, month = SQL[code]
    rows = milestone_proof.ask(
        f"SELECT coalesce(team, -1), coalesce(to_char({month}, 'YYYY-MM'), ''), sex, count(*), "  # nosec B608: listed above
        f"count(*) FILTER (WHERE {counted}), percentile_cont(0.5) WITHIN GROUP (ORDER BY {value or '0'}) "
        f"FROM facts WHERE {among} GROUP BY 1, 2, 3",
        day=day,
    )
    return {(team, word, sex): (many, hits, float(median)) for team, word, sex, many, hits, median in rows}
