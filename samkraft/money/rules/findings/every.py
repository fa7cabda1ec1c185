"""All rules, with the short name that people see, in the order in which they are told."""

from collections.abc import Callable, Iterable, Mapping

from samkraft.money.rules.findings import eu_projects, money, texts, told, used
from samkraft.money.rules.findings.facts import Sources
from samkraft.money.rules.findings.outcome import Finding, in_order
from samkraft.values.wording import phrase

Rule = Callable[[Sources], Iterable[Finding]]

RULES: Mapping[str, Rule] = {
    rule.__name__: rule
    for rule in (
        money.points_against_budget,
        money.transfer_against_grants,
        money.grants_against_own_share,
        money.decided_twice,
        used.uses_against_share,
        told.report_against_decision,
        told.told_twice,
        told.parts_against_whole,
        texts.document_name_against_meeting,
        texts.duty_missing_addressee,
        texts.grant_without_report,
        texts.grant_to_supplier,
        eu_projects.share_below_demand,
        eu_projects.promise_without_money,
        eu_projects.in_kind_without_value,
        eu_projects.cash_dearer_than_staff,
        eu_projects.financier_unsaid,
    )
}

LABELS = {
    "points_against_budget": phrase("beslut mot budget"),
    "transfer_against_grants": phrase("överföring mot bidrag"),
    "grants_against_own_share": phrase("bidrag mot egen andel"),
    "uses_against_share": phrase("använt mot beslutat"),
    "decided_twice": phrase("beslutat två gånger"),
    "report_against_decision": phrase("rapport mot beslut"),
    "told_twice": phrase("samma uppgift två gånger"),
    "parts_against_whole": phrase("delar mot helhet"),
    "document_name_against_meeting": phrase("dokumentnamn mot mötesdag"),
    "duty_missing_addressee": phrase("uppdrag utan mottagare"),
    "grant_without_report": phrase("bidrag utan redovisning"),
    "grant_to_supplier": phrase("bidrag eller köp"),
    "share_below_demand": phrase("andel mot krav"),
    "promise_without_money": phrase("löfte utan pengar"),
    "in_kind_without_value": phrase("bidrag utan värde"),
    "cash_dearer_than_staff": phrase("kontanter mot personal"),
    "financier_unsaid": phrase("finansiär som inte nämns"),
}


def look(sources: Sources) -> list[Finding]:
    """Everything that the rules have to say about the sources, each subject once."""
    found: dict[str, Finding] = {}
    for rule in RULES.values():
        for finding in rule(sources):
            found.setdefault(finding.stem, finding)
    return in_order(list(found.values()))
