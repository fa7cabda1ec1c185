"""The paths of a year as a tree of nodes with words and addresses: council, matters, bodies, uses."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samkraft.money.queries.decided_items import State
from samkraft.money.queries.flow.flow import Flow, FlowPath
from samkraft.money.rules.flow import flow_paths
from samkraft.money.rules.flow.flow_paths import Amount
from samkraft.money.rules.points import SUPPORT_LABELS, Support, Verb
from samkraft.money.rules.uses import STAGE_LABELS
from samkraft.web import days, figures
from samkraft.web.money.space import Space

SERIES = 5


@dataclass(slots=True)
class Branch:
    """A node: its words, its sum, where it leads, and what comes after it."""

    key: str
    column: int
    name: str
    url: str
    series: int
    amount: Amount = field(default_factory=Amount)
    note: str = ""
    is_waiting: bool = False
    parts: list["Branch"] = field(default_factory=list)
    paths: list[FlowPath] = field(default_factory=list)

    @property
    def is_unknown(self) -> bool:
        """Whether nothing at all is known of how much."""
        return self.amount.unknown > 0 and self.amount.known_ore == 0

    @property
    def amount_words(self) -> str:
        """The sum; what is unknown is said and never counted as nothing."""
        return in_words(self.amount)

    @property
    def spoken(self) -> str:
        """Everything about the node as one sentence, for those who hear the picture."""
        return ", ".join(part for part in (self.name, self.amount_words, self.note) if part)


def in_words(amount: Amount) -> str:
    """A sum of which some parts may be unknown."""
    if not amount.unknown:
        return figures.kronor(amount.known_ore)
    if not amount.known_ore:
        return figures.unknown()
    return _("%(known)s + okänt") % {"known": figures.kronor(amount.known_ore)}


def grow(flow: Flow, space: Space) -> Branch:
    """The tree of what is shown."""
    series = _series(flow)
    root = Branch("council", 0, _("Kommunfullmäktige"), address(flow, space), 0)
    root.amount = flow.total_shown if flow.narrow.is_used or not flow.budgets else flow.budget
    root.note = _root_note(flow)
    for path in flow.shown:
        matter = _find(root, _matter(flow, space, path))
        body = _find(matter, _body(flow, space, path, matter, series))
        use = _find(body, _use(flow, space, path, body))
        for branch in (matter, body, use):
            branch.amount = branch.amount.plus(path.amount_ore)
            branch.is_waiting = branch.is_waiting or path.is_waiting
            branch.paths.append(path)
    for matter in root.parts:
        matter.parts.sort(key=lambda branch: (-branch.amount.known_ore, branch.name))
        for body in matter.parts:
            body.note = _body_note(body)
            body.parts.sort(key=lambda branch: (-branch.amount.known_ore, branch.name))
    root.parts.sort(key=lambda branch: (-branch.amount.known_ore, branch.name))
    return root


def address(flow: Flow, space: Space, **narrow: str) -> str:
    """The permanent address of a view of this year."""
    return space.url("flow", **query(flow, **narrow))


def query(flow: Flow, **narrow: str) -> dict[str, str]:
    """What the address of a view says."""
    return {"ar": str(flow.year), "satsning": flow.members[0].code, **narrow}


def _find(parent: Branch, wanted: Branch) -> Branch:
    """The part of the parent with the same key; the wanted one becomes it when there is none."""
    for part in parent.parts:
        if part.key == wanted.key:
            return part
    parent.parts.append(wanted)
    return wanted


def _root_note(flow: Flow) -> str:
    if flow.narrow.is_used:
        budget = flow.budget.ore
        if budget is None:
            return _("av en budget som är okänd")
        return _("av budgeten på %(amount)s") % {"amount": figures.kronor(budget)}
    if not flow.budgets:
        return _("budgeten för %(year)d är inte registrerad") % {"year": flow.year}
    if flow.budget.unknown:
        return _("hela budgeten för %(year)d står inte i källorna") % {"year": flow.year}
    return _("budget %(year)d") % {"year": flow.year}


def _matter(flow: Flow, space: Space, path: FlowPath) -> Branch:
    item = path.item
    branch = Branch(f"m{item.matter_id}", 1, item.case_number, address(flow, space, arende=item.case_number), 0)
    branch.note = _decided_words(path)
    return branch


def _decided_words(path: FlowPath) -> str:
    """How sure it is, shortly: the table has the day."""
    if path.is_waiting:
        return _("bundet, väntar på budget")
    if path.item.is_assumption:
        return _("antaget beslut")
    if path.item.date_words:
        return _("beslutat %(year)d") % {"year": path.item.decided_date.year}
    return _("beslutat %(day)s") % {"day": days.dated(path.item.decided_date)}


def _body(flow: Flow, space: Space, path: FlowPath, matter: Branch, series: dict[str, int]) -> Branch:
    return Branch(
        f"{matter.key}b{path.body.id}",
        2,
        path.body.name,
        address(flow, space, namnd=path.body.code),
        series[path.body.code],
    )


def _body_note(body: Branch) -> str:
    verbs = {path.item.verb for path in body.paths}
    if all(path.is_direct for path in body.paths):
        return _("beviljar direkt ur anslaget")
    return _("överfört") if verbs == {Verb.TRANSFERS} else ""


def _use(flow: Flow, space: Space, path: FlowPath, body: Branch) -> Branch:
    item, narrow = path.item, {"namnd": path.body.code}
    if path.outflow or path.receiver:
        key = f"r{path.receiver.code if path.receiver else path.receiver_name}"
        if path.receiver:
            narrow["till"] = path.receiver.code
    else:
        key = "u" + "".join(str(use.id) for use in path.uses)
        narrow["del"] = item.fund_code
    branch = Branch(f"{body.key}f{item.fund_id}{key}", 3, _use_name(path), address(flow, space, **narrow), body.series)
    branch.note = _use_note(flow, path)
    return branch


def _use_name(path: FlowPath) -> str:
    if path.outflow:
        purpose = path.outflow.purpose
        is_name = purpose.isalpha() and purpose.casefold() not in path.receiver_name.casefold()
        brief = purpose if is_name else ""
        return f"{path.receiver_name} ({brief})" if brief else path.receiver_name
    if path.receiver and len(path.uses) == 1:
        return path.uses[0].title
    if path.uses:
        return _joined([use.title for use in path.uses])
    return path.item.purpose or path.item.fund_name


def _joined(titles: Sequence[str]) -> str:
    """Some uses by name and the rest by number."""
    if len(titles) <= 3:
        return ", ".join(titles)
    rest = len(titles) - 2
    more = ngettext("%(count)d till", "%(count)d till", rest) % {"count": rest}
    return _("%(first)s, %(second)s och %(more)s") % {"first": titles[0], "second": titles[1], "more": more}


def _use_note(flow: Flow, path: FlowPath) -> str:
    if path.outflow:
        return _(SUPPORT_LABELS[path.outflow.support]) if path.outflow.support else ""
    if len(path.uses) > 1:
        return _("fördelningen mellan dem är okänd")
    if path.uses and path.receiver and path.uses[0].support is not Support.FRAME:
        return _(SUPPORT_LABELS[path.uses[0].support])
    if path.uses:
        return _(STAGE_LABELS[path.uses[0].stage])
    if path.item.purpose:
        return _("hur det användes står inte i källorna") if not path.is_waiting else ""
    return _("användningen står inte i källorna") if not path.is_waiting else ""


def _series(flow: Flow) -> dict[str, int]:
    """Each body's step in the palette, the same however the year is narrowed: largest first."""
    sums: dict[str, Amount] = {}
    for path in flow.paths:
        sums[path.body.code] = sums.get(path.body.code, Amount()).plus(path.amount_ore)
    order = sorted(sums, key=lambda code: (-sums[code].known_ore, code))
    return {code: place % SERIES + 1 for place, code in enumerate(order)}


def share_of(branch: Branch, flow: Flow) -> float:
    """The branch's part of all that is drawn, between 0 and 1."""
    whole = flow.total_shown.known_ore if flow.narrow.is_used else max(flow.budget.known_ore, flow.allocated.known_ore)
    return branch.amount.known_ore / whole if whole else 0.0


def state_words(path: FlowPath) -> str:
    """Where the money stands, with the day."""
    item = path.item
    if item.state is State.WAITING:
        return _("bundet, väntar på fullmäktiges budget %(year)d") % {"year": item.year}
    if item.is_assumption:
        return _("antaget beslut %(day)s") % {"day": days.dated(item.decided_date)}
    return _("beslutat %(when)s") % {"when": item.date_words or days.dated(item.decided_date)}


def sum_of(paths: Sequence[FlowPath]) -> Amount:
    """The sum of some paths."""
    return flow_paths.total(path.amount_ore for path in paths)
