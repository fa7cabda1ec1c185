"""What an officer has begun: without it there are pages that nobody would meet."""

import html
import re
from datetime import date, timedelta
from urllib.parse import urlsplit

from tests.browser import paper
from tests.browser.city import City
from tests.browser.visitor import Answer, Visitor

_TEXT = """Tjänsteskrivelse
{heading}
Diarienummer: {case_number}

Förslag till beslut
Kommunstyrelsens arbetsutskott föreslår kommunstyrelsen besluta

1. Kommunstyrelsen tilldelar arbetsmarknads- och socialnämnden 2 400 000 kronor år 2026
från kommunstyrelsens anslag till förfogande inom finansiering.

2. Kommunstyrelsen tilldelar {receivers} 300 tkr år 2026
från kommunstyrelsens anslag till förfogande inom finansiering.

Beslutet skickas till
Arbetsmarknads- och socialnämnden
Funktionsstödsnämnden
"""
CLEAR = "funktionsstödsnämnden"
UNCLEAR = "funktionsstödsnämnden och Föreningen Sommarbron sammanlagt"


def begin(city: City) -> None:
    """Texts of decisions in three states, a report given back, and a caseworker's morning."""
    _decisions(city)
    _report(city)
    _documents_asked_for(city)
    _caseworker(city)


def _report(city: City) -> None:
    """The office gives a report back, so that its committee writes again."""
    officer = Visitor(city, "karin.wahl")
    listed = officer.open("/medel/redovisningar/?namnd=gvn&satsning=trygghet")
    found = re.search(r'href="(/medel/redovisningar/[0-9a-f-]{36}/)"', listed.html)
    assert found, "the committee has no report"
    address = found.group(1)
    _send(officer, officer.open(address), f"{address}steg/given-back/", text="Skriv hur många som nåddes.")


def _documents_asked_for(city: City) -> None:
    """Somebody asks for a document; a sentence of it is covered, and the request is not answered yet."""
    officer = Visitor(city, "karin.wahl")
    made = _send(officer, officer.open("/handlingar/ny/"), "", words="Tjänsteskrivelsen om jobbpakten", way="email")
    address = urlsplit(made.address).path
    found = re.search(rf'href="({address}handling/[0-9a-f-]{{36}}/)"', officer.open(f"{address}?sok=jobbpakt").html)
    assert found, "no document was found"
    weighing = officer.open(found.group(1))
    _send(officer, weighing, "", result="masked", passage1="Kommunstyrelsen", why1="19:1", harm="Visar hur det maskas.")


def _caseworker(city: City) -> None:
    """A meeting booked with the first on the list, a selection saved, and a stand-in appointed."""
    worker = Visitor(city, "asa.ek")
    board = worker.open("/team/")
    person = re.search(r'href="(/deltagare/[0-9a-f-]{36}/)', board.html)
    assert person, "the list has nobody on it"
    booking = worker.open(f"{person.group(1)}moten/boka/")
    tomorrow = date.today() + timedelta(days=1)
    _send(worker, booking, "", starts_at=f"{tomorrow} 10.00", place="Föreningsgatan 35", purpose="follow_up")
    narrowed = worker.open(_first_filter(board))
    _send(worker, narrowed, "/team/urval/", namn="Mina på måndag")
    appointing = worker.open("/inkorg/stallforetradare/")
    colleague = re.search(r'<option value="([0-9a-f-]{36})"', appointing.html)
    assert colleague, "nobody can stand in"
    _send(worker, appointing, "", who=colleague.group(1), last=str(tomorrow))


def _first_filter(board: Answer) -> str:
    """The address of the first filter chip."""
    chips = re.search(r'<ul class="chips">.*?href="([^"]+)"', board.html, re.DOTALL)
    assert chips, "the list has no filters"
    return html.unescape(chips.group(1))


def _decisions(city: City) -> None:
    """One text with a question left, one that is ready to register, and one registered proposal that waits."""
    officer = Visitor(city, "karin.wahl")
    for number, receivers in ((801, UNCLEAR), (802, CLEAR), (803, CLEAR)):
        text = _TEXT.format(heading="Medel till sommaren", case_number=f"STK-2026-{number}", receivers=receivers)
        draft = _send(officer, officer.open("/medel/las-in/"), "", text=text)
        while receivers == CLEAR and (answer := _ready_answer(draft)):
            draft = _send(officer, draft, "/svar/", value=answer)
        if number == 803:
            registered = _send(officer, draft, "/forslag/")
            assert "/medel/arenden/" in registered.address, f"the proposal was not registered: {registered.address}"


def _ready_answer(draft: Answer) -> str:
    """The first answer that the page offers to its first question, or "" when nothing is asked."""
    asked = [form for form in paper.read(draft.html).forms if form.action.endswith("/svar/")]
    return next((value for form in asked for name, value in form.buttons if name == "value"), "")


def _send(officer: Visitor, page: Answer, ending: str, **typed: str) -> Answer:
    """Send the page's form whose address ends so, or for "" the form that sends to the page itself."""
    forms = [form for form in paper.read(page.html).forms if form.method == "post"]
    form = next(form for form in forms if (form.action.endswith(ending) if ending else not form.action))
    came = officer.open(form.action or page.address, {**form.fields, **typed})
    assert came.status == 200, f"{came.status} after {form.action or page.address}"
    return came
