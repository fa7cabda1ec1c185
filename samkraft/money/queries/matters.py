"""Matters: the list, and one with its proposals, decisions, points, documents, vouchers and what still waits."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Max, Q

from samkraft.audit.queries import subjects
from samkraft.audit.queries.subjects import Happened
from samkraft.money.models import Decision, Matter, Point, PointItem, Proposal
from samkraft.money.queries import documents as documents_of
from samkraft.money.queries import matter_points, standing, stored_points
from samkraft.money.queries.documents import DocumentLine
from samkraft.money.queries.matter_points import ItemLine, PointLine, VoucherLine
from samkraft.money.rules import changes
from samkraft.money.rules.changes import Change
from samkraft.money.rules.points import GIVES_DUTY, GIVES_MONEY, POSTS, Outcome
from samkraft.money.rules.posting import PointDraft
from samkraft.partners.queries import matching
from samkraft.partners.rules import access
from samkraft.partners.rules import matching as names
from samkraft.partners.rules.roles import Permission
from samkraft.values.context import Context


@dataclass(frozen=True, slots=True)
class MatterLine:
    """One matter in the list. `decided_ore` is what has been decided of new money; None when an amount is not stated."""

    id: UUID
    case_number: str
    title: str
    proposals: int
    outcome: Outcome | None
    decided_date: date | None
    is_assumption: bool
    decided_ore: int | None
    years: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ProposalPart:
    """One version of what was proposed. `is_decided` tells whether any decision follows it."""

    id: UUID
    version: int
    proposer: str
    decider: str
    meetings: tuple[tuple[str, date], ...]
    addressees: tuple[str, ...]
    missing_addressees: tuple[str, ...]
    document: DocumentLine | None
    registered_at: datetime
    registered_by: str
    points: tuple[PointLine, ...]
    is_decided: bool


@dataclass(frozen=True, slots=True)
class DecisionPart:
    """What a body did, with its points; `changes` are the differences from the proposal."""

    id: UUID
    body: str
    date: date
    date_words: str
    paragraph: str
    outcome: Outcome
    is_assumption: bool
    note: str
    addressees: tuple[str, ...]
    missing_addressees: tuple[str, ...]
    document: DocumentLine | None
    registered_at: datetime
    registered_by: str
    proposal_version: int | None
    points: tuple[PointLine, ...]
    changes: tuple[tuple[Change, str], ...]

    @property
    def own_vouchers(self) -> list[VoucherLine]:
        """What gave the money: what it posted, and what has given it again since."""
        return [voucher for point in self.points for voucher in point.vouchers if voucher.gives]

    @property
    def is_undone(self) -> bool:
        """Whether all that it posted has been taken back."""
        return bool(self.own_vouchers) and all(voucher.reversed_by for voucher in self.own_vouchers)

    @property
    def can_be_undone(self) -> bool:
        """Whether there is anything left to take back."""
        return any(not voucher.reversed_by for voucher in self.own_vouchers)


@dataclass(frozen=True, slots=True)
class MatterPage:
    """Everything that the page of one matter shows."""

    id: UUID
    case_number: str
    title: str
    note: str
    proposals: tuple[ProposalPart, ...]
    decisions: tuple[DecisionPart, ...]
    documents: tuple[DocumentLine, ...]
    waiting: tuple[tuple[str, ItemLine], ...]
    history: tuple[Happened, ...]


def listed(*, by: Context, search: str = "", year: int | None = None) -> list[MatterLine]:
    """All matters, the latest decided or proposed first; narrowed by words and by the year that the money is for."""
    access.require(by, Permission.SEE_MONEY)
    found = Matter.objects.annotate(
        versions=Count("proposals", distinct=True),
        last=Max("decisions__date"),
        planned=Max("proposals__meetings__date"),
    )
    for word in search.split():
        found = found.filter(
            Q(case_number__icontains=word) | Q(title__icontains=word) | Q(documents__title__icontains=word)
        )
    if year is not None:
        found = found.filter(Q(decisions__points__items__year=year) | Q(proposals__points__items__year=year))
    rows = list(found.distinct())
    latest = _latest_decisions(rows)
    sums, years = _decided_sums(rows)
    lines = [
        MatterLine(
            id=row.id,
            case_number=row.case_number,
            title=row.title,
            proposals=row.versions,
            outcome=Outcome(latest[row.id].outcome) if row.id in latest else None,
            decided_date=latest[row.id].date if row.id in latest else None,
            is_assumption=latest[row.id].is_assumption if row.id in latest else False,
            decided_ore=sums.get(row.id),
            years=tuple(sorted(years.get(row.id, set()))),
        )
        for row in rows
    ]
    day = {row.id: row.last or row.planned or date.min for row in rows}
    return sorted(lines, key=lambda line: (day[line.id], line.case_number), reverse=True)


def _latest_decisions(rows: list[Matter]) -> dict[UUID, Decision]:
    decided = Decision.objects.filter(matter__in=rows).order_by("date", "registered_at", "id")
    return {decision.matter_id: decision for decision in decided}


def _decided_sums(rows: list[Matter]) -> tuple[dict[UUID, int | None], dict[UUID, set[int]]]:
    """New money per matter: from an appropriation, or from the body's own frame when nothing else pays."""
    undone = standing.undone(Decision.objects.filter(matter__in=rows).values_list("id", flat=True))
    items = (
        PointItem.objects.exclude(point__decision_id__in=undone)
        .filter(
            point__decision__matter__in=rows,
            point__decision__outcome__in=[outcome.value for outcome in POSTS],
            point__verb__in=[verb.value for verb in GIVES_MONEY],
            paid_by__isnull=True,
        )
        .values_list("point__decision__matter_id", "amount_ore", "year")
    )
    sums: dict[UUID, int | None] = {}
    years: dict[UUID, set[int]] = {}
    for matter, ore, year in items.order_by("id"):
        before = sums.get(matter, 0)
        sums[matter] = None if ore is None or before is None else before + ore
        years.setdefault(matter, set()).update({year} if year else ())
    return sums, years


