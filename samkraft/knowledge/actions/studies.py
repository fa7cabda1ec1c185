"""Studies: registered before they begin, drawn by lot, frozen, estimated once, and published through the disclosure door.

Only an evaluator takes a study forward, and meets people through the cohort door alone. Each step is one event that is
never changed; what stands in the way of a step is said with the way out.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import DatabaseError, IntegrityError
from django.utils import timezone

from samkraft.audit.actions import trail, transactions
from samkraft.knowledge.models import Release, Study, StudyDraft, StudyEvent
from samkraft.knowledge.queries import studies as asked
from samkraft.knowledge.rules.releases import What
from samkraft.knowledge.rules.studies import estimates, lots, publishing, registrations, stages
from samkraft.knowledge.rules.studies.estimates import Row
from samkraft.knowledge.rules.studies.stages import Kind
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.people.actions import call_lists as calling
from samkraft.people.actions import guard
from samkraft.people.queries import call_lists
from samkraft.values.context import Context
from samkraft.values.period import day_in_stockholm
from samkraft.values.refusal import Refused

KIND = "knowledge.study"
_REASONS = {one.code: one for one in (stages.FROZEN_ALREADY, stages.SOMEBODY_ELSE, stages.NOT_YET)}


def keep_draft(
    *,
    by: Context,
    at: datetime | None = None,
    initiative_id: UUID,
    fields: Mapping[str, str],
    draft_id: UUID | None = None,
    study_id: UUID | None = None,
) -> UUID:
    """Keep what has been written so far, right or wrong. study_id: the study that it is to be a new version of."""
    access.require(by, Permission.RUN_STUDIES)
    with transactions.write(by):
        return _keep_draft(by, at, initiative_id, fields, draft_id, study_id)


def throw_draft(*, by: Context, at: datetime | None = None, draft_id: UUID) -> None:
    """Throw away a draft of one's own."""
    access.require(by, Permission.RUN_STUDIES)
    with transactions.write(by):
        StudyDraft.objects.filter(id=draft_id, membership_id=by.membership_id).delete()
        trail.record(by=by, at=at, action="study.draft_thrown", subject_kind=KIND, subject_id=draft_id)


def register(*, by: Context, at: datetime | None = None, draft_id: UUID) -> UUID:
    """Register what stands in a draft, which then is no more; the study. Of a study that there is: a new version.

    Raises Refused with how many fields are wrong; `registrations.read` says which. After freezing there is no new version.
    """
    access.require(by, Permission.RUN_STUDIES)
    moment = at or timezone.now()
    with transactions.write(by):
        draft = StudyDraft.objects.filter(id=draft_id, membership_id=by.membership_id).first()
        if draft is None:
            raise Refused(stages.NO_SUCH_STUDY)
        promised, faults = registrations.read(draft.fields)
        if promised is None:
            raise Refused(registrations.INCOMPLETE, many=len(faults))
        study_id = draft.study_id or _begin(by, moment, draft.initiative_id)
        _happen(by, moment, study_id, Kind.REGISTERED, promised.as_json(), subject_name=promised.title)
        draft.delete()
        return study_id


def publish_list(*, by: Context, at: datetime | None = None, study_id: UUID) -> str:
    """Publish the list's codes and groups, and the rule with where the seed will come from; the rule's digest."""
    access.require(by, Permission.RUN_STUDIES)
    moment = at or timezone.now()
    with transactions.write(by):
        held = _ready(study_id, Kind.LIST_PUBLISHED)
        promised = _with_right(held)
        with guard.refusing():
            codes = call_lists.codes(held.registered.id)
        published = lots.as_list(codes, promised, at=moment)
        _happen(by, moment, study_id, Kind.LIST_PUBLISHED, published, codes=len(codes))
        digest: str = published["rule_digest"]
        return digest


def draw(*, by: Context, at: datetime | None = None, study_id: UUID, seed: str, seed_at: datetime) -> int:
    """Draw the lot with the seed that has become known, and put it on the call list. How many were drawn.

    Raises Refused when the list has changed since it was published, and then says the way out.
    """
    access.require(by, Permission.RUN_STUDIES)
    moment = at or timezone.now()
    if seed_at > moment:
        raise Refused(stages.SEED_IN_THE_FUTURE)
    with transactions.write(by):
        held = _ready(study_id, Kind.DRAWN)
        _with_right(held)
        listed = held.last(Kind.LIST_PUBLISHED)
        assert listed is not None  # the step before, which was asked for
        with guard.refusing():
            codes = call_lists.codes(held.registered.id)
        lot = lots.drawn(listed.content, codes, seed=seed, seed_at=seed_at)
        calling.draw_within(
            by=by, registration=held.registered.id, order=lot.order, drawn=frozenset(lot.drawn), at=moment
        )
        _happen(by, moment, study_id, Kind.DRAWN, lots.as_lot(lot, seed=seed, seed_at=seed_at), drawn=len(lot.drawn))
        return len(lot.drawn)


def freeze(*, by: Context, at: datetime | None = None, study_id: UUID) -> str:
    """Close registration, list and lot for good, before anybody has looked at what became of it. The seal's digest."""
    access.require(by, Permission.RUN_STUDIES)
    moment = at or timezone.now()
    with transactions.write(by):
        held = _ready(study_id, Kind.FROZEN)
        follow_up = held.follow_up_date
        content = {
            "registration": held.registered.digest, "sealed": held.events[-1].digest,
            "follow_up_date": follow_up.isoformat() if follow_up else None,
        }  # fmt: skip
        return _happen(by, moment, study_id, Kind.FROZEN, content)


