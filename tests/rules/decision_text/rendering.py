"""Makes decisions from a structure and writes them as different cities do, so that reading can be compared with truth."""

import random
from dataclasses import dataclass

RECEIVERS = (
    "socialnämnden",
    "kultur- och fritidsnämnden",
    "arbetsmarknads- och socialnämnden",
    "Röda Korset Norrby",
    "Stadsmissionen i Västhamn",
    "Föreningen Öppen Dörr",
    "IFK Lillby",
    "Coompanion Mitt",
    "Teater Månen",
    "Stiftelsen Framtid",
    "Studieförbundet Vuxenskolan Öst",
    "Kvinnojouren i Bergsund",
    "Ung Företagsamhet Norr",
    "Changers Hub",
    "Hyresgästföreningen Söder",
    "nämnden för funktionsstöd",
)
BODIES = (
    "Kommunstyrelsen",
    "Kommunfullmäktige",
    "Arbetsmarknadsnämnden",
    "Kultur- och fritidsnämnden",
    "Regionstyrelsen",
    "Socialnämnden",
)
CASES = ("KS 2024/00123", "STK-2024-77", "KSN-2024-00871", "KS/2024:412", "2024-KS-88", "2024/KS 0721")
SPACES = (" ", "\u00a0", "\u2009", "\u202f")


@dataclass(frozen=True)
class Grant:
    """What is granted to whom, in kronor, and for which years."""

    verb: str
    receiver: str
    kronor: int
    years: tuple[int, ...]


@dataclass(frozen=True)
class Decision:
    """A decision with its grants, and those turned down."""

    body: str
    case: str
    grants: tuple[Grant, ...]
    refused: tuple[tuple[str, int], ...]
    proposal: bool


def invent(rng: random.Random) -> Decision:
    """A decision of one to five grants and at most two refusals."""
    names = rng.sample(RECEIVERS, rng.randint(1, 5) + 2)
    grants = tuple(
        Grant(rng.choice(("beviljar", "tilldelar", "anslår")), name, _kronor(rng), _years(rng)) for name in names[2:]
    )
    refused = tuple((name, _kronor(rng)) for name in names[: rng.randint(0, 2)] if not name[0].islower())
    return Decision(rng.choice(BODIES), rng.choice(CASES), grants, refused, rng.random() < 0.5)


def _kronor(rng: random.Random) -> int:
    return rng.choice(
        (
            rng.randint(1, 99) * 1_000,
            rng.randint(1, 999) * 10_000,
            rng.randint(1, 400) * 100_000,
            rng.randint(1001, 9_999_999),
        )
    )


def _years(rng: random.Random) -> tuple[int, ...]:
    first = rng.randint(2019, 2029)
    return rng.choice(((first,), (first,), (first, first + 1, first + 2)))


def amount(rng: random.Random, kronor: int) -> str:
    """The amount in one of the ways it can be written exactly."""
    space = rng.choice(SPACES)
    grouped = f"{kronor:,}".replace(",", space)
    ways = [
        f"{grouped}{space}kronor",
        f"{grouped} kr",
        f"{kronor:,} kr".replace(",", "."),
        f"{grouped}:-",
        f"{grouped} SEK",
        f"{kronor} kronor",
    ]
    if kronor % 1_000 == 0:
        ways += [f"{kronor // 1_000:,} tkr".replace(",", " ")]
    if kronor % 100_000 == 0:
        millions = f"{kronor / 1_000_000:g}".replace(".", ",")
        ways += [
            f"{millions} mnkr",
            f"{millions} miljoner kronor",
            f"{millions} Mkr",
            f"{millions} MSEK",
            f"{millions}{space}miljoner{space}kronor",
        ]
    return rng.choice(ways)


def years(rng: random.Random, of: tuple[int, ...]) -> str:
    """The years in words; several are told as yearly."""
    if len(of) == 1:
        return rng.choice(
            (f"för {of[0]}", f"år {of[0]}", f"för år {of[0]}", f"under {of[0]}", f"för verksamhetsåret {of[0]}")
        )
    listed = ", ".join(map(str, of[:-1])) + f" och {of[-1]}"
    return rng.choice(
        (
            f"årligen {of[0]} - {of[-1]}",
            f"per år för åren {of[0]}–{of[-1]}",
            f"per år {listed}",
            f"årligen under perioden {of[0]}-{of[-1]}",
        )
    )


