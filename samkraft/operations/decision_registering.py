"""`samkraft decision register FILE`: register what the reader read, when nothing is in question."""

import argparse
from datetime import date
from typing import Any
from uuid import UUID

from samkraft.money.rules import changes, decision_text
from samkraft.money.rules.decision_text import Reading
from samkraft.money.rules.points import Outcome
from samkraft.money.rules.registration import registration, registration_outcome, registration_questions
from samkraft.money.rules.registration.registration import Interpretation
from samkraft.money.rules.registration.registration_questions import Ask
from samkraft.operations import command, decision_files
from samkraft.values import kronor
from samkraft.values.context import Context
from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase

DESCRIPTION = """\
Läser ett beslut och registrerar det som har lästs, med samma regler och samma nej som på sidan Läs in beslut.
Är något oklart registreras ingenting: frågorna visas och du svarar med --answer, eller på sidan."""
EPILOG = """\
Exempel:
  samkraft decision register beslut.docx --body ks --date 2024-03-06 --paragraph 87
  samkraft decision register forslag.txt --proposal --answer A=2023 --answer "B=Ja, kronor"

Slutkod: 0 registrerat, 1 frågor kvar (inget sparat), 2 nekat eller fel använt (inget sparat)."""

NO_SUCH_BODY = Reason(
    "no_such_body", phrase("Inget organ heter eller har koden {words}."), phrase("Skriv koden eller hela namnet.")
)
NOBODY = Reason(
    "nobody_to_act",
    phrase("{words} har ingen roll som får registrera beslut i dag."),
    phrase("Ange en handläggares e-postadress med --as."),
)
SEVERAL = Reason(
    "several_may_act",
    phrase("Flera personer får registrera beslut: {words}."),
    phrase("Ange vem du är med --as."),
)
NO_SUCH_PART = Reason(
    "no_such_part",
    phrase("Texten har {total} ärenden."),
    phrase("Ange vilket med --matter och ett tal från 1 till {total}."),
)
NO_DATE = Reason(
    "no_date", phrase("Ett beslut behöver en dag."), phrase("Ange --date, eller --proposal om det är ett förslag.")
)
NO_SUCH_ANSWER = Reason(
    "no_such_answer",
    phrase("Svaret {words} går inte att använda."),
    phrase("Skriv frågans bokstav, likhetstecken och ett av svaren."),
)


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Describe the sub-command."""
    parser = commands.add_parser(
        "register", help="registrera ett beslut eller förslag", description=DESCRIPTION, epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    parser.add_argument("file", metavar="FIL", help="en .txt-, .docx- eller .pdf-fil, eller - för text på standard in")
    parser.add_argument("--proposal", action="store_true", help="registrera som förslag; inget bokförs")
    parser.add_argument(
        "--body", metavar="ORGAN", help="kod eller namn på det organ som beslutar, om texten inte säger det"
    )
    parser.add_argument("--date", type=date.fromisoformat, metavar="ÅÅÅÅ-MM-DD", help="dagen för beslutet")
    parser.add_argument("--paragraph", default="", metavar="§", help="paragrafen i protokollet")
    parser.add_argument(
        "--outcome",
        choices=[kind.value for kind in Outcome],
        help="vad det blev; annars avgör jämförelsen med förslaget",
    )
    parser.add_argument("--matter", type=int, default=1, metavar="N", help="vilket ärende, när texten har flera")
    parser.add_argument(
        "--answer", action="append", default=[], metavar="BOKSTAV=SVAR", help="svar på en fråga; kan anges flera gånger"
    )
    parser.add_argument("--assumption", metavar="SKÄL", help="beslutet är antaget: varför")
    parser.add_argument("--as", dest="who", metavar="E-POST", help="vem som registrerar")
    parser.set_defaults(func=run)


def run(options: argparse.Namespace) -> int:
    """Register, or say what must be answered. Raises Refused as the actions do."""
    text = decision_files.text_of(options.file)
    if not options.proposal and options.date is None:
        raise Refused(NO_DATE)
    command.set_up()
    from samkraft.audit.actions import transactions

    by = _actor(options.who)
    with transactions.read(by):
        reading = _part(decision_text.read(text), options.matter)
        now, asked, following, planned = _interpret(reading, options)
    left = registration_questions.open_ones(asked)
    if left:
        print(phrase("Inget är registrerat. Svara först:"))
        print("\n".join(_asked(ask) for ask in left))
        return command.FOUND_WRONG
    _register(by, options, now, following, planned, text)
    return command.FINE


def _interpret(reading: Reading, options: argparse.Namespace) -> tuple[Interpretation, list[Ask], Any, list[Any]]:
    from samkraft.money.queries import registration as known_things
    from samkraft.money.queries import stored_points

    known = known_things.known_for(reading)
    answers: dict[str, Any] = {"own": {}}
    if options.body:
        answers["own"]["body"] = {"value": str(_body(options.body)), "label": options.body, "text": ""}
    for given in options.answer:
        now = registration.interpret(reading, answers, known)
        asked = registration_questions.questions(now, reading.questions, answers, known)
        _answer(asked, answers, given)
    now = registration.interpret(reading, answers, known)
    asked = registration_questions.questions(now, reading.questions, answers, known)
    planned = registration_outcome.meetings(now, known)
    return now, asked, stored_points.latest_proposal(now.case_number, now.decider_id), planned


def _answer(asked: list[Ask], answers: dict[str, Any], given: str) -> None:
    letter, _equals, words = given.partition("=")
    ask = next((each for each in asked if each.letter == letter.strip().upper()), None)
    said = words.strip()
    ready = (
        next((each for each in ask.answers if said.casefold() in {each.label.casefold(), each.value.casefold()}), None)
        if ask
        else None
    )
    if ask is None or not said or (ready is None and not ask.field):
        raise Refused(NO_SUCH_ANSWER, words=given)
    value = ready.value if ready else str(_body(said)) if ask.field == "organisation" else said
    kind, _colon, name = ask.key.partition(":")
    place = {"text": "questions", "unread": "set_aside"}.get(kind, "own")
    told = {"value": value, "label": ready.label if ready else said, "text": ask.text}
    answers.setdefault(place, {})[name] = told["label"] if place == "set_aside" else told


def _register(
    by: Context, options: argparse.Namespace, now: Interpretation, following: Any, planned: list[Any], text: str
) -> None:
    from samkraft.money.actions import decisions

    points = registration_outcome.drafts(now)
    title = now.title or now.case_number
    source = decisions.Text(
        kind="Tjänsteskrivelse" if options.proposal else "Beslut", title=title, text=text, file_name=options.file
    )
    assert now.decider_id is not None  # else it would have been asked
    if options.proposal:
        decisions.propose(
            by=by, case_number=now.case_number, title=title, decider_id=now.decider_id, points=points,
            proposer_id=next((body for body, _day in planned if body != now.decider_id), None), meetings=planned,
            addressees=now.reading.recipients, source=source,
        )  # fmt: skip
        print(
            phrase("Förslaget i {case} är registrerat. Antal punkter: {points}. Inget är bokfört.").format(
                case=now.case_number, points=len(points)
            )
        )
        return
    differs = following is not None and bool(changes.between(following.points, points))
    outcome = Outcome(options.outcome) if options.outcome else Outcome.CHANGED if differs else Outcome.AS_PROPOSED
    decisions.decide(
        by=by, case_number=now.case_number, title=title, body_id=now.decider_id, date=options.date, outcome=outcome,
        proposal_id=following.id if following else None, points=points, paragraph=options.paragraph,
        addressees=now.reading.recipients, is_assumption=bool(options.assumption), note=options.assumption or "", source=source,
    )  # fmt: skip
    new = sum(registration_outcome.new_money(now).values())
    print(
        phrase("Beslutet i {case} den {day} är registrerat. Antal punkter: {points}. Nya pengar: {amount}.").format(
            case=now.case_number, day=options.date.isoformat(), points=len(points), amount=kronor.in_words(new)
        )
    )


def _asked(ask: Ask) -> str:
    answers = " / ".join(answer.label for answer in ask.answers)
    return f"  {ask.letter}  {ask.text} {ask.why}" + (f" [{answers}]" if answers else "")


def _part(parts: list[Reading], number: int) -> Reading:
    if not 1 <= number <= len(parts):
        raise Refused(NO_SUCH_PART, total=len(parts))
    return parts[number - 1]


def _body(words: str) -> UUID:
    from samkraft.partners.queries import matching, organisations

    found = organisations.by_code(words)
    key = found.id if found else matching.match([words])[words].id
    if key is None:
        raise Refused(NO_SUCH_BODY, words=words)
    return key


def _actor(email: str | None) -> Context:
    """The person who registers: the one named, or the only one who may."""
    from django.utils import timezone

    from samkraft.partners.queries import memberships, recipients
    from samkraft.partners.rules.roles import ROLES, Permission, may
    from samkraft.values.period import day_in_stockholm

    roles = [role for role in ROLES if may(role, Permission.REGISTER_DECISIONS)]
    if email is None:
        found = recipients.in_roles(roles=roles, day=day_in_stockholm(timezone.now()))
        emails = sorted({one.email for one in found})
        if len(emails) > 1:
            raise Refused(SEVERAL, words=", ".join(emails))
        email = emails[0] if emails else None
    held = memberships.of_people([email]).get(email, []) if email else []
    row = next((one for one in held if one.role in roles), None)
    if row is None:
        raise Refused(NOBODY, words=email or phrase("Ingen"))
    return row.context()
