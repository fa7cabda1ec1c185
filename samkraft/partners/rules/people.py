"""What is asked of an account."""

import re

from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase

BAD_EMAIL = Reason(
    "bad_email",
    phrase("{email} är inte en e-postadress."),
    phrase("Skriv den som namn@exempel.se."),
)
EMAIL_TAKEN = Reason(
    "email_taken",
    phrase("Det finns redan en person med e-postadressen {email}."),
    phrase("Ge den personen en roll till i stället för att lägga upp en ny."),
)
NO_NAME = Reason("no_name", phrase("Namnet saknas."), phrase("Skriv för- och efternamn."))
OWN_ACCOUNT = Reason(
    "own_account",
    phrase("Du kan inte stänga ditt eget konto."),
    phrase("Be en annan systemadministratör göra det."),
)
LINK_NOT_VALID = Reason(
    "link_not_valid",
    phrase("Länken går inte att använda. Den är redan använd, för gammal eller avskriven fel."),
    phrase("Be den som skickade den om en ny, eller välj Glömt lösenordet på inloggningssidan."),
)
WEAK_PASSWORD = Reason("weak_password", phrase("Lösenordet går inte att använda: {why}"))
NO_SUCH_CHOICE = Reason("no_such_choice", phrase("Valet {value} finns inte."), phrase("Välj ett av dem som visas."))
ALREADY_BEGUN = Reason(
    "already_begun",
    phrase("Det finns redan personer med roller här, så den första är redan utsedd."),
    phrase("Be en systemadministratör lägga upp personen."),
)

NOT_YOUR_OWN_LINK = Reason(
    "not_your_own_link",
    phrase("Du kan inte skriva ut en länk till ditt eget konto."),
    phrase("Välj Glömt lösenordet på inloggningssidan."),
)
CLOSED_ACCOUNT = Reason(
    "closed_account", phrase("Kontot för {name} är stängt."), phrase("Öppna kontot först, om personen ska in igen.")
)
HAS_PASSWORD = Reason(
    "has_password",
    phrase("{name} har redan valt ett lösenord, så en länk på papper skulle öppna ett konto som används."),
    phrase("Skicka en ny länk till e-postadressen i stället, eller be personen välja Glömt lösenordet."),
)

_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")


def why_not_on_paper(*, is_oneself: bool, is_active: bool, has_password: bool) -> Reason | None:
    """None when a link may be handed over on paper: only for whoever has an open account and no password yet."""
    if is_oneself:
        return NOT_YOUR_OWN_LINK
    if not is_active:
        return CLOSED_ACCOUNT
    return HAS_PASSWORD if has_password else None


def tidy_email(text: str) -> str:
    """The address without surrounding space, in lower case. Refuses what cannot be one."""
    email = text.strip().lower()
    if not _EMAIL.fullmatch(email) or len(email) > 254:
        raise Refused(BAD_EMAIL, email=text.strip())
    return email


def tidy_name(text: str) -> str:
    """The name with single spaces. Refuses an empty one."""
    name = " ".join(text.split())
    if not name:
        raise Refused(NO_NAME)
    return name[:200]


def sort_name(name: str) -> str:
    """`Karin Wahl` as `Wahl Karin`: people are looked for by their last name."""
    *first, last = name.split()
    return " ".join([last, *first])
