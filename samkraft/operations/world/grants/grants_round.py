"""The demo's calls: last year's, which rejected, and this year's, with a draft, one to assess and one to propose. Invented."""

from datetime import timedelta
from uuid import UUID

from samkraft.audit.actions import transactions
from samkraft.money.actions.grants import applications, assessments, attachments, calls, opinions
from samkraft.money.actions.grants.calls import Criterion
from samkraft.money.queries import funds
from samkraft.money.queries.grants import grant_calls
from samkraft.money.rules.figures import Unit
from samkraft.money.rules.grants.grant_content import Application, Line
from samkraft.money.rules.grants.grant_content import Target as Wish
from samkraft.money.rules.grants.grant_kinds import Advice, Stance
from samkraft.operations.world.cast import acting
from samkraft.operations.world.grants.grants_cast import INVENTED, Cast
from samkraft.operations.world.staff import email_of
from samkraft.partners.rules.roles import Role
from samkraft.values import kronor
from samkraft.values.context import Context


def load(cast: Cast) -> None:
    """Last year's call, rejected; this year's, open: a draft, one to assess and one to propose."""
    criteria = (
        Criterion("Fler i arbete eller studier", "Hur många, och hur vet ni det?", 5),
        Criterion("Når dem som har det svårast", "Grupper längst från arbetsmarknaden.", 5),
        Criterion("Nytänkande", "Det som saknas i staden i dag.", 5),
        Criterion("Genomförbarhet", "Budget, organisation och tid.", 5),
    )
    with transactions.read(cast.karin):
        fund = next(row for row in funds.listed(by=cast.karin) if row.code == "strategiska-jobbsatsningar")
    purpose = "Verksamhet som hjälper fler till arbete eller studier. Utlysningen är påhittad i demon."
    made = {}
    for years_ago in (1, 0):
        opens = cast.today - timedelta(days=20 + 365 * years_ago)
        made[years_ago] = calls.publish(
            by=cast.karin, at=cast.ago(21 + 365 * years_ago), fund_id=fund.id, purpose=purpose,
            title=f"Fler i arbete {cast.today.year + 1 - years_ago}", year=cast.today.year + 1 - years_ago,
            opens_date=opens, closes_date=opens + timedelta(days=48), frame_ore=kronor.from_kronor(1_500_000),
            criteria=criteria,
        )  # fmt: skip
    earlier = _apply(cast, made[1], cast.nora, cast.omar, _redi_wish(), 340)
    assessments.reject(
        by=cast.karin, at=cast.ago(300), application_id=earlier, text=f"Pengarna räckte inte till alla. {INVENTED}"
    )
    applications.begin(by=cast.nora, at=cast.ago(3), call_id=made[0], follows_id=earlier)
    _to_assess(cast, made[0])
    _to_propose(cast, made[0])


def _apply(cast: Cast, call_id: UUID, writer: Context, signer: Context, wish: Application, ago: int) -> UUID:
    made = applications.begin(by=writer, at=cast.ago(ago + 5), call_id=call_id)
    applications.save(by=writer, at=cast.ago(ago + 1), application_id=made, content=wish, version=1)
    attachments.attach(
        by=writer,
        at=cast.ago(ago + 1),
        application_id=made,
        name="plan.txt",
        content=b"En enkel tidplan. Uppdiktad i demon.",
    )
    applications.send(by=signer, at=cast.ago(ago), application_id=made)
    return made


def _to_assess(cast: Cast, call_id: UUID) -> None:
    """One assessor has said, the other has not, and the labour market administration is asked."""
    wish = _wish(
        "Fler kvinnor i programmering", "Kodträffar, kurser och kontakt med företag.", 400_000, 150_000,
        (Wish("Deltagare", Unit.PERSONS.value, "400"), Wish("Företag som tar emot", Unit.COMPANIES.value, "25")),
    )  # fmt: skip
    sent = _apply(cast, call_id, cast.ida, cast.ida, wish, 8)
    for who in (cast.lotta, cast.josef):
        assessments.appoint(by=cast.karin, at=cast.ago(7), application_id=sent, membership_id=who.membership_id)
    _assess(cast, cast.josef, sent, (4, 3, 4, 4), Advice.GRANT, "Tydliga mål och god vana.")
    opinions.ask(
        by=cast.karin, at=cast.ago(6), application_id=sent, organisation_id=cast.orgs["asn"],
        due_date=cast.today + timedelta(days=10), question="Når den dem som ni möter?",
    )  # fmt: skip


def _to_propose(cast: Cast, call_id: UUID) -> None:
    """Both have assessed, the administration has answered: the city office proposes next."""
    wish = _wish(
        "Starta företag efter fyrtio", "Kurs och rådgivning för den som länge har varit utan arbete.", 600_000, 200_000,
        (Wish("Deltagare", Unit.PERSONS.value, "60"), Wish("Startade företag", Unit.COMPANIES.value, "12")),
    )  # fmt: skip
    sent = _apply(cast, call_id, cast.hans, cast.malin, wish, 12)
    for who in (cast.lotta, cast.josef):
        assessments.appoint(by=cast.karin, at=cast.ago(11), application_id=sent, membership_id=who.membership_id)
    _assess(cast, cast.lotta, sent, (3, 5, 3, 4), Advice.PART, "Når rätt grupp. Budgeten för lokaler är hög.")
    _assess(cast, cast.josef, sent, (4, 4, 3, 3), Advice.GRANT, "Bra koppling till Level.")
    sara = acting(email_of("Sara Nylén"), Role.COMMITTEE_CONTROLLER)
    opinions.ask(
        by=cast.karin, at=cast.ago(11), application_id=sent, organisation_id=cast.orgs["asn"], due_date=cast.today
    )
    opinions.give(
        by=sara, at=cast.ago(4), application_id=sent, stance=Stance.FOR,
        text=f"Vi möter många i gruppen och tillstyrker. {INVENTED}",
    )  # fmt: skip


def _assess(cast: Cast, who: Context, sent: UUID, points: tuple[int, ...], advice: Advice, text: str) -> None:
    with transactions.read(cast.karin):
        call = grant_calls.listed(by=cast.karin)[0]
    named = {row.name: point for row, point in zip(call.criteria, points, strict=True)}
    assessments.assess(
        by=who, at=cast.ago(5), application_id=sent, points=named, advice=advice, text=f"{text} {INVENTED}"
    )


def _redi_wish() -> Application:
    return _wish(
        "Kurser och mentorer för nyanlända", "Kostnadsfria kurser i data på kvällar, med mentorer från företag.", 500_000,
        300_000, (Wish("Deltagare", Unit.PERSONS.value, "110"), Wish("Certifikat", Unit.PERSONS.value, "90")),
    )  # fmt: skip


def _wish(title: str, purpose: str, asked: int, others: int, targets: tuple[Wish, ...]) -> Application:
    whole = asked + others
    return Application(
        title=title,
        purpose=f"{purpose} {INVENTED}",
        target_group="Personer som länge har stått utanför arbetsmarknaden.",
        asked_ore=kronor.from_kronor(asked),
        starts="",
        ends="",
        costs=(
            Line("Personal", kronor.from_kronor(whole * 3 // 4)),
            Line("Lokaler och material", kronor.from_kronor(whole - whole * 3 // 4)),
        ),
        financiers=(Line("Egna medel och gåvor", kronor.from_kronor(others)),),
        targets=targets,
        has_other_aid=False,
    )
