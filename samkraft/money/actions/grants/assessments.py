"""A received application on its way to a proposal: assessors, jäv, an administration's opinion, completion, proposal."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from samkraft.audit.actions import trail, transactions
from samkraft.money.actions import decisions
from samkraft.money.actions.grants import applications
from samkraft.money.models import GrantApplication, GrantAssessment, GrantAssessor, GrantProposal
from samkraft.money.rules.grants.grant_kinds import Advice, GrantEventKind
from samkraft.money.rules.points import Support, Verb
from samkraft.money.rules.posting import ItemDraft, PointDraft
from samkraft.partners.queries import memberships, organisations
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission, may
from samkraft.values import kronor
from samkraft.values.context import Context
from samkraft.values.period import day_in_stockholm
from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase

NOT_ASSESSOR = Reason(
    "not_an_assessor", phrase("{name} har inte rollen bedömare."), phrase("Välj någon annan, eller ge personen rollen.")
)
APPOINTED_ALREADY = Reason(
    "assessor_appointed", phrase("{name} är redan utsedd."), phrase("Du behöver inte göra något.")
)
NOT_APPOINTED = Reason(
    "not_appointed",
    phrase("Du är inte utsedd att bedöma den här ansökan."),
    phrase("Be handläggaren om du borde vara det."),
)
IS_RECUSED = Reason(
    "assessor_recused", phrase("Den som är jävig får inte bedöma ansökan."), phrase("Handläggaren utser någon annan.")
)
POINTS_MISSING = Reason(
    "assessment_points_missing",
    phrase("Kriteriet ”{criterion}” har inga poäng."),
    phrase("Sätt poäng från 0 till {most}."),
)
POINTS_OUTSIDE = Reason(
    "assessment_points_outside",
    phrase("Kriteriet ”{criterion}” har {points} poäng."),
    phrase("Sätt poäng från 0 till {most}."),
)
NO_ASSESSMENT = Reason(
    "proposal_without_assessment",
    phrase("Ingen har bedömt ansökan."),
    phrase("Utse en bedömare, eller vänta på bedömningen."),
)
OPINION_WAITS = Reason(
    "proposal_opinion_waits",
    phrase("{body} har inte lämnat sitt yttrande än (senast {day})."),
    phrase("Vänta på svaret, eller på att dagen har gått."),
)
AMOUNT_NEEDED = Reason(
    "proposal_amount_needed", phrase("Förslaget har inget belopp."), phrase("Skriv hur mycket som ska beviljas.")
)
MORE_THAN_ASKED = Reason(
    "proposal_more_than_asked", phrase("Förslaget är högre än det som är sökt ({asked})."), phrase("Sänk beloppet.")
)
NOTHING_TO_PROPOSE = Reason(
    "nothing_to_propose",
    phrase("Ingen ansökan har ett förslag om att bevilja som inte redan är med i ett ärende."),
    phrase("Gör ett förslag på ansökans sida först."),
)


def appoint(*, by: Context, at: datetime | None = None, application_id: UUID, membership_id: UUID) -> UUID:
    """Let somebody with the role assess the application. Only then can he or she read it."""
    access.require(by, Permission.PREPARE_GRANTS)
    at = at or timezone.now()
    with transactions.write(by):
        row = applications.received_within(application_id)
        applications.refuse_decided_within(row)
        who = memberships.one(membership_id)
        if who is None or not may(who.role, Permission.ASSESS_GRANTS):
            raise Refused(NOT_ASSESSOR, name=who.user_name if who else "–")
        if GrantAssessor.objects.filter(application=row, membership_id=membership_id).exists():
            raise Refused(APPOINTED_ALREADY, name=who.user_name)
        made = GrantAssessor.objects.create(
            application=row, membership_id=membership_id, appointed_at=at, appointed_by=by.actor_name
        )
        applications.told_within(by, at, "grant_assessor.appoint", row)
        return made.id


def recuse(*, by: Context, at: datetime | None = None, application_id: UUID, membership_id: UUID, reason: str) -> None:
    """Somebody is disqualified (jäv): by an own word, or the city office's. What was assessed no longer counts, and the
    application can no longer be read."""
    if by.membership_id != membership_id:
        access.require(by, Permission.PREPARE_GRANTS)
    else:
        access.require(by, Permission.ASSESS_GRANTS)
    at = at or timezone.now()
    if not reason.strip():
        raise Refused(applications.TEXT_NEEDED)
    with transactions.write(by):
        seat = GrantAssessor.objects.filter(application_id=application_id, membership_id=membership_id).first()
        if seat is None:
            raise Refused(NOT_APPOINTED)
        if seat.recused_at is not None:
            raise Refused(IS_RECUSED)
        trail.record(
            by=by, at=at, action="grant_assessor.recuse", subject_kind="money.grantapplication",
            subject_id=application_id,
        )  # fmt: skip
        seat.recused_at, seat.recused_by, seat.recusal_reason = at, by.actor_name, reason.strip()
        seat.save(update_fields=["recused_at", "recused_by", "recusal_reason"])


def assess(
    *,
    by: Context,
    at: datetime | None = None,
    application_id: UUID,
    points: Mapping[str, int],
    advice: Advice,
    text: str,
) -> None:
    """Give points for every criterion of the call, advice and reasons. Once more is a new version."""
    access.require(by, Permission.ASSESS_GRANTS)
    at = at or timezone.now()
    if not text.strip():
        raise Refused(applications.TEXT_NEEDED)
    with transactions.write(by):
        seat = GrantAssessor.objects.filter(application_id=application_id, membership_id=by.membership_id).first()
        if seat is None:
            raise Refused(NOT_APPOINTED)
        if seat.recused_at is not None:
            raise Refused(IS_RECUSED)
        row = applications.received_within(application_id)
        applications.refuse_decided_within(row)
        GrantAssessment.objects.create(
            assessor=seat,
            version=seat.assessments.count() + 1,
            points=_checked(row.call.criteria, points),
            advice=advice.value,
            text=text.strip(),
            at=at,
            by=by.actor_name,
        )
        applications.told_within(by, at, "grant_application.assess", row)


def _checked(criteria: Sequence[Mapping[str, object]], points: Mapping[str, int]) -> list[dict[str, object]]:
    """The points in the order of the criteria. Raises Refused for one that is missing or outside its scale."""
    found = []
    for criterion in criteria:
        name, most = str(criterion["name"]), int(str(criterion["most"]))
        if name not in points:
            raise Refused(POINTS_MISSING, criterion=name, most=most)
        if not 0 <= points[name] <= most:
            raise Refused(POINTS_OUTSIDE, criterion=name, points=points[name], most=most)
        found.append({"name": name, "points": points[name], "most": most})
    return found


def ask_completion(*, by: Context, at: datetime | None = None, application_id: UUID, text: str) -> None:
    """Ask the organisation to complete its application: it can then add files and words, not change what it sent."""
    access.require(by, Permission.PREPARE_GRANTS)
    at = at or timezone.now()
    if not text.strip():
        raise Refused(applications.TEXT_NEEDED)
    with transactions.write(by):
        row = applications.received_within(application_id)
        applications.refuse_decided_within(row)
        applications.note_within(by=by, at=at, application=row, kind=GrantEventKind.COMPLETION_ASKED, text=text)


def propose(
    *,
    by: Context,
    at: datetime | None = None,
    application_id: UUID,
    advice: Advice,
    text: str,
    amount_ore: int | None = None,
    conditions: Sequence[str] = (),
) -> None:
    """The city office's proposal, when somebody has assessed and those asked have answered or let their day pass."""
    access.require(by, Permission.PREPARE_GRANTS)
    at = at or timezone.now()
    if not text.strip():
        raise Refused(applications.TEXT_NEEDED)
    with transactions.write(by):
        row = applications.received_within(application_id)
        applications.refuse_decided_within(row)
        _refuse_unready(row, day_in_stockholm(at))
        asked = row.content.get("asked_ore") or 0
        if advice is Advice.REJECT:
            amount_ore = None
        elif not amount_ore or amount_ore <= 0:
            raise Refused(AMOUNT_NEEDED)
        elif amount_ore > asked:
            raise Refused(MORE_THAN_ASKED, asked=kronor.in_words(asked))
        GrantProposal.objects.create(
            application=row,
            version=row.proposals.count() + 1,
            advice=advice.value,
            amount_ore=amount_ore,
            text=text.strip(),
            conditions=[one.strip() for one in conditions if one.strip()],
            at=at,
            by=by.actor_name,
        )
        applications.told_within(by, at, "grant_application.propose", row, advice=advice.value, amount_ore=amount_ore)


