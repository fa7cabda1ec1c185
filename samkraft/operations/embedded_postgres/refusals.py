"""Why the embedded PostgreSQL cannot start, in words that say what to do."""

from samkraft.values.refusal import Reason
from samkraft.values.wording import phrase

ALREADY_RUNNING = Reason(
    "database_already_running",
    phrase("Databasen i {folder} används redan (process {pid})."),
    phrase("Stoppa den andra först, eller använd den som är igång."),
)
PROGRAMS_MISSING = Reason(
    "database_programs_missing",
    phrase("PostgreSQL-programmen hittades inte i Python-miljön."),
    phrase("Kör make demo, som installerar dem, eller ange DATABASE_URL till en egen server."),
)
NO_ORDINARY_USER = Reason(
    "database_no_ordinary_user",
    phrase("PostgreSQL vägrar att köras som root, och på datorn finns ingen av användarna {names} att köra som."),
    phrase("Kör som vanlig användare i stället."),
)
USER_WITHOUT_NAME = Reason(
    "database_user_without_name",
    phrase("Användare nummer {number} saknar namn i datorns användarlista, och PostgreSQL kräver ett."),
    phrase("Kör som en användare med namn, eller ange DATABASE_URL till en egen server."),
)
UNSAFE_FOLDER = Reason(
    "database_unsafe_folder",
    phrase("Mappen {folder} kan ändras av andra användare eller ägs av någon annan."),
    phrase("Ta bort mappen eller rätta ägare och rättigheter, och försök igen."),
)
OTHER_VERSION = Reason(
    "database_other_version",
    phrase("Databasen i {folder} är gjord med PostgreSQL {found}, men programmen är version {wanted}."),
    phrase("Börja om med make demo-reset. Uppgifterna i demon görs då på nytt."),
)
NOT_INITIALISED = Reason(
    "database_not_initialised",
    phrase("PostgreSQL kunde inte skapa databasen i {folder}: {words}"),
    phrase("Rätta felet ovan, oftast en full disk eller en skrivskyddad mapp, och försök igen."),
)
DID_NOT_START = Reason(
    "database_did_not_start",
    phrase("PostgreSQL startade inte: {words}"),
    phrase("Hela loggen finns i {log}."),
)