def years() -> list[int]:
    """The years that any point is about."""
    found = PointItem.objects.filter(year__isnull=False).order_by().values_list("year", flat=True).distinct()
    return sorted(found, reverse=True)


def page(*, by: Context, matter_id: UUID) -> MatterPage | None:
    """One matter; None when there is none."""
    access.require(by, Permission.SEE_MONEY)
    matter = Matter.objects.filter(id=matter_id).first()
    if matter is None:
        return None
    documents = {
        row.id: documents_of.line_of(row)
        for row in matter.documents.select_related("author").defer("text", "content").order_by("received_at", "id")
    }
    decided = _decisions(matter, documents)
    proposed = _proposals(matter, documents)
    vouchers = [voucher for part in decided for point in part.points for voucher in point.vouchers]
    things: list[tuple[str, object]] = [("money.matter", matter.id)]
    things += [("money.document", key) for key in documents] + [("money.voucher", voucher.id) for voucher in vouchers]
    return MatterPage(
        id=matter.id,
        case_number=matter.case_number,
        title=matter.title,
        note=matter.note,
        proposals=tuple(proposed),
        decisions=tuple(decided),
        documents=tuple(documents.values()),
        waiting=tuple(
            (point.number, item) for part in decided for point in part.points for item in point.items if item.waits
        ),
        history=tuple(subjects.history(things)),
    )


