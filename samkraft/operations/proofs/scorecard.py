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
# What is not about people: the months or bodies that there are, then how many it is held against and how many are counted.
_PRESENT = (
    "SELECT d.id, d.body_id, coalesce((SELECT e.new_due_date FROM initiatives_dutyevent e WHERE e.duty_id = d.id AND "
    "e.kind = 'moved' AND (e.at AT TIME ZONE 'Europe/Stockholm')::date <= %(day)s ORDER BY e.at DESC, e.id DESC LIMIT 1), "
    "d.due_date) AS due, coalesce((SELECT e.kind FROM initiatives_dutyevent e WHERE e.duty_id = d.id AND e.kind IN ('done', "
    "'reopened', 'withdrawn', 'restored') AND (e.at AT TIME ZONE 'Europe/Stockholm')::date <= %(day)s "
    "ORDER BY e.at DESC, e.id DESC LIMIT 1), '') AS last FROM initiatives_duty d WHERE d.initiative_id = %(initiative)s "
    "AND d.source_key LIKE 'delivery:%%' AND (d.added_at AT TIME ZONE 'Europe/Stockholm')::date <= %(day)s"
)
_ALL_SIT = (
    "EXISTS (SELECT 1 FROM sits s WHERE s.period @> w.day) AND NOT EXISTS (SELECT 1 FROM sits s WHERE s.period @> w.day AND "
    "NOT EXISTS (SELECT 1 FROM held h WHERE h.team_id = t.id AND h.period @> w.day AND h.area_id = s.area_id))"
)
_HELD = (
    "WITH sits AS (SELECT area_id, period FROM initiatives_party WHERE initiative_id = %(initiative)s AND joins_team), "
    "held AS (SELECT p.team_id, p.period, m.area_id FROM initiatives_teammember p JOIN partners_membership m "
    "ON m.id = p.membership_id), w AS (SELECT word, least((word || '-01')::date + interval '1 month' - interval '1 day', "
    "%(day)s)::date AS day FROM unnest(%(months)s::text[]) word) "
)
_TEAMS = "FROM initiatives_team t JOIN {days} ON t.period @> w.day WHERE t.initiative_id = %(initiative)s GROUP BY 1"
_REACHED = (
    "SELECT DISTINCT ON (s.receiver_id) s.receiver_id, s.on_date FROM initiatives_handbookspread s "
    "JOIN initiatives_handbookversion v ON v.id = s.version_id WHERE v.initiative_id = %(initiative)s "
    "AND s.takes_back_id IS NULL AND s.on_date <= %(day)s AND (s.at AT TIME ZONE 'Europe/Stockholm')::date <= %(day)s "
    "AND NOT EXISTS (SELECT 1 FROM initiatives_handbookspread b WHERE b.takes_back_id = s.id "
    "AND (b.at AT TIME ZONE 'Europe/Stockholm')::date <= %(day)s) ORDER BY s.receiver_id, s.on_date"
)
_DECIDED = (
    "SELECT r.decided_date FROM initiatives_handbookevent e JOIN initiatives_handbookversion v ON v.id = e.version_id "
    "JOIN initiatives_resolution r ON r.id = e.resolution_id WHERE v.initiative_id = %(initiative)s AND e.kind = 'decided' "
    "AND (e.at AT TIME ZONE 'Europe/Stockholm')::date <= %(day)s"
)
_DUE = "FROM p WHERE last <> 'withdrawn' AND (last = 'done' OR due <= %(day)s) GROUP BY 1"
_THESE = "count(*), count(*) FILTER (WHERE "
THINGS: Mapping[str, tuple[str, ...]] = {
    "teams_staffed": (
        f"{_HELD} SELECT '', {_THESE}{_ALL_SIT}) {_TEAMS.format(days='(SELECT %(day)s::date AS day) w')}",
        f"{_HELD} SELECT w.word, {_THESE}{_ALL_SIT}) {_TEAMS.format(days='w')}",
        f"{_HELD} SELECT s.area_id::text, {_THESE}EXISTS (SELECT 1 FROM held h WHERE h.team_id = t.id AND h.period @> w.day "  # noqa: S608 - pieces of our own
        "AND h.area_id = s.area_id)) FROM initiatives_team t JOIN (SELECT %(day)s::date AS day) w ON t.period @> w.day "
        "JOIN sits s ON s.period @> w.day WHERE t.initiative_id = %(initiative)s GROUP BY 1",
    ),
    "deliveries": tuple(
        f"WITH p AS ({_PRESENT}) SELECT {key}, {_THESE}last = 'done') {_DUE}"
        for key in ("''", "to_char(due, 'YYYY-MM')", "body_id::text")
    ),
    "handbook_decided": tuple(
        f"SELECT {key}, count(*), count(*) FROM ({_DECIDED}) p GROUP BY 1"  # noqa: S608 - pieces of our own
        for key in ("''", "to_char(decided_date, 'YYYY-MM')")
    ),
    "handbook_spread": tuple(
        f"SELECT {key}, count(*), count(*) FROM ({_REACHED}) p GROUP BY 1"  # noqa: S608 - pieces of our own
        for key in ("''", "to_char(on_date, 'YYYY-MM')")
    ),
}  # fmt: skip
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
            pairs = [(_EDUCATION, by_education(one), _asked_education()), (_TIME, told_time(one), _asked_time(one))]
            pairs += [(code, told_things(code, one), asked_things(code, one)) for code in THINGS]
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
    many = len(SQL) + 1 + len(THINGS)
    lines.append(f"{many} indikatorer, {cells} celler: {'lika' if not findings else f'{len(findings)} skiljer sig'}.")
    holds = not findings and not unlike
    data: dict[str, Any] = {"holds": holds, "cells": cells, "differ": len(findings), "indicators": many}
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
    from samkraft.knowledge.rules import employer_shares

    told = _told(kept).get(employer_shares.CODE, {})
    cells = {(int(team), "", ""): figure for team, figure in told.get("team", {}).items()}
    cells |= {(0, month, ""): figure for month, figure in told.get("month", {}).items()}
    return {key: (one.of, one.n or 0, 0.0) for key, one in cells.items() if one.of}


