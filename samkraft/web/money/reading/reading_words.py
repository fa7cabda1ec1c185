"""What the confirm page says about a draft: lead, rows, sum ladder, and why it cannot be registered yet."""

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samkraft.money.queries.drafts import DraftPage
from samkraft.money.rules.decision_text import reading as read
from samkraft.money.rules.decision_text.told import Told
from samkraft.money.rules.registration import registration_questions
from samkraft.money.rules.registration.registration import PointRows, Row
from samkraft.money.rules.registration.registration_questions import Ask
from samkraft.money.rules.registration.sum_check import YearSum
from samkraft.values.wording import phrase
from samkraft.web import days

STATUS_WORDS = {
    read.PROPOSAL: phrase("Förslag till beslut"),
    read.DECIDED: phrase("Beslut"),
    read.REMITTED: phrase("Återremitterat"),
    read.TABLED: phrase("Bordlagt"),
    read.REJECTED: phrase("Avslaget"),
    read.UNKNOWN: phrase("Text utan beslut"),
}

_TELLS_BACK = re.compile(r"rapport|redovis", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table of points. `letters` are the open questions about it."""

    key: str
    number: str
    verb: str
    receiver: str
    is_inside: bool
    has_amount: bool
    ore: int | None
    when: str
    source: str
    letters: str
    is_edited: bool
    url: str
    label: str


def context(page: DraftPage, wrong: dict[str, tuple[str, str]]) -> dict[str, Any]:
    """Everything that the template needs."""
    still_open = page.open_questions
    heading = _("Läs in beslut: %(title)s") % {"title": page.now.title or page.now.case_number or _("utan rubrik")}
    return {
        "page": page,
        "heading": heading,
        "lead": _lead(page, len(still_open)),
        "paper_heading": _(STATUS_WORDS[page.reading.status]),
        "paragraphs": page.sheet.paragraphs,
        "questions": [_question(ask, wrong) for ask in page.asked],
        "open_count": len(still_open),
        "open_letters": _listed([ask.letter for ask in still_open]),
        "lines": [line for point in page.now.points for line in _lines(page, point, still_open)],
        "elsewhere": page.now.elsewhere,
        "ladders": [_ladder(page, each) for each in page.sums if not each.is_undecided],
        "bound": [each for each in page.sums if each.is_undecided],
        "parts": _parts(page),
        "removed": [(key, key.partition(".")[0]) for key in page.answers.get("removed", ())],
        "points_count": len(page.now.points),
        "body_name": page.names.get(page.now.decider_id, "") if page.now.decider_id else "",
        "shares_draft_text": page.text,
    }


def _lead(page: DraftPage, open_count: int) -> dict[str, Any]:
    meeting = page.reading.meetings[-1] if page.reading.meetings else None
    return {
        "kind": page.reading.facts.document_kind or _(STATUS_WORDS[page.reading.status]),
        "case_number": page.now.case_number,
        "meeting_body": meeting.body[:1].lower() + meeting.body[1:] if meeting else "",
        "meeting_day": days.full(_date(meeting.date)) if meeting and _date(meeting.date) else "",
        "is_proposal": page.reading.status == read.PROPOSAL,
        "points": ngettext("%(n)s punkt hittad", "%(n)s punkter hittade", len(page.now.points))
        % {"n": len(page.now.points)},
        "left": ngettext("%(n)s fråga kvar", "%(n)s frågor kvar", open_count) % {"n": open_count},
    }


def _date(text: str) -> Any:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _question(ask: Ask, wrong: dict[str, tuple[str, str]]) -> dict[str, Any]:
    typed, error = wrong.get(ask.key, ("", ""))
    return {
        "ask": in_words(ask),
        "typed": typed,
        "error": error,
        "undo_key": f"row:{ask.row}" if ask.given == registration_questions.BY_HAND and ask.row else ask.key,
        "row_label": _("Någon annan")
        if ask.kind in {"receiver", "reporter_is_not_receiver"}
        else _("Rätta")
        if ask.kind == "not_understood"
        else _("Ändra"),
    }


def in_words(ask: Ask) -> Ask:
    """A question in the reader's language: its words, its reason, the ready answers and the answer that was given."""
    return replace(
        ask,
        text=said(ask.text),
        why=said(ask.why),
        answers=tuple(replace(answer, label=said(answer.label)) for answer in ask.answers),
        given=said(ask.given),
    )


def said(text: str) -> str:
    """A sentence from the rules in the reader's language. Names and words of the text itself stay as they are."""
    if not isinstance(text, Told):
        return _(text) if text else ""
    details = {name: said(value) if isinstance(value, str) else value for name, value in text.details.items()}
    return _(text.template).format(**details)


def _lines(page: DraftPage, point: PointRows, still_open: list[Ask]) -> list[Line]:
    asked = [ask for ask in still_open if ask.point == point.number or ask.row.partition(".")[0] == point.number]
    verb = _(point.verb.value) if point.verb.value != "annat" else point.said_verb
    money = [row for row in point.rows if row.amount_ore is not None or row.is_added or point.posts]
    if not money:
        named = ", ".join(_short(page, row) for row in point.rows)
        if named and _TELLS_BACK.search(point.text):
            named = _("%(names)s: rapport") % {"names": named}
        words = named or _cut(point.text)
        key = point.rows[0].key if point.rows else f"{point.number}.n1"
        return [
            Line(
                key,
                point.number,
                verb,
                words,
                False,
                False,
                None,
                point.due,
                "",
                "".join(ask.letter for ask in asked),
                False,
                _row_url(page, key),
                words,
            )
        ]
    lines = []
    for place, row in enumerate(money):
        number = point.number if len(money) == 1 else f"{point.number}{chr(97 + place)}"
        own = [ask for ask in asked if ask.row == row.key or (not ask.row and place == 0) or _is_shared(ask, row)]
        letters = "".join(dict.fromkeys(ask.letter for ask in own))
        lines.append(
            Line(
                row.key, number, verb, _name(page, row), bool(row.paid_by), True, row.amount_ore,
                _years(row) if row.years else (point.due or "?"), _source(page, row), letters, row.is_edited,
                _row_url(page, row.key), f"{number} {_name(page, row)}",
            )
        )  # fmt: skip
    return lines


def _is_shared(ask: Ask, row: Row) -> bool:
    return ask.kind == "missing_year" and not row.years


def _row_url(page: DraftPage, key: str) -> str:
    return reverse("money:draft_row", args=[page.id, key])


def _short(page: DraftPage, row: Row) -> str:
    return page.short_names.get(row.receiver_id, row.words) if row.receiver_id else row.words


def _name(page: DraftPage, row: Row) -> str:
    return page.names.get(row.receiver_id, row.words) if row.receiver_id else (row.words or "?")


def _cut(words: str) -> str:
    return words if len(words) <= 70 else words[:69].rstrip() + "…"


def _years(row: Row) -> str:
    if len(row.years) == 1:
        return str(row.years[0])
    if row.years == tuple(range(row.years[0], row.years[-1] + 1)):
        told = f"{row.years[0]}–{row.years[-1]}"
    else:
        told = ", ".join(map(str, row.years))
    return _("%(years)s, per år") % {"years": told} if row.split == "each" else told


def _source(page: DraftPage, row: Row) -> str:
    if row.amount_ore is None:
        return ""
    if row.paid_by:
        return _("p. %(point)s") % {"point": row.paid_by}
    if row.appropriation:
        return _("Anslag")
    return _("egen ram") if row.appropriation == "" else "?"


def _ladder(page: DraftPage, each: YearSum) -> dict[str, Any]:
    """The rows of the sum ladder for a family and year."""
    note = _which_are_new(page, each.year)
    rows: list[dict[str, Any]] = [
        {"label": _("Nya pengar i ärendet"), "note": note, "ore": each.new_ore, "kind": "part"}
    ]
    rows += [
        {
            "label": _("Beslutat tidigare %(year)s") % {"year": each.year},
            "note": f"{earlier.title}, {earlier.case_number}",
            "ore": earlier.amount_ore,
            "kind": "earlier",
        }
        for earlier in each.earlier
    ]
    left = each.left_ore
    if left is None:
        rows.append(
            {
                "label": _("Kvar att förklara"),
                "note": _("Ingen källa säger hur stor budgeten är."),
                "ore": None,
                "kind": "earlier",
            }
        )
    elif left > 0:
        rows.append({"label": _("Kvar att förklara"), "note": "", "ore": left, "kind": "unexplained"})
    elif left < 0:
        rows.append({"label": _("Mer än budgeten"), "note": "", "ore": -left, "kind": "unexplained"})
    else:
        rows.append({"label": _("Går jämnt ut"), "note": "", "ore": 0, "kind": "agrees"})
    rows.append(
        {
            "label": _("Budget %(year)s") % {"year": each.year},
            "note": each.family,
            "ore": each.budget_ore,
            "kind": "total",
        }
    )
    return {
        "rows": rows,
        "caption": _("%(family)s %(year)s: summa mot budget") % {"family": each.family, "year": each.year},
    }


def _which_are_new(page: DraftPage, year: int) -> str:
    """Which points bring new money that year, and which are paid by another point."""
    new: list[str] = []
    paid: dict[str, list[str]] = {}
    for row in page.now.money_rows:
        if row.years and year not in row.years:
            continue
        if row.paid_by:
            paid.setdefault(row.paid_by, []).append(row.point)
        elif row.appropriation:
            new.append(row.point)
    told = [_("p. %(points)s.") % {"points": _listed(list(dict.fromkeys(new)))}] if new else []
    told += [
        _("Punkt %(points)s betalas ur %(payer)s.") % {"points": _listed(list(dict.fromkeys(points))), "payer": payer}
        for payer, points in paid.items()
    ]
    return " ".join(told)


def _parts(page: DraftPage) -> list[dict[str, Any]]:
    if len(page.parts) < 2:
        return []
    return [
        {
            "number": place,
            "title": part.facts.title or part.case_number or _("Ärende %(n)s") % {"n": place + 1},
            "case_number": part.case_number or "",
            "paragraph": part.facts.paragraph or "",
            "ore": part.total_ore,
            "current": place == page.part,
        }
        for place, part in enumerate(page.parts)
    ]


def _listed(letters: list[str]) -> str:
    if len(letters) < 2:
        return "".join(letters)
    return _("%(most)s och %(last)s") % {"most": ", ".join(letters[:-1]), "last": letters[-1]}