def proposal_drafts(*, by: Context, proposal_id: UUID) -> "OpenProposal | None":
    """A proposal ready to be decided; None when there is none."""
    access.require(by, Permission.SEE_MONEY)
    row = Proposal.objects.select_related("matter", "decider").filter(id=proposal_id).first()
    if row is None:
        return None
    planned = row.meetings.filter(body=row.decider).order_by("-date").first()
    return OpenProposal(
        row.id, row.version, row.matter_id, row.matter.case_number, row.matter.title, row.decider_id,
        planned.date if planned else None, tuple(stored_points.of_proposal(row)), tuple(row.addressees),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class OpenProposal:
    """A proposal in the shape that a decision on it needs."""

    id: UUID
    version: int
    matter_id: UUID
    case_number: str
    title: str
    decider_id: UUID
    planned_date: date | None
    points: tuple[PointDraft, ...]
    addressees: tuple[str, ...]


def _proposals(matter: Matter, documents: dict[UUID, DocumentLine]) -> list[ProposalPart]:
    rows = (
        matter.proposals.select_related("proposer", "decider")
        .prefetch_related("meetings__body", "decisions")
        .order_by("-version")
    )
    return [
        ProposalPart(
            id=row.id,
            version=row.version,
            proposer=row.proposer.name if row.proposer else "",
            decider=row.decider.name,
            meetings=tuple(
                (each.body.name, each.date) for each in sorted(row.meetings.all(), key=lambda each: each.date)
            ),
            addressees=tuple(row.addressees),
            missing_addressees=_missing(row.points.all(), row.addressees),
            document=documents.get(row.document_id) if row.document_id else None,
            registered_at=row.registered_at,
            registered_by=row.registered_by,
            points=tuple(matter_points.listed(row.points.all(), None)),
            is_decided=any(
                Outcome(each.outcome) in POSTS or each.outcome == Outcome.REJECTED for each in row.decisions.all()
            ),
        )
        for row in rows
    ]


def _decisions(matter: Matter, documents: dict[UUID, DocumentLine]) -> list[DecisionPart]:
    found = []
    for row in matter.decisions.select_related("body", "proposal").order_by("-date", "-registered_at", "id"):
        decided = list(row.points.all())
        differences = _changes(row, decided)
        found.append(
            DecisionPart(
                id=row.id,
                body=row.body.name,
                date=row.date,
                date_words=row.date_words,
                paragraph=row.paragraph,
                outcome=Outcome(row.outcome),
                is_assumption=row.is_assumption,
                note=row.note,
                addressees=tuple(row.addressees),
                missing_addressees=_missing(decided, row.addressees),
                document=documents.get(row.document_id) if row.document_id else None,
                registered_at=row.registered_at,
                registered_by=row.registered_by,
                proposal_version=row.proposal.version if row.proposal else None,
                points=tuple(matter_points.listed(decided, row)),
                changes=differences,
            )
        )
    return found


def _changes(row: Decision, decided: list[Point]) -> tuple[tuple[Change, str], ...]:
    if row.proposal is None or Outcome(row.outcome) not in POSTS:
        return ()
    found = changes.between(stored_points.of_proposal(row.proposal), stored_points.drafts_of(_loaded(decided)))
    known = matching.choices(change.receiver_id for change in found if change.receiver_id)
    return tuple(
        (change, known[change.receiver_id].name if change.receiver_id else change.receiver_words) for change in found
    )


def _loaded(points: list[Point]) -> list[Point]:
    ids = [point.id for point in points]
    return list(Point.objects.filter(id__in=ids).order_by("position").prefetch_related("items"))


def _missing(points: object, addressees: list[str]) -> tuple[str, ...]:
    """Bodies that a point puts a duty on but that are not among those whom the decision is sent to."""
    if not addressees:
        return ()
    told = [names.fold(words) for words in addressees]
    duties = PointItem.objects.filter(
        point__in=[point.id for point in points],  # type: ignore[attr-defined]  # points of either kind
        point__verb__in=[verb.value for verb in GIVES_DUTY],
        receiver__isnull=False,
    ).select_related("receiver")
    found = []
    for item in duties.order_by("point__position", "position"):
        body = item.receiver
        called = [
            names.fold(name)
            for name in (body.name, body.short_name, body.administration_name, *body.other_names)
            if name
        ]
        if not any(name in words or words in name for name in called for words in told):
            found.append(body.name)
    return tuple(dict.fromkeys(found))
