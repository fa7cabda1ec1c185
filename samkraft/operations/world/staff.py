"""The people of the demo. All of them are invented; the roles and how many they are follow the parties' agreement."""

from dataclasses import dataclass

from samkraft.partners.rules.roles import Role


@dataclass(frozen=True, slots=True)
class Person:
    """One person in one role. Somebody with two roles stands here twice."""

    name: str
    role: Role
    organisation: str
    area: str
    title: str = ""
    unit: str = ""

    @property
    def email(self) -> str:
        """`fornamn.efternamn@exempel.invalid`, an address that can never reach anyone."""
        return email_of(self.name)


def email_of(name: str) -> str:
    """The address that an invented name gets."""
    plain = name.lower().translate(str.maketrans("åäöéü", "aaoeu"))
    return ".".join(plain.split()) + "@exempel.invalid"


FIRST = Person("Mikael Rask", Role.SYSTEM_ADMINISTRATOR, "malmo", "malmo", "Systemförvaltare")

ADMINISTRATORS = (
    Person("Jenny Lööf", Role.SYSTEM_ADMINISTRATOR, "stk", "ks", "Systemförvaltare, stadskontoret"),
    Person("Petra Wik", Role.SYSTEM_ADMINISTRATOR, "af", "af", "Systemförvaltare"),
    Person("Olle Fransson", Role.SYSTEM_ADMINISTRATOR, "fk", "fk", "Systemförvaltare"),
    Person("Amina Yusuf", Role.SYSTEM_ADMINISTRATOR, "region-skane", "region-skane", "Systemförvaltare"),
    Person("Berit Lund", Role.SYSTEM_ADMINISTRATOR, "finsam", "finsam", "Förbundssekreterare"),
)

OFFICES = (
    Person(
        "Karin Wahl",
        Role.FUND_OFFICER,
        "stk",
        "ks",
        "Handläggare",
        "Omvärld och näringsliv, enheten Innovation och utveckling",
    ),
    Person("Tomas Hed", Role.FUND_OFFICER, "stk", "ks", "Ekonom", "Ekonomiavdelningen, ekonomisk styrning"),
    Person("Stefan Brink", Role.COMMITTEE_CONTROLLER, "gvn", "gvn", "Ekonom, GVF"),
    Person("Sara Nylén", Role.COMMITTEE_CONTROLLER, "asn", "asn-arbetsmarknad", "Controller, ASF"),
    Person("Gunilla Frisk", Role.COMMITTEE_CONTROLLER, "fsn", "fsn", "Controller, FSF"),
    Person("David Kron", Role.COMMITTEE_CONTROLLER, "ks", "ks", "Controller, stadskontoret"),
    Person("Ewa Sandin", Role.COMMITTEE_CONTROLLER, "fritid", "fritid", "Controller"),
    Person("Nils Aronsson", Role.COMMITTEE_CONTROLLER, "forskole", "forskole", "Controller"),
    Person("Leila Rahimi", Role.COMMITTEE_CONTROLLER, "grundskole", "grundskole", "Controller"),
    Person("Carl Munther", Role.COMMITTEE_CONTROLLER, "kultur", "kultur", "Controller"),
    Person("Ulla Tegner", Role.COMMITTEE_CONTROLLER, "teknik", "teknik", "Controller"),
    Person("Nora Falk", Role.GRANTEE_REPORTER, "redi", "redi", "Verksamhetsledare"),
    Person("Omar Lindqvist", Role.GRANTEE_SIGNATORY, "redi", "redi", "Firmatecknare"),
    Person("Hans Ivarsson", Role.GRANTEE_REPORTER, "coompanion", "coompanion", "Projektledare, Level"),
    Person("Malin Skoog", Role.GRANTEE_SIGNATORY, "coompanion", "coompanion", "Firmatecknare"),
    Person("Ida Ståhlberg", Role.GRANTEE_SIGNATORY, "pink-programming", "pink-programming", "Ordförande"),
    Person("Lotta Vinge", Role.GRANT_ASSESSOR, "stk", "ks", "Utredare"),
    Person("Josef Haddad", Role.GRANT_ASSESSOR, "stk", "ks", "Näringslivsutvecklare"),
    Person("Eva Lindh", Role.COUNCILLOR, "kf", "kf", "Ledamot"),
    Person("Jonas Wester", Role.COUNCILLOR, "kf", "kf", "Kommunalråd, arbetsmarknad och sociala frågor"),
    Person("Jonas Wester", Role.STEERING_GROUP, "finsam", "finsam", "Styrelsen"),
    Person("Birgitta Alm", Role.STEERING_GROUP, "finsam", "finsam", "Strategisk styrgrupp"),
    Person("Henrik Sand", Role.EVALUATOR, "sydvast", "sydvast", "Utvärderare"),
    Person("Marie Sjögren", Role.DATA_PROTECTION_OFFICER, "malmo", "ks", "Dataskyddsombud"),
)

