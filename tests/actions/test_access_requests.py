"""Requests for documents: tested, masked, answered; the authority's no is another's; nobody else knows of them."""

import json
from datetime import date
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connection
from hypothesis import given, settings
from hypothesis import strategies as st

from samkraft.audit.actions import transactions
from samkraft.audit.models import Event
from samkraft.money.actions import access_requests, matters
from samkraft.money.models import AccessRequest
from samkraft.money.queries import access_requests as queries
from samkraft.money.queries.access_requests import RequestRow
from samkraft.money.rules import access_requests as rules
from samkraft.money.rules.access_requests import Mask, Result, Step, Way
from samkraft.partners.rules.roles import Role
from samkraft.values.context import Context
from samkraft.values.refusal import Refused
from tests.factories import partners

pytestmark = pytest.mark.django_db
TEXT = "Leverantören Exempel AB har lämnat ett anbud på\n412 000 kronor. Anbudet från Exempel AB antas."


def _listed(by: Context) -> list[RequestRow]:
    with transactions.read(by):
        return queries.listed(by=by)


def _document(by: object) -> object:
    return matters.receive(by=by, kind="anbud", title="Anbudssammanställning", text=TEXT)  # type: ignore[arg-type]  # a context


def test_a_document_goes_out_masked_and_the_trail_tells_neither_who_nor_what() -> None:
    by = partners.by(Role.FUND_OFFICER)
    document = _document(by)
    request = access_requests.receive(
        by=by, way=Way.EMAIL, words="Alla anbud om coachning", answer_to="anna@exempel.invalid"
    )
    assert queries.find(by=by, words="anbud coach") == []
    (found,) = queries.find(by=by, words="anbud exempel")
    assert found.id == document
    masks = [Mask("412 000 kronor", "31:16")]
    access_requests.weigh(
        by=by, request_id=request, document_id=found.id, result=Result.MASKED, masks=masks, harm="Priset skadar."
    )
    access_requests.move(by=by, request_id=request, step=Step.ANSWERED)
    with transactions.read(by):
        handed = queries.handed_out(by=by, request_id=request, document_id=found.id)
    assert handed is not None
    told = "".join(piece.text for piece in handed[1])
    assert "412" not in told
    assert "Anbudet från Exempel AB antas." in told
    assert [piece.ground for piece in handed[1] if piece.ground] == ["31:16"]
    (row,) = _listed(by)
    assert (row.name[5:], row.answer, row.standing) == ("1", Result.MASKED, Step.ANSWERED)
    with transactions.read(by):
        events = list(Event.objects.filter(subject_kind="money.access_request"))
    assert len(events) == 3
    assert not any("anna" in event.content or "coachning" in event.content for event in events)


def test_another_authority_knows_of_no_request_not_even_in_raw_sql() -> None:
    by, other = partners.by(Role.FUND_OFFICER), partners.by(Role.COMMITTEE_CONTROLLER, "gvn")
    request = access_requests.receive(by=by, way=Way.VISIT, words="Allt")
    assert _listed(other) == []
    with pytest.raises(Refused) as refused:
        access_requests.move(by=other, request_id=request, step=Step.WITHDRAWN)
    assert refused.value.reason is access_requests.NO_REQUEST
    for who, count in ((by, 1), (other, 0), (partners.by(Role.COUNCILLOR), 0)):
        with transactions.read(who), connection.cursor() as cursor:
            for table in ("money_accessrequest", "money_accessstep"):
                cursor.execute(f"SELECT count(*) FROM {table}")
                assert cursor.fetchone() == (count,)
    with (
        pytest.raises(DatabaseError, match="row-level security"),
        transactions.write(other),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "INSERT INTO money_accessstep (id, request_id, step, number, text, at, by, by_id) "
            "VALUES (gen_random_uuid(), %s, 'withdrawn', 9, '', now(), '', gen_random_uuid())",
            [request],
        )
    assert AccessRequest.objects.count() == 0  # without a context there is nothing


def test_a_no_is_the_authoritys_by_another_with_reasons() -> None:
    by, colleague = partners.by(Role.FUND_OFFICER), partners.by(Role.FUND_OFFICER)
    document = _document(by)
    request = access_requests.receive(by=by, way=Way.LETTER, words="Anbudet")
    access_requests.weigh(
        by=by, request_id=request, document_id=document, result=Result.REFUSED, ground="31:16", harm="Affären skadas."
    )
    access_requests.move(by=by, request_id=request, step=Step.ANSWERED)
    access_requests.move(by=by, request_id=request, step=Step.TO_AUTHORITY)
    with pytest.raises(Refused) as refused:
        access_requests.move(by=by, request_id=request, step=Step.DECIDED, text="Skäl")
    assert refused.value.reason is access_requests.SAME_PERSON
    with pytest.raises(Refused) as refused:
        access_requests.move(by=colleague, request_id=request, step=Step.DECIDED)
    assert refused.value.reason is access_requests.REASONS_NEEDED
    access_requests.weigh(by=colleague, request_id=request, document_id=document, result=Result.WHOLE)
    access_requests.move(by=colleague, request_id=request, step=Step.DECIDED, text="Affären är avslutad.")
    access_requests.move(by=colleague, request_id=request, step=Step.HANDED_OUT)
    (row,) = _listed(by)
    assert (row.answer, row.standing, row.due) == (Result.WHOLE, Step.HANDED_OUT, None)
    with pytest.raises(Refused) as refused:
        access_requests.move(by=by, request_id=request, step=Step.TO_AUTHORITY)
    assert refused.value.reason is access_requests.NOTHING_REFUSED


