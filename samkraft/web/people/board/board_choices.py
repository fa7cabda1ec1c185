"""What one chooses on the board: chips that combine, columns that sort. The address holds the whole choice."""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from urllib.parse import urlencode

from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from samkraft.people.queries.boards import Team
from samkraft.people.rules import boards
from samkraft.values.wording import phrase
from samkraft.web import figures

COLUMNS = (
    ("namn", phrase("Namn"), ""),
    ("fas", phrase("Fas"), "num"),
    ("dag", phrase("Dag"), "num"),
    ("steg", phrase("Nästa steg"), ""),
    ("", phrase("Väntar på"), ""),
    ("vantat", phrase("Väntat"), ""),
    ("kontakt", phrase("Kontakt"), ""),
    ("ledare", phrase("Processledare"), ""),
)
LARGEST_FIRST = {"vantat", "dag", "kontakt"}
_ARROWS = (
    '<svg viewBox="0 0 10 12" aria-hidden="true"><path class="sort-up" d="M1.5 4.5L5 1l3.5 3.5"/>'
    '<path class="sort-down" d="M1.5 7.5L5 11l3.5-3.5"/></svg>'
)


@dataclass(frozen=True, slots=True)
class Address:
    """The list's address: its filters are its query, in a fixed order, so that the same choice is the same link."""

    path: str
    query: tuple[tuple[str, str], ...] = ()

    def with_(self, **changed: str) -> str:
        """The same with some changed; an empty one goes away. A new choice begins on the first page."""
        kept = {key: value for key, value in self.query if key != "sida"} | changed
        text = urlencode({key: kept[key] for key in ORDER if kept.get(key)}, safe=",")
        return f"{self.path}?{text}" if text else self.path


ORDER = ("visa", "vilka", "q", "ordning", "fil", "sida")


@dataclass(frozen=True, slots=True)
class Choice:
    """What the address says: whose, which chips, which words of a name, in which order."""

    team: Team | None
    address: Address
    bits: int
    only_mine: bool
    has_left: bool
    typed: str
    words: tuple[str, ...]
    sort: str

    @property
    def narrows(self) -> bool:
        """Whether anything but whose list it is has been chosen."""
        return bool(self.bits or self.words)


def head(sort: str, address: Address, *, can_pick: bool) -> str:
    """The table's head: each column that sorts is a link, and says which way it is sorted."""
    cells = []
    every = (
        f'<input type="checkbox" aria-label="{escape(_("Markera alla"))}" data-picks-all hidden>' if can_pick else ""
    )
    for code, label, kind in COLUMNS:
        shown = escape(_(label))
        style = f' class="{kind}"' if kind else ""
        if not code:
            cells.append(f'<th scope="col"{style}>{shown}')
            continue
        state = "ascending" if sort == code else "descending" if sort == f"-{code}" else "none"
        down = {"ascending": True, "descending": False, "none": code in LARGEST_FIRST}[state]
        url = escape(address.with_(ordning=f"-{code}" if down else code))
        pick = every if code == "namn" else ""
        cells.append(
            f'<th scope="col" aria-sort="{state}"{style}>{pick}<a class="sort" href="{url}">{shown}{_ARROWS}</a>'
        )
    return mark_safe(f"<tr>{''.join(cells)}")  # noqa: S308 - words and addresses are escaped above


def chips(found: Mapping[str, int], bits: int, labels: Mapping[str, str], address: Address, offered: int = -1) -> str:
    """The chips: on shows its own total, off what is left if it is added; each is a link. `offered`: the bits to show."""
    on = [chip.code for chip in boards.CHIPS if chip.bit & bits]
    ordered = sorted(offered_chips(bits, offered), key=lambda chip: not chip.bit & bits)
    made = []
    for chip in ordered:
        is_on = bool(chip.bit & bits)
        codes = [code for code in on if code != chip.code] if is_on else [*on, chip.code]
        url = escape(address.with_(visa=",".join(codes)))
        many = found[chip.code]
        mark = _CHECK if is_on else _SHAPES[chip.shape]
        off = "" if is_on else " class=off"
        none = "" if many or is_on else " chip-none"
        here = " aria-current=true" if is_on else ""
        made.append(
            f'<li{off}><a class="ds-chip chip{none}" href="{url}"{here}>{mark}<span>{escape(labels[chip.code])}</span> '
            f'<b class="num">{figures.number(many)}</b></a>'
        )
    return mark_safe("".join(made))  # noqa: S308 - labels and addresses are escaped above


def offered_chips(bits: int, offered: int) -> list[boards.Chip]:
    """Those that are on, and those that mean something in the reader's initiatives."""
    return [chip for chip in boards.CHIPS if chip.bit & (bits | offered)]


_CHECK = '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="M20 6 9 17l-5-5"/></svg>'
_SHAPES = {
    kind: f'<svg class="shape shape-{kind}" viewBox="0 0 12 12" aria-hidden="true">{form}</svg>'
    for kind, form in {
        "ok": '<circle cx="6" cy="6" r="5"/>',
        "needs": '<path d="M6 0l6 6-6 6-6-6z"/>',
        "overdue": '<path d="M6 .5l6 10.5H0z"/>',
        "closed": '<rect x="1.5" y="1.5" width="9" height="9"/>',
    }.items()
}
