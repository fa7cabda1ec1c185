"""Versions of the method handbook: begun, written, proposed to a meeting, decided. A decided one is never changed."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from samkraft.audit.actions import trail, transactions
from samkraft.initiatives.actions import leading
from samkraft.initiatives.models import HandbookEvent, HandbookText, HandbookVersion, Resolution
from samkraft.initiatives.rules import handbooks as rules
from samkraft.initiatives.rules.handbooks import HandbookEventKind, Section
from samkraft.initiatives.rules.meetings import About
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.values.context import Context
from samkraft.values.refusal import Refused

KIND = "initiatives.handbook_version"


def begin(
    *,
    by: Context,
    at: datetime | None = None,
    initiative_id: UUID,
    number: str,
    sections: Sequence[Section],
    about: str = "",
) -> UUID:
    """Begin a version and return its id. Raises Refused when the number is missing or taken, or the text is."""
    now = at or timezone.now()
    with transactions.write(by):
        access.require(by, Permission.MANAGE_STEERING)
        initiative = leading.lock_within(by, initiative_id)
        number = number.strip()
        if not number:
            raise Refused(rules.NO_NUMBER)
        if HandbookVersion.objects.filter(initiative=initiative, number=number).exists():
            raise Refused(rules.NUMBER_TAKEN, number=number)
        version = HandbookVersion(
            initiative=initiative, number=number, about=about.strip(), begun_at=now, begun_by=by.actor_name
        )
        if refused := rules.why_not(sections):
            raise refused
        version.save(force_insert=True)
        _write(by, now, version, 1, sections, "handbook.begin")
        return version.id


def write(
    *,
    by: Context,
    at: datetime | None = None,
    version_id: UUID,
    sections: Sequence[Section],
    seen: int | None = None,
) -> None:
    """Save a draft's whole text anew. `seen` is the revision that the person had opened.

    Raises Refused when it is proposed or decided, and when somebody else has saved it since.
    """
    now = at or timezone.now()
    with transactions.write(by):
        access.require(by, Permission.MANAGE_STEERING)
        version = HandbookVersion.objects.get(id=version_id)
        leading.lock_within(by, version.initiative_id)
        _refuse_standing(version)
        text = version.texts.order_by("-revision").first()
        assert text is not None
        if seen is not None and seen != text.revision:
            raise Refused(rules.CHANGED_MEANWHILE, who=text.by, number=version.number)
        if refused := rules.why_not(sections):
            raise refused
        _write(by, now, version, text.revision + 1, sections, "handbook.write")


def propose_within(*, by: Context, at: datetime, version_id: UUID) -> None:
    """Inside the transaction that brings a version up at a meeting: from now on its text stands still."""
    version = HandbookVersion.objects.get(id=version_id)
    _refuse_standing(version)
    _happen(by, at, version, HandbookEventKind.PROPOSED)


def return_within(*, by: Context, at: datetime, version_id: UUID) -> None:
    """Inside the transaction in which a meeting did not decide it: a proposed version can be changed again."""
    version = HandbookVersion.objects.get(id=version_id)
    kinds = [HandbookEventKind(kind) for kind in version.events.values_list("kind", flat=True)]
    if rules.is_proposed(kinds) and HandbookEventKind.DECIDED not in kinds:
        _happen(by, at, version, HandbookEventKind.RETURNED)


def decide_within(*, by: Context, at: datetime, version_id: UUID, resolution_id: UUID, holds_from: date) -> None:
    """Inside the transaction in which the minutes are adjusted: the version holds from the day, by that decision."""
    version = HandbookVersion.objects.get(id=version_id)
    refuse_too_early_within(version_id=version_id, holds_from=holds_from, decided=holds_from)
    _happen(by, at, version, HandbookEventKind.DECIDED, resolution_id=resolution_id, holds_from=holds_from)


def refuse_too_early_within(*, version_id: UUID, holds_from: date, decided: date) -> None:
    """Inside a transaction: refuses a day before the decision, or not after the version that a meeting let hold last."""
    version = HandbookVersion.objects.get(id=version_id)
    others = Resolution.objects.filter(
        board__initiative_id=version.initiative_id, point__about=About.HANDBOOK.value, holds_from__isnull=False
    ).exclude(point__about_id=str(version_id))
    latest = others.select_related("point").order_by("-holds_from").first()
    since = latest.holds_from if latest else None
    if rules.why_not_hold(holds_from, decided=decided, latest=since):
        other = HandbookVersion.objects.get(id=UUID(latest.point.about_id)).number if latest else "–"
        raise Refused(
            rules.HOLDS_TOO_EARLY, number=version.number, day=holds_from.isoformat(), other=other,
            since=(since or decided).isoformat(),
        )  # fmt: skip


def _refuse_standing(version: HandbookVersion) -> None:
    """Refuses a version whose text stands: it is decided, or lies before a meeting."""
    kinds = [HandbookEventKind(kind) for kind in version.events.values_list("kind", flat=True)]
    if HandbookEventKind.DECIDED in kinds:
        raise Refused(rules.STANDS, number=version.number)
    if rules.is_proposed(kinds):
        raise Refused(rules.IS_PROPOSED, number=version.number)


def _write(
    by: Context, now: datetime, version: HandbookVersion, revision: int, sections: Sequence[Section], action: str
) -> None:
    HandbookText.objects.create(
        version=version, revision=revision, sections=rules.as_json(sections), at=now, by=by.actor_name
    )
    trail.record(
        by=by, at=now, action=action, subject_kind=KIND, subject_id=version.id, subject_name=version.number,
        revision=revision, sections=len(sections),
    )  # fmt: skip


def _happen(
    by: Context,
    now: datetime,
    version: HandbookVersion,
    kind: HandbookEventKind,
    *,
    resolution_id: UUID | None = None,
    holds_from: date | None = None,
) -> None:
    HandbookEvent.objects.create(
        version=version, kind=kind.value, resolution_id=resolution_id, holds_from=holds_from, at=now, by=by.actor_name
    )
    trail.record(
        by=by, at=now, action=f"handbook.{kind.value}", subject_kind=KIND, subject_id=version.id,
        subject_name=version.number, resolution=resolution_id, holds_from=holds_from,
    )  # fmt: skip
