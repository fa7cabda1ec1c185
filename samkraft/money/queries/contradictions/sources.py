"""Gathers what the rules on contradictions compare: decisions, open proposals, budgets, keys and figures."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q

from samkraft.money.models import (
    AllocationKey,
    Decision,
    Document,
    Figure,
    Fund,
    Point,
    Proposal,
    Transfer,
    Use,
    YearlyBudget,
)
from samkraft.money.queries import standing
from samkraft.money.queries.eu import eu_sources
from samkraft.money.rules.figures import FigureKind, Unit
from samkraft.money.rules.findings import facts, texts
from samkraft.money.rules.points import POSTS, Support, Verb
from samkraft.money.rules.uses import UseStage
from samkraft.partners.rules.organisations import HOLDS_FRAME, OrganisationKind

_POSTING = [outcome.value for outcome in POSTS]
_ITEMS = ("points__items__receiver", "points__items__paid_by", "points__items__fund")


def gather(*, years: Collection[int] | None = None) -> facts.Sources:
    """All sources, or those that say anything about some of the years."""
    funds = _funds()
    decisions, proposals = _rulings(years)
    undone = _reversed_items()
    figures = Figure.objects.select_related("organisation", "document").defer("document__content", "document__text")
    if years is not None:
        figures = figures.filter(Q(year__in=years) | Q(year__isnull=True))
    told = [_figure(row, funds) for row in figures.order_by("said_date", "noted_at", "id")]
    uses = tuple(_uses(years, funds))
    return facts.Sources(
        rulings=(*(_decision(row, funds, undone) for row in decisions), *(_proposal(row, funds) for row in proposals)),
        budgets=tuple(_budgets(years, funds)),
        figures=tuple(told),
        uses=uses,
        keys=_keys({(each.fund.id, each.year) for each in (*told, *uses) if each.fund and each.year}),
        eu_budgets=eu_sources.gather(years=years),
    )


def families() -> dict[UUID, UUID]:
    """Fund → the first fund of its family: those that follow each other share the council's money."""
    follows: dict[UUID, UUID | None] = dict(Fund.objects.order_by("code").values_list("id", "follows_id"))
    return {fund: _first(fund, follows) for fund in follows}


def fund_names() -> dict[str, tuple[UUID, str]]:
    """Code → (id, name) of every fund, for choosing the one that a figure belongs to."""
    rows = Fund.objects.order_by("name", "code").values_list("code", "id", "name")
    return {code: (key, name) for code, key, name in rows}


def _first(fund: UUID, follows: Mapping[UUID, UUID | None]) -> UUID:
    seen = {fund}
    while (before := follows.get(fund)) is not None and before not in seen:
        seen.add(before)
        fund = before
    return fund


def _funds() -> dict[UUID, facts.Fund]:
    first = families()
    rows = Fund.objects.order_by("code").values_list("id", "name")
    return {fund_id: facts.Fund(fund_id, name, first[fund_id]) for fund_id, name in rows}


def _rulings(years: Collection[int] | None) -> tuple[list[Decision], list[Proposal]]:
    """Decisions that post, and the latest proposal of each matter where nothing has been decided."""
    decisions = Decision.objects.filter(outcome__in=_POSTING)
    decided = decisions.values("matter_id")
    proposals = Proposal.objects.exclude(matter_id__in=decided).order_by("matter_id", "-version").distinct("matter_id")
    if years is not None:
        about = Q(points__items__year__in=years)
        decisions = decisions.filter(about | Q(date__year__in=years)).distinct()
        wanted = Proposal.objects.filter(about | Q(meetings__date__year__in=years)).values("id")
        proposals = proposals.filter(id__in=wanted)
    shared = ("matter", "document")
    return (
        list(
            decisions.select_related(*shared, "body", "proposal__document")
            .defer("document__content", "proposal__document__content")
            .prefetch_related(*_ITEMS, "proposal__meetings__body")
            .order_by("date", "id")
        ),
        list(
            proposals.select_related(*shared, "decider")
            .defer("document__content")
            .prefetch_related(*_ITEMS, "meetings__body")
        ),
    )


def _reversed_items() -> set[UUID]:
    """Items whose vouchers have all been reversed: decided once, but they no longer count."""
    reversed_once = Transfer.objects.filter(point_item__isnull=False, voucher__reversed_by__isnull=False)
    ids = set(reversed_once.values_list("point_item_id", flat=True))
    holds = Transfer.objects.filter(standing.giving("voucher__"), point_item_id__in=ids)
    return {item for item in ids if item} - set(holds.values_list("point_item_id", flat=True))


def _decision(row: Decision, funds: Mapping[UUID, facts.Fund], undone: set[UUID]) -> facts.Ruling:
    proposal = row.proposal
    document = row.document or (proposal.document if proposal else None)
    return facts.Ruling(
        id=row.id,
        case_number=row.matter.case_number,
        body=_body(row.body),
        points=_points(row.points.all(), funds, undone),
        posts=True,
        day=row.date,
        is_assumption=row.is_assumption,
        addressees=tuple(row.addressees),
        meetings=_meetings(proposal),
        document=_document(document),
        is_read=bool(document and document.text and document.matter_id == row.matter_id),
    )


