"""Which rows of the time reports are shown: a filter, a team, a name or a form's code, and one page of them at a time."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.translation import gettext as _

from samkraft.people.rules import naming
from samkraft.people.rules.months import form_codes
from samkraft.people.rules.months.months import Line, State
from samkraft.web.months import codes
from samkraft.web.months.frames import Place

ON_A_PAGE = 50
LONGEST_SEARCH = 100
MISSING, UNATTESTED, LITTLE = "saknas", "attestera", "lite"


def sought(choice: Mapping[str, str]) -> str:
    """What was typed to find somebody: a name, or what stands on the form. `kod` is how older links say it."""
    return (choice.get("q") or choice.get("kod") or "").strip()[:LONGEST_SEARCH]


def is_wrong_code(text: str) -> bool:
    """Whether it was meant as a code and cannot be one: no name has a figure in it."""
    return any(sign.isdigit() for sign in text) and form_codes.read(text) is None


def narrowed(choice: Mapping[str, str], where: Place, lines: Sequence[Line], keep: Collection[UUID] = ()) -> list[Line]:
    """Of one team and one state; or, of all, whoever has the name or the form with the code. What is in `keep` stays."""
    if text := sought(choice):
        return _found(text, where, lines)
    team, state = choice.get("team", ""), choice.get("visa", "")
    return [
        line
        for line in lines
        if line.enrolment_id in keep or ((not team or str(line.team_id) == team) and _is_in(line, state, where))
    ]


def _found(text: str, where: Place, lines: Sequence[Line]) -> list[Line]:
    signs = form_codes.read(text)
    if signs and (own := [one for one in lines if codes.of(codes.TIME, one.enrolment_id, where.month) == signs]):
        return own
    typed = [] if is_wrong_code(text) else naming.words(text)
    return [one for one in lines if typed and _is_named(one, typed)]


def _is_named(line: Line, typed: Sequence[str]) -> bool:
    own = naming.words(line.name)
    return all(any(word.startswith(part) for word in own) for part in typed)


def _is_in(line: Line, state: str, where: Place) -> bool:
    if state == MISSING:
        return line.state(where.month, where.least) is State.MISSING
    if state == UNATTESTED:
        return line.state(where.month, where.least) is State.UNATTESTED
    return line.is_too_little(where.month, where.least) if state == LITTLE else True


def paged(
    choice: Mapping[str, str], lines: Sequence[Line], keep: Collection[UUID] = ()
) -> tuple[Page[Line], list[Line]]:
    """The page that is asked for and its rows; what was just dealt with is among them even if it had moved to another."""
    page = Paginator(lines, ON_A_PAGE).get_page(choice.get("page"))
    own = list(page.object_list)
    here = {line.enrolment_id for line in own}
    return page, own + [line for line in lines if line.enrolment_id in keep and line.enrolment_id not in here]


def page_after(lines: Sequence[Line], every: Sequence[Line], last: UUID) -> int:
    """The page of the first row that comes after one that was shown: rows that are done may have left the list."""
    place = {line.enrolment_id: number for number, line in enumerate(every)}
    shown = place.get(last, -1)
    first = next((number for number, line in enumerate(lines) if place[line.enrolment_id] > shown), len(lines) - 1)
    return max(first, 0) // ON_A_PAGE + 1


def address(where: Place, choice: Mapping[str, str], **changed: str | int) -> str:
    """The list with the same choice, but for what is changed."""
    kept = {key: choice.get(key, "") for key in ("visa", "team", "q", "kod", "page")} | changed
    query = urlencode({key: value for key, value in kept.items() if value})
    base = reverse("months:entry", args=[where.code, where.month])
    return f"{base}?{query}" if query else base


def chips(choice: Mapping[str, str], where: Place, lines: Sequence[Line]) -> list[dict[str, Any]]:
    """The list's filters, with how many each leaves."""
    team, here = choice.get("team", ""), choice.get("visa", "")
    own = [line for line in lines if not team or str(line.team_id) == team]
    labels = {"": _("Alla"), MISSING: _("Rapport saknas"), UNATTESTED: _("Att attestera"), LITTLE: _("Under gränsen")}
    return [
        {
            "label": label,
            "count": sum(_is_in(line, key, where) for line in own),
            "on": key == here and not sought(choice),
            "url": address(where, {"team": team}, visa=key),
        }
        for key, label in labels.items()
    ]
