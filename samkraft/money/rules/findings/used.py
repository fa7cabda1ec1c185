"""What a committee says that it used its money for, against what it was given."""

from collections import defaultdict
from collections.abc import Iterable

from samkraft.money.rules.findings import given, sides
from samkraft.money.rules.findings.facts import Sources, Use
from samkraft.money.rules.findings.given import Given, Place
from samkraft.money.rules.findings.outcome import Finding, Side, about
from samkraft.money.rules.findings.words import say
from samkraft.values import kronor
from samkraft.values.wording import phrase


def uses_against_share(sources: Sources) -> Iterable[Finding]:
    """The reported uses of a body, fund and year, against what was decided for it.

    Silent when no use has an amount, when a decided amount is not stated, and, as long as the known amounts stay within
    what was given, when some use has none. Equal sums are kept as agreeing.
    """
    decided = given.to_bodies(sources)
    reported: dict[Place, list[Use]] = defaultdict(list)
    for use in sources.uses:
        reported[(use.body.id, use.fund.id, use.year)].append(use)
    for place, uses in reported.items():
        amounts = [item.amount_ore for _ruling, _point, item in decided.get(place, [])]
        known = [use.amount_ore for use in uses if use.amount_ore is not None]
        if not amounts or not known or None in amounts:
            continue
        whole = sum(amount or 0 for amount in amounts)
        if len(known) == len(uses) or sum(known) > whole:
            yield _finding(sources, place, uses, whole, decided)


def _finding(sources: Sources, place: Place, uses: list[Use], whole: int, decided: dict[Place, Given]) -> Finding:
    ruling, point, item = decided[place][0]
    body, fund, year = uses[0].body, uses[0].fund, uses[0].year
    share, total = given.key_of(sources, place, decided)
    words, speaks = given.support(whole, share, total)
    used = sum(use.amount_ore or 0 for use in uses)
    names = {"body": body.label, "fund": fund.name, "year": year}
    listed = sorted((use for use in uses if use.amount_ore), key=lambda use: (-(use.amount_ore or 0), use.title))
    grants = all(use.is_grant for use in listed)
    title = phrase("{count} bidrag") if grants else phrase("{count} insatser")
    return Finding(
        rule="uses_against_share",
        about=about(*place),
        subject=say(phrase("vad {body} använde {fund} {year} till"), **names),
        question=say(phrase("Är det som {body} har använt av {fund} {year} lika mycket som det fick?"), **names),
        sides=(
            sides.of_point(ruling, point, amount_ore=whole, item=item, support=words, is_supported=speaks),
            Side(
                title=say(title, count=len(listed)),
                place=uses[0].document.title if uses[0].document else "",
                weight=str(used),
                amount_ore=used,
                quote=" + ".join(f"{use.title} {kronor.in_words(use.amount_ore or 0)}" for use in listed),
                said_by=body.name,
                said_words=sides.day_or_year(None, year),
                document_id=uses[0].document.id if uses[0].document else None,
            ),
        ),
        explanation=say(phrase("Tillsammans precis lika mycket som beslutet gav.")) if used == whole else None,
        agrees=used == whole,
        year=year,
    )
