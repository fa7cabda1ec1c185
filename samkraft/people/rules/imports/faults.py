"""What is wrong with a file or with a cell of it, and the way out. A fault names row and column as a spreadsheet does."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase

EMPTY = Reason("import_empty", phrase("Filen har inga rader."), phrase("Välj en annan fil."))
TOO_LARGE = Reason("import_too_large", phrase("Filen är större än {limit} MB."), phrase("Dela upp den i flera."))
TOO_MANY_ROWS = Reason(
    "import_too_many_rows", phrase("Filen har fler än {limit} rader."), phrase("Dela upp den i flera och läs in en i taget.")
)  # fmt: skip
UNSUPPORTED = Reason(
    "import_unsupported",
    phrase("Filer av den här sorten läses inte in: {name}."),
    phrase("Spara tabellen som .xlsx eller .csv."),
)
MACROS = Reason(
    "import_macros",
    phrase("Arbetsboken har makron."),
    phrase("Spara den som .xlsx utan makron, eller som .csv."),
)
BROKEN = Reason(
    "import_broken", phrase("Filen är skadad eller skyddad med lösenord."), phrase("Spara tabellen igen, utan lösenord.")
)  # fmt: skip
UNPACKS_TOO_LARGE = Reason(
    "import_unpacks_too_large",
    phrase("Arbetsboken packas upp till orimligt mycket data."),
    phrase("Kopiera tabellen till en ny arbetsbok."),
)
SEVERAL_SHEETS = Reason(
    "import_several_sheets",
    phrase("Arbetsboken har flera blad med innehåll: {sheets}."),
    phrase("Spara det blad som ska läsas in som en egen fil, så att inget blir över."),
)
NOT_TEXT = Reason(
    "import_not_text",
    phrase("Filen heter {name} men är inte text."),
    phrase("Spara tabellen som CSV (UTF-8) eller .xlsx."),
)
NO_SUCH_SHAPE = Reason(
    "import_no_such_shape",
    phrase("Kolumnerna känns inte igen. Det här saknas: {missing}."),
    phrase("Jämför med mallen. Den första raden ska ha kolumnernas namn."),
)
COLUMN_TWICE = Reason(
    "import_column_twice", phrase("Kolumnen {column} finns två gånger."), phrase("Ta bort den ena.")
)  # fmt: skip
READ_IN_BEFORE = Reason(
    "import_read_in_before",
    phrase("Samma uppgifter lästes in {day} av {name}."),
    phrase("Är något nytt? Läs in en fil med bara de nya raderna."),
)

FORMULA = Reason(
    "cell_formula",
    phrase("Cellen innehåller en formel. Formler räknas aldrig ut här."),
    phrase("Klistra in värdet i stället."),
)
CELL_ERROR = Reason("cell_error", phrase("Cellen visar ett räknefel."), phrase("Skriv värdet."))
TOO_LONG = Reason("cell_too_long", phrase("Cellen har fler än {most} tecken."), phrase("Korta texten."))
TOO_MANY_CELLS = Reason(
    "row_too_many_cells",
    phrase("Raden har fler celler än tabellen har kolumner."),
    phrase("Sätt citattecken om text som innehåller skiljetecken."),
)
MISSING = Reason("cell_missing", phrase("Uppgiften saknas."), phrase("Fyll i den."))
NOT_A_DAY = Reason(
    "cell_not_a_day", phrase("Det här är inte ett datum."), phrase("Skriv till exempel 2026-03-31 eller 31 mars 2026.")
)
NOT_A_TIME = Reason("cell_not_a_time", phrase("Det här är inte ett klockslag."), phrase("Skriv till exempel 09.30."))
NOT_A_WHOLE_NUMBER = Reason("cell_not_whole", phrase("Det här är inte ett helt tal."), phrase("Skriv till exempel 12."))
NOT_YES_OR_NO = Reason("cell_not_yes_no", phrase("Det här är varken ja eller nej."), phrase("Skriv Ja eller Nej."))
NOT_A_CHOICE = Reason("cell_not_a_choice", phrase("Det här är inget av valen: {choices}."), phrase("Skriv ett av dem."))
NUMBER_LOST_DIGITS = Reason(
    "cell_number_lost_digits",
    phrase("Kalkylprogrammet har skrivit om numret, så att siffror saknas."),
    phrase("Ställ in kolumnen som text och skriv numret igen."),
)
NAME_IN_ONE = Reason(
    "cell_name_in_one",
    phrase("Det framgår inte vilket som är efternamnet."),
    phrase("Skriv ”Efternamn, Förnamn”, eller ha två kolumner."),
)
SAME_ROW = Reason("row_same", phrase("Raden är lika med rad {row}."), phrase("Ta bort den ena."))
SAME_NUMBER = Reason("row_same_number", phrase("Samma nummer står på rad {row}."), phrase("Ta bort den ena raden."))
SAME_THING = Reason("row_same_thing", phrase("Samma sak står på rad {row}."), phrase("Ta bort den ena raden."))
REFERRED_BEFORE = Reason(
    "row_referred_before",
    phrase("Personen finns bland dina ärenden, med en likadan remittering samma dag."),
    phrase("Ta bort raden."),
)
OCCASION_BEFORE = Reason(
    "row_occasion_before", phrase("Tillfället finns redan, med samma namn och start."), phrase("Ta bort raden.")
)  # fmt: skip
ONLY_BY_HAND = Reason(
    "row_only_by_hand",
    phrase("Personen har skyddade personuppgifter och läses inte in från en fil."),
    phrase("Ta bort raden, och lägg upp personen för hand med skydd."),
)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, on which row of the file (the first is 1) and in which column; `column` empty: the whole row."""

    row: int
    column: str
    reason: Reason
    details: Mapping[str, Any] = field(default_factory=dict)

    def refusal(self) -> Refused:
        """The same as a refusal that nobody has raised: for whoever puts it in words."""
        return Refused(self.reason, **self.details)


def of(row: int, column: str, refusal: Refused) -> Fault:
    """The fault that a refusal is, there."""
    return Fault(row, column, refusal.reason, refusal.details)