def _asked_time(kept: Any) -> Cells:
    """A week counts in the month of its Thursday, from the first month that the snapshot tells of."""
    from samkraft.knowledge.rules import employer_shares
    from samkraft.people.queries import milestone_proof

    months = sorted(_told(kept).get(employer_shares.CODE, {}).get("month", {}))
    cells: Cells = {}
    for key in ("t.number, ''", "0, to_char(w.monday_date + 3, 'YYYY-MM')"):
        rows = milestone_proof.ask(
            f"SELECT {key}, sum(w.worked), sum(w.visits + w.contacts + w.recruitment + w.placements) "  # noqa: S608 - listed above
            "FROM offer_employerweek w JOIN initiatives_team t ON t.id = w.team_id WHERE t.initiative_id = %(initiative)s "
            "AND to_char(w.monday_date + 3, 'YYYY-MM') = ANY (%(months)s) GROUP BY 1, 2",
            initiative=kept.initiative_id,
            months=months,
        )
        cells |= {(team, word, ""): (int(worked), int(spent), 0.0) for team, word, worked, spent in rows if worked}
    return cells


def told_things(code: str, kept: Any) -> Cells:
    """What the snapshot of the same run tells of things: month or body → held against and counted. Nought is no cell."""
    figures = _told(kept).get(code, {})
    cells: Cells = {}
    for groups in figures.values():
        for group, one in groups.items():
            of = one.of if one.of is not None else one.n
            if of:
                cells[0, "" if group == "all" else group, ""] = (of, one.n or 0, 0.0)
    return cells


def asked_things(code: str, kept: Any) -> Cells:
    """The same by plain SQL; nothing for a snapshot from before they were counted, and only of the months it tells of."""
    from samkraft.people.queries import milestone_proof

    figures = _told(kept).get(code)
    if figures is None:
        return {}
    months = sorted(figures.get("month", {}))
    cells: Cells = {}
    for sql in THINGS[code]:
        rows = milestone_proof.ask(sql, initiative=kept.initiative_id, day=kept.day, months=months)
        cells |= {
            (0, word, ""): (of, n, 0.0)
            for word, of, n in rows
            if of and (len(word) != len("2026-03") or word in months)
        }
    return cells


def _told(kept: Any) -> Mapping[str, Any]:
    from samkraft.knowledge.queries import scorecards

    found = scorecards.told_by(kept.initiative_id, kept.run)
    return found[1] if found else {}


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
        f"SELECT coalesce(team, -1), coalesce(to_char({month}, 'YYYY-MM'), ''), sex, count(*), "  # noqa: S608 - listed above
        f"count(*) FILTER (WHERE {counted}), percentile_cont(0.5) WITHIN GROUP (ORDER BY {value or '0'}) "
        f"FROM facts WHERE {among} GROUP BY 1, 2, 3",
        day=day,
    )
    return {(team, word, sex): (many, hits, float(median)) for team, word, sex, many, hits, median in rows}
