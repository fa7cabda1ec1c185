"""A study for tests, built by the actions as far as a test wants it: an evaluator, an officer who holds the list, a clock."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone

from samkraft.audit.actions import transactions
from samkraft.knowledge.actions import studies
from samkraft.knowledge.queries import studies as asked
from samkraft.knowledge.queries.studies import StudyRow
from samkraft.knowledge.rules.studies.stages import Kind
from samkraft.operations.world import study_people
from samkraft.partners.rules.roles import Role
from samkraft.people.actions import call_lists
from tests.factories import call_lists as files
from tests.factories import joint_work, partners
from tests.factories.partners import Member
from tests.factories.people import Setting

PROMISE = study_people.PROMISE | {"people": "120", "places": "60", "effect_points": "20"}
MANY = 120


@dataclass
class Studied:
    """A study on its way, and the test's clock, which begins more than half a year ago."""

    made: Setting
    evaluator: Member
    moment: datetime
    study_id: UUID
    list_id: UUID | None = None
    numbers: tuple[str, ...] = ()

    @property
    def at(self) -> datetime:
        """A minute later each time."""
        self.moment += timedelta(minutes=1)
        return self.moment

    @property
    def row(self) -> StudyRow:
        """As its evaluator sees it."""
        with transactions.read(self.evaluator.context):
            return next(one for one in asked.listed(self.made.initiative_id) if one.id == self.study_id)

    def lay_in(self, many: int = MANY) -> None:
        """The officer's list for the registration that holds."""
        self.numbers = tuple(files.people(many))
        self.list_id = call_lists.lay_in(
            by=self.made.officer.context, registration=self.row.registration_id, initiative_id=self.made.initiative_id,
            text=files.file_of(list(self.numbers)), at=self.at,
        ).list_id  # fmt: skip

    def again(self) -> None:
        """The same, registered in a new version."""
        draft = studies.keep_draft(
            by=self.evaluator.context, at=self.at, initiative_id=self.made.initiative_id, fields=PROMISE, study_id=self.study_id
        )  # fmt: skip
        studies.register(by=self.evaluator.context, at=self.at, draft_id=draft)

    def draw(self, seed: str = "4 8 15 16 23 42") -> int:
        """A day later."""
        self.moment += timedelta(days=1)
        return studies.draw(
            by=self.evaluator.context, at=self.at, study_id=self.study_id, seed=seed, seed_at=self.moment - timedelta(hours=1)
        )  # fmt: skip

    def follow(self, working: set[str] | None = None) -> None:
        """The officer reads in what became of all, after the horizon."""
        assert self.list_id is not None
        self.moment += timedelta(days=study_people.HORIZON_DAYS + 1)
        reached = set(self.numbers[::4]) if working is None else working
        until = self.row.held.follow_up_date
        assert until is not None
        call_lists.follow_up(
            by=self.made.officer.context, list_id=self.list_id, on=until, at=self.at,
            text=files.follow_up_of(list(self.numbers), reached),
        )  # fmt: skip

    def reach(self, kind: Kind) -> "Studied":
        """Go on as far as that."""
        by = self.evaluator.context
        if kind is Kind.REGISTERED:
            return self
        self.lay_in()
        studies.publish_list(by=by, at=self.at, study_id=self.study_id)
        for step in (Kind.DRAWN, Kind.FROZEN, Kind.ESTIMATED, Kind.PUBLISHED):
            if self.row.stage is kind:
                return self
            if step is Kind.DRAWN:
                self.draw()
            elif step is Kind.FROZEN:
                studies.freeze(by=by, at=self.at, study_id=self.study_id)
            elif step is Kind.ESTIMATED:
                self.follow()
                studies.estimate(by=by, at=self.at, study_id=self.study_id)
            else:
                studies.publish(by=by, at=self.at, study_id=self.study_id)
        return self


def registered(made: Setting | None = None) -> Studied:
    """A registered study, nearly a year ago."""
    setting = made or joint_work.setting()
    evaluator = partners.member(Role.EVALUATOR)
    moment = timezone.now() - timedelta(days=300)
    draft = studies.keep_draft(
        by=evaluator.context, at=moment, initiative_id=setting.initiative_id, fields=PROMISE
    )  # fmt: skip
    study_id = studies.register(by=evaluator.context, at=moment, draft_id=draft)
    return Studied(setting, evaluator, moment, study_id)
