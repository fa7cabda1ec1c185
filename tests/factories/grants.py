"""A city with a call and an organisation that applies, built through the actions. Amounts in kronor."""

import io
import zipfile
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from uuid import UUID

from samkraft.money.actions import decisions
from samkraft.money.actions.grants import agreements, applications, assessments, calls, grants
from samkraft.money.actions.grants.calls import Criterion
from samkraft.money.actions.grants.grants import UNTRIED, StateAid
from samkraft.money.models import PointItem
from samkraft.money.rules.grants.grant_content import Application, Line, Target
from samkraft.money.rules.grants.grant_kinds import Advice
from samkraft.money.rules.points import Outcome, Support, Verb
from samkraft.money.rules.posting import PointDraft
from samkraft.partners.rules.roles import Role
from samkraft.values import kronor
from samkraft.values.context import Context
from tests.factories import money, partners

NOW = datetime(2024, 2, 1, 9, tzinfo=UTC)
CONTENT = Application(
    title="Kurser för fler i arbete",
    purpose="Kurser i data, med mentorer.",
    asked_ore=kronor.from_kronor(500_000),
    starts="2024-01-01",
    ends="2024-12-31",
    costs=(Line("Löner", kronor.from_kronor(1_200_000)), Line("Lokaler", kronor.from_kronor(300_000))),
    financiers=(Line("En stiftelse", kronor.from_kronor(1_000_000)),),
    targets=(Target("Deltagare", "persons", "95"), Target("Certifikat", "persons", "90")),
    has_other_aid=False,
)


@dataclass
class Round:
    """A call, two organisations' people, two fund officers and an assessor."""

    city: money.City
    officer: Context
    second: Context
    assessor: Context
    writer: Context
    signer: Context
    call_id: UUID

    @property
    def redi(self) -> UUID:
        """The organisation that applies."""
        return self.writer.organisation_id

    def draft(self, content: Application = CONTENT) -> UUID:
        """A draft of the organisation, saved."""
        made = applications.begin(by=self.writer, at=NOW, call_id=self.call_id)
        applications.save(by=self.writer, at=NOW, application_id=made, content=content, version=1)
        return made

    def sent(self, content: Application = CONTENT) -> UUID:
        """The same, sent."""
        made = self.draft(content)
        applications.send(by=self.signer, at=NOW, application_id=made)
        return made

    def proposed(self, amount: int = 500_000) -> UUID:
        """Sent, assessed, and proposed to be granted."""
        made = self.sent()
        assessments.appoint(by=self.officer, application_id=made, membership_id=self.assessor.membership_id)
        assessments.assess(
            by=self.assessor, application_id=made, points={"Nytta": 4, "Kostnad": 3}, advice=Advice.GRANT, text="Bra."
        )
        assessments.propose(
            by=self.officer, application_id=made, advice=Advice.GRANT, text="Passar.",
            amount_ore=kronor.from_kronor(amount), conditions=["Minst 70 % kvinnor"],
        )  # fmt: skip
        return made

    def decided_item(self, amount: int = 500_000, day: date = date(2024, 3, 6), case: str = "KS-2024-7") -> UUID:
        """A decided and posted point that grants the organisation money out of the board's own frame."""
        point = PointDraft(
            "1", Verb.GRANTS, "beviljar ReDI",
            (self.city.item("redi", amount, appropriation="", support=Support.GRANT),),
        )  # fmt: skip
        decision = decisions.decide(
            by=self.officer, case_number=case, title="Bidrag", body_id=self.city.orgs["ks"], date=day,
            outcome=Outcome.AS_PROPOSED, points=[point],
        )  # fmt: skip
        return PointItem.objects.get(point__decision_id=decision).id

    def granted(self, amount: int = 500_000, aid: StateAid = UNTRIED, **more: object) -> UUID:
        """A grant with its application, an agreement that both have signed, and a final report to come in May 2025."""
        application = self.proposed(amount)
        settled: dict[str, object] = {"report_due": date(2025, 5, 31), **more}
        made = grants.establish(
            by=self.officer,
            point_item_id=self.decided_item(amount),
            application_id=application,
            aid=aid,
            **settled,  # type: ignore[arg-type]  # as establish
        )
        self.agreed(made)
        return made

    def agreed(self, grant_id: UUID) -> None:
        """An agreement that both have signed."""
        agreements.write(
            by=self.officer,
            grant_id=grant_id,
            text="Vi är överens.",
            starts_on=date(2024, 1, 1),
            ends_on=date(2024, 12, 31),
        )
        agreements.sign(by=self.officer, grant_id=grant_id, version=1)
        agreements.sign(by=self.signer, grant_id=grant_id, version=1)


def begun() -> Round:
    """A board with 2 000 000 kr of its own, and a call that is open."""
    city = money.city()
    city.budget(10_000_000)
    decisions.decide(
        by=city.by, case_number="KS-2024-1", title="Fördelning", body_id=city.orgs["ks"], date=date(2024, 1, 10),
        outcome=Outcome.AS_PROPOSED, points=[city.gives("1", "ks", 2_000_000), city.gives("2", "fsn", 1_000_000)],
    )  # fmt: skip
    call_id = calls.publish(
        by=city.by, at=NOW, fund_id=city.fund_id, title="Fler i arbete 2024", purpose="Fler i arbete.", year=2024,
        opens_date=date(2024, 1, 1), closes_date=date(2024, 2, 28), criteria=[Criterion("Nytta"), Criterion("Kostnad", "", 4)],
    )  # fmt: skip
    return Round(
        city,
        city.by,
        partners.by(Role.FUND_OFFICER),
        partners.by(Role.GRANT_ASSESSOR, "ks"),
        partners.by(Role.GRANTEE_REPORTER, "redi"),
        partners.by(Role.GRANTEE_SIGNATORY, "redi"),
        call_id,
    )


def other(**changes: object) -> Application:
    """The content with something changed."""
    return replace(CONTENT, **changes)  # type: ignore[arg-type]  # as Application


def packed(parts: dict[str, bytes], *, word: bool = True) -> bytes:
    """A Word file, or another zip, with these parts."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as made:
        if word:
            made.writestr("[Content_Types].xml", b"<Types/>")
            made.writestr("word/document.xml", b"<w:document/>")
        for name, content in parts.items():
            made.writestr(name, content)
    return kept.getvalue()
