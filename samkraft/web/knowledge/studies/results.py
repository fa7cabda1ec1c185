"""A study's answer for its page: pictures and tables, out of what has been published, or out of what only an evaluator sees."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from samkraft.analysis.disclosure import release
from samkraft.knowledge.rules.studies import publishing, stages
from samkraft.knowledge.rules.studies.registrations import OUTCOME_NAMES, Registration
from samkraft.knowledge.rules.studies.stages import Kind
from samkraft.web import figures
from samkraft.web.knowledge.studies import interval_picture, words
from samkraft.web.knowledge.studies.interval_picture import Line, Picture


def of(held: stages.Study) -> dict[str, Any] | None:
    """Everything that the page shows of the answer; None while the reader may not see one."""
    published, answer = held.last(Kind.PUBLISHED), held.last(Kind.ESTIMATED)
    if published is None and answer is None:
        return None
    found = published.content["figures"] if published else answer.content if answer else {}
    promised, lines = held.registration, _lines(found)
    return {
        "is_published": published is not None, "headline": words.headline(found, promised),
        "may": words.may_be_said(found, promised), "may_not": words.may_not_be_said(found, promised),
        "picture": _picture(lines, promised), "lines": _table(lines), "tests": words.tests(found),
        "balance": words.balance(found), "sizes": _sizes(found),
        "is_plain": bool(published and not found.get("primary") and found.get("plain")),
        "counts": _counts(published.content["tables"], promised) if published else [],
    }  # fmt: skip


def _lines(found: Mapping[str, Any]) -> list[Line]:
    lines = []
    if one := found.get("primary") or found.get("plain"):
        lines.append(_line(_("Alla som drogs"), one, "main"))
    if one := found.get("complier"):
        lines.append(_line(_("De som kom"), one))
    if by_sex := found.get("by_sex"):
        for group, one in zip(by_sex["groups"], by_sex["effects"], strict=True):
            lines.append(_line(_(words.GROUPS[group]), one))
        lines.append(_line(_("Skillnad mellan könen"), by_sex["difference"]))
    lines += [_line(_("Arbete året före (kontroll)"), one) for one in found.get("placebo", [])]
    return lines


def _line(label: str, one: Mapping[str, float], kind: str = "beside") -> Line:
    told = _("%(many)s (%(low)s till %(high)s)") % {
        "many": words.signed(one["estimate"]), "low": words.points(one["low"]), "high": words.points(one["high"]),
    }  # fmt: skip
    return Line(label, told, one["estimate"], one["low"], one["high"], kind)


def _picture(lines: list[Line], promised: Registration) -> Picture | None:
    sought = promised.effect_points / 100
    if not lines:
        return None
    return interval_picture.draw(
        lines, sought=sought, sought_label=_("söktes"),
        points=[words.signed(value) for value in interval_picture.steps(lines, sought)],
        description=_("Skillnader i antal av hundra, med osäkerhet. Tabellen under bilden säger detsamma."),
    )  # fmt: skip


def _table(lines: list[Line]) -> list[dict[str, Any]]:
    return [
        {
            "label": one.label, "value": words.signed(one.value), "low": words.points(one.low), "high": words.points(one.high),
            "is_told": one.low > 0 or one.high < 0, "is_main": one.kind == "main",
        }
        for one in lines
    ]  # fmt: skip


def _sizes(found: Mapping[str, Any]) -> str:
    groups = found.get("groups")
    if not groups:
        return ""
    return _("%(drawn)s som drogs jämförda med %(others)s andra") % {
        "drawn": figures.number(groups[1]), "others": figures.number(groups[0]),
    }  # fmt: skip


def _counts(stored: Mapping[str, Any], promised: Registration) -> list[dict[str, str]]:
    """The published table of outcomes: lot, group, how many reached it, not, unknown; a dash for what is hidden."""
    passed = release.from_json(stored)
    names = {publishing.DRAWN: _("Dragna"), publishing.OTHERS: _("Andra")}
    rows = []
    for lot, lot_name in names.items():
        for group in (None, *words.GROUPS):
            where = {publishing.LOT: lot} | ({publishing.GROUP: group} if group else {})
            told = [passed.count(**where, **{publishing.OUTCOME: said}) for said in _SAID]
            rows.append({
                "lot": lot_name, "group": _(words.GROUPS[group]) if group else _("Alla"), "is_whole": group is None,
                "all": _count(passed.count(**where)), "yes": _count(told[0]), "no": _count(told[1]), "unknown": _count(told[2]),
            })  # fmt: skip
    return rows


_SAID = (publishing.YES, publishing.NO, publishing.UNKNOWN)


def _count(value: int | None) -> str:
    return release.HIDDEN if value is None else figures.number(value)


def outcome(promised: Registration) -> str:
    """The primary outcome in words."""
    return _(OUTCOME_NAMES[promised.outcome])