# Who writes a body's reports, and who reviews them before they are handed in.
CONTROLLERS = {
    "asn": "Sara Nylén",
    "gvn": "Stefan Brink",
    "fsn": "Gunilla Frisk",
    "ks": "David Kron",
    "fritid": "Ewa Sandin",
    "forskole": "Nils Aronsson",
    "grundskole": "Leila Rahimi",
    "kultur": "Carl Munther",
    "teknik": "Ulla Tegner",
}
REVIEWERS = {
    "asn": "Katarina Berndt",
    "gvn": "Mårten Ullén",
    "fsn": "Solveig Arvid",
    "ks": "Irene Falck",
    "fritid": "Per-Olof Stake",
    "forskole": "Anneli Grip",
    "grundskole": "Jasmin Corell",
    "kultur": "Bertil Ros",
    "teknik": "Viveka Hall",
}
REPORT_REVIEWERS = tuple(
    Person(name, Role.COMMITTEE_CONTROLLER, code, "asn-arbetsmarknad" if code == "asn" else code, "Ekonomichef")
    for code, name in REVIEWERS.items()
)

_AMA = "asn-arbetsmarknad"
_SOC = "asn-socialtjanst"


def _staff(role: Role, organisation: str, area: str, *names: str, title: str = "") -> tuple[Person, ...]:
    return tuple(Person(name, role, organisation, area, title) for name in names)


PROJECT = (
    *_staff(Role.MAIN_PROJECT_LEADER, "af", "af", "Kristina Holm"),
    *_staff(Role.SUBPROJECT_LEADER, "asn", _SOC, "Anders Palm", title="Delprojektledare, socialtjänst"),
    *_staff(Role.SUBPROJECT_LEADER, "asn", _AMA, "Fatima Said", title="Delprojektledare, arbetsmarknad"),
    *_staff(Role.PROJECT_ECONOMIST, "af", "af", "Inger Ros"),
    *_staff(Role.PROJECT_ADMINISTRATOR, "af", "af", "Mats Björk"),
    *_staff(
        Role.EMPLOYMENT_OFFICER,
        "af",
        "af",
        "Åsa Ek",
        "Johan Ask",
        "Mona Berg",
        "Erik Dahl",
        "Samira Haddad",
        "Lars Eng",
        "Pia Fors",
        "Emil Gran",
        "Nadia Karim",
        "Sven Hult",
    ),
    *_staff(
        Role.SOCIAL_SECRETARY,
        "asn",
        _SOC,
        "Maja Rosén",
        "Linda Borg",
        "Hassan Omar",
        "Elin Strand",
        "Jakob Lind",
        "Sofia Kvist",
        "Rebecka Ljung",
        "Peter Mård",
        "Yasmin Aziz",
        "Tove Norell",
    ),
    *_staff(
        Role.LABOUR_MARKET_SECRETARY,
        "asn",
        _AMA,
        "Per Nyberg",
        "Helena Rydh",
        "Adam Silfver",
        "Mehmet Kaya",
        "Annika Törn",
        "Bo Wikander",
        "Zahra Nouri",
        "Camilla Åkesson",
        "Daniel Öst",
        "Rolf Hammar",
    ),
    *_staff(Role.CARE_COORDINATOR, "region-skane", "region-skane", "Farid Noori", "Ingrid Blom"),
    *_staff(Role.INSURANCE_OFFICER, "fk", "fk", "Lena Ståhl", "Göran Pihl", "Miriam Levin"),
    *_staff(Role.STUDY_COUNSELLOR, "asn", _AMA, "Katja Winter", title="Studie- och yrkesvägledare, AMA"),
    *_staff(Role.STUDY_COUNSELLOR, "gvn", "gvn", "Oskar Vall", title="Studie- och yrkesvägledare, GVF"),
)

# The step-wise way within daily activities, and the one who sees when the same person stands twice.
STEPS = (
    *_staff(Role.SUBPROJECT_LEADER, "fsn", "fsn", "Ragnhild Strid", title="Samordnare, stegförflyttning"),
    *_staff(
        Role.LABOUR_MARKET_SECRETARY,
        "fsn",
        "fsn",
        "Ulrika Hjort",
        "Amir Sadek",
        title="Handledare, sluss",
    ),
    *_staff(Role.LABOUR_MARKET_SECRETARY, "asn", _AMA, "Bengt Alm", title="Arbetskonsulent"),
)
# Managers of the parties who steer the joint project together.
STEERS = (
    *_staff(Role.STEERING_GROUP, "af", "af", "Ann Brodin", "Kent Hallin", title="Enhetschef"),
    *_staff(Role.STEERING_GROUP, "asn", _AMA, "Mirjam Tell", title="Avdelningschef, arbetsmarknad"),
    *_staff(Role.STEERING_GROUP, "asn", _SOC, "Kjell Norling", title="Avdelningschef, socialtjänst"),
    *_staff(Role.STEERING_GROUP, "fk", "fk", "Mattias Rehn", title="Områdeschef"),
    *_staff(Role.STEERING_GROUP, "region-skane", "region-skane", "Eleonor Sjö", title="Primärvårdschef"),
)
STEWARD = _staff(Role.DUPLICATE_STEWARD, "af", "af", "Siv Ahlgren")

# Places: a function at the employment service, and somebody who holds activities.
PLACES = (
    *_staff(Role.PLACE_COORDINATOR, "af", "af", "Rebecca Ström"),
    *_staff(Role.PROVIDER, "arbetslaget", "arbetslaget", "Anton Skog", title="Kursledare"),
)

ALL = (*ADMINISTRATORS, *OFFICES, *REPORT_REVIEWERS, *PROJECT, *STEPS, *PLACES, *STEERS, *STEWARD)