def estimate(*, by: Context, at: datetime | None = None, study_id: UUID) -> dict[str, Any]:
    """Work out the answer, once and as it was registered. Raises Refused before the follow-up is over, or without outcomes."""
    access.require(by, Permission.RUN_STUDIES)
    moment = at or timezone.now()
    with transactions.write(by):
        held = _ready(study_id, Kind.ESTIMATED)
        promised, until = _with_right(held), held.follow_up_date
        lot = held.last(Kind.DRAWN)
        assert until is not None  # frozen after a lot
        assert lot is not None  # the same
        if day_in_stockholm(moment) < until:
            raise Refused(stages.TOO_EARLY, date=until.isoformat())
        rows = _rows(held)
        found = estimates.conduct(rows, promised.outcome, drawn_on=day_in_stockholm(lot.at))
        _happen(by, moment, study_id, Kind.ESTIMATED, found, rows=len(rows))
        return found


def publish(*, by: Context, at: datetime | None = None, study_id: UUID) -> str:
    """Let the answer leave, after it has passed the disclosure door, with a line in the ledger. The digest of what left.

    Figures whose cells the door hides are not among what is published.
    """
    access.require(by, Permission.RUN_STUDIES)
    moment = at or timezone.now()
    with transactions.write(by):
        held = _ready(study_id, Kind.PUBLISHED)
        promised, answer = _with_right(held), held.last(Kind.ESTIMATED)
        assert answer is not None  # the step before, which was asked for
        passed = publishing.passed(_rows(held), promised.outcome)
        content = {"tables": passed.as_json(), "figures": publishing.shown(answer.content, passed)}
        hidden = sum(count is None for count in passed.counts.values())
        digest = _digest(content)
        _happen(by, moment, study_id, Kind.PUBLISHED, content, hidden=hidden, file=digest)
        Release.objects.create(
            initiative_id=asked.initiative_of(study_id), what=What.STUDY.value, title=promised.title[:200], released_at=moment,
            released_by=by.actor_name, shown=len(passed.counts) - hidden, hidden=hidden, digest=digest,
        )  # fmt: skip
        return digest


def _digest(content: Mapping[str, Any]) -> str:
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _keep_draft(
    by: Context, at: datetime | None, initiative_id: UUID, fields: Mapping[str, str], draft_id: UUID | None, study_id: UUID | None
) -> UUID:  # fmt: skip
    kept = {name: str(fields.get(name, ""))[:4_000] for name in asked.FIELDS}
    moment = at or timezone.now()
    if draft_id is not None:
        found = StudyDraft.objects.filter(
            id=draft_id, membership_id=by.membership_id, initiative_id=initiative_id
        ).first()
        if found is None:
            raise Refused(stages.NO_SUCH_STUDY)
        found.fields, found.written_at = kept, moment
        found.save(update_fields=["fields", "written_at"])
        made: UUID = found.id
    else:
        if study_id is not None and (refused := stages.why_not(_held(study_id), Kind.REGISTERED)):
            raise Refused(refused[0])
        made = StudyDraft.objects.create(
            initiative_id=initiative_id, study_id=study_id, membership_id=by.membership_id, fields=kept, written_at=moment
        ).id  # fmt: skip
    trail.record(by=by, at=at, action="study.draft_kept", subject_kind=KIND, subject_id=made)
    return made


def _begin(by: Context, at: datetime, initiative_id: UUID) -> UUID:
    number = Study.objects.filter(initiative_id=initiative_id).count() + 1
    with _first_of_two():
        made = Study(initiative_id=initiative_id, number=number, begun_at=at, begun_by=by.actor_name)
        made.save(force_insert=True)
    key: UUID = made.id
    return key


def _held(study_id: UUID) -> stages.Study:
    found = asked.held(study_id)
    if found is None:
        raise Refused(stages.NO_SUCH_STUDY)
    return found


def _ready(study_id: UUID, kind: Kind) -> stages.Study:
    held = _held(study_id)
    if refused := stages.why_not(held, kind):
        raise Refused(refused[0], step=refused[1])
    return held


def _with_right(held: stages.Study) -> registrations.Registration:
    """Without ethics, legal basis and impact assessment there is no lot, and nothing is joined."""
    promised = held.registration
    if not promised.may_go_on:
        raise Refused(registrations.WITHOUT_RIGHT)
    return promised


def _rows(held: stages.Study) -> list[Row]:
    until = held.follow_up_date
    assert until is not None  # after a lot
    with guard.refusing():
        found = call_lists.study_rows(held.registered.id, until=until)
    return [
        Row(one.stratum, one.is_drawn, one.has_come, one.birth_year, one.worked_before, one.situation) for one in found
    ]


def _happen(
    by: Context, at: datetime, study_id: UUID, kind: Kind, content: Mapping[str, Any], **said: Any
) -> str:  # fmt: skip
    """Write the event and leave its trace, inside the action's transaction; its digest. The second of two is told so."""
    events = asked.events(study_id)
    version = max((one.version for one in events), default=0) + (kind is Kind.REGISTERED)
    digest = stages.digest(events[-1].digest if events else "", kind, version, content)
    with _first_of_two():
        StudyEvent.objects.create(
            study_id=study_id, place=len(events) + 1, version=version, kind=kind.value, content=content, digest=digest,
            happened_at=at, happened_by=by.actor_name,
        )  # fmt: skip
    trail.record(
        by=by, at=at, action=f"study.{kind.value}", subject_kind=KIND, subject_id=study_id, digest=digest, version=version, **said
    )  # fmt: skip
    return digest


@contextmanager
def _first_of_two() -> Iterator[None]:
    try:
        yield
    except IntegrityError as error:
        raise Refused(stages.SOMEBODY_ELSE) from error
    except DatabaseError as error:
        code = getattr(getattr(error.__cause__, "diag", None), "message_primary", "")
        if code in _REASONS:
            raise Refused(_REASONS[code], step="") from error
        raise