INFINITIVE = {"beviljar": "bevilja", "tilldelar": "tilldela", "anslår": "anslå"}
PASSIVE = {"beviljar": "beviljas", "tilldelar": "tilldelas", "anslår": "anslås"}


def write(rng: random.Random, decision: Decision) -> str:
    """The decision as a document in a random style."""
    style = rng.choice(("finite", "att", "numbered att", "passive", "amount first", "paragraphs"))
    lines = [
        "Tjänsteskrivelse" if decision.proposal else "Protokoll",
        decision.body,
        f"Dnr {decision.case}",
        "",
        "Stöd till insatser för fler i arbete",
        "",
    ]
    lines.append(
        "Förslag till beslut"
        if decision.proposal
        else f"{decision.body}s beslut"
        if not decision.body.endswith("e")
        else "Beslut"
    )
    points = [_granted(rng, decision.body, grant, style) for grant in decision.grants]
    points += [_refused(rng, decision.body, name, kronor, style) for name, kronor in decision.refused]
    if style in {"att", "numbered att"}:
        lines.append(f"{decision.body} beslutar")
    separator = "" if style == "paragraphs" or rng.random() < 0.5 else None
    for index, point in enumerate(points):
        mark = f"{index + 1}. " if style in {"finite", "numbered att", "passive", "amount first"} else ""
        lines.append(mark + point)
        if separator is not None:
            lines.append(separator)
    lines += [
        "",
        "Sammanfattning",
        f"Förra året betalades {amount(rng, 123_000)} ut. {decision.body} har {amount(rng, 9_000_000)} till förfogande.",
        "",
        "Beslutet skickas till",
        "Ekonomiavdelningen",
    ]
    return wrapped(rng, lines)


def _granted(rng: random.Random, body: str, grant: Grant, style: str) -> str:
    money, when = amount(rng, grant.kronor), years(rng, grant.years)
    name = grant.receiver
    if style in {"att", "numbered att"}:
        return rng.choice(
            (
                f"att {INFINITIVE[grant.verb]} {name} {money} {when},",
                f"att {INFINITIVE[grant.verb]} {name} ett bidrag om {money} {when},",
                f"att {INFINITIVE[grant.verb]} {money} till {name} {when},",
            )
        )
    if style == "passive":
        return f"{name[0].upper() + name[1:]} {PASSIVE[grant.verb]} {money} {when}."
    if style == "amount first":
        return rng.choice(
            (f"{money} {PASSIVE[grant.verb]} till {name} {when}.", f"{body} {grant.verb} {money} till {name} {when}.")
        )
    return rng.choice(
        (
            f"{body} {grant.verb} {name} {money} {when}.",
            f"{body} {grant.verb} {name} verksamhetsbidrag med {money} {when} ur {body.lower()}s anslag.",
        )
    )


def _refused(rng: random.Random, body: str, name: str, kronor: int, style: str) -> str:
    money = amount(rng, kronor)
    if style in {"att", "numbered att"}:
        return f"att avslå ansökan från {name} om {money},"
    if style == "passive":
        return f"Ansökan från {name} om {money} avslås."
    return f"{body} avslår ansökan från {name} om {money}."


def wrapped(rng: random.Random, lines: list[str]) -> str:
    """Lines broken at a width as PDFs leave them: inside amounts, and with hyphens inside long words."""
    width = rng.choice((38, 52, 70, 95, 10_000))
    return "\n".join("\n".join(_wrap(rng, line, width)) for line in lines)


def _wrap(rng: random.Random, line: str, width: int) -> list[str]:
    out, current = [], ""
    for word in (
        line.replace("\u00a0", " ").replace("\u2009", " ").replace("\u202f", " ").split(" ")
        if width < 10_000
        else [line]
    ):
        if current and len(current) + 1 + len(word) > width:
            plain = word.isalpha() and len(word) > 11 and word.islower() and rng.random() < 0.5
            if plain:
                cut = rng.randint(4, len(word) - 5)
                out.append(f"{current} {word[:cut]}-")
                current = word[cut:]
                continue
            out.append(current + rng.choice(("", " ")))
            current = word
        else:
            current = f"{current} {word}" if current else word
    return [*out, current]
