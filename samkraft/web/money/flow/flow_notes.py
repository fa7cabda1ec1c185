"""What stands under the flow: what is drawn thicker than it is, what is assumed, what no source tells."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samkraft.money.queries.figures import Row
from samkraft.money.queries.flow.flow import Flow
from samkraft.money.rules.contradictions import Choice
from samkraft.money.rules.settling import State
from samkraft.web import figures
from samkraft.web.charts.flow_picture import Picture
from samkraft.web.money.figures import figure_rows
from samkraft.web.money.flow import flow_tree
from samkraft.web.money.flow.flow_tree import Branch
from samkraft.web.money.space import Space

_NAMED = 3


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence, and where to see more or change it."""

    text: str
    source_url: str = ""
    change_url: str = ""
    both_url: str = ""


def of(flow: Flow, tree: Branch, picture: Picture | None, space: Space) -> list[Note]:
    """All notes, in order of weight."""
    notes = [*_thickened(flow, tree, picture), *_unknown(flow), *_assumed(flow, space)]
    notes += [*_disputed(flow, space), *_budgets(flow)]
    if flow.reversed_items and not flow.narrow.is_used:
        count = len(flow.reversed_items)
        notes.append(
            Note(
                ngettext(
                    "En beslutad post är vänd i bokföringen och räknas inte.",
                    "%(count)d beslutade poster är vända i bokföringen och räknas inte.",
                    count,
                )
                % {"count": count}
            )
        )
    return notes


def _thickened(flow: Flow, tree: Branch, picture: Picture | None) -> list[Note]:
    if picture is None:
        return []
    notes = []
    whole = flow.budget.ore
    if picture.remainder_is_thickened and picture.remainder and flow.unexplained_ore and whole:
        share = figures.percent(flow.unexplained_ore / whole, 1)
        notes.append(
            Note(_("Det streckade bandet är ritat tjockare än sin andel (%(share)s) för att synas.") % {"share": share})
        )
    thin = [branch for branch in _branches(tree) if branch.key in picture.thickened]
    if thin:
        named = ", ".join(
            f"{branch.name} ({figures.percent(flow_tree.share_of(branch, flow), 1)})" for branch in thin[:_NAMED]
        )
        more = len(thin) - _NAMED
        text = _("De här banden är ritade tjockare än sin andel för att synas: %(names)s.") % {"names": named}
        if more > 0:
            text = _("De här banden är ritade tjockare än sin andel för att synas: %(names)s och %(count)d till.") % {
                "names": named, "count": more,
            }  # fmt: skip
        notes.append(Note(text))
    return notes


def _branches(branch: Branch) -> list[Branch]:
    return [branch, *(found for part in branch.parts for found in _branches(part))]


def _unknown(flow: Flow) -> list[Note]:
    count = sum(path.amount_ore is None for path in flow.shown)
    if not count:
        return []
    text = ngettext(
        "Ett belopp står inte i källorna. Det ritas som ett tunt streckat band och räknas inte som noll.",
        "%(count)d belopp står inte i källorna. De ritas som tunna streckade band och räknas inte som noll.",
        count,
    )
    return [Note(text % {"count": count})]


def _assumed(flow: Flow, space: Space) -> list[Note]:
    return [
        Note(
            _("Att %(case)s beslutades är ett antagande. %(note)s") % {"case": item.case_number, "note": item.note},
            space.inside("document", item.document_id) if item.document_id else "",
            space.inside("matter", item.matter_id, anchor="registrera-beslut"),
        )
        for item in flow.assumed
    ]


def _disputed(flow: Flow, space: Space) -> list[Note]:
    """Sums that a source tells otherwise than what is decided: what is drawn is the decided sum, and both are kept."""
    shown = {path.body.code for path in flow.shown} | {path.receiver.code for path in flow.shown if path.receiver}
    return [
        Note(
            _("%(body)s: %(source)s säger %(told)s. %(settled)s")
            % {
                "body": row.body or row.said_by,
                "source": row.document,
                "told": figure_rows.told(row),
                "settled": settled(row),
            },
            both_url=where(row, space),
        )
        for row in flow.disputed
        if row.body_code in shown
    ]


def settled(row: Row) -> str:
    """What holds for a figure that another source contradicts, in a sentence; nothing when none does."""
    used = row.used
    if used is None:
        return ""
    if used.state is State.OPEN or used.choice is None:
        return _("En annan källa säger något annat, och det är inte utrett.")
    if used.choice is Choice.UNKNOWN:
        return _("Det är utrett och går inte att veta: %(reason)s") % {"reason": used.reason}
    if used.choice is Choice.NOT_SAME:
        return _("Det är utrett att källorna inte talar om samma sak: %(reason)s") % {"reason": used.reason}
    value = figure_rows.amount_of(used.value, row.unit)
    return _("Det är utrett. %(value)s används: %(reason)s") % {"value": value, "reason": used.reason}


def where(row: Row, space: Space) -> str:
    """The page with both sources; empty when there is none, or for the public."""
    return space.inside("contradiction", row.used.contradiction_id) if row.used else ""


def _budgets(flow: Flow) -> list[Note]:
    sources = dict.fromkeys(row.source for row in flow.budgets if row.source)
    notes = [Note(_("Budgetens källa: %(source)s.") % {"source": source.rstrip(".")}) for source in sources]
    if any(row.is_assumption for row in flow.budgets):
        notes.append(Note(_("En del av budgeten är ett antagande: inget beslut har hittats för den.")))
    return notes
