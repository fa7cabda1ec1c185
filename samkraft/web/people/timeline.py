"""What has happened, told by those who were there: one line for each thing that the reader's area holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samkraft.partners.queries.areas import AreaLabel
from samkraft.partners.rules.roles import ROLES, Role
from samkraft.people.rules import contents, details
from samkraft.people.rules.categories import may_be_released
from samkraft.people.rules.contents.choices import PauseReason, ReferralEnding, name_of
from samkraft.people.rules.held import Held, latest
from samkraft.values.period import STOCKHOLM
from samkraft.web import days

# What is told elsewhere on the page, or is a list of its own.
_NOT_HERE = frozenset({
    "card", "time_report", "time_attest", "progression", "progression_health", "sus_sheet", "own_system_note", "plan_version",
})  # fmt: skip
MOST = 12
# What the participant said in words of their own; a yes to the plan is no quotation.
_QUOTED = frozenset({"message", "goal", "correction", "need"})
# Of these only what holds now is told; how it came about is in the history of the thing itself.
_NEWEST_ONLY = frozenset({"meeting", "message", details.KIND})
# What has no page of its own where it could be handed over.
_HANDED_OVER_ALONE = frozenset({details.KIND, "referral", "referral_end"})


@dataclass(frozen=True, slots=True)
class Line:
    """One line: when, what kind in words, the text, who said it, and how it came here."""

    held: Held
    day: date
    heading: str
    text: str
    body: AreaLabel | None
    who: str
    voice: str
    shape: str
    received_from: str
    is_quote: bool
    goes_alone: bool = False  # said beside something, and handed over only when somebody here chooses to


def lines(
    held: Sequence[Held],
    bodies: dict[UUID, AreaLabel],
    *,
    body: str = "",
    everything: bool = False,
    only_told: bool = True,
) -> list[Line]:
    """Newest first, the latest of them unless everything is asked for; only of one area when `body` names its id.

    `only_told`: without what is told elsewhere on the person's page.
    """
    newest = {one.id for one in latest(held, *_NEWEST_ONLY)}
    wanted = [
        one
        for one in held
        if (one.kind not in _NOT_HERE or not only_told)
        and (not body or str(one.author_area_id) == body)
        and (one.kind not in _NEWEST_ONLY or one.id in newest)
        and (one.kind != details.KIND or _is_for_itself(one, newest))
    ]
    wanted = _one_a_day(wanted)
    wanted.sort(key=lambda one: (one.occurred_at, one.written_at, *_at_once(one), str(one.id)), reverse=True)
    return [_line(one, bodies) for one in (wanted if everything else wanted[:MOST])]


# What is written in one go, in the order in which it was done; the others stand between, as they come.
_IN_ORDER = ("enrolled", "team", "lead", "phase", "meeting", "minutes", "goal", "step", "exit", "follow_up")


def _at_once(one: Held) -> tuple[int, int]:
    """Where it stands among what was written at the same moment, alike for all who read; follow-ups by their months."""
    place = _IN_ORDER.index(one.kind) if one.kind in _IN_ORDER else -1
    return place, -int(one.content.get("months", 0)) if one.kind == "follow_up" else 0


def _one_a_day(wanted: Sequence[Held]) -> list[Held]:
    """Of what somebody wrote several versions of on one day, the last: the others are in the history of the thing."""
    last: dict[tuple[UUID, date, str], Held] = {}
    for one in wanted:
        key = (one.lineage, one.occurred_at.astimezone(STOCKHOLM).date(), one.author_name)
        if key not in last or last[key].version < one.version:
            last[key] = one
    kept = {one.id for one in last.values()}
    return [one for one in wanted if one.id in kept]


def _is_for_itself(held: Held, newest: set[UUID]) -> bool:
    """Whether a detail is told in a line of its own: it says something still, and it can be handed over."""
    return held.id in newest and len(held.content) > 1 and may_be_released(held.category)


def _line(held: Held, bodies: dict[UUID, AreaLabel]) -> Line:
    content = contents.read(held.kind, held.content)
    heading, text = _said(held, content)
    role = ROLES[Role(held.author_role)].name if held.author_role in set(Role) else ""
    return Line(
        held=held,
        day=held.occurred_at.astimezone(STOCKHOLM).date(),
        heading=heading if held.version == 1 or held.kind in _NEWEST_ONLY else _("{what}, ändrat").format(what=heading),
        text=text,
        body=bodies.get(held.author_area_id),
        who=f"{held.author_name}, {_(role).lower()}" if role else held.author_name,
        voice=held.voice,
        shape="received" if held.received else "own",
        received_from=bodies[held.received.from_area_id].name
        if held.received and held.received.from_area_id in bodies
        else "",
        is_quote=held.voice == "participant" and held.kind in _QUOTED,
        goes_alone=held.kind in _HANDED_OVER_ALONE and held.received is None,
    )


def _said(held: Held, content: Any) -> tuple[str, str]:
    """The kind in words and what it says. One small function for each kind that has something of its own to say."""
    teller = _TELLERS.get(held.kind)
    return teller(content) if teller else (held.kind, "")


def _step(content: Any) -> tuple[str, str]:
    parts = [content.title, name_of(content.state).lower()]
    if content.result:
        parts.append(content.result)
    return _("Steg"), " · ".join(parts)


def _meeting(content: Any) -> tuple[str, str]:
    when = content.starts_at.astimezone(STOCKHOLM)
    text = _("{purpose}, {day} kl. {clock}, {state}").format(
        purpose=_(name_of(content.purpose)),
        day=days.short(when.date()),
        clock=f"{when:%H.%M}",
        state=_(name_of(content.state)).lower(),
    )
    return _("Möte"), text


def _point(point: Any) -> str:
    """One point of the minutes: what it was about, how it closed and what was noted."""
    said = {"about": point.about, "closed": _(name_of(point.closed_as)), "text": point.text}
    return (_("%(about)s: %(closed)s. %(text)s") if point.text else _("%(about)s: %(closed)s.")) % said


def _detail(content: Any) -> tuple[str, str]:
    parts = []
    if content.reason_kind:
        parts.append(_("Orsak till pausen: {reason}").format(reason=_(name_of(content.reason_kind)).lower()))
    if content.outcome:
        parts.append(_("Utskriven till: {outcome}").format(outcome=_(name_of(content.outcome)).lower()))
    if content.situation:
        parts.append(_("Vid uppföljningen: {situation}").format(situation=_(name_of(content.situation)).lower()))
    if content.aim:
        parts.append(_("Målet leder till: {aim}").format(aim=_(name_of(content.aim)).lower()))
    if content.note:
        parts.append(content.note)
    return _("Lämnas ut för sig"), " · ".join(parts)


def _exit(content: Any) -> tuple[str, str]:
    return _("Utskriven"), _(name_of(content.outcome))


def _phase(content: Any) -> tuple[str, str]:
    return _("Fas {number}").format(number=content.number), content.reason


def _referral_end(content: Any) -> tuple[str, str]:
    reason = _(name_of(content.reason))
    parts = [days.dated(content.ended_on), content.note if content.reason is ReferralEnding.OTHER else reason]
    if content.note and content.reason is not ReferralEnding.OTHER:
        parts.append(content.note)
    return _("Remitteringen avslutad"), " · ".join(parts)


def follow_up_heading(months: int) -> str:
    """What a follow-up so many months after the exit is called."""
    return ngettext("Uppföljning efter {months} månad", "Uppföljning efter {months} månader", months).format(
        months=months
    )


_TELLERS: dict[str, Any] = {
    "step": _step,
    "meeting": _meeting,
    "exit": _exit,
    "phase": _phase,
    "referral": lambda one: (_(name_of(one.how)), one.reason),
    "referral_end": _referral_end,
    "enrolled": lambda one: (_("Inskriven"), ""),
    "team": lambda one: (_("Team"), one.team_name),
    "lead": lambda one: (_("Processledare"), one.name),
    "pause": lambda one: (_("Paus"), "" if one.reason_kind is PauseReason.NOT_TOLD else _(name_of(one.reason_kind))),
    "detail": _detail,
    "prolongation": lambda one: (_("Förlängning"), _(name_of(one.state))),
    "minutes": lambda one: (_("Anteckningar från mötet"), " · ".join(map(_point, one.points))),
    "contact_made": lambda one: (_("Kontakt"), _(name_of(one.how))),
    "message": lambda one: (_("Deltagaren skrev") if one.from_participant else _("Vi skrev"), one.text),
    "assessment_item": lambda one: (_(name_of(one.life_area)), one.text),
    "conclusion": lambda one: (_("Gemensam slutsats"), one.text),
    "dissent": lambda one: (_("Avvikande mening"), one.text),
    "correction": lambda one: (_("Deltagaren säger att något är fel"), one.text),
    "need": lambda one: (_("Behov"), one.text),
    "goal": lambda one: (_("Mål"), one.words),
    "plan_version": lambda one: (_("Planen lades fast"), _("version {number}").format(number=one.number)),
    "agreement": lambda one: (_("Ja till planen"), _("version {number}").format(number=one.version_number)),
    "handover": lambda one: (_("Överlämning"), _(name_of(one.state))),
    "education_level": lambda one: (_("Högsta avslutade utbildning"), _(name_of(one.level))),
    "study_plan": lambda one: (_("Studieplan"), " · ".join((one.direction, _(name_of(one.state))))),
    "follow_up": lambda one: (follow_up_heading(one.months), _(name_of(one.state))),
}
