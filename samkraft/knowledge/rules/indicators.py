"""Every indicator, defined once: what it counts, of whom, when, what it means and where it comes from.

An indicator is a count of people, a share of some people, a median of days, a share of the staff's time, a count of things that
are set up or made, or a series that somebody else publishes. Masks are worked out over the cohort's columns
(`samkraft.people.rules.cohorts`), so that one pass gives every group. `samkraft prove scorecard` says the same in plain SQL over
what was written, and compares cell by cell.
"""

import numpy as np

from samkraft.knowledge.rules.measures import Better, Indicator, Kind
from samkraft.knowledge.rules.populations import LEFT_FOR_WORK, LIMIT_DAYS, PLAN_GUIDE_DAYS
from samkraft.people.rules.cohorts import OutcomeCode
from samkraft.values.wording import phrase

DEFINITIONS = 2
"""Counted up when a definition changes: figures of different definitions are not compared."""
_PLAN, _EXIT = phrase("Planer i Samkraft, första versionen"), phrase("Utskrivningar i Samkraft")
_BY_SEX = ("sex", "team", "month")
_READ_IN = phrase("Inläst serie")
_NOT_READ_IN = phrase("Ingen serie är inläst. Den som leder insatsen läser in den under Jämförelser.")
_STEPS, _ENROLLED = phrase("Steg i de gemensamma planerna"), phrase("Inskrivningar i Samkraft")

