"""Requests to be given documents: received, documents found and tested, answered, decided by the authority, handed out."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

from django.db import DatabaseError, IntegrityError, connection
from django.utils import timezone

from samkraft.audit.actions import trail, transactions
from samkraft.money.models import AccessDocument, AccessRequest, AccessStep, Document
from samkraft.money.queries import access_requests as queries
from samkraft.money.rules import access_requests as rules
from samkraft.money.rules.access_requests import GROUNDS, NEXT_STEPS, STEP_LABELS, Mask, Result, Step, Way
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.values.context import Context
from samkraft.values.period import day_in_stockholm
from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase

WORDS_NEEDED = Reason("access_words_needed", phrase("Skriv vad begäran gäller."), "")
NO_REQUEST = Reason("no_access_request", phrase("Begäran finns inte."), phrase("Gå till listan och välj en annan."))
NO_DOCUMENT = Reason("no_access_document", phrase("Handlingen finns inte."), phrase("Sök fram den igen."))
GROUND_NEEDED = Reason(
    "access_ground_needed",
    phrase("Ange vilken sekretessregel som hindrar, och hur du har prövat skadan."),
    phrase("Utan lagstöd lämnas handlingen ut."),
)
PASSAGE_NOT_THERE = Reason(
    "access_passage_not_there", phrase("”{passage}” står inte i handlingen."), phrase("Kopiera stycket ur texten.")
)
PASSAGE_NEEDED = Reason(
    "access_passage_needed", phrase("Skriv vad som ska maskas."), phrase("Ett stycke eller ord i taget.")
)
WRONG_STEP = Reason(
    "access_wrong_step", phrase("Begäran är {now} och kan inte bli {step}."), phrase("Läs in sidan på nytt.")
)
IS_ANSWERED = Reason(
    "access_is_answered", phrase("Begäran är redan besvarad."), phrase("Ta emot ett nytt önskemål som en ny begäran.")
)
NOTHING_REFUSED = Reason(
    "access_nothing_refused",
    phrase("Allt lämnas ut, så det finns inget att överklaga."),
    phrase("Lämna ut handlingarna."),
)
SAME_PERSON = Reason(
    "access_same_person",
    phrase("Den som har svarat nej kan inte fatta myndighetens beslut."),
    phrase("Be någon annan med behörighet."),
)
REASONS_NEEDED = Reason("access_reasons_needed", phrase("Skriv skälen för beslutet."), "")


def receive(*, by: Context, at: datetime | None = None, way: Way, words: str, answer_to: str = "") -> UUID:
    """Take in a request. Who asks is not asked for; `answer_to` is where the answer goes, when that is wanted."""
    access.require(by, Permission.HANDLE_ACCESS_REQUESTS)
    if not words.strip():
        raise Refused(WORDS_NEEDED)
    at = at or timezone.now()
    year = day_in_stockholm(at).year
    with transactions.write(by):
        with connection.cursor() as cursor:  # numbers without gaps: one at a time per authority
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"access {by.organisation_id}"])
        count = AccessRequest.objects.filter(organisation=by.organisation_id, year=year).count()
        request = AccessRequest.objects.create(
            id=uuid4(), organisation_id=by.organisation_id, year=year, number=count + 1, way=way.value,
            words=words.strip(), answer_to=answer_to.strip(), received_at=at, received_by=by.actor_name,
        )  # fmt: skip
        _step(by, at, request, Step.RECEIVED)
        return request.id


def weigh(
    *,
    by: Context,
    at: datetime | None = None,
    request_id: UUID,
    document_id: UUID,
    result: Result,
    masks: Sequence[Mask] = (),
    ground: str = "",
    harm: str = "",
) -> None:
    """What becomes of one document. A mask must stand in the text; a no and a mask have a ground and a harm test."""
    access.require(by, Permission.HANDLE_ACCESS_REQUESTS)
    at = at or timezone.now()
    with transactions.write(by):
        request = _find(request_id)
        if queries.standing(request) not in (Step.RECEIVED, Step.TO_AUTHORITY):
            raise Refused(IS_ANSWERED)
        document = Document.objects.defer("content").filter(id=document_id).first()
        if document is None:
            raise Refused(NO_DOCUMENT)
        _check(document, result, masks, ground, harm)
        number = request.documents.filter(document=document).count() + 1
        AccessDocument.objects.create(
            id=uuid4(), request=request, document=document, number=number, result=result.value,
            masks=[{"passage": one.passage, "ground": one.ground} for one in masks] if result is Result.MASKED else [],
            ground=ground if result is Result.REFUSED else "", harm=harm.strip() if result is not Result.WHOLE else "",
            at=at, by=by.actor_name,
        )  # fmt: skip
        _record(by, at, "access_request.weigh", request, document=str(document.id), result=result.value)


def move(*, by: Context, at: datetime | None = None, request_id: UUID, step: Step, text: str = "") -> None:
    """The next step of a request. The authority's own decision is by another than whoever answered, with reasons."""
    access.require(by, Permission.HANDLE_ACCESS_REQUESTS)
    at = at or timezone.now()
    try:
        with transactions.write(by):
            request = _find(request_id)
            now = queries.standing(request)
            if step not in NEXT_STEPS[now]:
                raise Refused(WRONG_STEP, now=STEP_LABELS[now], step=STEP_LABELS[step])
            answer = rules.whole_answer([one.result for one in queries.tested(request)])
            if step is Step.TO_AUTHORITY and answer is Result.WHOLE:
                raise Refused(NOTHING_REFUSED)
            if step is Step.DECIDED and not text.strip():
                raise Refused(REASONS_NEEDED)
            _step(by, at, request, step, text)
    except (DatabaseError, IntegrityError) as error:
        if "money_access_same_person" in str(error):
            raise Refused(SAME_PERSON) from error
        if "money_accessstep_number_once" in str(error):
            raise Refused(WRONG_STEP, now=STEP_LABELS[step], step=STEP_LABELS[step]) from error
        raise


def _check(document: Document, result: Result, masks: Sequence[Mask], ground: str, harm: str) -> None:
    if result is Result.REFUSED and (ground not in GROUNDS or not harm.strip()):
        raise Refused(GROUND_NEEDED)
    if result is not Result.MASKED:
        return
    if not masks:
        raise Refused(PASSAGE_NEEDED)
    if not harm.strip() or any(one.ground not in GROUNDS for one in masks):
        raise Refused(GROUND_NEEDED)
    for one in masks:
        if not rules.occurrences(document.text, one.passage):
            raise Refused(PASSAGE_NOT_THERE, passage=one.passage[:80])


def _find(request_id: UUID) -> AccessRequest:
    request = AccessRequest.objects.filter(id=request_id).first()
    if request is None:
        raise Refused(NO_REQUEST)
    return request


def _step(by: Context, at: datetime, request: AccessRequest, step: Step, text: str = "") -> None:
    AccessStep.objects.create(
        id=uuid4(), request=request, step=step.value, number=request.steps.count() + 1, text=text.strip(), at=at,
        by=by.actor_name, by_id=by.actor_id,
    )  # fmt: skip
    _record(by, at, f"access_request.{step.value}", request)


def _record(by: Context, at: datetime, action: str, request: AccessRequest, **content: object) -> None:
    """Never who asks, nor what they wrote: the trail is read by more than the request."""
    trail.record(
        by=by, at=at, action=action, subject_kind="money.access_request", subject_id=request.id,
        subject_name=f"{request.year}-{request.number}", **content,
    )  # fmt: skip