def _proposal(row: Proposal, funds: Mapping[UUID, facts.Fund]) -> facts.Ruling:
    meetings = _meetings(row)
    return facts.Ruling(
        id=row.id,
        case_number=row.matter.case_number,
        body=_body(row.decider),
        points=_points(row.points.all(), funds),
        posts=False,
        day=max((day for _body_, day in meetings), default=None),
        addressees=tuple(row.addressees),
        meetings=meetings,
        document=_document(row.document),
        is_read=bool(row.document and row.document.text and row.document.matter_id == row.matter_id),
    )


def _meetings(proposal: Proposal | None) -> tuple[tuple[facts.Body, date], ...]:
    if proposal is None:
        return ()
    ordered = sorted(proposal.meetings.all(), key=lambda meeting: (meeting.date, str(meeting.body_id)))
    return tuple((_body(meeting.body), meeting.date) for meeting in ordered)


def _points(
    rows: Iterable[Point], funds: Mapping[UUID, facts.Fund], undone: Collection[UUID] = ()
) -> tuple[facts.Point, ...]:
    return tuple(
        facts.Point(
            number=point.number,
            verb=Verb(point.verb),
            text=point.text,
            items=tuple(
                facts.Item(
                    id=item.id,
                    receiver=_body(item.receiver) if item.receiver else None,
                    amount_ore=item.amount_ore,
                    year=item.year,
                    fund=funds.get(item.fund_id) if item.fund_id else None,
                    from_appropriation=bool(item.appropriation_words),
                    paid_by=item.paid_by.number if item.paid_by else "",
                    purpose=item.purpose,
                )
                for item in sorted(point.items.all(), key=lambda each: each.position)
                if item.id not in undone
            ),
        )
        for point in sorted(rows, key=lambda each: each.position)
    )


def _budgets(years: Collection[int] | None, funds: Mapping[UUID, facts.Fund]) -> Iterable[facts.Budget]:
    rows = YearlyBudget.objects.select_related("appropriation").order_by("registered_at", "id")
    if years is not None:
        rows = rows.filter(appropriation__year__in=years)
    for row in rows:
        yield facts.Budget(
            fund=funds[row.fund_id],
            year=row.appropriation.year,
            amount_ore=row.amount_ore,
            source=row.source or row.words,
            day=row.decided_date,
            is_assumption=row.is_assumption,
        )


def _figure(row: Figure, funds: Mapping[UUID, facts.Fund]) -> facts.Figure:
    return facts.Figure(
        id=row.id,
        measure=row.measure,
        label=row.label,
        kind=FigureKind(row.kind),
        unit=Unit(row.unit),
        value=row.value,
        upper_value=row.upper_value,
        document=facts.Document(row.document_id, row.document.title),
        body=_body(row.organisation) if row.organisation else None,
        fund=funds.get(row.fund_id) if row.fund_id else None,
        year=row.year,
        group=row.group,
        rounded_to=row.rounded_to,
        quote=row.quote,
        place=row.place,
        said_by=row.said_by,
        said_date=row.said_date,
    )


def _uses(years: Collection[int] | None, funds: Mapping[UUID, facts.Fund]) -> Iterable[facts.Use]:
    rows = Use.objects.filter(stage=UseStage.REPORTED.value).select_related("organisation", "document")
    if years is not None:
        rows = rows.filter(year__in=years)
    for row in rows.defer("document__text", "document__content").order_by("noted_at", "position", "id"):
        yield facts.Use(
            body=_body(row.organisation),
            fund=funds[row.fund_id],
            year=row.year,
            title=row.title,
            amount_ore=row.amount_ore,
            is_grant=row.support == Support.GRANT.value,
            document=facts.Document(row.document_id, row.document.title) if row.document else None,
        )


def _keys(wanted: set[tuple[UUID, int]]) -> dict[tuple[UUID, int], dict[UUID, int]]:
    keys = AllocationKey.objects.filter(fund_id__in={fund for fund, _year in wanted}).prefetch_related("shares")
    found: dict[tuple[UUID, int], dict[UUID, int]] = {}
    for key in keys:
        for fund, year in wanted:
            begins = date(year, 1, 1)
            lower, upper = key.valid.lower or begins, key.valid.upper
            if key.fund_id == fund and lower <= begins and (upper is None or begins < upper):
                found[(fund, year)] = {share.organisation_id: share.share for share in key.shares.all()}
    return found


def _document(row: Document | None) -> facts.Document | None:
    if row is None:
        return None
    names = (row.title, row.file_name.replace("_", " "), *texts.names_in(row.text))
    return facts.Document(row.id, row.title, tuple(dict.fromkeys(name for name in names if name)))


def _body(row: Any) -> facts.Body:
    """A body with the names that it goes by; the administration speaks for its committee."""
    kind = OrganisationKind(row.kind)
    other = tuple(name for name in (row.administration_name, *row.other_names) if name)
    return facts.Body(row.id, row.name, row.short_name, other, kind in HOLDS_FRAME, kind is OrganisationKind.SUPPLIER)
