"""What decisions say in words, held against each other: names against dates, duties against addressees, grants."""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from samkraft.money.rules.findings import sides
from samkraft.money.rules.findings.facts import Body, Item, Point, Ruling, Sources
from samkraft.money.rules.findings.outcome import Finding, Side, about
from samkraft.money.rules.findings.words import say
from samkraft.money.rules.points import GIVES_DUTY, Verb
from samkraft.values.wording import phrase

_NAME = re.compile(r"\b([A-ZÅÄÖ]{2,8})\s+(20\d{2}-\d{2}-\d{2}|20\d{6}|\d{6})\b")
_LINE = re.compile(r"^.*tjänsteskrivelse.*$", re.IGNORECASE | re.MULTILINE)


def names_in(text: str) -> tuple[str, ...]:
    """The lines of a document's text that name an official letter with a body and a day, such as "KSAU 230424"."""
    return tuple(
        dict.fromkeys(" ".join(line.split()) for line in _LINE.findall(text) if len(line) < 300 and _NAME.search(line))
    )


def day_in_name(name: str) -> list[tuple[str, date]]:
    """(body's abbreviation, day) for each meeting that a name tells: `KSAU 230424`, `KS 2024-03-06`."""
    found = []
    for match in _NAME.finditer(name):
        digits = match[2].replace("-", "")
        digits = digits if len(digits) == 8 else f"20{digits}"
        try:
            found.append((match[1], date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))))
        except ValueError:
            continue
    return found


def document_name_against_meeting(sources: Sources) -> Iterable[Finding]:
    """The meeting that a document's name tells, against the meetings that its proposal plans.

    Silent when the name tells no meeting, when none is planned for that body, and when any planned meeting of the body
    is on that day.
    """
    for ruling in sources.rulings:
        if ruling.document is None:
            continue
        for name in ruling.document.names:
            for short, day in day_in_name(name):
                planned = [(body, when) for body, when in ruling.meetings if short in (body.short, body.name)]
                if planned and all(when != day for _body, when in planned):
                    yield _name_finding(ruling, name, short, day, planned)


def _name_finding(ruling: Ruling, name: str, short: str, day: date, planned: list[tuple[Body, date]]) -> Finding:
    assert ruling.document is not None
    days = sorted(when for _body, when in planned)
    details = {"body": short, "case": ruling.case_number}
    return Finding(
        rule="document_name_against_meeting",
        about=about(ruling.case_number, short, day.isoformat()),
        subject=say(phrase("mötesdagen för {body} i {case}"), **details),
        question=say(phrase("Vilken dag tar {body} upp {case}?"), **details),
        sides=(
            Side(
                title=say(phrase("Dokumentets namn")),
                place=ruling.case_number,
                weight=day.isoformat(),
                value=day.isoformat(),
                quote=name,
                said_by=ruling.document.title,
                document_id=ruling.document.id,
            ),
            Side(
                title=say(phrase("Beslutsplaneringen")),
                place=ruling.case_number,
                weight=", ".join(when.isoformat() for when in days),
                value=days[0].isoformat(),
                quote=" · ".join(f"{body.name} {when.isoformat()}" for body, when in planned),
                said_by=ruling.document.title,
                document_id=ruling.document.id,
            ),
        ),
        explanation=say(phrase("{count} dagar emellan"), count=abs((days[0] - day).days)),
        year=day.year,
    )


def duty_missing_addressee(sources: Sources) -> Iterable[Finding]:
    """A body that a point asks for something, against whom the decision is sent to.

    Silent when no addressees are known, for the body that decides, and when any of its names stands in an addressee.
    """
    for ruling in sources.rulings:
        if not ruling.addressees:
            continue
        asked: dict[Body, Point] = {}
        for point, item in duties(ruling):
            if item.receiver and item.receiver.id != ruling.body.id:
                asked.setdefault(item.receiver, point)
        for body, point in asked.items():
            if not is_addressed(body, ruling.addressees):
                yield _addressee_finding(ruling, body, point)


def _addressee_finding(ruling: Ruling, body: Body, point: Point) -> Finding:
    details = {"body": body.label, "case": ruling.case_number}
    return Finding(
        rule="duty_missing_addressee",
        about=about(ruling.case_number, body.id),
        subject=say(phrase("vem som får veta om {case}: {body}"), **details),
        question=say(
            phrase(
                "{body} ska göra något enligt {case} men finns inte bland dem som beslutet skickas till. Får de veta?"
            ),
            **details,
        ),
        sides=(
            sides.of_point(ruling, point, value=say(phrase("{body} ska göra något"), body=body.label)),
            Side(
                title=say(phrase("Beslutet skickas till")),
                place=ruling.case_number,
                weight="missing",
                value=say(phrase("{body} finns inte med"), body=body.label),
                quote=" · ".join(ruling.addressees),
                said_by=ruling.document.title if ruling.document else ruling.body.name,
                said_words=sides.day_or_year(ruling.day, None),
                document_id=ruling.document.id if ruling.document else None,
            ),
        ),
        year=ruling.day.year if ruling.day else None,
    )