@pytest.mark.parametrize(
    ("result", "more", "reason"),
    [
        (Result.REFUSED, {}, access_requests.GROUND_NEEDED),
        (Result.REFUSED, {"ground": "1:1", "harm": "x"}, access_requests.GROUND_NEEDED),
        (Result.REFUSED, {"ground": "31:16"}, access_requests.GROUND_NEEDED),
        (Result.MASKED, {"harm": "x"}, access_requests.PASSAGE_NEEDED),
        (Result.MASKED, {"harm": "x", "masks": [Mask("Hemligt", "31:16")]}, access_requests.PASSAGE_NOT_THERE),
        (Result.MASKED, {"harm": "x", "masks": [Mask("Exempel AB", "")]}, access_requests.GROUND_NEEDED),
        (Result.MASKED, {"masks": [Mask("Exempel AB", "31:16")]}, access_requests.GROUND_NEEDED),
    ],
)
def test_nothing_is_kept_back_without_a_ground_a_harm_test_and_a_passage(
    result: Result, more: dict, reason: object
) -> None:  # type: ignore[type-arg]  # as test takes
    by = partners.by(Role.FUND_OFFICER)
    request = access_requests.receive(by=by, way=Way.PHONE, words="Anbudet")
    with pytest.raises(Refused) as refused:
        access_requests.weigh(by=by, request_id=request, document_id=_document(by), result=result, **more)
    assert refused.value.reason is reason
    (row,) = _listed(by)
    assert not row.documents


def test_numbers_have_no_gaps_and_what_is_answered_is_not_tested_again() -> None:
    by = partners.by(Role.FUND_OFFICER)
    ids = [access_requests.receive(by=by, way=Way.PHONE, words="x") for _number in range(3)]
    assert [row.name[5:] for row in _listed(by)] == ["3", "2", "1"]
    access_requests.move(by=by, request_id=ids[0], step=Step.ANSWERED)
    with pytest.raises(Refused) as refused:
        access_requests.weigh(by=by, request_id=ids[0], document_id=_document(by), result=Result.WHOLE)
    assert refused.value.reason is access_requests.IS_ANSWERED
    with pytest.raises(Refused) as refused:
        access_requests.receive(by=by, way=Way.PHONE, words="  ")
    assert refused.value.reason is access_requests.WORDS_NEEDED
    with pytest.raises(Refused):
        access_requests.receive(by=partners.by(Role.COUNCILLOR), way=Way.PHONE, words="x")


@given(st.text("abc \n", max_size=60), st.lists(st.text("abc \n", min_size=1, max_size=4), max_size=4))
@settings(max_examples=300, deadline=None)
def test_no_masked_passage_is_left_and_all_else_is(text: str, passages: list[str]) -> None:
    pieces = rules.mask(text, [Mask(each, "31:16") for each in passages])
    open_parts = [piece.text for piece in pieces if not piece.ground]
    for each in passages:
        assert all(not rules.occurrences(part, each) for part in open_parts)
    if not any(each.strip() and rules.occurrences(text, each) for each in passages):
        assert "".join(open_parts) == text


def test_the_answer_is_due_in_three_working_days() -> None:
    assert rules.due(date(2026, 11, 20)) == date(2026, 11, 25)  # a Friday
    assert rules.whole_answer([]) is None
    assert rules.whole_answer([Result.WHOLE, Result.REFUSED]) is Result.MASKED


BREAKS = {
    "money_accessrequest_number_once": ("money_accessrequest", {}),
    "money_accessrequest_way_known": ("money_accessrequest", {"number": 9, "way": "rykte"}),
    "money_accessrequest_says_what": ("money_accessrequest", {"number": 9, "words": ""}),
    "money_accessdocument_number_once": ("money_accessdocument", {}),
    "money_accessdocument_result_known": ("money_accessdocument", {"number": 9, "result": "annat"}),
    "money_accessdocument_ground_known": ("money_accessdocument", {"number": 9, "ground": "1:1"}),
    "money_accessdocument_no_has_ground": ("money_accessdocument", {"number": 9, "result": "refused", "harm": ""}),
    "money_accessdocument_mask_has_passage": ("money_accessdocument", {"number": 9, "masks": []}),
    "money_accessstep_number_once": ("money_accessstep", {}),
    "money_accessstep_step_known": ("money_accessstep", {"number": 9, "step": "annat"}),
}


@pytest.mark.parametrize("name", BREAKS)
def test_the_database_keeps_each_promise_by_itself(name: str) -> None:
    by = partners.by(Role.FUND_OFFICER)
    request = access_requests.receive(by=by, way=Way.EMAIL, words="Anbudet")
    masks = [Mask("Exempel AB", "31:16")]
    access_requests.weigh(
        by=by, request_id=request, document_id=_document(by), result=Result.MASKED, masks=masks, harm="Skada"
    )
    table, changes = BREAKS[name]
    changed = json.dumps({**changes, "id": str(uuid4())})
    with pytest.raises(IntegrityError, match=name), transactions.write(by), connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} SELECT (jsonb_populate_record(r, %s::jsonb)).* FROM {table} r LIMIT 1", [changed]
        )
