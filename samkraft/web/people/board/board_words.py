"""The board's heading and the words around it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from samkraft.people.queries.boards import Frame, Team
from samkraft.people.rules import boards
from samkraft.values.wording import phrase
from samkraft.web.people.board.board_choices import Choice

# Half a year, as initiatives write it.
_HALF_YEAR = range(180, 185)

# What the list holds when one chip is on, said as part of the heading.
_WHO = {
    "oss": phrase("deltagare som väntar på oss"),
    "deltagaren": phrase("deltagare som vi väntar på"),
    "forsenat": phrase("deltagare med något försenat"),
    "utan-plan": phrase("deltagare utan plan"),
    "mote-i-dag": phrase("deltagare med möte i dag"),
    "over-gransen": phrase("deltagare över tidsgränsen"),
    "samtycke": phrase("deltagare vars samtycke går ut"),
    "tidrapport": phrase("deltagare utan tidrapport"),
    "program": phrase("deltagare vars programbeslut går ut"),
    "pausad": phrase("deltagare med paus"),
}


@dataclass(frozen=True, slots=True)
class Words:
    """The heading, how many are shown of how many, and what the days are counted against."""

    heading: str
    shown: int
    total: int
    every_url: str
    day_note: str
    export_url: str
    csv_url: str
    more_chips: int
    is_empty: bool


def of(choice: Choice, frame: Frame, shown: int, total: int) -> Words:
    """All of it, for one page."""
    address = choice.address
    return Words(
        heading=_heading(choice),
        shown=shown,
        total=total,
        every_url=address.with_(visa="", q=""),
        day_note=_day_note(frame),
        export_url=address.with_(fil="xlsx"),
        csv_url=address.with_(fil="csv"),
        more_chips=(offered(frame) & ~choice.bits).bit_count(),
        is_empty=total == 0,
    )


def _heading(choice: Choice) -> str:
    on = [chip.code for chip in boards.CHIPS if chip.bit & choice.bits]
    if choice.words or len(on) > 1:
        who = _("ditt urval")
    elif on:
        who = _(_WHO[on[0]])
    elif choice.has_left:
        who = _("de som är utskrivna")
    else:
        who = _("mina deltagare") if choice.only_mine else _("alla deltagare")
    if choice.team is None:
        return who[:1].upper() + who[1:]
    return _("%(team)s · %(who)s") % {"team": choice.team.name, "who": who}


def chip_labels(frame: Frame) -> dict[str, str]:
    """Each chip's label; the limit is said as what it is where all initiatives have the same half year."""
    labels = {chip.code: _(chip.label) for chip in boards.CHIPS}
    if (limit := _limit(frame)) is not None and limit in _HALF_YEAR:
        labels["over-gransen"] = _(boards.SIX_MONTHS)
    return labels


def offered(frame: Frame) -> int:
    """The chips' bits that mean something in the reader's initiatives."""
    here = {team.initiative_id for team in frame.teams}
    return boards.asked_by(way for key, way in frame.day.ways.items() if key in here or not here)


def _limit(frame: Frame) -> int | None:
    """The one limit in days that the reader's initiatives have; None when they have none or different ones."""
    here = {team.initiative_id for team in frame.teams}
    limits = {way.limit_days for key, way in frame.day.ways.items() if key in here or not here}
    limits.discard(None)
    return limits.pop() if len(limits) == 1 else None


def _day_note(frame: Frame) -> str:
    limit = _limit(frame)
    if limit is None:
        return _("Dag räknas mot fasens riktmärke")
    return _("Dag räknas mot gränsen %(days)d dagar i de faser som räknas") % {"days": limit}


def file_name(team: Team | None) -> str:
    """What an exported file is called."""
    return team.name if team else _("deltagare")
