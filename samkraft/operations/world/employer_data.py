"""The demo's employers as data. All companies, people and jobs are invented."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Firm:
    """An employer: its name, branch and district, whom to ask for, and what contacts came to, the newest last."""

    name: str
    industry: str
    district: str
    contact: str
    phone: str
    said: tuple[tuple[int, str, str, str, str, int | None], ...]  # days ago, how, about, led to, text, next in days


FIRMS = (
    Firm("Bageriet Surdegen AB", "food", "mollevangen", "Berit Krans", "040-55 01 10", (
        (62, "visit", "first", "meets", "Har tre lokaler och svårt att hitta folk till tidiga morgnar.", None),
        (21, "phone", "recruitment", "offers", "Vill träffa upp till åtta personer för köksbiträden.", 9),
    )),
    Firm("Pildammens Städ AB", "cleaning", "slottsstaden", "Sven Borg", "040-55 01 22", (
        (48, "phone", "vacancy", "offers", "Söker fyra till kontorsstäd, kvällar går bra att dela.", None),
        (6, "visit", "follow_up", "offers", "Nöjda med de två som började. Två tjänster kvar.", 12),
    )),
    Firm("Hamnlagret Logistik AB", "transport", "vastra-hamnen", "Maj Lindqvist", "040-55 01 35", (
        (70, "visit", "first", "meets", "Truckkort ordnar de själva efter sex månader.", None),
        (30, "visit", "placement", "offers", "Tar emot två praktikanter i taget i plocket.", None),
        (12, "phone", "recruitment", "offers", "Höll rekryteringsmöte hos sig. Vill göra om det.", 20),
    )),
    Firm("Solrosens hemtjänst AB", "care", "rosengard", "Faduma Ali", "040-55 01 48", (
        (55, "digital", "vacancy", "later", "Får besked om schemat efter nyår.", -3),
        (80, "visit", "first", "meets", "Behöver flera språk i personalen.", None),
    )),
    Firm("Möllans Grönt och Frukt", "trade", "mollevangen", "Jasmin Farah", "040-55 01 51", (
        (34, "visit", "placement", "offers", "Kan ta en praktikant på halvtid, handledaren talar arabiska.", 2),
    )),
    Firm("Södervärns Cykel och Verkstad", "industry", "mollevangen", "Göte Hall", "040-55 01 63", (
        (41, "phone", "placement", "offers", "Vill ha någon som gillar att skruva. Studiebesök först.", 5),
        (90, "email", "first", "nothing_yet", "Svarade inte på första brevet.", None),
    )),
    Firm("Fosie Metall AB", "industry", "fosie", "Rune Ask", "040-55 01 74", (
        (27, "visit", "vacancy", "later", "Orderboken avgör. Hör av oss i februari.", 40),
        (95, "event", "first", "meets", "Träffades på branschdagen.", None),
    )),
    Firm("Hyllie Event och Konferens", "food", "hyllie", "Petra Dahl", "040-55 01 86", (
        (18, "phone", "vacancy", "offers", "Timanställning vid stora event, minst åtta timmar i taget.", 1),
    )),
    Firm("Rosengårds Närservice ekonomisk förening", "property", "rosengard", "Amal Nasser", "040-55 01 92", (
        (44, "visit", "placement", "offers", "Fastighetsskötsel och trygghetsvärdar, kortare dagar går bra.", None),
        (9, "visit", "follow_up", "offers", "Praktikanten har fått fler timmar. Nöjda.", 16),
    )),
    Firm("Kirsebergs Byggservice", "building", "kirseberg", "Lars-Åke Ny", "040-55 02 04", (
        (36, "phone", "first", "no", "Har fullt med lärlingar i år.", None),
        (75, "email", "first", "nothing_yet", "Bad oss ringa i november.", None),
    )),
    Firm("Limhamns Trädgård och Anläggning", "green", "limhamn", "Eva Stjern", "040-55 02 15", (
        (52, "visit", "placement", "later", "Säsongen börjar i mars. Vill ha tre då.", 60),
        (100, "event", "first", "meets", "Mässa om gröna jobb.", None),
    )),
    Firm("Malmö Kontorsvaror AB", "office", "centrum", "Henrik Lo", "040-55 02 27", (
        (33, "digital", "vacancy", "nothing_yet", "Letar en till kundtjänst med engelska och arabiska.", -8),
        (66, "phone", "first", "meets", "Växer, men inte före sommaren.", None),
    )),
    Firm("Oxie Förskolekooperativ", "school", "oxie", "Mona Berg", "040-55 02 38", (
        (25, "visit", "placement", "offers", "Kök och utemiljö. Utdrag ur belastningsregistret krävs.", 8),
        (59, "phone", "first", "meets", "Vill gärna ha någon som vill bli barnskötare.", None),
    )),
    Firm("Husie Bilrekond", "transport", "husie", "Samir Hadad", "040-55 02 41", (
        (15, "phone", "vacancy", "offers", "En tjänst på 75 procent, körkort krävs.", 6),
    )),
    Firm("Lindängens Sykooperativ", "industry", "lindangen", "Rim Saleh", "040-55 02 53", (
        (38, "visit", "placement", "offers", "Arbetsträning i egen takt. Språkstöd finns.", None),
        (4, "phone", "follow_up", "offers", "Vill behålla praktikanten på timmar.", 18),
    )),
    Firm("Västra Hamnens Hotell AB", "food", "vastra-hamnen", "Cilla Frank", "040-55 02 65", (
        (29, "visit", "recruitment", "meets", "Vill ha ett möte före vårens öppning.", 3),
        (72, "email", "first", "meets", "Frukost, städ och disk.", None),
    )),
    Firm("Annelunds Återbruk", "trade", "centrum", "Tor Wennberg", "040-55 02 77", (
        (20, "visit", "placement", "offers", "Sortering och butik, fyra platser i taget.", 10),
        (65, "phone", "first", "meets", "Van handledare, har tagit emot många.", None),
    )),
    Firm("Triangelns Tandteknik", "care", "centrum", "Ing-Marie Ek", "040-55 02 89", (
        (58, "phone", "first", "no", "Kräver legitimation. Tackar nej.", None),
    )),
    Firm("Öresunds Distribution AB", "transport", "fosie", "Nils Roos", "040-55 02 91", (
        (46, "digital", "vacancy", "offers", "Natt och tidig morgon, fem chaufförer med B-körkort.", None),
        (13, "phone", "vacancy", "offers", "Tre tjänster kvar.", 7),
    )),
)  # fmt: skip
# The park department of the city is an employer too: its supervisor can be met at the demo's door.
CITY = ("teknik", "green", "centrum", "Ali Rahimi", "040-55 00 07")
# Employer, headline, places, needs, least and most percent, days until the last day.
JOBS = (
    ("Bageriet Surdegen AB", "Köksbiträde till bageri", 4, ("hygienutbildning",), 50, 100, 21),
    ("Bageriet Surdegen AB", "Bagare, tidiga morgnar", 1, ("bagare",), 100, 100, 30),
    ("Pildammens Städ AB", "Lokalvårdare, kontor", 2, (), 40, 75, 18),
    ("Hamnlagret Logistik AB", "Lagerarbetare, plock", 3, ("svenska",), 100, 100, 25),
    ("Solrosens hemtjänst AB", "Vårdbiträde i hemtjänst", 5, ("svenska", "körkort"), 50, 100, 40),
    ("Möllans Grönt och Frukt", "Butiksbiträde, frukt och grönt", 1, (), 50, 50, 14),
    ("Hyllie Event och Konferens", "Serveringspersonal vid event", 6, (), 20, 60, 28),
    ("Husie Bilrekond", "Bilrekonditionerare", 1, ("körkort",), 75, 75, 16),
    ("Oxie Förskolekooperativ", "Kökshjälp på förskola", 1, ("svenska",), 50, 50, 20),
    ("Öresunds Distribution AB", "Chaufför med B-körkort", 3, ("körkort",), 75, 100, 22),
    ("Malmö Kontorsvaror AB", "Kundtjänst, engelska och arabiska", 1, ("engelska", "arabiska"), 100, 100, 19),
    ("Västra Hamnens Hotell AB", "Frukostvärd och hotellstäd", 2, (), 50, 100, 33),
)
# Employer, tasks, hours, places, weeks from now until it begins, supervisor, terms, afterwards.
PLACEMENTS = (
    ("Hamnlagret Logistik AB", "Plocka och packa order", 20, 2, -6, "Ove Lager", ("clothes", "step_up"), "trial"),
    ("Rosengårds Närservice ekonomisk förening", "Fastighetsskötsel i bostadsområden", 16, 2, -9, "Bilal Omar",
     ("part_days", "step_up", "own_supervisor"), "hours"),
    ("Lindängens Sykooperativ", "Sömnad och lagning", 12, 1, -5, "Rim Saleh", ("part_days", "language_support"), "hours"),
    ("teknik", "Parkskötsel i Pildammsparken", 20, 2, -4, "Ali Rahimi", ("clothes", "own_supervisor", "told_first"),
     "reference"),
    ("Annelunds Återbruk", "Sortering och butik", 24, 4, 3, "Tor Wennberg", ("part_days", "insurance"), "reference"),
    ("Möllans Grönt och Frukt", "Varuplock och kassa", 20, 1, 2, "Jasmin Farah", ("language_support",), "interview"),
)  # fmt: skip
