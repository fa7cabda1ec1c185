"""What has happened with an employer, as one dated list: contacts, jobs, meetings and placements. Never who came."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samkraft.offer.queries import employers
from samkraft.offer.queries.employers import MeetingRow, PlacementRow
from samkraft.offer.rules import employers as rules
from samkraft.values.period import day_in_stockholm
from samkraft.web import days
from samkraft.web.offer.words import of


def events(employer_id: UUID, placements: Sequence[PlacementRow], held: Sequence[MeetingRow]) -> list[dict[str, Any]]:
    """The newest first."""
    found = [_contact(one) for one in employers.contacts(employer_id)]
    found += [_opening(one) for one in employers.openings(employer_id=employer_id)]
    found += [_placement(one) for one in placements]
    found += [_meeting(one) for one in held]
    return sorted(found, key=lambda one: one["when"], reverse=True)


def _contact(one: Any) -> dict[str, Any]:
    how, about = of(rules.KIND_NAMES, one.how), of(rules.ABOUT_NAMES, one.about)
    source = _("{how}. Skrivet av {name}.").format(how=how, name=one.by)
    if one.next_date:
        source = _("{how}. Skrivet av {name}. Nästa kontakt {day}.").format(
            how=how, name=one.by, day=days.dated(one.next_date)
        )
    shape = {"offers": "ok", "meets": "ok", "later": "needs", "no": "closed"}.get(one.led_to, "closed")
    return {
        "when": one.on_date, "heading": f"{about}: {of(rules.LED_NAMES, one.led_to).lower()}", "text": one.text,
        "kind": shape, "source": source,
    }  # fmt: skip


def _opening(one: Any) -> dict[str, Any]:
    return {
        "when": day_in_stockholm(one.told_at), "kind": "closed" if one.closed_at else "ok",
        "heading": ngettext("Ett jobb: {what}", "{many} jobb: {what}", one.places).format(
            many=one.places, what=one.headline
        ),
        "source": _("Berättat för {name}.").format(name=one.told_by),
    }  # fmt: skip


def _placement(one: PlacementRow) -> dict[str, Any]:
    return {
        "when": one.agreed_date, "kind": "closed" if one.cancelled_at else "ok",
        "heading": _("Överenskommelse om plats: {what}").format(what=one.name), "text": one.tasks,
        "url": reverse("offer:occasion", args=[one.occasion_id]),
        "source": _("Handledare {supervisor}. Skrivet av {name}.").format(
            supervisor=one.supervisor_name, name=one.agreed_by
        ),
    }  # fmt: skip


def _meeting(one: MeetingRow) -> dict[str, Any]:
    return {
        "when": day_in_stockholm(one.starts_at), "kind": "overdue" if one.cancelled_at else "ok",
        "heading": _("Rekryteringsmöte: {what}").format(what=one.headline), "text": one.cancel_reason,
        "url": reverse("employers:meeting", args=[one.id]),
        "source": _("Planerat av {name}.").format(name=one.planned_by),
    }  # fmt: skip