def _refuse_unready(row: GrantApplication, today: date) -> None:
    if not GrantAssessment.objects.filter(assessor__application=row, assessor__recused_at__isnull=True).exists():
        raise Refused(NO_ASSESSMENT)
    waits = row.opinions.filter(answered_at__isnull=True, due_date__gte=today).select_related("organisation").first()
    if waits is not None:
        raise Refused(OPINION_WAITS, body=waits.organisation.name, day=waits.due_date.isoformat())


def reject(*, by: Context, at: datetime | None = None, application_id: UUID, text: str) -> None:
    """Tell the organisation that it is rejected, with reasons and where that was decided."""
    access.require(by, Permission.PREPARE_GRANTS)
    at = at or timezone.now()
    if not text.strip():
        raise Refused(applications.TEXT_NEEDED)
    with transactions.write(by):
        row = applications.received_within(application_id)
        applications.refuse_decided_within(row)
        applications.note_within(by=by, at=at, application=row, kind=GrantEventKind.REJECTED, text=text)


def draft_decision(
    *, by: Context, at: datetime | None = None, call_id: UUID, case_number: str, title: str, decider_id: UUID
) -> UUID:
    """A proposal in a matter, one point for each application of the call that the city office proposes to grant.

    It is a proposal like any other: read, changed and decided in the matter. The deciding body pays out of its own
    share of the fund.
    """
    access.require(by, Permission.PREPARE_GRANTS)
    with transactions.read(by):
        decider = organisations.name_of(decider_id)
        points = _points(call_id, decider)
    if not points:
        raise Refused(NOTHING_TO_PROPOSE)
    return decisions.propose(by=by, at=at, case_number=case_number, title=title, decider_id=decider_id, points=points)


def _points(call_id: UUID, decider: str) -> list[PointDraft]:
    rows = GrantApplication.objects.filter(call_id=call_id, sent_at__isnull=False).select_related(
        "organisation", "call"
    )
    found: list[PointDraft] = []
    for row in rows.order_by("number_year", "number"):
        latest = row.proposals.order_by("version").last()
        closed = row.events.filter(kind__in=["withdrawn", "rejected"]).exists() or hasattr(row, "grant")
        if latest is None or latest.amount_ore is None or closed:
            continue
        amount = kronor.in_words(latest.amount_ore).removesuffix("kr") + "kronor"
        purpose = str(row.content.get("title", ""))
        item = ItemDraft(
            receiver_id=row.organisation_id,
            amount_ore=latest.amount_ore,
            year=row.call.year,
            purpose=f"{purpose} ({applications.number_of(row)})",
            fund_id=row.call.fund_id,
            support=Support(row.call.support),
        )
        text = f"{decider} beviljar {row.organisation.name} {amount} år {row.call.year} för {purpose}."
        found.append(PointDraft(str(len(found) + 1), Verb.GRANTS, text, (item,)))
    return found
