"""Requests to be given documents: the authority's own list, one with its documents, and what is handed out."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from samkraft.money.models import AccessDocument, AccessRequest, Document
from samkraft.money.rules import access_requests as rules
from samkraft.money.rules.access_requests import Mask, Piece, Result, Step, Way
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.values.context import Context
from samkraft.values.period import day_in_stockholm

MOST_FOUND = 30


@dataclass(frozen=True, slots=True)
class Tested:
    """A document of a request with what becomes of it, by the latest test."""

    document_id: UUID
    title: str
    dated: date | None
    result: Result
    masks: tuple[Mask, ...]
    ground: str
    harm: str
    at: datetime
    by: str

    @property
    def grounds(self) -> list[str]:
        """Every rule that something is kept back by."""
        return sorted({mask.ground for mask in self.masks} | ({self.ground} if self.ground else set()))


@dataclass(frozen=True, slots=True)
class StepRow:
    """Something that happened."""

    step: Step
    at: datetime
    by: str
    by_id: UUID
    text: str


@dataclass(frozen=True, slots=True)
class RequestRow:
    """A request. `due` is when a few documents should be out; None when it is finished."""

    id: UUID
    name: str
    way: Way
    words: str
    answer_to: str
    received_at: datetime
    standing: Step
    due: date | None
    documents: tuple[Tested, ...]
    steps: tuple[StepRow, ...]

    @property
    def answer(self) -> Result | None:
        """What the request comes to."""
        return rules.whole_answer([one.result for one in self.documents])


@dataclass(frozen=True, slots=True)
class Found:
    """A document that a search found."""

    id: UUID
    title: str
    dated: date | None
    case_number: str


def listed(*, by: Context) -> list[RequestRow]:
    """The authority's own requests, the latest first. Row-level security keeps other authorities' out."""
    access.require(by, Permission.HANDLE_ACCESS_REQUESTS)
    return [_row(one) for one in AccessRequest.objects.order_by("-received_at", "-number")]


def page(*, by: Context, request_id: UUID) -> RequestRow | None:
    """One request, or None when there is none that the reader may know of."""
    access.require(by, Permission.HANDLE_ACCESS_REQUESTS)
    one = AccessRequest.objects.filter(id=request_id).first()
    return _row(one) if one else None


def find(*, by: Context, words: str) -> list[Found]:
    """Documents whose title, text or case number holds every word; the first thirty."""
    access.require(by, Permission.HANDLE_ACCESS_REQUESTS)
    query = Document.objects.select_related("matter").defer("content", "text")
    for word in words.split()[:8]:
        query = query.filter(
            Q(title__icontains=word) | Q(text__icontains=word) | Q(matter__case_number__icontains=word)
        )
    if not words.strip():
        return []
    return [
        Found(one.id, one.title, one.dated, one.matter.case_number if one.matter else "")
        for one in query.order_by("-dated", "title")[:MOST_FOUND]
    ]


def text_of(*, by: Context, document_id: UUID) -> tuple[str, str] | None:
    """A document's title and whole text, for whoever tests it; None when there is none."""
    access.require(by, Permission.HANDLE_ACCESS_REQUESTS)
    return Document.objects.filter(id=document_id).values_list("title", "text").first()  # type: ignore[no-any-return]  # a pair of texts


def handed_out(*, by: Context, request_id: UUID, document_id: UUID) -> tuple[str, list[Piece]] | None:
    """A document as it leaves: its title and the masked pieces. None when it is not handed out."""
    row = page(by=by, request_id=request_id)
    tested = next((one for one in row.documents if one.document_id == document_id), None) if row else None
    if tested is None or tested.result is Result.REFUSED:
        return None
    found = text_of(by=by, document_id=document_id)
    return (found[0], rules.mask(found[1], tested.masks)) if found else None


def standing(request: AccessRequest) -> Step:
    """Where a request is: its latest step."""
    return Step(request.steps.order_by("-number").values_list("step", flat=True).first())


def tested(request: AccessRequest) -> tuple[Tested, ...]:
    """The latest test of each document, in the order that they were first found."""
    latest: dict[UUID, AccessDocument] = {}
    for one in request.documents.select_related("document").defer("document__content", "document__text").order_by("at"):
        latest[one.document_id] = one
    return tuple(
        Tested(
            one.document_id, one.document.title, one.document.dated, Result(one.result),
            tuple(Mask(each["passage"], each["ground"]) for each in one.masks), one.ground, one.harm, one.at, one.by,
        )
        for one in latest.values()
    )  # fmt: skip


def _row(one: AccessRequest) -> RequestRow:
    steps = tuple(
        StepRow(Step(each.step), each.at, each.by, each.by_id, each.text) for each in one.steps.order_by("number")
    )
    now = steps[-1].step
    is_open = now in (Step.RECEIVED, Step.ANSWERED, Step.TO_AUTHORITY, Step.DECIDED)
    return RequestRow(
        id=one.id,
        name=f"{one.year}-{one.number}",
        way=Way(one.way),
        words=one.words,
        answer_to=one.answer_to,
        received_at=one.received_at,
        standing=now,
        due=rules.due(day_in_stockholm(one.received_at)) if is_open else None,
        documents=tested(one),
        steps=steps,
    )
