"""Check the trail against its seals, row by row, without the database functions that made them.

Needs to see every event, so it runs as the owner (or a role with the same sight), never for a page.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction

from samkraft.audit.rules import seals
from samkraft.audit.rules.proof import Fault, Finding, Proof, ThinnedBy

_SEALED = """
    SELECT d.seal_id, d.event_id::text, d.digest, d.thinning_id::text, e.id IS NOT NULL,
           e.id::text, (extract(epoch FROM e.at) * 1000000)::bigint::text,
           (extract(epoch FROM e.recorded_at) * 1000000)::bigint::text, e.transaction::text, e.actor_id::text,
           e.actor_name, e.membership_id::text, e.role, e.area_id::text, e.purpose, e.action, e.subject_kind,
           e.subject_id, e.subject_name, e.salt, e.content
      FROM audit_sealeddigest d LEFT JOIN audit_event e ON e.id = d.event_id
     ORDER BY d.seal_id, d.event_id
"""
_SEALS = """
    SELECT number, (extract(epoch FROM sealed_at) * 1000000)::bigint, horizon, count, chain
      FROM audit_seal ORDER BY number
"""
# An event that was finished before the last seal was set, and that no seal covers, was put there afterwards.
_INSERTED = """
    SELECT e.id::text FROM audit_event e
     WHERE NOT EXISTS (SELECT 1 FROM audit_sealeddigest d WHERE d.event_id = e.id)
       AND e.transaction < (SELECT max(horizon) FROM audit_seal)
     ORDER BY e.id
"""
_UNSEALED = """
    SELECT count(*) FROM audit_event e WHERE NOT EXISTS (SELECT 1 FROM audit_sealeddigest d WHERE d.event_id = e.id)
"""
_PROTOCOLS = """
    SELECT t.id::text, t.decision, t.thinned_by, t.count,
           (SELECT count(*) FROM audit_sealeddigest d WHERE d.thinning_id = t.id)
      FROM audit_thinning t ORDER BY t.thinned_at, t.id
"""


@dataclass(slots=True)
class _Run:
    """What has been found so far, and the chain value up to the last seal."""

    findings: list[Finding] = field(default_factory=list)
    events: int = 0
    chain: str = ""

    def find(self, fault: Fault, seal: int, subject: object) -> None:
        self.findings.append(Finding(fault, seal, str(subject)))


def check(*, noted: tuple[int, str] | None = None) -> Proof:
    """Recompute every digest and the whole chain. `noted` is a seal's number and chain value written down elsewhere:
    it shows whether the end of the chain has been cut off and made anew."""
    run = _Run()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute(_SEALS)
        headers = cursor.fetchall()
        batches = _batches()
        batch = next(batches, None)
        expected = 1
        for header in headers:
            for missing in range(expected, header[0]):
                run.find(Fault.SEAL_MISSING, missing, missing)
            expected = header[0] + 1
            rows = []
            if batch is not None and batch[0] == header[0]:
                rows = batch[1]
                batch = next(batches, None)
            _check_seal(run, header, rows)
        thinned = _check_protocols(run, cursor)
        cursor.execute(_INSERTED)
        for (event_id,) in cursor.fetchall():
            run.find(Fault.INSERTED, 0, event_id)
        cursor.execute(_UNSEALED)
        unsealed = cursor.fetchone()[0]
    if noted is not None and not any((header[0], header[4]) == noted for header in headers):
        run.find(Fault.NOTED_SEAL_GONE, noted[0], noted[1])
    return Proof(
        seals=len(headers),
        events=run.events,
        unsealed=unsealed,
        last_chain=headers[-1][4] if headers else "",
        thinned=tuple(thinned),
        findings=tuple(run.findings),
    )


def _batches() -> Iterator[tuple[int, list[Any]]]:
    """The sealed rows, one seal at a time, read through a cursor on the server so that memory holds one seal."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(_SEALED)
        number, rows = None, []
        for row in cursor:
            if row[0] != number and number is not None:
                yield number, rows
                rows = []
            number = row[0]
            rows.append(row)
        if number is not None:
            yield number, rows


def _check_seal(run: _Run, header: tuple[Any, ...], rows: list[Any]) -> None:
    number, sealed_at, horizon, count, chain = header
    if len(rows) != count:
        run.find(Fault.COUNT_WRONG, number, f"{len(rows)} ≠ {count}")
    for _seal, event_id, told, thinning, is_there, *columns in rows:
        run.events += is_there
        if thinning is None and not is_there:
            run.find(Fault.REMOVED, number, event_id)
        elif thinning is not None and is_there:
            run.find(Fault.THINNED_BUT_THERE, number, event_id)
        elif is_there and seals.digest(columns) != told:
            run.find(Fault.CHANGED, number, event_id)
    worked_out = seals.chain(
        before=run.chain,
        number=number,
        sealed_at=sealed_at,
        horizon=horizon,
        count=count,
        digests=((row[1], row[2]) for row in rows),
    )
    if worked_out != chain:
        run.find(Fault.SEAL_BROKEN, number, number)
    run.chain = chain  # go on from what is stored, so that one broken seal is told once


def _check_protocols(run: _Run, cursor: Any) -> list[ThinnedBy]:
    cursor.execute(_PROTOCOLS)
    thinned = []
    for protocol, decision, by, told, actual in cursor.fetchall():
        if told != actual:
            run.find(Fault.PROTOCOL_WRONG, 0, protocol)
        thinned.append(ThinnedBy(decision, by, actual))
    return thinned
