"""What colleagues want to try: each scenario with its last version, what was said of it, and what came of it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from samkraft.knowledge.models import Scenario, ScenarioComment, ScenarioVersion
from samkraft.knowledge.queries import forecasts
from samkraft.knowledge.queries.forecasts import ForecastRow
from samkraft.knowledge.rules.forecasting import changes
from samkraft.knowledge.rules.forecasting.changes import Changes


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One version: who wrote what, when."""

    id: UUID
    number: int
    name: str
    why: str
    changes: Changes
    written_at: datetime
    written_by: str


@dataclass(frozen=True, slots=True)
class CommentRow:
    """What a colleague said."""

    text: str
    written_at: datetime
    written_by: str


@dataclass(frozen=True, slots=True)
class ScenarioRow:
    """One scenario. versions: the newest first. forecast: the newest of its last version; None until one is made."""

    id: UUID
    initiative_id: UUID
    versions: tuple[VersionRow, ...]
    comments: tuple[CommentRow, ...]
    withdrawn_at: datetime | None
    withdrawn_by: str
    withdrawn_why: str
    forecast: ForecastRow | None

    @property
    def now(self) -> VersionRow:
        """What holds."""
        return self.versions[0]


def listed(initiative_id: UUID, *, withdrawn: bool = False) -> list[ScenarioRow]:
    """Those that are of interest, the last written first; or those that have been withdrawn."""
    found = Scenario.objects.filter(initiative_id=initiative_id, withdrawals__isnull=not withdrawn)
    return sorted(_rows(initiative_id, list(found)), key=lambda row: row.now.written_at, reverse=True)


def one(initiative_id: UUID, scenario_id: UUID) -> ScenarioRow | None:
    """One of the initiative's, withdrawn or not; None when there is no such."""
    return next(
        iter(_rows(initiative_id, list(Scenario.objects.filter(initiative_id=initiative_id, id=scenario_id)))), None
    )


def _rows(initiative_id: UUID, found: list[Scenario]) -> list[ScenarioRow]:
    keys = [row.id for row in found]
    versions: dict[UUID, list[VersionRow]] = {key: [] for key in keys}
    for each in ScenarioVersion.objects.filter(scenario_id__in=keys).order_by("-number"):
        versions[each.scenario_id].append(
            VersionRow(
                each.id, each.number, each.name, each.why, changes.of_json(each.changes), each.written_at, each.written_by
            )
        )  # fmt: skip
    said: dict[UUID, list[CommentRow]] = {key: [] for key in keys}
    for comment in ScenarioComment.objects.filter(scenario_id__in=keys).order_by("written_at", "id"):
        said[comment.scenario_id].append(CommentRow(comment.text, comment.written_at, comment.written_by))
    ends = {row.id: row.withdrawals.first() for row in found}
    made = forecasts.newest_of(initiative_id, [rows[0].id for rows in versions.values() if rows])
    return [
        ScenarioRow(
            row.id, row.initiative_id, tuple(versions[row.id]), tuple(said[row.id]),
            end.withdrawn_at if (end := ends[row.id]) else None, end.withdrawn_by if end else "",
            end.reason if end else "", made.get(versions[row.id][0].id),
        )
        for row in found
        if versions[row.id]
    ]  # fmt: skip
