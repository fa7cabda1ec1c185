"""What was written down about an event, field by field, in words. A field without words is shown by its code: never hidden."""

import re
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext

from samkraft.partners.rules.roles import ROLES, Role
from samkraft.values.wording import phrase
from samkraft.web import days, figures

FIELDS = {
    "about": phrase("Gäller"),
    "about_id": phrase("Gäller, nyckel"),
    "access_id": phrase("Behörighet på ärendet, nyckel"),
    "activity_id": phrase("Aktivitet, nyckel"),
    "added": phrase("Tillkom"),
    "after": phrase("Efter"),
    "agrees": phrase("Håller med"),
    "aid": phrase("Statligt stöd"),
    "aim": phrase("Syfte"),
    "amount_ore": phrase("Belopp"),
    "approved_ore": phrase("Godkänt belopp"),
    "area": phrase("Sekretessområde"),
    "area_id": phrase("Sekretessområde, nyckel"),
    "aside": phrase("Lämnade rummet"),
    "authority_id": phrase("Myndighet, nyckel"),
    "before": phrase("Före"),
    "binding": phrase("Bindande"),
    "body": phrase("Organ"),
    "carried": phrase("Fördes över från"),
    "case_number": phrase("Diarienummer"),
    "categories": phrase("Slag av uppgifter"),
    "change": phrase("Ändring"),
    "changes": phrase("Ändringar"),
    "classes": phrase("Förtursklasser"),
    "closes_date": phrase("Sista dag"),
    "code": phrase("Beteckning"),
    "codes": phrase("Antal koder"),
    "colour_scheme": phrase("Ljust eller mörkt"),
    "concerned": phrase("Antal som berörs"),
    "consent_id": phrase("Samtycke, nyckel"),
    "consequence": phrase("Följd"),
    "contribution_id": phrase("Uppgift, nyckel"),
    "count": phrase("Antal"),
    "cut": phrase("Platser som togs bort"),
    "date": phrase("Dag"),
    "day": phrase("Dag"),
    "decided_by": phrase("Beslutat av"),
    "decided_date": phrase("Beslutsdag"),
    "decision": phrase("Beslut"),
    "decisions": phrase("Antal beslut"),
    "deed": phrase("Åtgärd"),
    "digest": phrase("Kontrollsumma"),
    "disclosure": phrase("Utlämnande, nyckel"),
    "disclosure_id": phrase("Utlämnande, nyckel"),
    "document": phrase("Handling, nyckel"),
    "done": phrase("Gjordes"),
    "drawn": phrase("Antal som lottades"),
    "due_date": phrase("Senast"),
    "email": phrase("E-postadress"),
    "employer": phrase("Arbetsgivare"),
    "ended": phrase("Avslutades"),
    "ends_at": phrase("Slutar gälla"),
    "enrolments": phrase("Antal inskrivna"),
    "entry": phrase("Plats i kön, nyckel"),
    "fields": phrase("Uppgifter som lämnades ut"),
    "file": phrase("Fil"),
    "fingerprint": phrase("Kontrollsumma"),
    "first": phrase("Första dag"),
    "first_wishes": phrase("Fick sin första önskan"),
    "form": phrase("Form"),
    "found": phrase("Antal som hittades"),
    "frame_ore": phrase("Ram"),
    "from_age": phrase("Från ålder"),
    "from_date": phrase("Från och med"),
    "function": phrase("Funktion i projektet"),
    "gaps": phrase("Luckor"),
    "goals": phrase("Mål"),
    "gone": phrase("Försvann"),
    "ground": phrase("Grund"),
    "handed_over": phrase("Antal som lämnades över"),
    "heads": phrase("Antal personer"),
    "hidden": phrase("Antal som doldes"),
    "hold": phrase("Plats, nyckel"),
    "holds_from": phrase("Gäller från"),
    "hourly_ore": phrase("Timlön"),
    "how": phrase("Hur"),
    "indicator": phrase("Indikator"),
    "initiative": phrase("Insats"),
    "invitation": phrase("Inbjudan, nyckel"),
    "is_assumption": phrase("Antaget, inte hämtat ur källan"),
    "items": phrase("Antal rader"),
    "joins_team": phrase("Med i teamet"),
    "kept": phrase("Behölls"),
    "kind": phrase("Slag"),
    "known": phrase("Kändes redan till"),
    "language": phrase("Språk"),
    "last": phrase("Sista dag"),
    "last_date": phrase("Sista dag"),
    "led_to": phrase("Ledde till"),
    "left": phrase("Antal kvar"),
    "letters": phrase("Antal brev"),
    "level": phrase("Skyddsnivå"),
    "line_manager": phrase("Närmaste chef"),
    "lineage": phrase("Uppgiftens historia, nyckel"),
    "listed": phrase("Antal på listan"),
    "many": phrase("Antal"),
    "meeting": phrase("Möte, nyckel"),
    "member": phrase("Person i personalen"),
    "membership": phrase("Uppdrag, nyckel"),
    "membership_id": phrase("Uppdrag, nyckel"),
    "membership_ids": phrase("Uppdrag, nycklar"),
    "method": phrase("Läste eller ändrade"),
    "minutes": phrase("Minuter"),
    "month": phrase("Månad"),
    "months": phrase("Antal månader"),
    "moved": phrase("Antal som flyttades"),
    "name": phrase("Namn"),
    "new_date": phrase("Ny dag"),
    "new_due_date": phrase("Nytt datum"),
    "note": phrase("Anteckning"),
    "number": phrase("Nummer"),
    "numbers": phrase("Antal uppgifter"),
    "occasion": phrase("Tillfälle, nyckel"),
    "of": phrase("Av hur många"),
    "offered": phrase("Antal erbjudna"),
    "offers": phrase("Antal erbjudanden"),
    "on_date": phrase("Dag"),
    "opening": phrase("Ledig plats"),
    "ore_per_hour": phrase("Timkostnad"),
    "organisation": phrase("Organisation"),
    "outcome": phrase("Utfall"),
    "owner": phrase("Ägare"),
    "pack_digest": phrase("Underlagets kontrollsumma"),
    "page": phrase("Sida"),
    "paragraph": phrase("Paragraf"),
    "parent": phrase("Överordnat mål"),
    "part": phrase("Del av"),
    "passed": phrase("Antal som gicks förbi"),
    "pauses": phrase("Antal pauser"),
    "people": phrase("Antal personer"),
    "percent": phrase("Procent av heltid"),
    "period": phrase("Gäller"),
    "periods": phrase("Perioder"),
    "personal": phrase("Ger rätt att se personuppgifter"),
    "phases": phrase("Antal faser"),
    "places": phrase("Antal platser"),
    "places_after": phrase("Platser efter"),
    "places_before": phrase("Platser före"),
    "planned": phrase("Planerat"),
    "point": phrase("Punkt"),
    "points": phrase("Antal punkter"),
    "position": phrase("Plats i ordningen eller tjänst"),
    "probability": phrase("Sannolikhet"),
    "protected": phrase("Antal med skyddade uppgifter"),
    "quantity": phrase("Antal"),
    "quarters": phrase("Antal kvartar"),
    "query": phrase("Urval"),
    "question": phrase("Fråga"),
    "quorum": phrase("Beslutsför med"),
    "reason": phrase("Skäl"),
    "receiver": phrase("Mottagare"),
    "reference": phrase("Hänvisning"),
    "refused": phrase("Antal nekade"),
    "registration": phrase("Registrering, nyckel"),
    "removed": phrase("Togs bort"),
    "replications": phrase("Antal omkörningar"),
    "reply": phrase("Svar"),
    "resolution": phrase("Mötesbeslut"),
    "result": phrase("Resultat"),
    "review_date": phrase("Ses över"),
    "revision": phrase("Ändring nummer"),
    "role": phrase("Roll"),
    "route": phrase("Sida"),
    "rows": phrase("Antal rader"),
    "rule": phrase("Regel"),
    "rules": phrase("Regler"),
    "run": phrase("Körning, nyckel"),
    "scenario": phrase("Ändring som prövades, nyckel"),
    "scope_id": phrase("Del av samtycket, nyckel"),
    "scope_ids": phrase("Delar av samtycket, nycklar"),
    "secrecy_rule": phrase("Sekretessbestämmelse"),
    "sections": phrase("Antal avsnitt"),
    "seed": phrase("Lottens frö"),
    "session": phrase("Träff, nyckel"),
    "sessions": phrase("Antal träffar"),
    "sha256": phrase("Filens kontrollsumma"),
    "shape": phrase("Filens form"),
    "shared": phrase("Delas med andra"),
    "shares": phrase("Andelar"),
    "shown": phrase("Antal som visades"),
    "side": phrase("Part"),
    "size": phrase("Storlek"),
    "source": phrase("Källa"),
    "source_key": phrase("Källans nyckel"),
    "stage": phrase("Skede"),
    "stand_in": phrase("Ställföreträdare"),
    "start": phrase("Början"),
    "start_date": phrase("Första dag"),
    "starts_at": phrase("Börjar"),
    "state": phrase("Läge"),
    "statute": phrase("Lagrum"),
    "step": phrase("Steg"),
    "supervisor": phrase("Handledare"),
    "system": phrase("System"),
    "taken_back": phrase("Antal som togs tillbaka"),
    "target_groups": phrase("Målgrupper"),
    "targets": phrase("Antal mål"),
    "tasks": phrase("Antal uppgifter"),
    "team_id": phrase("Team, nyckel"),
    "text": phrase("Text"),
    "times": phrase("Antal tider"),
    "to_area_id": phrase("Till sekretessområde, nyckel"),
    "told": phrase("Antal som får veta"),
    "total_ore": phrase("Summa"),
    "unread": phrase("Gick inte att läsa"),
    "until": phrase("Till och med"),
    "user_id": phrase("Person i personalen, nyckel"),
    "value": phrase("Värde"),
    "verdict": phrase("Bedömning"),
    "version": phrase("Version"),
    "voice": phrase("Vem som sa det"),
    "waits": phrase("Antal väntetider"),
    "week": phrase("Vecka"),
    "why": phrase("Varför"),
    "without": phrase("Antal utan plats"),
    "workplace": phrase("Arbetsplats"),
    "writes_plan": phrase("Skriver planer"),
    "wrong": phrase("Antal fel"),
    "year": phrase("År"),
}
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}.*")