INDICATORS: tuple[Indicator, ...] = (
    Indicator(
        "participants", phrase("Deltagare"),
        phrase("Alla som har skrivits in sedan starten. Den som är inskriven av två myndigheter räknas en gång."),
        _ENROLLED, Kind.COUNT, Better.MORE, "started", month="started",
    ),
    Indicator(
        "to_work_or_studies", phrase("Till arbete eller studier"),
        phrase("Har skrivits ut till arbete eller studier. Den som inte började som avtalat räknas inte."),
        _EXIT, Kind.COUNT, Better.MORE, "left", lambda v: v.out_to(*LEFT_FOR_WORK), month="left", sensitive=True,
        lag_days=179,
    ),
    Indicator(
        "share_to_work_or_studies", phrase("Andel till arbete eller studier"),
        phrase("Av dem som har skrivits ut: hur många som gick till arbete eller studier."),
        _EXIT, Kind.SHARE, Better.MORE, "left", lambda v: v.out_to(*LEFT_FOR_WORK), month="left",
        sensitive=True,
    ),
    Indicator(
        "joint_plans", phrase("Gemensamma planer"),
        phrase("Deltagare som har fått en gemensam samordnad planering."),
        _PLAN, Kind.COUNT, Better.MORE, "planned", month="planned", board_filter="utan-plan", lag_days=45,
    ),
    Indicator(
        "days_to_plan", phrase("Dagar till gemensam plan"),
        phrase("Från första dagen till planens första version. Den som inte har någon plan än är inte med."),
        _PLAN, Kind.MEDIAN, Better.LESS, "planned", value=lambda v: v.days("started", "planned"),
        month="planned", board_filter="utan-plan",
    ),
    Indicator(
        "planned_in_time", phrase("Plan inom 60 dagar"),
        phrase("Av dem som började för minst 60 dagar sedan: hur många som då hade en gemensam plan."),
        _PLAN, Kind.SHARE, Better.MORE, "due_for_plan",
        lambda v: v.has("planned") & (v.days("started", "planned") <= PLAN_GUIDE_DAYS), month="started",
        board_filter="utan-plan",
    ),
    Indicator(
        "workplace", phrase("I arbetsplatsnära aktivitet"),
        phrase("Deltagare som har börjat något steg på en arbetsplats."),
        _STEPS, Kind.COUNT, Better.MORE, "workplace", month="workplace",
    ),
    Indicator(
        "workplace_share", phrase("Andel i arbetsplatsnära aktivitet"),
        phrase("Av dem som har skrivits ut: hur många som hann börja något steg på en arbetsplats."),
        _STEPS, Kind.SHARE, Better.MORE, "left", lambda v: v.has("workplace"), month="left",
    ),
    Indicator(
        "cooperation_share", phrase("Till samverkan AF och FK"),
        phrase("Av Försäkringskassans deltagare som har skrivits ut: hur många som gick över till samarbetet mellan "
               "Arbetsförmedlingen och Försäkringskassan. Försäkringskassans är de där en FK-handläggare har skrivit."),
        _EXIT, Kind.SHARE, Better.MORE, "insured",
        lambda v: v.out_to(OutcomeCode.COOPERATION), month="left", sensitive=True,
    ),
    Indicator(
        "stay", phrase("Dagar i insatsen"),
        phrase("Från första till sista dagen, för dem som har skrivits ut."),
        _EXIT, Kind.MEDIAN, Better.NEITHER, "left", value=lambda v: v.days("started", "left"), month="left",
    ),
    Indicator(
        "over_limit", phrase("Mer än sex månader"),
        phrase("Av dem som har skrivits ut: hur många som var kvar mer än 182 dagar."),
        _EXIT, Kind.SHARE, Better.LESS, "left", lambda v: v.days("started", "left") > LIMIT_DAYS,
        month="left", board_filter="over-gransen",
    ),
    Indicator(
        "wait_for_meeting", phrase("Dagar till första mötet"),
        phrase("Från att remissen eller anvisningen kom in till första mötet som hölls."),
        phrase("Remisser och möten i Samkraft"), Kind.MEDIAN, Better.LESS,
        "met",
        value=lambda v: v.days("received", "first_meeting"), month="first_meeting",
    ),
    Indicator(
        "wait_for_activity", phrase("Dagar till första aktiviteten"),
        phrase("Från första dagen till att något annat steg än planering började."),
        _STEPS, Kind.MEDIAN, Better.LESS, "active",
        value=lambda v: v.days("started", "active"), month="active",
    ),
    Indicator(
        "wait_for_workplace", phrase("Dagar till arbetsplats"),
        phrase("Från första dagen till att ett steg på en arbetsplats började."),
        _STEPS, Kind.MEDIAN, Better.LESS, "workplace",
        value=lambda v: v.days("started", "workplace"), month="workplace",
    ),
    Indicator(
        "waited_for_bodies", phrase("Dagar i väntan på en annan part"),
        phrase("Dagar som avslutade deltagares steg väntade på en annan myndighet, alla steg tillsammans."),
        _STEPS, Kind.MEDIAN, Better.LESS, "left", value=lambda v: v.waited_body, month="left",
    ),
    Indicator(
        "reports_in", phrase("Alla tidrapporter inne"),
        phrase("Av dem som har varit med minst en hel månad: hur många som har en tidrapport för varje månad."),
        phrase("Tidrapporter i Samkraft"), Kind.SHARE, Better.MORE, "a_month_or_more",
        lambda v: v.reports >= v.months_passed(), month="started", board_filter="tidrapport",
    ),
    Indicator(
        "followed_up", phrase("Uppföljda efter sex månader"),
        phrase("Av dem som skrevs ut för mer än sju månader sedan: hur många som har följts upp efter sex månader."),
        phrase("Uppföljningar i Samkraft"), Kind.SHARE, Better.MORE,
        "due_for_look", lambda v: v.has("six_months"), month="left",
    ),
    Indicator(
        "lasting", phrase("Kvar i arbete eller studier"),
        phrase("Av dem som gick till arbete eller studier och har följts upp efter sex månader: hur många som arbetar eller "
               "studerar då."),
        phrase("Uppföljningar i Samkraft"), Kind.SHARE, Better.MORE,
        "looked_at",
        lambda v: np.isin(v.six_months, [int(one) for one in LEFT_FOR_WORK]), month="left", sensitive=True,
    ),
    Indicator(
        "returns", phrase("Tillbaka igen"),
        phrase("Andel av alla som har börjat som hade varit inskrivna i insatsen förut."),
        _ENROLLED, Kind.SHARE, Better.LESS, "started", lambda v: v.has("returned"), month="started",
    ),
    Indicator(
        "guided", phrase("Med studie- och yrkesvägledning"),
        phrase("Deltagare med minst ett steg som en studie- och yrkesvägledare har skrivit."),
        _STEPS, Kind.COUNT, Better.MORE, "started", lambda v: v.guided > 0, month="started",
    ),
    Indicator(
        "study_plans", phrase("Studieplaner"),
        phrase("Deltagare som har fått en studieplan, gjord av en studie- och yrkesvägledare och överenskommen med deltagaren."),
        phrase("Studieplaner i Samkraft"), Kind.COUNT, Better.MORE, "study_planned", month="study_plan", lag_days=90,
    ),
    Indicator(
        "went_round", phrase("Rundgång mellan myndigheter"),
        phrase("Deltagare där processledningen, ett steg som väntar eller remitteringen har gått från en myndighet till en "
               "annan och sedan kommit tillbaka till en som hade den förut."),
        phrase("Processledare, steg och remitteringar i Samkraft"), Kind.COUNT, Better.LESS, "went_round", month="went_round",
    ),
    Indicator(
        "in_motivating", phrase("I motiverande aktivitet"), phrase("Deltagare som har börjat något motiverande steg."),
        _STEPS, Kind.COUNT, Better.NEITHER, "motivating", month="motivating", splits=_BY_SEX,
    ),
    Indicator(
        "in_rehabilitation", phrase("I rehabiliterande aktivitet"),
        phrase("Deltagare som har börjat något rehabiliterande steg. Månaden är den då deltagaren började."),
        _STEPS, Kind.COUNT, Better.NEITHER, "started", lambda v: v.has("rehabilitating") & (v.rehabilitating >= v.started),
        month="started", sensitive=True, splits=_BY_SEX,
    ),
    Indicator(
        "in_education", phrase("I utbildning"), phrase("Deltagare som har börjat något steg som är utbildning."),
        _STEPS, Kind.COUNT, Better.NEITHER, "studying", month="studying", splits=_BY_SEX,
    ),
    Indicator(
        "in_matching", phrase("I matchning mot arbete"), phrase("Deltagare som har börjat något steg som är matchning."),
        _STEPS, Kind.COUNT, Better.NEITHER, "matching", month="matching", splits=_BY_SEX,
    ),
    Indicator(
        "in_programme", phrase("Med programbeslut"),
        phrase("Deltagare som har börjat något steg med ett beslut om program från Arbetsförmedlingen."),
        _STEPS, Kind.COUNT, Better.NEITHER, "programme", month="programme", splits=_BY_SEX,
    ),
    Indicator(
        "phase_three", phrase("Nådde sista fasen"),
        phrase("Av dem som har skrivits ut: hur många som hade kommit till fas 3."),
        phrase("Faser i Samkraft"), Kind.SHARE, Better.MORE, "left", lambda v: v.has("phase_three"),
        month="left",
    ),
    Indicator(
        "in_stock", phrase("Inskrivna nu"),
        phrase("Har börjat och inte skrivits ut."),
        _ENROLLED, Kind.COUNT, Better.NEITHER, "in_stock",
    ),
    Indicator(
        "long_term_unemployment", phrase("Långtidsarbetslösa i Malmö"),
        phrase("Som Arbetsförmedlingen publicerar den. Mycket annat än insatsen påverkar den."),
        _READ_IN, Kind.SERIES, Better.LESS,
        missing=_NOT_READ_IN,
    ),
    Indicator(
        "public_support", phrase("Med försörjningsstöd eller sjukpenning"),
        phrase("Färre än vid starten. Räknas ur SUS: försörjning före och efter."),
        _READ_IN, Kind.SERIES, Better.LESS,
        missing=_NOT_READ_IN,
    ),
    Indicator(
        "self_supporting", phrase("Utan offentlig försörjning i Malmö"),
        phrase("Av stadens vuxna invånare: hur många som lever utan försörjningsstöd, sjukpenning och annan offentlig "
               "försörjning. Mycket annat än insatsen påverkar den."),
        _READ_IN, Kind.SERIES, Better.MORE, missing=_NOT_READ_IN,
    ),
    Indicator(
        "support_costs", phrase("Kostnad för försörjningsstöd och sjukpenning"),
        phrase("Vad försörjningsstöd och sjukpenning kostar i staden, i miljoner kronor. Mycket annat än insatsen påverkar den."),
        _READ_IN, Kind.SERIES, Better.LESS, missing=_NOT_READ_IN,
    ),
    Indicator(
        "methods_used", phrase("Metodstödet i ordinarie arbete"),
        phrase("Enheter i ordinarie verksamhet som säger att de arbetar efter metodstödet."),
        _READ_IN, Kind.SERIES, Better.MORE, missing=_NOT_READ_IN,
    ),
    Indicator(
        "employer_time", phrase("Andel av teamens tid till arbetsgivare"),
        phrase("Av den tid som teamens medarbetare har noterat vecka för vecka: hur stor del som gick till arbetsgivare. Veckor "
               "som ingen har noterat är inte med. Målet är en fjärdedel."),
        phrase("Tid med arbetsgivare i Samkraft"), Kind.TIME, Better.MORE, splits=("team", "body", "month"),
    ),
    Indicator(
        "teams_staffed", phrase("Team med personal från alla parter"),
        phrase("Team där varje myndighet som ska sitta i teamen har någon på plats den dagen, av de team som finns. Handlar om "
               "team och inte om människor, så den delas inte efter kön eller ålder."),
        phrase("Team och myndigheter i Samkraft"), Kind.THINGS, Better.MORE, splits=("body", "month"),
        missing=phrase("Inga team är upplagda. Den som leder insatsen lägger upp dem under Team."),
    ),
    Indicator(
        "deliveries", phrase("Leveranser från utvärderare och andra"),
        phrase("Rapporter och annat som utvärderare och andra ska lämna till insatsen: hur många som har kommit, av dem som "
               "skulle ha kommit. Månaden är den då leveransen skulle komma. Handlar om leveranser och inte om människor, så "
               "den delas inte efter kön eller ålder."),
        phrase("Leveranser i årshjulet"), Kind.THINGS, Better.MORE, splits=("body", "month"),
        missing=phrase("Ingen leverans är överenskommen. Lägg den i årshjulet som en leverans till insatsen."),
    ),
    Indicator(
        "handbook_decided", phrase("Beslutade versioner av metodstödet"),
        phrase("Versioner av metodstödet som styrgruppen har beslutat. Handlar om texter och inte om människor, så den delas "
               "inte efter kön eller ålder."),
        phrase("Metodstöd och beslut i Samkraft"), Kind.THINGS, Better.MORE, splits=("month",),
    ),
    Indicator(
        "handbook_spread", phrase("Mottagare av metodstödet"),
        phrase("Organisationer och grupper som metodstödet har visats, lärts ut eller lämnats till. Var och en räknas en gång, "
               "den månad då det skedde först. Handlar om organisationer och inte om människor, så den delas inte efter kön "
               "eller ålder."),
        phrase("Spridning av metodstödet i Samkraft"), Kind.THINGS, Better.MORE, splits=("month",),
    ),
)  # fmt: skip
BY_CODE = {one.code: one for one in INDICATORS}
COUNTED = tuple(one for one in INDICATORS if one.population)
"""Those that are worked out from what is written about people, and pass the disclosure door."""
