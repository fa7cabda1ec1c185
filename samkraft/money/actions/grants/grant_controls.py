"""Control of grants by random sample: the seed and the frame are kept, so that anybody can draw it again."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone

from samkraft.audit.actions import trail, transactions
from samkraft.money.actions.grants.applications import TEXT_NEEDED
from samkraft.money.models import Grant, GrantControl, GrantSample
from samkraft.money.rules.grants import grant_terms
from samkraft.money.rules.grants.grant_kinds import ControlOutcome
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.values.context import Context
from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase

NO_SEED = Reason(
    "sample_without_seed",
    phrase("Dragningen har inget frö."),
    phrase("Skriv ett tal som ingen kunde välja, till exempel en dags lottodragning."),
)
NO_SIZE = Reason(
    "sample_without_size", phrase("Antalet måste vara minst 1."), phrase("Skriv hur många bidrag som ska kontrolleras.")
)
TOO_FEW = Reason("sample_too_few", phrase("Det finns bara {many} bidrag för {year}."), phrase("Dra färre."))
NO_CONTROL = Reason("no_control", phrase("Kontrollen finns inte."), phrase("Öppna dragningen på nytt."))
CONTROLLED = Reason("grant_controlled", phrase("Kontrollen är redan antecknad."), phrase("Du behöver inte göra något."))


def draw(*, by: Context, at: datetime | None = None, year: int, seed: str, size: int) -> UUID:
    """Draw so many of a year's grants. What is drawn from is kept with the seed."""
    access.require(by, Permission.PREPARE_GRANTS)
    at = at or timezone.now()
    if not seed.strip():
        raise Refused(NO_SEED)
    if size < 1:
        raise Refused(NO_SIZE)
    with transactions.write(by):
        frame = sorted(str(one) for one in Grant.objects.filter(year=year).values_list("id", flat=True))
        if size > len(frame):
            raise Refused(TOO_FEW, many=len(frame), year=year)
        made = GrantSample.objects.create(
            year=year, seed=seed.strip()[:100], size=size, frame=frame, drawn_at=at, drawn_by=by.actor_name
        )
        drawn = grant_terms.sample(frame, seed=made.seed, size=size)
        GrantControl.objects.bulk_create(
            GrantControl(sample=made, grant_id=UUID(one), position=position)
            for position, one in enumerate(drawn, start=1)
        )
        trail.record(
            by=by, at=at, action="grant_sample.draw", subject_kind="money.grantsample", subject_id=made.id,
            subject_name=str(year), seed=made.seed, size=size, of=len(frame),
        )  # fmt: skip
        return made.id


def note(*, by: Context, at: datetime | None = None, control_id: UUID, outcome: ControlOutcome, text: str) -> None:
    """Write down what a control showed, once."""
    access.require(by, Permission.PREPARE_GRANTS)
    at = at or timezone.now()
    if not text.strip():
        raise Refused(TEXT_NEEDED)
    with transactions.write(by):
        row = GrantControl.objects.select_for_update(of=("self",)).select_related("grant").filter(id=control_id).first()
        if row is None:
            raise Refused(NO_CONTROL)
        if row.done_at is not None:
            raise Refused(CONTROLLED)
        row.outcome, row.text, row.done_at, row.done_by = outcome.value, text.strip(), at, by.actor_name
        row.save(update_fields=["outcome", "text", "done_at", "done_by"])
        trail.record(
            by=by, at=at, action="grant_control.note", subject_kind="money.grant", subject_id=row.grant_id,
            subject_name=row.grant.title, outcome=outcome.value,
        )  # fmt: skip