def grant_without_report(sources: Sources) -> Iterable[Finding]:
    """A receiver of a grant, against those whom the decision asks to report.

    Silent for bodies with a frame of their own, when the receiver is asked under any of its names, when its point has
    no other receiver and names someone who is asked (an organisation that runs what reports), and for decisions whose
    own text is not at hand, unless they ask somebody else to report.
    """
    for ruling in sources.rulings:
        asked = {item.receiver for _point, item in duties(ruling) if item.receiver}
        if not asked and not ruling.is_read:
            continue
        for point, item in ruling.items():
            receiver = item.receiver
            if point.verb is not Verb.GRANTS or receiver is None or receiver.holds_frame or not item.amount_ore:
                continue
            if receiver in asked or _point_names_someone_asked(point, asked):
                continue
            yield _report_duty_finding(ruling, point, item, receiver, asked)


def _point_names_someone_asked(point: Point, asked: set[Body]) -> bool:
    receivers = {item.receiver for item in point.items if item.receiver}
    return len(receivers) == 1 and any(mentions(point.text, body) for body in asked)


def _report_duty_finding(ruling: Ruling, point: Point, item: Item, receiver: Body, asked: set[Body]) -> Finding:
    details = {"body": receiver.label, "case": ruling.case_number}
    asking = [point for point, _item in duties(ruling)]
    others = ", ".join(sorted(body.label for body in asked))
    return Finding(
        rule="grant_without_report",
        about=about(ruling.case_number, receiver.id, item.year or ""),
        subject=say(phrase("redovisningen från {body} i {case}"), **details),
        question=say(phrase("Ska {body} redovisa hur bidraget i {case} har använts?"), **details),
        sides=(
            sides.of_point(ruling, point, amount_ore=item.amount_ore, item=item, title=say(phrase("Bidraget"))),
            Side(
                title=say(phrase("Kravet att redovisa")),
                place=say(phrase("{case}, punkt {number}"), case=ruling.case_number, number=asking[-1].number)
                if asking
                else ruling.case_number,
                weight="missing",
                value=say(phrase("ingenting sägs om {body}"), body=receiver.label),
                quote=" ".join(asking[-1].text.split()) if asking else "",
                said_by=ruling.body.name,
                said_words=sides.day_or_year(ruling.day, None),
                support=say(phrase("Redovisar gör: {others}"), others=others) if others else None,
                document_id=ruling.document.id if ruling.document else None,
            ),
        ),
        year=item.year,
    )


def grant_to_supplier(sources: Sources) -> Iterable[Finding]:
    """A point that grants money (beviljar) to someone who is known as a procured supplier.

    A grant and a procured service follow different rules. Silent for other verbs and other receivers.
    """
    for ruling in sources.rulings:
        for point, item in ruling.items():
            if point.verb is not Verb.GRANTS or item.receiver is None or not item.receiver.is_supplier:
                continue
            details = {"body": item.receiver.label, "case": ruling.case_number}
            yield Finding(
                rule="grant_to_supplier",
                about=about(ruling.case_number, item.receiver.id, item.year or ""),
                subject=say(phrase("bidrag eller köp: {body} i {case}"), **details),
                question=say(
                    phrase("Är pengarna till {body} i {case} ett bidrag eller betalning för en upphandlad tjänst?"),
                    **details,
                ),
                sides=(
                    sides.of_point(ruling, point, value=say(phrase("bidrag")), item=item),
                    Side(
                        title=say(phrase("Organisationsregistret")),
                        place=item.receiver.name,
                        weight="supplier",
                        value=say(phrase("upphandlad tjänst")),
                        said_by=item.receiver.name,
                    ),
                ),
                year=item.year,
            )


def duties(ruling: Ruling) -> Iterator[tuple[Point, Item]]:
    """The points that ask a body for something."""
    return ((point, item) for point, item in ruling.items() if point.verb in GIVES_DUTY)


def is_addressed(body: Body, addressees: Iterable[str]) -> bool:
    """Whether any of the body's names stands as words in an addressee."""
    return any(mentions(addressee, body) for addressee in addressees)


def mentions(text: str, body: Body) -> bool:
    """Whether any name of the body stands in the text as whole words, whatever hyphens and spaces."""
    plain = f" {_plain(text)} "
    return any(f" {_plain(name)} " in plain for name in body.names)


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^\w]+", " ", text.casefold()).split())
