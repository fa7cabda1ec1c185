"""The sessions of a person's place: how often the person was there, why not, and what the person must be told."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samkraft.partners.rules.roles import Role
from samkraft.people.actions.places import place_sessions, places
from samkraft.people.queries.places.person_places import PlaceRow
from samkraft.people.queries.places.person_sessions import Absence, Change
from samkraft.people.rules.categories import WRITES
from samkraft.people.rules.places import place_states as rules
from samkraft.values.wording import phrase
from samkraft.web import days
from samkraft.web.offer import words
from samkraft.web.sections import Section

_CHANGED = {
    rules.Event.SESSION_ADDED: phrase("Ny träff: {when}"),
    rules.Event.SESSION_MOVED: phrase("Träffen är flyttad till {when}"),
    rules.Event.SESSION_CANCELLED: phrase("Träffen {when} är inställd"),
}
MOST_ABSENCES = 8


def facts(row: PlaceRow) -> list[dict[str, str]]:
    """How often the person was there, and each absence with what is said of why."""
    if not row.noted.sessions:
        return []
    away = row.noted.absences
    lines = [{
        "text": _("Närvarande {there} av {noted} träffar").format(there=row.noted.there, noted=row.noted.sessions),
        "src": _("Noterat av {provider}").format(provider=row.provider),
    }]  # fmt: skip
    lines += [_absence(one) for one in reversed(away[-MOST_ABSENCES:])]
    if (more := len(away) - MOST_ABSENCES) > 0:
        lines.append({"text": ngettext("{n} frånvaro till", "{n} frånvaror till", more).format(n=more)})
    return lines


def _absence(one: Absence) -> dict[str, str]:
    presence = words.of(rules.PRESENCE_NAMES, one.presence).lower()
    day = days.dated(timezone.localdate(one.starts_at))
    if not one.reason_code:
        return {
            "text": _("{day}: {presence}, inte förklarad").format(day=day, presence=presence), "shape": "needs",
            "src": _("Noterat av {provider}").format(provider=one.noted_by),
        }  # fmt: skip
    why = words.of(rules.ABSENCE_REASONS, one.reason_code).lower()
    return {
        "text": _("{day}: {presence}, {why}").format(day=day, presence=presence, why=why), "shape": "closed",
        "src": " · ".join(part for part in (one.reason, one.said_by) if part),
    }  # fmt: skip


def to_explain(made: Any, row: PlaceRow, key: str) -> list[Section]:
    """Why the person was away, said afterwards: the unexplained first. Said again it replaces what was said before."""
    away = sorted(row.noted.absences, key=lambda one: (bool(one.reason_code), -one.starts_at.timestamp()))
    if not away or row.hold_id is None:
        return []
    writes = {one.value for one in WRITES.get(Role(made.request.by.role), frozenset())}
    reasons = {
        code: name
        for code, name in rules.ABSENCE_REASONS.items()
        if rules.REASON_CATEGORY.get(code) is None or rules.REASON_CATEGORY[code] in writes
    }
    fields: dict[str, forms.Field] = {
        "session": forms.ChoiceField(label=_("Träff"), choices=[(str(one.session_id), _said(one)) for one in away]),
        "reason_code": forms.ChoiceField(label=_("Varför"), choices=words.choices(reasons, empty=_("Välj"))),
        "reason": forms.CharField(
            label=_("Mer om varför"), required=False, max_length=300,
            help_text=_("Skriv inte om hälsa här. Utföraren ser aldrig varför någon var borta."),
        ),
    }  # fmt: skip

    def do(sent: Any) -> str:
        assert row.hold_id is not None  # an absence is from a place
        said = sent.cleaned_data
        places.explain_absence(
            by=made.request.by, person_id=made.person_id, hold_id=row.hold_id, session_id=UUID(said["session"]),
            reason_code=said["reason_code"], reason=said["reason"],
        )  # fmt: skip
        return _("Frånvaron är förklarad.")

    section = f"franvaro-{key}"
    left = sum(not one.reason_code for one in away)
    text = ngettext("{n} frånvaro är inte förklarad.", "{n} frånvaror är inte förklarade.", left).format(n=left)
    return [
        Section(
            section, _("Frånvaro, {activity}").format(activity=row.activity), made.form(section, fields),
            _("Förklara en frånvaro"), do, text=text if left else "", aside=True,
        )
    ]  # fmt: skip


def _said(one: Absence) -> str:
    when = words.when(one.starts_at)
    if not one.reason_code:
        return when
    return _("{when} (nu: {why})").format(when=when, why=words.of(rules.ABSENCE_REASONS, one.reason_code).lower())


def to_tell(made: Any, row: PlaceRow, key: str) -> list[Section]:
    """What was changed about a session that lies ahead, and a place or offer that is gone, until the person knows."""
    lost = [_lost(made, row, key)] if row.lost else []
    return lost + [
        _change(made, row, one, f"{key}-{number}") for number, one in enumerate(row.changes) if not one.is_known
    ]


def _lost(made: Any, row: PlaceRow, key: str) -> Section:
    told = row.lost
    assert told is not None  # asked for above

    def do(_sent: Any) -> str:
        places.note_offer_known(by=made.request.by, person_id=made.person_id, hold_id=told.hold_id)
        return _("Det är antecknat att personen vet.")

    said = _("{activity}: erbjudandet om {occasion} är tillbakataget")
    if told.is_cancelled:
        said = _("{activity}: {occasion} är inställt")
    facts = [
        {"text": said.format(activity=row.activity, occasion=told.occasion), "shape": "needs",
          "src": f"{told.reason} · {told.by} · {words.when(told.at)}"},
        {"text": _("Personen står kvar i kön, med samma plats.")},
    ]  # fmt: skip
    return Section(
        f"sag-till-erbjudande-{key}", _("Säg till personen"), None, _("Personen vet"), do, facts=facts, main=True
    )


def _change(made: Any, row: PlaceRow, one: Change, key: str) -> Section:
    def do(_sent: Any) -> str:
        assert row.hold_id is not None  # a change is of a place
        place_sessions.note_known(
            by=made.request.by, person_id=made.person_id, hold_id=row.hold_id, session_id=one.session_id
        )
        return _("Det är antecknat att personen vet.")

    said = _(_CHANGED[rules.Event(one.kind)]).format(when=words.when(one.starts_at))
    until = timezone.localtime(one.ends_at)
    facts = [{
        "text": f"{row.activity}: {said}", "shape": "needs",
        "src": " · ".join(part for part in (one.reason, one.place_name, f"{until:%H.%M}") if part),
    }]  # fmt: skip
    return Section(f"sag-till-{key}", _("Säg till personen"), None, _("Personen vet"), do, facts=facts, main=True)
