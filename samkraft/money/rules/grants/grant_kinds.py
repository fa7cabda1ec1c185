"""The words of grants: how an application stands, what an assessor advises, how state aid is judged, what is reported."""

from enum import StrEnum

from samkraft.money.rules.points import Support
from samkraft.values.wording import phrase

# What an organisation can apply for, or be given without applying.
GRANT_SUPPORTS = (Support.GRANT, Support.PROCUREMENT, Support.CONTRACT, Support.COMPENSATION)
POT_SUPPORTS = (Support.CALL_OFF, Support.COMPENSATION)


class Advice(StrEnum):
    """What an assessor, or the city office, thinks should be decided."""

    GRANT = "grant"
    PART = "part"
    REJECT = "reject"


ADVICE_LABELS = {
    Advice.GRANT: phrase("bevilja"),
    Advice.PART: phrase("bevilja delvis"),
    Advice.REJECT: phrase("avslå"),
}


class Stance(StrEnum):
    """What an administration says about an application in its opinion."""

    FOR = "for"
    NEUTRAL = "neutral"
    AGAINST = "against"


STANCE_LABELS = {
    Stance.FOR: phrase("tillstyrker"),
    Stance.NEUTRAL: phrase("har inget att invända"),
    Stance.AGAINST: phrase("avstyrker"),
}


class Aid(StrEnum):
    """State aid (statsstöd): whether the grant is aid to an undertaking, and then under which rules."""

    UNKNOWN = "unknown"
    NONE = "none"
    DE_MINIMIS = "de_minimis"
    EXEMPTED = "gber"


AID_LABELS = {
    Aid.UNKNOWN: phrase("inte prövat"),
    Aid.NONE: phrase("inget statsstöd"),
    Aid.DE_MINIMIS: phrase("stöd av mindre betydelse (de minimis)"),
    Aid.EXEMPTED: phrase("undantaget enligt gruppundantagsförordningen (GBER)"),
}


class ApplicationState(StrEnum):
    """Where an application is. Derived from what has happened, never stored."""

    DRAFT = "draft"
    RECEIVED = "received"
    ASSESSED = "assessed"
    PROPOSED = "proposed"
    GRANTED = "granted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


STATE_LABELS = {
    ApplicationState.DRAFT: phrase("utkast"),
    ApplicationState.RECEIVED: phrase("inkommen"),
    ApplicationState.ASSESSED: phrase("bedömd"),
    ApplicationState.PROPOSED: phrase("förslag finns"),
    ApplicationState.GRANTED: phrase("beviljad"),
    ApplicationState.REJECTED: phrase("avslagen"),
    ApplicationState.WITHDRAWN: phrase("återtagen"),
}


class GrantEventKind(StrEnum):
    """What can happen to an application or a grant beside what has a table of its own."""

    COMPLETION_ASKED = "completion_asked"
    COMPLETED = "completed"
    WITHDRAWN = "withdrawn"
    REJECTED = "rejected"
    REPORT_MOVED = "report_moved"
    REPORT_RETURNED = "report_returned"
    REPORT_REMINDED = "report_reminded"


EVENT_LABELS = {
    GrantEventKind.COMPLETION_ASKED: phrase("Stadskontoret bad om komplettering"),
    GrantEventKind.COMPLETED: phrase("Organisationen kompletterade"),
    GrantEventKind.WITHDRAWN: phrase("Organisationen tog tillbaka ansökan"),
    GrantEventKind.REJECTED: phrase("Avslag"),
    GrantEventKind.REPORT_MOVED: phrase("Rapportens datum flyttades"),
    GrantEventKind.REPORT_RETURNED: phrase("Rapporten gick tillbaka för komplettering"),
    GrantEventKind.REPORT_REMINDED: phrase("Stadskontoret påminde om rapporten"),
}


class ReportKind(StrEnum):
    """A report on the way, or the last one."""

    INTERIM = "interim"
    FINAL = "final"


REPORT_LABELS = {ReportKind.INTERIM: phrase("delrapport"), ReportKind.FINAL: phrase("slutrapport")}


class ControlOutcome(StrEnum):
    """What a control of a grant showed."""

    FINE = "fine"
    REMARK = "remark"
    RECOVER = "recover"


CONTROL_LABELS = {
    ControlOutcome.FINE: phrase("i ordning"),
    ControlOutcome.REMARK: phrase("med anmärkning"),
    ControlOutcome.RECOVER: phrase("pengar ska krävas tillbaka"),
}