def name(field: str) -> str:
    """`amount_ore` as "Belopp"; the code itself for a field that has no words."""
    return gettext(FIELDS[field]) if field in FIELDS else field


def lines(field: str, value: object) -> list[str]:
    """A value as lines to read: amounts in kronor, days as they are written, yes and no; one line for each in a list."""
    if isinstance(value, dict):
        return [f"{name(one)}: {_said(one, each)}" for one, each in value.items()]
    if isinstance(value, list):
        return [_said(field, one) for one in value]
    return [_said(field, value)]


def _said(field: str, value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, bool):
        return gettext("ja") if value else gettext("nej")
    if isinstance(value, int) and (field.endswith("_ore") or field == "ore_per_hour"):
        return figures.kronor(value)
    if isinstance(value, str):
        return _text(field, value)
    return str(value)


def _text(field: str, value: str) -> str:
    if field == "role" and value in set(Role):
        return gettext(ROLES[Role(value)].name)
    try:
        if _DAY.fullmatch(value):
            return days.dated(date.fromisoformat(value))
        if _MOMENT.fullmatch(value) and isinstance(moment := parse_datetime(value), datetime):
            return days.moment(moment if timezone.is_aware(moment) else timezone.make_aware(moment))
    except ValueError:  # written like a day and is none: shown as it stands
        return value
    return value
