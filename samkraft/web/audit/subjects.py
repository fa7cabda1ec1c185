"""Whom or what an event is about, in words: its name where it has one that the reader may have, else its kind and number.

A person's name never stands in the trail. People are shown by their key's first characters, enough to follow one through.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from uuid import UUID

from django.utils.translation import gettext

from samkraft.audit.queries.events import EventRow
from samkraft.initiatives.queries import codes
from samkraft.offer.queries import catalogue
from samkraft.values.wording import phrase

SHORT = 8
KINDS = {
    "audit.event": phrase("händelse"),
    "audit.events": phrase("händelseloggen"),
    "initiatives.board": phrase("styrgrupp"),
    "initiatives.duty": phrase("uppgift i årshjulet"),
    "initiatives.feed": phrase("årshjulet som kalender"),
    "initiatives.goal": phrase("mål"),
    "initiatives.handbook_version": phrase("metodstödets version"),
    "initiatives.initiative": phrase("insats"),
    "initiatives.meeting": phrase("möte"),
    "initiatives.resolution": phrase("beslut"),
    "initiatives.risk": phrase("risk"),
    "initiatives.staff_place": phrase("bemanning"),
    "initiatives.team": phrase("team"),
    "knowledge.allotment": phrase("förslag till platser"),
    "knowledge.forecast": phrase("prognos"),
    "knowledge.release": phrase("publicerade tabeller"),
    "knowledge.scenario": phrase("scenario"),
    "knowledge.series": phrase("inläst serie"),
    "knowledge.snapshot": phrase("ögonblicksbild"),
    "knowledge.study": phrase("studie"),
    "money.access_request": phrase("begäran om handlingar"),
    "money.appropriation": phrase("anslag"),
    "money.contradiction": phrase("uppgifter som skiljer sig"),
    "money.document": phrase("dokument"),
    "money.draft": phrase("utkast till beslut"),
    "money.economy_account": phrase("konto"),
    "money.eu_claim": phrase("ansökan om utbetalning"),
    "money.eu_project": phrase("EU-projekt"),
    "money.figure": phrase("siffra"),
    "money.fund": phrase("satsning"),
    "money.grant": phrase("bidrag"),
    "money.grantapplication": phrase("ansökan om bidrag"),
    "money.grantattachment": phrase("bilaga"),
    "money.grantcall": phrase("utlysning"),
    "money.grantreport": phrase("rapport om bidrag"),
    "money.grantsample": phrase("stickprov"),
    "money.matter": phrase("ärende"),
    "money.pot": phrase("pott"),
    "money.report": phrase("redovisning"),
    "money.reportquestion": phrase("fråga"),
    "money.request": phrase("äskande"),
    "money.use": phrase("användning av medel"),
    "money.voucher": phrase("verifikation"),
    "offer.activity": phrase("aktivitet"),
    "offer.employer": phrase("arbetsgivare"),
    "offer.occasion": phrase("tillfälle"),
    "offer.proposal": phrase("förslag till aktivitet"),
    "offer.recruitment_meeting": phrase("rekryteringsmöte"),
    "offer.session": phrase("träff"),
    "offer.summer_round": phrase("sommarens omgång"),
    "offer.vacancies": phrase("lediga jobb"),
    "partners.area": phrase("sekretessområde"),
    "partners.area_decision": phrase("beslut om sekretessområden"),
    "partners.errand": phrase("något i bakgrunden"),
    "partners.membership": phrase("uppdrag"),
    "partners.organisation": phrase("organisation"),
    "partners.stand_in": phrase("ersättare"),
    "partners.user": phrase("användare"),
    "people.break_glass": phrase("nödöppning"),
    "people.call_list": phrase("ringlista"),
    "people.caseload": phrase("lista över deltagare"),
    "people.import": phrase("inläst fil"),
    "people.invitation": phrase("inbjudan"),
    "people.month": phrase("månad"),
    "people.referrals": phrase("remitteringar"),
    "people.study_plans": phrase("studieplaner"),
    "people.person": phrase("person"),
    "people.place": phrase("plats"),
    "people.recruitment": phrase("inbjudan till rekryteringsmöte"),
    "people.saved_view": phrase("sparat urval"),
    "people.staff_hours": phrase("personalens timmar"),
    "people.summer_applicant": phrase("sökande till Ung i sommar"),
    "people.summer_guardian": phrase("vårdnadshavare"),
    "people.summer_link": phrase("länk till Ung i sommar"),
    "people.summer_placement": phrase("plats i Ung i sommar"),
    "people.summer_round": phrase("sommarens omgång"),
    "people.times": phrase("tider att välja bland"),
    "web.page": phrase("sida"),
}
_NAMES: dict[str, Callable[[Collection[UUID]], Mapping[UUID, str]]] = {
    "initiatives.initiative": codes.names_of_initiatives,
    "initiatives.team": codes.names_of_teams,
    "offer.activity": catalogue.names_of_activities,
    "offer.occasion": catalogue.names_of_occasions,
}


def in_words(rows: Iterable[EventRow]) -> list[str]:
    """For each event whom or what it is about; empty when it is about nothing in particular."""
    asked = list(rows)
    names = {kind: find(_ids(kind, asked)) for kind, find in _NAMES.items()}
    return [_said(row, names) for row in asked]


def _ids(kind: str, rows: Iterable[EventRow]) -> set[UUID]:
    return {key for row in rows if row.subject_kind == kind and not row.subject_name and (key := _key(row))}


def _key(row: EventRow) -> UUID | None:
    try:
        return UUID(row.subject_id)
    except ValueError:  # some things go by a code
        return None


def _said(row: EventRow, names: Mapping[str, Mapping[UUID, str]]) -> str:
    if row.subject_name:
        return row.subject_name
    kind = gettext(KINDS[row.subject_kind]) if row.subject_kind in KINDS else row.subject_kind
    if not row.subject_id:
        return kind if row.subject_kind in KINDS else ""
    key = _key(row)
    if key and (name := names.get(row.subject_kind, {}).get(key)):
        return name
    return f"{kind} {row.subject_id[:SHORT] if key else row.subject_id}"
