"""What an officer has begun: without it there are pages that nobody would meet."""

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
